"""What of a number may be shown to whom (decision D11): the value always, names and small parts by right."""

from __future__ import annotations

from django.conf import settings

from giaoban.figures import Measure

_RIGHTS = {
    "members": "members_view",
    "candidates": "members_view",
    "discipline": "inspection_view",
    "absences": "members_view",
    "honours": "members_view",
    "ratings": "members_view",
    # Of whom the political standard was concluded on, only those know who record it.
    "vetting": "members_record",
    "meetings": "meetings_view",
    "conferences": "meetings_view",
    # Who was away is for those who keep the roll of a meeting.
    "attendance": "meetings_record",
}


def may_see_names(rights: frozenset[str], register: str) -> bool:
    """Tell whether the entries of a register may be shown by name to somebody with these rights on the unit."""
    return _RIGHTS.get(register, "organizations_view") in rights


def is_small(measure: Measure, value: float) -> bool:
    """Tell whether a count of a sensitive matter is so small that it would name a person."""
    return measure.sensitive and 0 < value < settings.SMALL_NUMBER


def is_restricted(measure: Measure, value: float | None, rights: frozenset[str]) -> bool:
    """Tell whether a part of a figure (a code, a child) must read «hạn chế» for somebody with these rights."""
    return value is not None and is_small(measure, value) and not may_see_names(rights, measure.register)
