"""Reads the sums that are kept for wide units: which keep them, stocks on days, what happened in windows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple, TypeVar

from django.db.models import Exists, OuterRef, Q, Sum

from giaoban.apps.organizations.kinds import STOCKED, WIDE
from giaoban.apps.organizations.models import Ancestry, Grain, UnitKindSpan, UnitSum
from giaoban.apps.organizations.queries.tally import KeyedAnchors
from giaoban.core.period import Window
from giaoban.figures import FlowAsk, StockAsk
from giaoban.figures.registers import Anchors

UNITS = "units"  # the series of the units themselves
_DAY = timedelta(days=1)
AskT = TypeVar("AskT", FlowAsk, StockAsk)


@dataclass(frozen=True, slots=True)
class Keepers:
    """Which units keep sums, by key: ``wide`` of all that is summed, ``stocks`` (those and more) of what stands."""

    wide: frozenset[int] = frozenset()
    stocks: frozenset[int] = frozenset()


def any_wide() -> bool:
    """Tell whether there ever was a unit of a wide kind: else nobody keeps sums."""
    return UnitKindSpan.objects.filter(kind__in=WIDE).exists()


def keepers(among: Collection[int] | None = None) -> Keepers:
    """Return the units that keep sums: those that ever were of such a kind; ``among`` these, or all."""
    spans = UnitKindSpan.objects.filter(kind__in=(*WIDE, *STOCKED))
    if among is not None:
        spans = spans.filter(unit__in=among)
    found = set(spans.values_list("unit_id", "kind"))
    wide = frozenset(unit for unit, kind in found if kind in WIDE)
    if not wide and (among is None or not any_wide()):
        return Keepers()
    return Keepers(wide, frozenset(unit for unit, _kind in found))


def keeps_sums(unit: OuterRef) -> Exists:
    """Return the condition that a unit keeps sums of everything."""
    return Exists(UnitKindSpan.objects.filter(unit=unit, kind__in=WIDE))


def keeps_stocks(unit: OuterRef) -> Exists:
    """Return the condition that a unit keeps sums of what stands."""
    somewhere = Exists(UnitKindSpan.objects.filter(kind__in=WIDE))
    return Exists(UnitKindSpan.objects.filter(somewhere, unit=unit, kind__in=(*WIDE, *STOCKED)))


def series_of_kind(kind: str) -> str:
    """Return the name of the series of the units of a kind."""
    return f"kind:{kind}"


class Happened(NamedTuple):
    """How often something happened under a wide unit: on the day, or in a whole month of which it is the first."""

    unit: str
    series: str
    day: date
    eve: bool
    number: int


@dataclass(frozen=True, slots=True)
class Summed:
    """Units that keep sums: their codes by key."""

    codes: dict[int, str]

    def stocks(self, series: Sequence[str], days: Sequence[date]) -> Iterator[tuple[date, str, str, int]]:
        """Return day, unit, series and the stock at the end of that day, where there is any; one query."""
        wanted = [_up_to(day) for day in days]
        rows = UnitSum.objects.filter(reduce(or_, wanted), unit__in=self.codes, series__in=series)
        numbers = {f"n{index}": Sum("number", filter=one, default=0) for index, one in enumerate(wanted)}
        for unit, name, *found in rows.values_list("unit_id", "series").annotate(**numbers):
            for day, number in zip(days, found, strict=True):
                if number:
                    yield day, self.codes[unit], name, number

    def happened(
        self, series: Sequence[str], windows: Sequence[Window], bounds: Collection[date]
    ) -> Iterator[Happened]:
        """Return what happened in the windows, months in one where nothing asks for less; two queries.

        Args:
            bounds: the days at which readings begin or end; of months that one of them cuts the days are told.
        """
        breaks = {*bounds, *self._breaks(windows)}
        parts = [part for one in windows for part in _parts(one, breaks)]
        rows = UnitSum.objects.filter(reduce(or_, parts), unit__in=self.codes, series__in=series)
        told = rows.values_list("unit_id", "series", "grain", "day").annotate(found=Sum("number"))
        for unit, name, grain, day, number in told:
            if number:
                yield Happened(self.codes[unit], name, day, grain == Grain.EVE, number)

    def _breaks(self, windows: Sequence[Window]) -> set[date]:
        """Return the days on which one of the units came to stand elsewhere: a month has to be of one place."""
        first, last = windows[0].start, windows[-1].end
        above = Ancestry.objects.filter(descendant__in=self.codes)
        moved = above.filter(Q(valid_from__gt=first, valid_from__lt=last) | Q(valid_to__gt=first, valid_to__lt=last))
        return {day for days in moved.values_list("valid_from", "valid_to") for day in days}


def first_of_month(day: date) -> date:
    """Return the first day of the month."""
    return day.replace(day=1)


def _next_month(first: date) -> date:
    return first_of_month(first + timedelta(days=31))


def _up_to(day: date) -> Q:
    """All whole months before the day after, and the days of its own month."""
    end = day + _DAY
    first = first_of_month(end)
    months = Q(grain=Grain.MONTH, day__lt=first)
    return months if first == end else months | Q(grain=Grain.DAY, day__gte=first, day__lt=end)


def _parts(window: Window, breaks: Collection[date]) -> Iterator[Q]:
    """Cut a window into whole months and days; what counts by the place of the eve is always told by its day."""
    yield Q(grain=Grain.EVE, day__gte=window.start, day__lt=window.end)
    cut = {first_of_month(day) for day in breaks if day.day > 1}
    spans: list[tuple[str, date, date]] = []
    start = window.start
    while start < window.end:
        first = first_of_month(start)
        end = min(_next_month(first), window.end)
        whole = start == first and end == _next_month(first) and first not in cut
        grain = Grain.MONTH.value if whole else Grain.DAY.value
        if spans and spans[-1][0] == grain:
            spans[-1] = (grain, spans[-1][1], end)
        else:
            spans.append((grain, start, end))
        start = end
    for grain, first, last in spans:
        yield Q(grain=grain, day__gte=first, day__lt=last)


def apart(ask: AskT) -> tuple[Summed | None, AskT | None]:
    """Part a question: the anchors that keep sums, and the same question of all others; None where there are none."""
    anchors = ask.anchors
    if not isinstance(anchors, KeyedAnchors):
        return None, ask
    keep = anchors.stocked if isinstance(ask, StockAsk) else anchors.summed
    if not keep:
        return None, ask
    codes = dict(zip(anchors.whole_keys, anchors.whole, strict=True))
    rest = tuple(pk for pk in anchors.whole_keys if pk not in keep)
    others = KeyedAnchors(tuple(codes[pk] for pk in rest), anchors.own, rest, anchors.own_keys)
    summed = Summed({pk: codes[pk] for pk in sorted(keep)})
    return summed, _with(ask, others) if rest or anchors.own_keys else None


def _with(ask: AskT, anchors: Anchors) -> AskT:
    return replace(ask, anchors=anchors)


def standing_in(keys: Collection[int], windows: Sequence[Window]) -> Iterator[tuple[int, Window, int]]:
    """Return how many units stood at or under each of some wide units on any day of each window; a query for each
    window and one.
    """
    at_start = Summed({pk: str(pk) for pk in keys})
    days = sorted({one.start for one in windows})
    found = {(day, int(unit)): number for day, unit, _series, number in at_start.stocks([UNITS], days)}
    for window in windows:
        pairs = set()
        if window.start + _DAY < window.end:
            came = Ancestry.objects.filter(ancestor__in=keys, valid_from__gt=window.start, valid_from__lt=window.end)
            pairs = set(came.values_list("ancestor_id", "descendant_id"))
        # Of those that came some were there when the window began: then they are counted already.
        there = Ancestry.objects.filter(
            ancestor__in=keys,
            descendant__in={unit for _pk, unit in pairs},
            valid_from__lte=window.start,
            valid_to__gt=window.start,
        )
        if pairs:
            pairs -= set(there.values_list("ancestor_id", "descendant_id"))
        for pk in keys:
            yield pk, window, found.get((window.start, pk), 0) + sum(above == pk for above, _unit in pairs)
