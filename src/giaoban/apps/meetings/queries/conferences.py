"""Conferences to read: the list of a committee, and one conference with its sittings, units, proposals, conclusions."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, Sum

from giaoban.apps.meetings.models import (
    ConclusionEntry,
    ConclusionEvent,
    DelegationEntry,
    Meeting,
    MeetingEntry,
    MeetingEvent,
    MeetingKind,
    Presence,
    ProposalEntry,
)
from giaoban.apps.organizations.models import Group, Unit
from giaoban.apps.organizations.queries.chosen import UnitCard, unit_cards
from giaoban.core.errors import NotFound
from giaoban.core.period import Window

CONFERENCES = (MeetingKind.CONFERENCE, MeetingKind.BRIEFING)


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """A unit that was invited: ``state`` is a value of ``Presence``, empty until it is ticked."""

    unit: UnitCard
    state: str
    delegates: int
    note: str


@dataclass(frozen=True, slots=True)
class SittingView:
    """One sitting with the units invited to it; ``cluster`` is its cluster's name, empty where it has none."""

    number: int
    starts_at: datetime
    ends_at: datetime | None
    place: str
    cluster: str
    rows: tuple[DelegationRow, ...]
    group: Group | None = None

    def count(self, state: str) -> int:
        """Return how many of its units stand so."""
        return sum(row.state == state for row in self.rows)

    @property
    def delegates(self) -> int:
        """How many people came."""
        return sum(row.delegates for row in self.rows)


@dataclass(frozen=True, slots=True)
class ConferenceView:
    """A whole conference; ``proposals`` and ``conclusions`` are live entries in their order."""

    meeting: Meeting
    sittings: tuple[SittingView, ...]
    proposals: tuple[tuple[UnitCard, ProposalEntry], ...]
    conclusions: tuple[ConclusionEntry, ...]
    cancelled_because: str

    @property
    def first_day(self) -> date:
        """The day of the first sitting."""
        return self.meeting.day

    @property
    def rows(self) -> Iterable[DelegationRow]:
        """All units, sitting by sitting."""
        return (row for sitting in self.sittings for row in sitting.rows)

    def count(self, state: str) -> int:
        """Return how many units stand so."""
        return sum(sitting.count(state) for sitting in self.sittings)


@dataclass(frozen=True, slots=True)
class ConferenceLine:
    """A conference in the list: units invited, come, excused, absent without leave, delegates."""

    meeting: Meeting
    invited: int
    present: int
    excused: int
    absent: int
    delegates: int


def find_conference(user: Any, uid: uuid.UUID, *, today: date) -> Meeting:
    """Return a conference that the person may see.

    Raises:
        NotFound: there is none, or it lies outside the scope.
    """
    seen = Meeting.objects.visible_to(user, today=today).filter(kind__in=CONFERENCES)
    found = seen.filter(uid=uid).select_related("unit").first()
    if found is None:
        raise NotFound("Không có hội nghị này trong phạm vi của đồng chí")
    return found


def conferences_in(user: Any, owner: Unit, window: Window, *, today: date) -> list[ConferenceLine]:
    """Return a committee's conferences that begin in a window, the newest first; two queries."""
    seen = Meeting.objects.visible_to(user, today=today).filter(
        unit=owner, kind__in=CONFERENCES, day__gte=window.start, day__lt=window.end
    )
    meetings = list(seen.select_related("unit").order_by("-starts_at"))
    live = DelegationEntry.objects.live().filter(meeting__in=[one.pk for one in meetings])
    counts = {
        row["meeting"]: row
        for row in live.order_by()
        .values("meeting")
        .annotate(
            invited=Count("pk"),
            present=Count("pk", filter=Q(state=Presence.PRESENT)),
            excused=Count("pk", filter=Q(state=Presence.EXCUSED)),
            absent=Count("pk", filter=Q(state=Presence.ABSENT)),
            people=Sum("delegates"),
        )
    }
    none: Counter[str] = Counter()
    return [
        ConferenceLine(
            one,
            **{key: counts.get(one.pk, none)[key] for key in ("invited", "present", "excused", "absent")},
            delegates=counts.get(one.pk, none)["people"] or 0,
        )
        for one in meetings
    ]


def conference_before(user: Any, owner: Unit, day: date, *, today: date) -> Meeting | None:
    """Return a committee's last conference before a day, None where it had none."""
    seen = Meeting.objects.visible_to(user, today=today).filter(unit=owner, kind__in=CONFERENCES, day__lt=day)
    return seen.order_by("-starts_at").first()


def conference_view(conference: Meeting) -> ConferenceView:
    """Return everything of one conference; a fixed number of queries."""
    delegations = list(DelegationEntry.objects.live().filter(meeting=conference))
    proposals = list(ProposalEntry.objects.live().filter(meeting=conference).order_by("unit__code", "seq", "id"))
    cards = unit_cards({one.unit_id for one in (*delegations, *proposals)}, day=conference.day)
    by_sitting: dict[int, list[DelegationRow]] = defaultdict(list)
    for one in sorted(delegations, key=lambda entry: cards[entry.unit_id].code):
        by_sitting[one.sitting].append(DelegationRow(cards[one.unit_id], one.state, one.delegates, one.note))
    events = MeetingEntry.objects.live().filter(meeting=conference)
    plans = events.filter(kind=MeetingEvent.PLANNED).select_related("group").order_by("sitting")
    cancelled = events.filter(kind=MeetingEvent.CANCELLED).values_list("note", flat=True).first()
    conclusions = ConclusionEntry.objects.live().filter(meeting=conference, kind=ConclusionEvent.MADE)
    return ConferenceView(
        conference,
        tuple(
            SittingView(
                plan.sitting,
                plan.starts_at or conference.starts_at,
                plan.ends_at,
                plan.place,
                plan.group.name if plan.group is not None else "",
                tuple(by_sitting[plan.sitting]),
                plan.group,
            )
            for plan in plans
        ),
        tuple((cards[one.unit_id], one) for one in proposals),
        tuple(conclusions.order_by("seq", "id")),
        cancelled or "",
    )
