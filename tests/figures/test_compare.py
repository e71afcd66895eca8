"""Last year, since January, growth, targets, rates: small numbers that can be checked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.figures.small import entry, figure, members, office

from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.period import Period, Window
from giaoban.figures import Coverage, TargetResult
from giaoban.figures.calendar import bounds_of
from giaoban.figures.registers import Target


def admissions(day: str, count: int, unit: str = "MAU.1.1") -> list[object]:
    return [entry("admitted", day, unit, sex=f"s{number}") for number in range(count)]


def test_growth_is_rounded_half_up() -> None:
    sources = office(entries=[*admissions("2022-03-01", 33), *admissions("2023-03-01", 53)])
    found = figure(sources, "members.admitted", "MAU", "2023-Q1")
    assert (found.value, found.previous, found.growth_percent) == (53, 33, 60.6)


@pytest.mark.parametrize(
    ("last", "now", "growth"),
    [
        (8, 8, 0.0),
        (8, 7, -12.5),
        (3, 2, -33.3),
        (0, 5, None),  # no base: nothing to compare with
        (1, 0, -100.0),
    ],
)
def test_growth(last: int, now: int, growth: float | None) -> None:
    sources = office(entries=[*admissions("2022-02-01", last), *admissions("2023-02-01", now)])
    assert figure(sources, "members.admitted", "MAU", "2023-Q1").growth_percent == growth


def test_cumulative_counts_from_january_to_the_end_of_the_period() -> None:
    sources = office(entries=[*admissions("2023-01-15", 2), *admissions("2023-05-15", 3), *admissions("2023-07-01", 4)])
    found = figure(sources, "members.admitted", "MAU", "2023-Q2")
    assert (found.value, found.cumulative) == (3, 5)


def test_a_stock_has_nothing_to_cumulate() -> None:
    assert figure(office(spells=members("MAU.1.1", 3)), "members.total", "MAU", "2023-Q1").cumulative is None


def test_targets_are_measured_against_what_was_reached_since_january() -> None:
    targets = {
        ("members.admitted", "MAU", 2023): [
            Target("Kế hoạch Tỉnh giao", Decimal(7), False),
            Target("Nghị quyết đại hội", Decimal("12.5"), True),
        ]
    }
    sources = office(entries=[*admissions("2023-01-15", 2), *admissions("2023-05-15", 3)], targets=targets)
    found = figure(sources, "members.admitted", "MAU", "2023-Q2")
    assert (found.target, found.percent_of_target) == (12.5, 40.0)
    assert found.targets == (
        TargetResult("Nghị quyết đại hội", 12.5, 40.0),
        TargetResult("Kế hoạch Tỉnh giao", 7, 71.4),
    )


def test_without_a_main_target_there_is_no_percentage_of_it() -> None:
    targets = {("members.admitted", "MAU", 2023): [Target("Kịch bản", Decimal(4), False)]}
    found = figure(office(entries=admissions("2023-01-15", 2), targets=targets), "members.admitted", "MAU", "2023")
    assert (found.target, found.percent_of_target, len(found.targets)) == (None, None, 1)


def test_the_admission_rate_stands_on_the_members_of_the_last_day_of_the_year_before() -> None:
    spells = [*members("MAU.1.1", 40), *members("MAU.2", 100, date(2023, 1, 1))]
    targets = {("members.admission_rate", "MAU", 2023): [Target("Nghị quyết", Decimal(5), True)]}
    entries = [*admissions("2023-01-15", 1), *admissions("2023-05-15", 2)]
    found = figure(office(entries=entries, spells=spells, targets=targets), "members.admission_rate", "MAU", "2023-Q2")
    assert (found.value, found.cumulative, found.percent_of_target) == (5.0, 7.5, 150.0)
    assert found.growth_percent is None
    # MAU.2 had nobody on that day: its rate is not known. MAU.1 admitted all.
    assert found.children == {"MAU.1": 5.0, "MAU.2": None}


def test_cut_off_days_hold_for_this_year_and_last() -> None:
    bounds = {"2023-Q1": Window(date(2022, 12, 16), date(2023, 3, 16))}
    days = ("2021-12-20", "2022-03-15", "2022-03-16", "2022-12-20", "2023-03-15", "2023-03-16", "2023-05-01")
    sources = office(entries=[entry("admitted", day, "MAU.1.1") for day in days], bounds=bounds)
    first = figure(sources, "members.admitted", "MAU", "2023-Q1")
    assert (first.value, first.previous, first.cumulative) == (2, 2, 2)
    second = figure(sources, "members.admitted", "MAU", "2023-Q2")
    # The office's year began with its first quarter, on 16 December.
    assert (second.value, second.cumulative) == (1, 4)


def test_a_range_of_years_is_compared_with_the_range_before() -> None:
    found = bounds_of(Period.parse("2020..2024"), {})
    assert found.window == Window(date(2020, 1, 1), date(2025, 1, 1)) == found.cumulative
    assert found.previous == Window(date(2015, 1, 1), date(2020, 1, 1))


def test_coverage_counts_the_units_that_stood() -> None:
    assert figure(office(), "members.admitted", "MAU.1", "2023-Q1").coverage == Coverage(3, 3)


def test_an_unknown_measure_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"members\.admited.*giaoban measures"):
        figure(office(), "members.admited", "MAU", "2023")


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(NotFound, match="XYZ"):
        figure(office(), "members.admitted", "XYZ", "2023")
