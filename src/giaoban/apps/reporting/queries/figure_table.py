"""The figures of one unit and period with whatever they are taken apart by: what the command prints and exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from giaoban.apps.members.measures.declarations import MEMBERS
from giaoban.apps.members.models import MemberEntry, MemberEvent
from giaoban.apps.organizations.models import Ancestry, Unit
from giaoban.apps.organizations.queries.chosen import cards_by_code, group_names
from giaoban.apps.organizations.queries.everywhere import counts_everywhere
from giaoban.apps.reporting.queries.figures import sources
from giaoban.apps.reporting.queries.values import known_at
from giaoban.core.errors import NotFound
from giaoban.core.period import Period, Window
from giaoban.core.text_vi import quoted
from giaoban.figures import ALL_PARTS, VALUE_ONLY, Figure, FigureRequest, Kind, Measure, Placing, compute_many
from giaoban.figures.model import Number

NOW = "now"


class TakenBy(StrEnum):
    """What the values are taken apart by."""

    CHILD = "child"
    SECTOR = "sector"
    MONTH = "month"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a value; the parts of a number that is not additive do not add up to it."""

    code: str
    name: str
    value: Number | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A measure with its figure and the parts that were asked for."""

    measure: Measure
    figure: Figure
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The figures of one unit and period; ``as_of`` is «now» or the uid of the snapshot that they come from."""

    unit: Unit
    unit_name: str
    period: Period
    window: Window
    taken_by: TakenBy | None
    rows: tuple[FigureRow, ...]
    as_of: str = NOW

    def as_json(self) -> dict[str, Any]:
        """Return the object of the contracts; months stand beside the figures."""
        found: dict[str, Any] = {
            "unit": self.unit.code,
            "period": str(self.period),
            "bounds": [self.window.start.isoformat(), self.window.last_day.isoformat()],
            "as_of": self.as_of,
            "figures": {row.measure.key: row.figure.as_json() for row in self.rows},
        }
        if self.taken_by is TakenBy.MONTH:
            found["months"] = {row.measure.key: {part.code: part.value for part in row.parts} for row in self.rows}
        if self.taken_by is TakenBy.UNIT:
            found["units"] = {row.measure.key: {part.code: part.value for part in row.parts} for row in self.rows}
        return found


def figure_table(
    unit_code: str,
    period: Period,
    *,
    measures: Sequence[str] = (),
    taken_by: TakenBy | None = None,
    tree_on: date | None = None,
) -> FigureTable:
    """Return the figures of a unit, all measures unless some are named.

    Raises:
        NotFound: there is no such unit. InvalidInput: there is no such measure.
    """
    unit = Unit.objects.filter(code=unit_code).first()
    if unit is None:
        raise NotFound(f"Không có đơn vị mang mã {quoted(unit_code)}", where="--unit", expected="mã trong sổ tổ chức")
    office = sources()
    keys = tuple(dict.fromkeys(measures)) or tuple(one.key for one in known_at(office.catalogue, unit_code))
    found = compute_many(
        office, [FigureRequest(key, unit_code, period) for key in keys], parts=ALL_PARTS, tree_on=tree_on
    )
    parts = _parts(unit, period, found, taken_by, tree_on)
    rows = tuple(
        FigureRow(office.catalogue[key], one, parts.get(key, ())) for key, one in zip(keys, found, strict=True)
    )
    window = office.calendar.bounds([(unit_code, period)])[unit_code, period].window
    cards = cards_by_code([unit_code], day=window.last_day)
    return FigureTable(unit, cards[unit_code].name, period, window, taken_by, rows)


def _parts(
    unit: Unit, period: Period, figures: Sequence[Figure], taken_by: TakenBy | None, tree_on: date | None
) -> Mapping[str, tuple[Part, ...]]:
    match taken_by:
        case None:
            return {}
        case TakenBy.CHILD:
            return _children(period, figures)
        case TakenBy.SECTOR:
            return _sectors(unit, figures)
        case TakenBy.MONTH:
            return _months(unit, period, figures, tree_on)
        case TakenBy.UNIT:
            return _units(unit, period, figures)


def _children(period: Period, figures: Sequence[Figure]) -> dict[str, tuple[Part, ...]]:
    cards = cards_by_code({code for one in figures for code in one.children}, day=period.window.last_day)
    return {
        one.request.measure: tuple(Part(code, cards[code].name, value) for code, value in one.children.items())
        for one in figures
    }


def _sectors(unit: Unit, figures: Sequence[Figure]) -> dict[str, tuple[Part, ...]]:
    names = group_names(unit)
    return {
        one.request.measure: tuple(
            Part(code, names.get(("sector", code), "chưa rõ"), value)
            for code, value in one.breakdowns.get("sector", {}).items()
        )
        for one in figures
    }


def _months(unit: Unit, period: Period, figures: Sequence[Figure], tree_on: date | None) -> dict[str, tuple[Part, ...]]:
    months = period.months()
    asked = [FigureRequest(one.request.measure, unit.code, month) for one in figures for month in months]
    found = compute_many(sources(), asked, parts=VALUE_ONLY, tree_on=tree_on)
    parts: dict[str, tuple[Part, ...]] = {}
    for one in found:
        part = Part(str(one.request.period), one.request.period.name(), one.value)
        parts[one.request.measure] = (*parts.get(one.request.measure, ()), part)
    return parts


def _units(unit: Unit, period: Period, figures: Sequence[Figure]) -> dict[str, tuple[Part, ...]]:
    """Every unit below, those without an entry left out; for the flows of the members' register that add up over units.

    One statement for all of them (``counts_everywhere``); each number is the figure of that unit with these bounds.
    """
    catalogue = sources().catalogue
    keys = {catalogue[one.request.measure].fact: one.request.measure for one in figures if _climbs(one.request.measure)}
    if not keys:
        return {}
    window = sources().calendar.bounds([(unit.code, period)])[unit.code, period].window
    below = dict(Ancestry.objects.filter(ancestor=unit, depth__gt=0).values_list("descendant_id", "descendant__code"))
    entries = MemberEntry.objects.counted().filter(kind__in=keys)
    counts = [one for one in counts_everywhere(entries, window) if one.unit in below]
    cards = cards_by_code({below[one.unit] for one in counts}, day=window.last_day)
    parts: dict[str, list[Part]] = {}
    for one in counts:
        code = below[one.unit]
        parts.setdefault(keys[one.kind], []).append(Part(code, cards[code].name, one.number))
    return {key: tuple(sorted(found, key=lambda part: part.code)) for key, found in parts.items()}


def _climbs(key: str) -> bool:
    measure = sources().catalogue[key]
    return (
        measure.register == MEMBERS
        and measure.kind is Kind.FLOW
        and measure.additive_units
        and measure.placing is Placing.DAY
        and measure.fact in MemberEvent.values
    )
