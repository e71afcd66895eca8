"""Vietnamese numbers in tables and in running text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.numbers_vi import format_count, format_number, parse_number, percent, round_half_up


@pytest.mark.parametrize(
    ("value", "printed", "why"),
    [
        (0, "0", "nought"),
        (7, "7", "a table has no leading zero"),
        (999, "999", "no dot below a thousand"),
        (1000, "1.000", "the first dot"),
        (5531, "5.531", "a dot between thousands"),
        (1234567, "1.234.567", "two dots"),
        (60.6, "60,6", "a comma before decimals"),
        (1234.5, "1.234,5", "dot and comma"),
        (12.0, "12", "no decimals that say nothing"),
        (Decimal("12.50"), "12,5", "trailing zeros go"),
        (0.05, "0,05", "a zero before the comma"),
        (1e-7, "0,0000001", "never an exponent"),
        (1e16, "10.000.000.000.000.000", "nor for large ones"),
        (-8, "−8", "a real minus"),
        (-1234.5, "−1.234,5", "minus, dot and comma"),
        (-0.0, "0", "no minus before nought"),
    ],
)
def test_format_number(value: int | float | Decimal, printed: str, why: str) -> None:
    assert format_number(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"), [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (53, "53"), (5531, "5.531"), (-5, "−5")]
)
def test_counts_in_running_text_have_two_digits(value: int, printed: str) -> None:
    assert format_count(value) == printed


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ("5.531", "5531", "thousands"),
        ("1.234.567", "1234567", "two groups"),
        ("99,1", "99.1", "decimals"),
        ("1.234,56", "1234.56", "both"),
        ("02", "2", "a leading zero"),
        ("0", "0", "nought"),
        ("5,531", "5.531", "read as decimals; a slip of the pen is judged by who reads"),
        ("0,50", "0.50", "keeps its places"),
        ("12345", "12345", "without dots"),
        ("12345,5", "12345.5", "without dots, decimals"),
    ],
)
def test_parse_number(text: str, value: str, why: str) -> None:
    found = parse_number(text)
    assert found is not None
    assert str(found) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing"),
        ("abc", "a word"),
        ("1.23", "a group has three digits"),
        ("1.2345", "a group has three digits"),
        ("1234.567", "the first group has three digits at most"),
        ("1.234.56", "the last group is short"),
        ("1,2,3", "two commas"),
        ("1,234,567", "English thousands"),
        ("1,", "a comma with nothing behind"),
        (",5", "a comma with nothing before"),
        ("1,234.5", "English"),
        ("-5", "a sign is no part of a printed count"),
        ("5 531", "a space"),
        ("5%", "a unit"),
        ("5\n", "a line break"),
    ],
)
def test_what_is_no_number(text: str, why: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("0.25", 1, "0.3"),
        ("0.35", 1, "0.4"),
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("-0.25", 1, "-0.3"),
        ("99.949999", 1, "99.9"),
        ("99.95", 1, "100.0"),
        ("12345", -2, "1.23E+4"),
    ],
)
def test_rounding_goes_away_from_zero_at_the_half(value: str, places: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), places)) == rounded


def test_a_float_is_rounded_as_it_is_printed() -> None:
    # 2.675 is stored as 2.67499999...; a person who sees 2,675 expects 2,68.
    assert str(round_half_up(2.675, 2)) == "2.68"


@pytest.mark.parametrize(
    ("part", "whole", "value", "why"),
    [
        (446, 450, 99.1, "a printed ratio"),
        (20, 33, 60.6, "growth over last year"),
        (8, 70, 11.4, "a fall"),
        (1, 8, 12.5, "exact"),
        (1, 2000, 0.1, "0.05 goes up"),
        (0, 7, 0.0, "none of seven"),
        (126, 120, 105.0, "over the plan"),
        (3, 0, None, "nothing to compare with"),
    ],
)
def test_percent(part: int, whole: int, value: float | None, why: str) -> None:
    assert percent(part, whole) == value


numbers = st.decimals(0, 10**15, places=4, allow_nan=False, allow_infinity=False)


@given(numbers)
def test_what_is_printed_reads_back(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value


@given(st.integers(0, 10**15))
def test_a_count_reads_back(value: int) -> None:
    assert parse_number(format_count(value)) == value


@given(numbers)
def test_a_negative_number_is_the_positive_with_a_minus(value: Decimal) -> None:
    if value:
        assert format_number(-value) == "−" + format_number(value)


@given(numbers, st.integers(0, 3))
def test_rounding_moves_by_half_a_step_at_most(value: Decimal, places: int) -> None:
    assert abs(round_half_up(value, places) - value) <= Decimal("0.5").scaleb(-places)
