"""Parts of a list that are not all of its numbers: one column of it, or the items that come first."""

from __future__ import annotations

from giaoban.reader.claims.base.nouns import may_add_up
from giaoban.reader.claims.base.partition import Intro
from giaoban.reader.claims.base.parts import Part, PartList, make_up
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.wholes import Whole

_LONGEST_LEAD = 64
_FEWEST, _SMALLEST = 2, 20


def first_ones(whole: Whole, found: PartList, intro: Intro) -> tuple[tuple[Part, ...], bool | None] | None:
    """Read «66 tổ chức cơ sở đảng, trong đó có 39 đảng bộ, 27 chi bộ cơ sở với 2 đảng bộ bộ phận và 289 chi bộ»: the
    first ones of the items, where they make it."""
    if intro is Intro.BARE or whole.noun.is_measure or whole.token.number.value < _SMALLEST:
        return None
    heads = {part.noun.head for part in found.firsts[:_FEWEST]}
    firsts = found.firsts if len(heads) == _FEWEST and "" not in heads else ()
    for count in range(_FEWEST, len(firsts)):
        parts = firsts[:count]
        if not all(may_add_up(whole.noun, part.noun) and part.token.is_exact for part in parts):
            return None
        if make_up(parts, whole.token, whole.noun):
            return parts, True
    return None


def columns_of(passage: Passage, whole: Whole, found: PartList) -> tuple[tuple[Part, ...], bool | None] | None:
    """Read «12 lớp cho 968 học viên, trong đó: 05 lớp với 412 học viên; 07 lớp với 556 học viên»: the parts of the
    whole's own noun, where they make it."""
    first = whole.noun.head.partition(" ")[0]
    parts = tuple(part for part in found.parts if first and part.noun.head.partition(" ")[0] == first)
    if len(parts) > 1 and make_up(parts, whole.token, whole.noun) and all(part.token.mark is None for part in parts):
        return parts, True
    # «trong đó: vốn tỉnh: kế hoạch 96 tỷ đồng, giải ngân 71 tỷ đồng; vốn xã: kế hoạch 22 tỷ đồng, giải ngân 16 tỷ
    # đồng», «làm chết 68 người, trong đó: đường bộ 95 vụ, làm chết 66 người; …»: what the same words lead to.
    columns: dict[str, list[Part]] = {}
    for part in found.parts if len(found.parts) > 2 * _FEWEST - 1 else ():
        columns.setdefault(" ".join(part.lead.split()[-2:]), []).append(part)
    before = passage.text[max(0, whole.token.start - _LONGEST_LEAD) : whole.token.start].lower()
    for lead, column in columns.items():
        if not whole.noun.is_measure and not before.endswith(f" {lead} "):
            continue
        alike = tuple(column)
        is_one = lead and len(alike) > 1 and all(part.noun.head == whole.noun.head for part in alike)
        if is_one and make_up(alike, whole.token, whole.noun) and all(part.token.mark is None for part in alike):
            return alike, True
    return None
