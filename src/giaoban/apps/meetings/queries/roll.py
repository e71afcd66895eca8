"""Who was called to a meeting and who came: the roll of the day with the attendance that was taken."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from giaoban.apps.meetings.models import AttendanceEntry, Meeting, MeetingKind, Presence
from giaoban.apps.members.models import AbsenceKind, AbsenceSpan, Member, MembershipSpell, OfficeTerm
from giaoban.apps.members.queries.stays import elsewhere_on, guests_of
from giaoban.apps.organizations.kinds import COMMITTEE
from giaoban.apps.organizations.models import Ancestry, on_day
from giaoban.apps.organizations.queries.rules import rule_for
from giaoban.core.numbers_vi import percent

GUESTS = "meeting_guests"
OF_CELL = (MeetingKind.REGULAR, MeetingKind.THEMATIC)
_COMMITTEES = (MeetingKind.COMMITTEE, MeetingKind.CELL_COMMITTEE)


@dataclass(frozen=True, slots=True)
class RollLine:
    """A person on the roll; ``state`` is a value of ``Presence``, empty until it is set.

    Whoever is ``exempt`` from meetings, or takes part ``elsewhere`` for a time, counts as called only where they came.
    A ``guest`` takes part here for a time; whether they count is the office's rule (``guest_counts``). ``by_code``: the
    person said on their own telephone that they were there, at ``said_at``.
    """

    member: int
    uid: uuid.UUID
    name: str
    official: bool
    exempt: bool
    away: bool
    state: str
    online: bool
    spoke: bool
    elsewhere: bool = False
    guest: bool = False
    guest_counts: bool = False
    by_code: bool = False
    said_at: datetime | None = None

    @property
    def called(self) -> bool:
        """Whether the person counts among those who should come."""
        if self.guest and not self.guest_counts:
            return False
        return not (self.exempt or self.elsewhere) or self.state == Presence.PRESENT


@dataclass(frozen=True, slots=True)
class Roll:
    """All people of a meeting in the order of their names."""

    lines: tuple[RollLine, ...]

    @property
    def members(self) -> tuple[RollLine, ...]:
        """Those who are of the unit: all but its guests."""
        return tuple(line for line in self.lines if not line.guest)

    @property
    def guests(self) -> tuple[RollLine, ...]:
        """Those who take part here for a time."""
        return tuple(line for line in self.lines if line.guest)

    @property
    def called(self) -> int:
        """How many should come."""
        return sum(line.called for line in self.lines)

    def count(self, state: str) -> int:
        """Return how many of those who were called stand so."""
        return sum(line.called and line.state == state for line in self.lines)

    @property
    def complete(self) -> bool:
        """Whether everybody who was called is ticked."""
        return bool(self.called) and all(line.state for line in self.lines if line.called)

    @property
    def percent(self) -> float | None:
        """Which part of those called came, in percent to one decimal; None until everybody is ticked."""
        return percent(self.count(Presence.PRESENT), self.called) if self.complete else None

    @property
    def speakers(self) -> tuple[RollLine, ...]:
        """Who spoke."""
        return tuple(line for line in self.lines if line.spoke)


def guests_count(meeting: Meeting) -> bool:
    """Tell whether guests count among those who should come: the rule of the meeting's day."""
    return rule_for(GUESTS, meeting.unit, meeting.day).value == "counted"


def roll_of(meeting: Meeting) -> Roll:
    """Return the roll of a meeting on its day; a fixed number of queries."""
    people = _people(meeting)
    guests = guests_of(meeting.unit_id, meeting.day) - set(people) if meeting.kind in OF_CELL else set()
    counted = bool(guests) and guests_count(meeting)
    elsewhere = elsewhere_on(people, meeting.day)
    spells = dict(
        MembershipSpell.objects.filter(on_day(meeting.day), member__in=people).values_list("member_id", "official")
    )
    away = set(AbsenceSpan.objects.filter(on_day(meeting.day), member__in=people).values_list("member_id", "kind"))
    taken = {entry.member_id: entry for entry in AttendanceEntry.objects.live().filter(meeting=meeting)}
    rows = Member.objects.filter(pk__in={*people, *guests, *taken}).order_by("sort_key", "pk")
    lines = []
    for pk, uid, name in rows.values_list("pk", "uid", "full_name"):
        entry = taken.get(pk)
        lines.append(
            RollLine(
                pk,
                uid,
                name,
                spells.get(pk, True),
                (pk, AbsenceKind.EXEMPT.value) in away,
                (pk, AbsenceKind.AWAY.value) in away,
                entry.state if entry is not None else "",
                entry is not None and entry.online,
                entry is not None and entry.spoke,
                elsewhere=pk in elsewhere and pk not in guests,
                guest=pk in guests,
                guest_counts=counted,
                by_code=entry is not None and entry.by_code,
                said_at=entry.recorded_at if entry is not None else None,
            )
        )
    return Roll(tuple(lines))


def _people(meeting: Meeting) -> Sequence[int]:
    """Those of the roll: holders of offices of a committee, members of a cell, members at or under any other unit."""
    if meeting.kind in _COMMITTEES:
        terms = OfficeTerm.objects.filter(on_day(meeting.day), unit=meeting.unit_id, office__in=COMMITTEE)
        return sorted(set(terms.values_list("member_id", flat=True)))
    below = Ancestry.objects.filter(on_day(meeting.day), ancestor=meeting.unit_id).values("descendant")
    return list(MembershipSpell.objects.filter(on_day(meeting.day), unit__in=below).values_list("member_id", flat=True))
