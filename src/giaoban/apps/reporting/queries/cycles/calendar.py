"""The days and moments of a cycle: for which periods a form is filled, when it opens, is due and locks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from giaoban.apps.audit.act import HANOI, day_of
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.places import SqlCalendar
from giaoban.apps.reporting.models import Cycle, FormRhythm, ReportForm
from giaoban.core.period import Period, PeriodKind, Window

KINDS: dict[str, PeriodKind] = {
    FormRhythm.MONTH: PeriodKind.MONTH,
    FormRhythm.QUARTER: PeriodKind.QUARTER,
    FormRhythm.HALF: PeriodKind.HALF,
    FormRhythm.NINE_MONTHS: PeriodKind.NINE_MONTHS,
    FormRhythm.YEAR: PeriodKind.YEAR,
}


@dataclass(frozen=True, slots=True)
class Moments:
    """When a cycle opens, is due and locks; ``locks_at`` None: never."""

    opens_at: datetime
    due_at: datetime
    locks_at: datetime | None


def window_of(owner: Unit, period: Period) -> Window:
    """Return the days of a period as the office has laid them down (decision D7)."""
    return SqlCalendar().bounds([(owner.code, period)])[owner.code, period].window


def moments_of(form: ReportForm, window: Window) -> Moments:
    """Return the moments of a cycle by the form's rule: whole days in Viet Nam, the due and lock days included."""
    last = window.last_day
    due = last + timedelta(days=form.due_days)
    locks = None if form.lock_days is None else end_of_day(due + timedelta(days=form.lock_days))
    return Moments(start_of_day(last - timedelta(days=form.open_days)), end_of_day(due), locks)


def start_of_day(day: date) -> datetime:
    """Return the first moment of a day in Viet Nam."""
    return datetime.combine(day, time.min, HANOI)


def end_of_day(day: date) -> datetime:
    """Return the last moment of a day in Viet Nam."""
    return datetime.combine(day, time(23, 59, 59), HANOI)


def periods_around(rhythm: str, day: date) -> list[Period]:
    """Return the periods of a rhythm that may be open on a day: the one before, the one in which it lies, the next.

    A half-year report is one on the first half: the year's tells of the second, which can be opened by hand.
    """
    kind = KINDS.get(rhythm)
    if kind is None:
        return []
    first = Period(PeriodKind.MONTH, date(day.year, day.month, 1))
    if kind is PeriodKind.QUARTER:
        first = Period.quarter_of(day)
    elif kind is PeriodKind.HALF:
        first = Period(kind, date(day.year, 1 if day.month <= 6 else 7, 1))
    elif kind in (PeriodKind.NINE_MONTHS, PeriodKind.YEAR):
        first = Period(kind, date(day.year, 1, 1))
    found = [first.before(), first, first.next()]
    return [one for one in found if kind is not PeriodKind.HALF or one.number == 1]


def due_to_open(forms: Sequence[ReportForm], now: datetime) -> list[tuple[ReportForm, Period]]:
    """Return what the forms' rules open at a moment and is not open yet, in the order of the forms.

    The opening moment has come, the due moment has not gone by, and the form holds on the period's last day. The number
    of queries does not depend on the forms. Whether anybody is to fill it, is not asked.
    """
    today = day_of(now)
    around = [(form, period) for form in forms for period in periods_around(form.rhythm, today)]
    bounds = SqlCalendar().bounds({(form.owner.code, period) for form, period in around}) if around else {}
    found = []
    for form, period in around:
        window = bounds[form.owner.code, period].window
        moments = moments_of(form, window)
        if form.valid_from <= window.last_day < form.valid_to and moments.opens_at <= now <= moments.due_at:
            found.append((form, period))
    rows = Cycle.objects.filter(period__in={str(period) for _, period in found}) if found else Cycle.objects.none()
    known = set(rows.values_list("owner_id", "form__code", "period"))
    return [(form, period) for form, period in found if (form.owner_id, form.code, str(period)) not in known]
