"""Absences in a row at the regular meetings of a cell; a third one is told to its secretary alone (decision D13)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from giaoban.apps.accounts.models import User
from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import AttendanceEntry, Meeting, MeetingKind, MeetingState, Presence
from giaoban.apps.organizations.models import Grant, Unit, on_day

# So far back a row of absences is followed.
_MEETINGS = 12
THIRD = 3


@dataclass(frozen=True, slots=True)
class AbsentInRow:
    """A member who was absent from the last meetings, this one counted; how often, excused or not."""

    name: str
    times: int


def _states(meeting: Meeting) -> tuple[list[int], dict[int, dict[int, str]], dict[int, str]]:
    """The regular meetings up to this one, the newest first; states by member and meeting; names."""
    held = Meeting.objects.filter(
        unit=meeting.unit_id, kind=MeetingKind.REGULAR, state=MeetingState.HELD, starts_at__lte=meeting.starts_at
    ).order_by("-starts_at")
    order = list(held.values_list("pk", flat=True)[:_MEETINGS])
    states: dict[int, dict[int, str]] = defaultdict(dict)
    names: dict[int, str] = {}
    rows = AttendanceEntry.objects.live().filter(meeting__in=order).select_related("member")
    for entry in rows.order_by("member__sort_key"):
        states[entry.member_id][entry.meeting_id] = entry.state
        names[entry.member_id] = entry.member.full_name
    return order, states, names


def _run(order: list[int], states: dict[int, str], wanted: tuple[str, ...]) -> int:
    """Over how many of the newest meetings at which the member was called they stood so."""
    number = 0
    for meeting in order:
        if meeting not in states:
            continue
        if states[meeting] not in wanted:
            break
        number += 1
    return number


def longest_excused_runs(meeting: Meeting) -> list[int]:
    """Return for each member who is excused from this meeting how many in a row they were excused from."""
    order, states, _names = _states(meeting)
    return [
        run
        for member, found in states.items()
        if found.get(meeting.pk) == Presence.EXCUSED and (run := _run(order, states[member], (Presence.EXCUSED,)))
    ]


def third_absences(meeting: Meeting) -> tuple[AbsentInRow, ...]:
    """Return who was absent from this regular meeting and at least the two before it, by name."""
    if meeting.kind != MeetingKind.REGULAR:
        return ()
    order, states, names = _states(meeting)
    away = (Presence.EXCUSED, Presence.ABSENT)
    runs = {member: _run(order, found, away) for member, found in states.items() if meeting.pk in found}
    return tuple(AbsentInRow(names[member], run) for member, run in runs.items() if run >= THIRD)


def recorders_of(unit: Unit, act: Act) -> tuple[User, ...]:
    """Return who records for a unit because a grant names it, not a unit above: its secretary."""
    roles = rights_table().roles_with("meetings_record")
    grants = Grant.objects.filter(on_day(act.today), unit=unit, role__in=roles, user__is_active=True)
    return tuple(dict.fromkeys(grant.user for grant in grants.select_related("user").order_by("valid_from")))


def is_secretary(user: User, unit: Unit, act: Act) -> bool:
    """Tell whether a person records for a unit because a grant names it."""
    return Grant.objects.holding(user, today=act.today, right="meetings_record").filter(unit=unit).exists()
