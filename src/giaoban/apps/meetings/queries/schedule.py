"""The schedule of many units on one screen, and the month before repeated: same weekday of the month, same hour."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import Meeting, MeetingKind, MeetingState
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Ancestry, Unit, UnitKindSpan, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.period import add_months

_HELD_BY = (MeetingKind.CONFERENCE, MeetingKind.BRIEFING)
# What is held every month (Điều lệ Đảng, điều 22, 24): the cell, its committee, the grassroots committee.
MONTHLY = (MeetingKind.REGULAR, MeetingKind.CELL_COMMITTEE, MeetingKind.COMMITTEE)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting in the schedule."""

    uid: uuid.UUID
    kind: str
    kind_name: str
    state: str
    starts_at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A unit with its meetings by month (first day)."""

    unit: UnitCard
    months: tuple[tuple[Planned, ...], ...]


def months_ahead(months: Iterable[date], today: date) -> list[date]:
    """Return the months (first days) that are not over: nothing is planned for days gone by."""
    return [month for month in months if add_months(month, 1) > today]


def cells_below(unit: Unit, day: date) -> list[int]:
    """Return the units (by key) at or under a unit in which members stand on a day, in the order of codes."""
    holding = [code for code, kind in kinds().items() if kind.members]
    spans = UnitKindSpan.objects.filter(on_day(day), kind__in=holding).values("unit")
    rows = Ancestry.objects.filter(on_day(day), ancestor=unit, descendant__in=spans)
    return list(rows.order_by("descendant__code").values_list("descendant_id", flat=True))


def units_below(unit: Unit, day: date) -> list[int]:
    """Return the units (by key) at or under a unit on a day, in the order of codes."""
    rows = Ancestry.objects.filter(on_day(day), ancestor=unit).order_by("descendant__code")
    return list(rows.values_list("descendant_id", flat=True))


def schedule_of(
    user: User, units: Sequence[int], months: Sequence[date], *, today: date, day: date
) -> tuple[ScheduleRow, ...]:
    """Return the meetings of units (by key, in this order) in some months (first days); a fixed number of queries."""
    found: dict[tuple[int, date], list[Planned]] = defaultdict(list)
    rows = Meeting.objects.visible_to(user, today=today).filter(unit__in=units, month__in=months)
    for row in rows.exclude(kind__in=_HELD_BY).exclude(state=MeetingState.CANCELLED).order_by("starts_at"):
        found[(row.unit_id, row.month)].append(
            Planned(row.uid, row.kind, row.get_kind_display(), row.state, row.starts_at, row.place)
        )
    cards = place_cards(units, day=day)
    return tuple(ScheduleRow(cards[unit], tuple(tuple(found[(unit, month)]) for month in months)) for unit in units)


@dataclass(frozen=True, slots=True)
class Proposal:
    """When a unit's meeting of a month would be if it were like the month before."""

    unit: Unit
    kind: MeetingKind
    starts_at: datetime
    ends_at: datetime | None
    form: str
    place: str


def same_place_in_month(moment: datetime, month: date) -> datetime:
    """Return the moment of another month at the same hour on the same weekday of the month.

    The third Monday stays the third Monday; a fifth one becomes the last where the month has only four.
    """
    local = moment.astimezone(HANOI)
    first = month.replace(day=1)
    offset = (local.weekday() - first.weekday()) % _WEEK
    day = first + timedelta(days=offset + _WEEK * ((local.day - 1) // _WEEK))
    if day.month != first.month:
        day -= timedelta(days=_WEEK)
    return datetime.combine(day, local.timetz())


def like_last_month(
    units: Iterable[int], month: date, *, kinds: Sequence[MeetingKind] = (MeetingKind.REGULAR,)
) -> tuple[Proposal, ...]:
    """Return a proposal for each unit (by key) and kind without such a meeting in a month (first day) but with one
    before.

    The newest of the three months before is repeated. A meeting of the cell's committee that came before the regular
    one stays as many days before it; a fixed number of queries.
    """
    wanted = set(units)
    rows = (
        Meeting.objects.filter(unit__in=wanted, kind__in=kinds, month__gte=add_months(month, -3), month__lte=month)
        .exclude(state=MeetingState.CANCELLED)
        .select_related("unit")
        .order_by("month", "starts_at")
    )
    newest: dict[tuple[int, str], Meeting] = {}
    regular: dict[tuple[int, date], datetime] = {}
    for row in rows:
        newest[(row.unit_id, row.kind)] = row
        if row.kind == MeetingKind.REGULAR:
            regular[(row.unit_id, row.month)] = row.starts_at
    found = []
    for row in sorted(newest.values(), key=lambda one: (one.unit.code, one.kind != MeetingKind.REGULAR)):
        if row.month == month:
            continue
        starts_at = same_place_in_month(row.starts_at, month)
        cell = regular.get((row.unit_id, row.month))
        if row.kind == MeetingKind.REGULAR:
            regular[(row.unit_id, month)] = starts_at
        elif row.kind == MeetingKind.CELL_COMMITTEE and cell is not None and (row.unit_id, month) in regular:
            starts_at = regular[(row.unit_id, month)] - (cell - row.starts_at)
        length = row.ends_at - row.starts_at if row.ends_at is not None else None
        found.append(
            Proposal(
                row.unit,
                MeetingKind(row.kind),
                starts_at,
                starts_at + length if length is not None else None,
                row.form,
                row.place,
            )
        )
    return tuple(found)
