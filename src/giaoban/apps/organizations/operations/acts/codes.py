"""Codes of new units that nobody chose: the next free number below the unit above."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import replace

from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations.acts.draft import ActDraft, NewUnit

# «+1», «+2», ... stand for codes that are to be found; other parts of the act may name them.
_OPEN = re.compile(r"\+\d+\Z")
_NUMBER = re.compile(r"\d{1,4}\Z")
_WIDTH = 2


def settle_codes(draft: ActDraft) -> ActDraft:
    """Return the act with a code for each new unit, everywhere; their parents are settled, those of new ones first.

    A code is permanent and never used again (D2), so units that ended count too.
    """
    found: dict[str, str] = {}
    taken: dict[str, int] = {}
    for one in draft.new:
        if _OPEN.match(one.code):
            parent = found.get(one.parent, one.parent)
            number = taken[parent] = 1 + (taken[parent] if parent in taken else _last(parent))
            found[one.code] = f"{parent}.{number:0{_WIDTH}}"
    return draft if not found else _renamed(draft, found)


def _last(parent: str) -> int:
    """Return the largest number that a unit below ever had."""
    codes = Unit.objects.filter(code__startswith=f"{parent}.").values_list("code", flat=True)
    tails = (code[len(parent) + 1 :] for code in codes)
    return max((int(tail) for tail in tails if _NUMBER.match(tail)), default=0)


def _renamed(draft: ActDraft, found: Mapping[str, str]) -> ActDraft:
    def name(code: str) -> str:
        return found.get(code, code)

    def values(pairs: Mapping[str, str]) -> dict[str, str]:
        return {key: name(code) for key, code in pairs.items()}

    def by_uid(pairs: Mapping[uuid.UUID, str]) -> dict[uuid.UUID, str]:
        return {key: name(code) for key, code in pairs.items()}

    def new(one: NewUnit) -> NewUnit:
        return replace(one, code=name(one.code), parent=name(one.parent))

    return replace(
        draft,
        new=tuple(new(one) for one in draft.new),
        children=values(draft.children),
        members_to=values(draft.members_to),
        groups=values(draft.groups),
        members=by_uid(draft.members),
        grants=by_uid(draft.grants),
    )
