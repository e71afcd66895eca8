"""Which days are worked where: the common calendar with the nearest committee's decisions (decision D14)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.obligations.models import CalendarEntry, DayKind
from giaoban.apps.obligations.working_days import WorkingCalendar, public_year
from giaoban.apps.organizations.models import Ancestry, Unit
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.apps.organizations.queries.history import decision_words
from giaoban.core.errors import NotFound

_PLAIN = WorkingCalendar()


def calendars_of(units: Iterable[int]) -> dict[int, WorkingCalendar]:
    """Return the working days of units (primary keys), for any day; two queries however many they are."""
    wanted = set(units)
    found = dict.fromkeys(wanted, _PLAIN)
    decided: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    rows = CalendarEntry.objects.live().in_order().values_list("owner_id", "effective_date", "kind")
    for owner, day, kind in rows:
        decided[owner].append((day, kind == DayKind.WORKED))
    if not decided:
        return found
    nearest: dict[int, dict[date, tuple[int, bool]]] = defaultdict(dict)
    places = Ancestry.objects.filter(descendant__in=wanted, ancestor__in=decided)
    for unit, owner, depth, start, end in places.values_list(
        "descendant_id", "ancestor_id", "depth", "valid_from", "valid_to"
    ):
        for day, works in decided[owner]:
            known = nearest[unit].get(day)
            if start <= day < end and (known is None or depth < known[0]):
                nearest[unit][day] = depth, works
    made: dict[frozenset[tuple[date, bool]], WorkingCalendar] = {}
    for unit, days in nearest.items():
        # Most units share the days of one committee, and with them what was counted.
        key = frozenset((day, works) for day, (_depth, works) in days.items())
        found[unit] = made.setdefault(key, WorkingCalendar(dict(key)))
    return found


def calendar_of(unit: Unit) -> WorkingCalendar:
    """Return the working days of one unit."""
    return calendars_of([unit.pk])[unit.pk]


def working_days_after(day: date, number: int, unit: Unit) -> date:
    """Return the day that lies so many working days of a unit after a day (the day itself does not count)."""
    return calendar_of(unit).after(day, number)


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A day that is not what its weekday says.

    ``owner`` is empty for what the whole country has; ``uid`` names the entry that can be taken back by those who may
    manage the owner ``owner_code``.
    """

    day: date
    works: bool
    note: str
    owner: str = ""
    owner_code: str = ""
    by: str = ""
    uid: uuid.UUID | None = None


def calendar_lines(unit: Unit, year: int, *, today: date) -> tuple[CalendarLine, ...]:
    """Return the days of a year that are not what their weekday says, in order: public ones and those that committees
    at or above a unit decided; of one day decided at several levels the nearest comes last, and holds.
    """
    public = public_year(year)
    lines = [(day, -2, CalendarLine(day, False, name)) for day, name in public.holidays.items()]
    lines += [(day, -1, CalendarLine(day, True, "Ngày làm bù theo lịch chung")) for day in public.worked]
    above = dict(Ancestry.objects.filter(descendant=unit).values_list("ancestor_id", "depth"))
    entries = list(
        CalendarEntry.objects.live()
        .filter(owner__in=above, effective_date__year=year)
        .select_related("owner", "actor")
        .in_order()
    )
    cards = unit_cards({entry.owner_id for entry in entries}, day=today)
    for entry in entries:
        source = decision_words(entry.decision_number, entry.decision_date, entry.decision_issuer)
        note = "; ".join(part for part in (entry.note, source) if part)
        line = CalendarLine(
            entry.effective_date,
            entry.kind == DayKind.WORKED,
            note,
            cards[entry.owner_id].name,
            entry.owner.code,
            entry.actor.full_name,
            entry.uid,
        )
        lines.append((entry.effective_date, 100 - above[entry.owner_id], line))
    return tuple(line for _day, _order, line in sorted(lines, key=lambda one: one[:2]))


def find_calendar_entry(user: User, uid: uuid.UUID, *, today: date) -> CalendarEntry:
    """Return what a committee that the person may see decided about a day.

    Raises:
        NotFound: there is none, or its owner lies outside the scope.
    """
    owners = Unit.objects.visible_to(user, today=today)
    found: CalendarEntry | None = (
        CalendarEntry.objects.filter(uid=uid, void=False, owner__in=owners).select_related("owner").first()
    )
    if found is None:
        raise NotFound("Không tìm thấy ngày này trong lịch của đơn vị thuộc phạm vi của đồng chí")
    return found
