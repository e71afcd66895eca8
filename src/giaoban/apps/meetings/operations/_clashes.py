"""What cannot stand beside each other in the schedule of one unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TypeAlias

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import Meeting, MeetingEntry, MeetingEvent, MeetingKind, MeetingState
from giaoban.apps.organizations.models import Unit
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput

# A sitting whose end nobody settled is taken to last an hour.
_HOUR = timedelta(hours=1)
# Unit, start, end, the meeting that is changed (None: a new one), the place in what was given.
Wanted: TypeAlias = tuple[Unit, datetime, datetime | None, int | None, int]


def refuse_clashes(wanted: Sequence[Wanted]) -> None:
    """Return quietly if no unit would have two meetings at one hour; sittings of one meeting may run side by side.

    Raises:
        Conflict: one would.
    """
    if not wanted:
        return
    first, last = min(one[1] for one in wanted), max(one[1] for one in wanted)
    day = timedelta(days=1)
    rows = (
        MeetingEntry.objects.live()
        .filter(
            unit__in={one[0].pk for one in wanted},
            kind__in=(MeetingEvent.PLANNED, MeetingEvent.HELD),
            starts_at__gt=first - day,
            starts_at__lt=last + day,
        )
        .exclude(meeting__state=MeetingState.CANCELLED)
    )
    taken: dict[int, dict[tuple[object, int], tuple[datetime, datetime]]] = defaultdict(dict)
    # What was held counts before what was planned: it is written over it.
    for entry in sorted(rows, key=lambda row: row.kind == MeetingEvent.HELD):
        begins = entry.starts_at
        taken[entry.unit_id][(entry.meeting_id, entry.sitting)] = (begins, entry.ends_at or begins + _HOUR)
    for unit, starts_at, ends_at, meeting, index in wanted:
        end = ends_at or starts_at + _HOUR
        for (other, _sitting), (begins, ends) in taken[unit.pk].items():
            own = other in (meeting, ("new", index))
            if not own and starts_at < ends and begins < end:
                error = Conflict(
                    f"Đơn vị đã có kỳ họp lúc {begins.astimezone(HANOI):%H:%M ngày %d/%m/%Y}",
                    where=unit.code,
                    expected="một giờ khác, hoặc đổi kỳ họp kia trước",
                )
                error.index = index
                raise error
        taken[unit.pk][(("new", index), len(taken[unit.pk]))] = (starts_at, end)


def refuse_two_regular(made: Sequence[Meeting]) -> None:
    """Return quietly if no cell would have two regular meetings in a month.

    Raises:
        Conflict: one would.
    """
    regular = [one for one in made if one.kind == MeetingKind.REGULAR]
    there = {
        (row.unit_id, row.month): row.day
        for row in Meeting.objects.filter(
            unit__in={one.unit_id for one in regular},
            month__in={one.month for one in regular},
            kind=MeetingKind.REGULAR,
        ).exclude(state=MeetingState.CANCELLED)
    }
    for one in regular:
        day = there.get((one.unit_id, one.month))
        if day is not None:
            error = Conflict(
                f"Tháng {one.month.month}/{one.month.year} đã đăng ký sinh hoạt thường kỳ ngày {format_date(day)}",
                where=one.unit.code,
                hint="Đổi lịch kỳ đó, hoặc đăng ký họp bất thường",
            )
            error.index = made.index(one)
            raise error
        there[(one.unit_id, one.month)] = one.day


def refuse_thematic_alone(months: Iterable[tuple[int, date]]) -> None:
    """Return quietly if no month holds a thematic meeting without a regular one (42-HD/BTCTW).

    Args:
        months: units (by key) with the first day of the month; the caller holds the transaction.

    Raises:
        InvalidInput: one does.
    """
    wanted = set(months)
    found: dict[tuple[int, date], dict[str, Meeting]] = defaultdict(dict)
    rows = Meeting.objects.filter(
        unit__in={unit for unit, _month in wanted},
        month__in={month for _unit, month in wanted},
        kind__in=(MeetingKind.REGULAR, MeetingKind.THEMATIC),
    )
    for row in rows.exclude(state=MeetingState.CANCELLED).select_related("unit"):
        found[(row.unit_id, row.month)][row.kind] = row
    for key, kinds in found.items():
        if key in wanted and MeetingKind.REGULAR not in kinds:
            row = kinds[MeetingKind.THEMATIC]
            raise InvalidInput(
                f"Tháng {row.month.month}/{row.month.year} chỉ có sinh hoạt chuyên đề",
                where=row.unit.code,
                expected="có cả sinh hoạt thường kỳ: sinh hoạt chuyên đề không thay sinh hoạt thường kỳ",
                hint="Đăng ký kỳ thường kỳ của tháng trước, hoặc cùng lúc",
            )
