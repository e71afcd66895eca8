"""Things of committees to be looked at in the small world: made where they are not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.world import START

from giaoban.apps.members.models import OfficeEntry, VisitAssignment
from giaoban.apps.members.operations import VisitDraft, assign_visits

if TYPE_CHECKING:
    from tests.world import World


def visit_of(world: World) -> VisitAssignment:
    """Return an assignment of DUK: em follows DUK.01."""
    found = VisitAssignment.objects.first()
    if found is not None:
        return found
    draft = VisitDraft(world.units["DUK"], world.units["DUK.01"], world.members["em"], START)
    return assign_visits(act=world.act("clerk", at_console=True), drafts=[draft])[0]


def committee_args(name: str, world: World) -> list[object] | None:
    """Return the arguments of an address about the committee of DUK.01.01, or about a group or visit of DUK."""
    match name:
        case "organizations:group_place" | "organizations:group_change":
            return ["DUK", "cluster", "1"]
        case "organizations:visit_end":
            return [visit_of(world).uid]
        case "organizations:committee_correct":
            entry = OfficeEntry.objects.get(member=world.members["em"], unit=world.units["DUK.01.01"])
            return ["DUK.01.01", "chuc-vu", entry.uid]
        case _ if name.startswith("organizations:committee") and name != "organizations:committees":
            return ["DUK.01.01"]
    return None
