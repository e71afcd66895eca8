"""Who was called to a meeting and who came: the roll of the day with the attendance that was taken."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from giaoban.apps.meetings.models import AttendanceEntry, Meeting, MeetingKind, Presence
from giaoban.apps.members.models import AbsenceKind, AbsenceSpan, Member, MembershipSpell, OfficeTerm
from giaoban.apps.organizations.kinds import COMMITTEE
from giaoban.apps.organizations.models import Ancestry, on_day
from giaoban.core.numbers_vi import percent

_COMMITTEES = (MeetingKind.COMMITTEE, MeetingKind.CELL_COMMITTEE)


@dataclass(frozen=True, slots=True)
class RollLine:
    """A person on the roll; ``state`` is a value of ``Presence``, empty until it is set.

    Whoever is ``exempt`` from meetings counts as called only where they came.
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

    @property
    def called(self) -> bool:
        """Whether the person counts among those who should come."""
        return not self.exempt or self.state == Presence.PRESENT


@dataclass(frozen=True, slots=True)
class Roll:
    """All people of a meeting in the order of their names."""

    lines: tuple[RollLine, ...]

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


def roll_of(meeting: Meeting) -> Roll:
    """Return the roll of a meeting on its day; a fixed number of queries."""
    people = _people(meeting)
    spells = dict(
        MembershipSpell.objects.filter(on_day(meeting.day), member__in=people).values_list("member_id", "official")
    )
    away = set(AbsenceSpan.objects.filter(on_day(meeting.day), member__in=people).values_list("member_id", "kind"))
    taken = {entry.member_id: entry for entry in AttendanceEntry.objects.live().filter(meeting=meeting)}
    rows = Member.objects.filter(pk__in={*people, *taken}).order_by("sort_key", "pk")
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
