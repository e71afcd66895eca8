"""Candidates and duties to be looked at in the small world: made where they are not there yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.apps.members.candidate_steps import E, candidate, steps_to

from giaoban.apps.members.models import Candidate, CandidateEntry
from giaoban.apps.obligations.models import CalendarEntry, DayKind, LeaveEntry
from giaoban.apps.obligations.operations import extend_duty, set_calendar_day
from giaoban.apps.obligations.queries.duties import find_duty

if TYPE_CHECKING:
    from tests.world import World

_RULE = "admission-decision"


def example_candidate(world: World) -> Candidate:
    """Return somebody whom DUK.01.01 has resolved to admit."""
    found = Candidate.objects.first()
    if found is None:
        found = candidate(world)
        steps_to(world, found, E.CELL_RESOLVED)
    return found


def _leave(world: World, one: Candidate) -> LeaveEntry:
    found: LeaveEntry | None = LeaveEntry.objects.first()
    if found is not None:
        return found
    act = world.act("clerk")
    duty = find_duty(act.user, world.units["DUK"], _RULE, f"candidate:{one.uid}", today=act.today)
    return extend_duty(act=act, duty=duty, until=date(2023, 4, 28), reason="Chờ thẩm tra bổ sung")


def _day_off(world: World) -> CalendarEntry:
    found: CalendarEntry | None = CalendarEntry.objects.first()
    owner, day = world.units["DUK"], date(2023, 1, 27)
    return found or set_calendar_day(act=world.act("clerk"), owner=owner, day=day, kind=DayKind.OFF)


def candidate_args(name: str, world: World) -> list[object] | None:
    """Return the arguments of an address about a candidate of DUK.01.01, their duty, a rule or a day of DUK."""
    match name:
        case "members:candidate" | "members:dossier":
            return [example_candidate(world).uid]
        case "members:correct_step":
            example_candidate(world)
            return [CandidateEntry.objects.get(kind=E.CELL_RESOLVED).uid]
        case "obligations:duty":
            return [_RULE, f"candidate:{example_candidate(world).uid}"]
        case "obligations:leave_back":
            return [_leave(world, example_candidate(world)).uid]
        case "obligations:calendar_back":
            return [_day_off(world).uid]
        case "organizations:rule":
            return [_RULE.replace("-", "_") + "_days"]
    return None


def candidate_pages(world: World) -> dict[str, tuple[str, list[object]]]:
    """Return name -> address and arguments of the pages that a clerk of DUK can open."""
    one = example_candidate(world)
    _leave(world, one)
    named = {
        "candidates": "members:candidates",
        "candidate": "members:candidate",
        "new candidate": "members:new_candidate",
        "correct a step": "members:correct_step",
        "probation": "members:probation",
        "duties": "obligations:list",
        "duty": "obligations:duty",
        "calendar": "obligations:calendar",
        "rules": "organizations:rules",
        "rule": "organizations:rule",
    }
    found = {key: (name, candidate_args(name, world) or []) for key, name in named.items()}
    return found | {"review": ("members:review", [world.members["an"].uid])}
