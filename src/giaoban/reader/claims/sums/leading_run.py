"""How far an open list goes: the items from its first on that read like parts of one number."""

from __future__ import annotations

import re
from dataclasses import replace

from giaoban.reader.claims.base.nouns import Noun, may_add_up, might_add_up
from giaoban.reader.claims.base.parts import SHORT_NAME, Part, PartList, Segment

_WITH = ("với", "với trên", "với hơn", "với gần", "với khoảng", "cho")
_DIVIDED = re.compile(r"\bgồm(?: có)?\Z")


def leading_run(found: PartList, whole: Noun, *, may_be_named: bool = False, is_told: bool = False) -> PartList:
    """Keep the segments from the first on that read like parts; an open list ends where the sentence goes on
    otherwise."""
    kept: list[Segment] = []
    is_first: bool | None = None
    for segment in found.segments:
        is_name = may_be_named and segment.end - segment.start <= SHORT_NAME
        if not segment.parts and (kept or is_name):
            kept.append(segment)
            continue
        if segment.is_aside or not segment.parts or not might_add_up(whole, segment.parts[0].noun):
            break
        if _begins_anew(kept, segment, whole):
            return PartList(tuple(kept), is_nested=False)
        if any(_may_count(whole, part) for part in segment.parts[1:]):
            break
        is_alike = is_told and segment.parts[0].noun.head == whole.head != ""
        if is_first is not None and segment.parts[0].is_first != is_first and not is_alike:
            break
        is_first = segment.parts[0].is_first
        # «43 chi bộ với 8.100 đảng viên»: what counts something else goes with its part.
        kept.append(segment if len(segment.parts) == 1 else replace(segment, parts=segment.parts[:1]))
    rest = found.segments[len(kept) :]
    while kept and not kept[-1].parts:
        kept.pop()
    is_unsure = any(part for segment in rest for part in segment.parts)
    return PartList(tuple(kept), found.is_nested or is_unsure)


def _begins_anew(kept: list[Segment], segment: Segment, whole: Noun) -> bool:
    """Tell whether an item counts what the whole does, behind two that count its kinds, and is divided itself:
    «96 đơn vị gồm: 8 huyện, 88 xã và 640 đơn vị cấp thôn gồm: …»."""
    part = segment.parts[0]
    are_kinds = len([one for one in kept if one.parts]) > 1 and all(
        one.parts[0].noun.head != whole.head for one in kept if one.parts
    )
    return are_kinds and part.noun.head == whole.head != "" and _DIVIDED.search(part.noun.phrase) is not None


def _may_count(whole: Noun, part: Part) -> bool:
    """Tell whether a number may count what a whole does; one of a noun that is not known may be anything."""
    return part.noun.kind is None or may_add_up(whole, part.noun) or not part.lead.endswith(_WITH)
