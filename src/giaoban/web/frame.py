"""The frame around every screen: unit, period, search, person, areas; all of it known before a template is rendered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from giaoban.apps.organizations.queries.chosen import Scope, UnitCard
from giaoban.core.period import Period, PeriodKind
from giaoban.web.components.pieces import Link

_YEARS_BACK = 5


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """The periods of one year."""

    year: str
    choices: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the base template shows."""

    unit: UnitCard
    period: Period
    units: tuple[Link, ...]
    all_units_url: str
    periods: tuple[PeriodRow, ...]
    months: tuple[Link, ...]
    areas: tuple[Link, ...]
    person_name: str
    person_roles: tuple[str, ...]
    search_url: str
    searched: str
    printed_at: str

    @property
    def period_name(self) -> str:
        """The period as people say it."""
        return self.period.name()

    @property
    def person_short(self) -> str:
        """The given name."""
        return self.person_name.rsplit(" ", 1)[-1]


def period_rows(chosen: Period, today: date, url: Callable[[Period], str]) -> tuple[PeriodRow, ...]:
    """Return this year and the years before it, back to the chosen one."""
    last = max(today.year, chosen.year)
    first = min(chosen.year, last - _YEARS_BACK)
    rows = []
    for year in range(last, first - 1, -1):
        start = date(year, 1, 1)
        periods = [
            (f"Quý {roman}", Period.quarter(year, number)) for number, roman in enumerate(("I", "II", "III", "IV"), 1)
        ]
        periods += [
            ("6 tháng", Period(PeriodKind.HALF, start)),
            ("9 tháng", Period(PeriodKind.NINE_MONTHS, start)),
            ("Cả năm", Period(PeriodKind.YEAR, start)),
        ]
        rows.append(PeriodRow(str(year), tuple(Link(name, url(one), one == chosen) for name, one in periods)))
    return tuple(rows)


def month_links(chosen: Period, url: Callable[[Period], str]) -> tuple[Link, ...]:
    """Return the twelve months of the chosen year."""
    year = Period(PeriodKind.YEAR, date(chosen.year, 1, 1))
    return tuple(Link(str(month.number), url(month), month == chosen) for month in year.months())


def unit_links(scopes: tuple[Scope, ...], chosen: UnitCard, url: Callable[[str], str]) -> tuple[Link, ...]:
    """Return the units of the person's grants, and the chosen one where it is another."""
    cards = {scope.unit.code: scope.unit for scope in scopes}
    cards.setdefault(chosen.code, chosen)
    return tuple(Link(card.name, url(card.code), card.code == chosen.code) for card in cards.values())
