"""Dates as people write them and as documents print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.dates_vi import Precision, format_date, format_long_date, parse_date, parse_partial_date
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted


@pytest.mark.parametrize(
    ("text", "day", "precision", "why"),
    [
        ("31/03/2023", "2023-03-31", "day", "the usual way"),
        ("1/3/2023", "2023-03-01", "day", "without zeros"),
        ("31-03-2023", "2023-03-31", "day", "dashes"),
        ("31.03.2023", "2023-03-31", "day", "dots"),
        ("2023-03-31", "2023-03-31", "day", "ISO"),
        (" 31/03/2023 ", "2023-03-31", "day", "spaces around"),
        ("29/02/2024", "2024-02-29", "day", "a leap day"),
        ("03/1957", "1957-03-01", "month", "only the month is known"),
        ("3/1957", "1957-03-01", "month", "without a zero"),
        ("1957", "1957-01-01", "year", "old rolls hold the year only"),
    ],
)
def test_a_date_with_its_precision(text: str, day: str, precision: str, why: str) -> None:
    found = parse_partial_date(text)
    assert (found.day.isoformat(), found.precision) == (day, precision)


@pytest.mark.parametrize(
    ("text", "said", "why"),
    [
        ("", "Không đọc được", "nothing"),
        ("hôm qua", "Không đọc được", "words"),
        ("31/02/2023", "Không có ngày", "not in the calendar"),
        ("29/02/2023", "Không có ngày", "no leap year"),
        ("00/03/2023", "Không có ngày", "no day nought"),
        ("03/31/2023", "Không có ngày", "the American way round"),
        ("13/2023", "Không có ngày", "no thirteenth month"),
        ("0000", "Không có ngày", "no year nought"),
        ("31/03/23", "Không đọc được", "which century?"),
        ("31/03", "Không đọc được", "no year"),
        ("31/03/2023 10:00", "Không đọc được", "a time behind"),
        ("45016", "Không đọc được", "a spreadsheet's number for a day"),
    ],
)
def test_what_is_no_date(text: str, said: str, why: str) -> None:
    with pytest.raises(InvalidInput) as error:
        parse_partial_date(text, where="dòng 7, cột D")
    assert said in error.value.message
    assert quoted(text) in error.value.message
    assert error.value.where == "dòng 7, cột D"


@pytest.mark.parametrize("text", ["03/1957", "1957"])
def test_a_whole_date_is_asked_for_where_it_matters(text: str) -> None:
    with pytest.raises(InvalidInput, match="chưa đủ"):
        parse_date(text)


def test_a_whole_date() -> None:
    assert parse_date("31/03/2023") == date(2023, 3, 31)


@pytest.mark.parametrize(
    ("day", "printed", "why"),
    [
        (date(2026, 9, 5), "ngày 05 tháng 9 năm 2026", "a zero before the day, none before September"),
        (date(2026, 1, 15), "ngày 15 tháng 01 năm 2026", "January has a zero"),
        (date(2026, 2, 1), "ngày 01 tháng 02 năm 2026", "so has February"),
        (date(2026, 3, 31), "ngày 31 tháng 3 năm 2026", "March has none"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026", "nothing to pad"),
    ],
)
def test_the_date_of_issue(day: date, printed: str, why: str) -> None:
    assert format_long_date(day) == printed


days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(days)
def test_what_is_printed_reads_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(day.isoformat()) == day


@given(days, st.sampled_from(list(Precision)))
def test_the_precision_reads_back(day: date, precision: Precision) -> None:
    found = parse_partial_date(format_date(day, precision))
    assert found.precision is precision
    assert str(found) == format_date(day, precision)
    assert found.day <= day
