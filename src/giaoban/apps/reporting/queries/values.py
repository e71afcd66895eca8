"""Numbers that units report themselves, read for the figures and for those who enter them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.reporting.forms import FieldKind
from giaoban.apps.reporting.models import (
    Cycle,
    OwnMeasure,
    Submission,
    SubmissionState,
    ValueEntry,
    ValueFeed,
    ValuePart,
    ValueTime,
)
from giaoban.core.period import Period, Window
from giaoban.figures import Asked, Catalogue, Feed, Kind, Measure, Rate, RateBase, Reported, ValueAsk

OWN = "own."
_DAY = timedelta(days=1)


class SqlValues:
    """`figures.Values` over the journal of values and the table of feeds; one query each."""

    def reported(self, ask: ValueAsk) -> Iterator[Reported]:
        """Return the live numbers of units that ever stood at or under those asked about."""
        below = Ancestry.objects.filter(ancestor__code__in=ask.under).values("descendant")
        rows = ValueEntry.objects.live().filter(
            unit__in=below, measure__in=ask.measures, last_day__gte=ask.start, first_day__lt=ask.end
        )
        columns = ("measure", "unit__code", "first_day", "last_day", "dimension", "code")
        for uid, *key, part, number, mark, note in rows.values_list("uid", *columns, "part", "number", "mark", "note"):
            measure, unit, first, last, dimension, code = key
            of_total = part == ValuePart.EXPECTED
            yield Reported(str(uid), measure, unit, first, last, dimension, code, of_total, number, mark, note)

    def asked(self, ask: ValueAsk) -> Iterator[Asked]:
        """Return who has a form to fill that asks for these measures, unless it was cancelled or they were released."""
        years = range(ask.start.year, ask.end.year + 1)
        in_years = reduce(or_, (Q(period__startswith=f"{year:04}") for year in years))
        cycles = {
            cycle.pk: (Period.parse(cycle.period).window, found)
            for cycle in Cycle.objects.filter(in_years, cancelled_at=None).select_related("form")
            if (found := _asked_in(cycle.form.body) & set(ask.measures))
        }
        in_time = [pk for pk, (window, _) in cycles.items() if window.start < ask.end and ask.start < window.end]
        if not in_time:
            return
        below = Ancestry.objects.filter(ancestor__code__in=ask.under).values("descendant")
        rows = Submission.objects.filter(cycle__in=in_time, unit__in=below).exclude(state=SubmissionState.RELEASED)
        for cycle_id, unit in rows.values_list("cycle_id", "unit__code"):
            window, measures = cycles[cycle_id]
            for measure in measures:
                yield Asked(unit, measure, window.start, window.end)

    def feeds(self, measures: Collection[str]) -> Iterator[Feed]:
        """Return where, and in which days, these measures are fed by reported numbers."""
        rows = ValueFeed.objects.filter(measure__in=measures)
        for row in rows.values_list("unit__code", "measure", "valid_from", "valid_to"):
            yield Feed(*row)


def feeds_above(unit: Unit, *, day: date) -> list[ValueFeed]:
    """Return the switches that speak for a unit by its place on a day, of that day and later ones; one query."""
    above = Ancestry.objects.filter(on_day(day), descendant=unit).values("ancestor")
    rows = ValueFeed.objects.filter(unit__in=above, valid_to__gt=day).select_related("unit")
    return list(rows.order_by("measure", "valid_from"))


def _asked_in(body: Mapping[str, Any]) -> set[str]:
    """Return the measures that the fields of a form ask for."""
    fields = (one for section in body.get("sections", ()) for one in section.get("fields", ()))
    return {one["measure"] for one in fields if one.get("kind") == FieldKind.VALUE and one.get("measure")}


class OfficeCatalogue(Catalogue):
    """The measures of the program and, behind them, those that offices ask for themselves.

    These are read once, and only where one of them, or the whole list, is asked for.
    """

    def __init__(self, shipped: Catalogue) -> None:
        """Take the measures of the program."""
        self._shipped = shipped
        self._own: dict[str, Measure] | None = None

    @property
    def _all(self) -> dict[str, Measure]:
        if self._own is None:
            rows = list(OwnMeasure.objects.select_related("owner").order_by("key"))
            plain = {one.key: measure_of(one) for one in rows if one.time != ValueTime.RATE}
            self._own = {one.key: plain[one.key] if one.key in plain else self._rate(one, plain) for one in rows}
        return self._own

    def _rate(self, own: OwnMeasure, plain: Mapping[str, Measure]) -> Measure:
        over, under = (plain[key] if key in plain else self._shipped[key] for key in (own.numerator, own.denominator))
        return rate_of(own, over, under)

    def __iter__(self) -> Iterator[Measure]:
        yield from self._shipped
        yield from self._all.values()

    def __len__(self) -> int:
        return len(self._shipped) + len(self._all)

    def __contains__(self, key: object) -> bool:
        return key in self._shipped or (isinstance(key, str) and key.startswith(OWN) and key in self._all)

    def __getitem__(self, key: str) -> Measure:
        """Return the measure.

        Raises:
            InvalidInput: no measure has that key.
        """
        return self._all[key] if key.startswith(OWN) and key in self._all else self._shipped[key]

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys, those of the program first."""
        return (*self._shipped.keys, *self._all)


def rate_of(own: OwnMeasure, over: Measure, under: Measure) -> Measure:
    """Return a rate of an office as the figures know it; in percent with one decimal, else with two."""
    base = RateBase.PERIOD_END if under.is_stock else RateBase.SAME_DAYS
    places = 1 if own.times == 100 else 2
    rate = Rate(over.key, under.key, over.label, under.label, base, own.times, places)
    return Measure(own.key, own.label, own.noun, Kind.RATE, rate=rate, decimals=places, owner=own.owner.code)


def may_be_divided(measure: Measure) -> bool:
    """Tell whether a number may stand above or under the line of a rate: it adds up over units."""
    return measure.additive_units and measure.kind is not Kind.PLAN and not measure.as_it_stood


def measure_of(own: OwnMeasure) -> Measure:
    """Return what an office asks its units for as the figures know it; not for a rate, which nobody is asked for."""
    time = Kind.STOCK if own.time == ValueTime.STOCK else Kind.FLOW
    return Measure(own.key, own.label, own.noun, Kind.VALUE, time=time, decimals=4, signed=True, owner=own.owner.code)


def known_at(measures: Collection[Measure] | Catalogue, unit: str) -> list[Measure]:
    """Return those of the measures that are known at a unit: an office's own ones only in its subtree, at any time."""
    found = list(measures)
    owners = {one.owner for one in found if one.owner}
    above: set[str] = set()
    if owners:
        ways = Ancestry.objects.filter(descendant__code=unit, ancestor__code__in=owners)
        above = set(ways.values_list("ancestor__code", flat=True))
    return [one for one in found if not one.owner or one.owner in above]


def unreported_days(unit: Unit, measure: str, window: Window) -> Window | None:
    """Return the first stretch of the window for which the unit has not reported the measure; None if there is none."""
    rows = ValueEntry.objects.live().filter(
        unit=unit, measure=measure, part=ValuePart.DONE, last_day__gte=window.start, first_day__lt=window.end
    )
    start = window.start
    for first, last in rows.order_by("first_day").values_list("first_day", "last_day").distinct():
        if first > start:
            return Window(start, first)
        start = max(start, last + _DAY)
    return Window(start, window.end) if start < window.end else None
