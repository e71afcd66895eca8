"""Reporting periods and stretches of days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period, PeriodKind, Window, add_months, same_day_last_year

# (text, first day, last day, name, same period of last year, the one before, the next, why)
PERIODS = [
    ("2023-M03", "2023-03-01", "2023-03-31", "tháng 3/2023", "2022-M03", "2023-M02", "2023-M04", "a month"),
    ("2023-M01", "2023-01-01", "2023-01-31", "tháng 1/2023", "2022-M01", "2022-M12", "2023-M02", "back over the year"),
    ("2023-M12", "2023-12-01", "2023-12-31", "tháng 12/2023", "2022-M12", "2023-M11", "2024-M01", "on over the year"),
    ("2024-M02", "2024-02-01", "2024-02-29", "tháng 2/2024", "2023-M02", "2024-M01", "2024-M03", "a leap day"),
    ("2023-Q1", "2023-01-01", "2023-03-31", "quý I/2023", "2022-Q1", "2022-Q4", "2023-Q2", "first quarter"),
    ("2023-Q4", "2023-10-01", "2023-12-31", "quý IV/2023", "2022-Q4", "2023-Q3", "2024-Q1", "last quarter"),
    ("2023-H1", "2023-01-01", "2023-06-30", "6 tháng đầu năm 2023", "2022-H1", "2022-H2", "2023-H2", "first half"),
    ("2023-H2", "2023-07-01", "2023-12-31", "6 tháng cuối năm 2023", "2022-H2", "2023-H1", "2024-H1", "second half"),
    ("2023-9M", "2023-01-01", "2023-09-30", "9 tháng năm 2023", "2022-9M", "2022-9M", "2024-9M", "always from January"),
    ("2023", "2023-01-01", "2023-12-31", "năm 2023", "2022", "2022", "2024", "a year"),
    ("2020..2025", "2020-01-01", "2025-12-31", "giai đoạn 2020 - 2025", "2014..2019", "2014..2019", "2026..2031", "D7"),
    (
        "2023..2023",
        "2023-01-01",
        "2023-12-31",
        "giai đoạn 2023 - 2023",
        "2022..2022",
        "2022..2022",
        "2024..2024",
        "one",
    ),
]


@pytest.mark.parametrize(("text", "first", "last", "name", "year_ago", "before", "after", "why"), PERIODS)
def test_a_period(
    text: str, first: str, last: str, name: str, year_ago: str, before: str, after: str, why: str
) -> None:
    period = Period.parse(text)
    assert str(period) == text
    assert (period.start.isoformat(), period.window.last_day.isoformat()) == (first, last)
    assert period.end == period.window.last_day + timedelta(days=1)
    assert period.name() == name
    assert [str(item) for item in (period.previous_year(), period.before(), period.next())] == [year_ago, before, after]


# (text, a piece of what the message says, why)
WRONG = [
    ("", "Không đọc được", "nothing"),
    ("2023-Q5", "Không đọc được", "no fifth quarter"),
    ("2023-Q0", "Không đọc được", "no quarter nought"),
    ("2023-H3", "Không đọc được", "no third half"),
    ("2023-M13", "không có tháng 13", "no thirteenth month"),
    ("2023-M00", "không có tháng 00", "no month nought"),
    ("2023-M3", "Không đọc được", "a month has two digits"),
    ("2023-m03", "Không đọc được", "letters are capital"),
    ("2023-3M", "Không đọc được", "only nine months have this form"),
    ("quý I/2023", "Không đọc được", "the name that people use is not the spelling"),
    ("2023-Q1 2024", "Không đọc được", "something behind"),
    ("2023\n-Q1", "Không đọc được", "a line break inside"),
    ("२०२३", "Không đọc được", "digits of another script"),
    ("0000", "năm 0000", "no such year"),
    ("0001-Q1", "năm 0001", "has no year before"),
    ("9999", "năm 9999", "has no day after"),
    ("2025..2020", "đi ngược", "backwards"),
    ("2020..9999", "năm 9999", "too far"),
    ("2020..", "Không đọc được", "no end"),
]


@pytest.mark.parametrize(("text", "said", "why"), WRONG)
def test_what_is_no_period(text: str, said: str, why: str) -> None:
    with pytest.raises(InvalidInput) as error:
        Period.parse(text)
    assert said in error.value.message
    assert error.value.where == "kỳ"
    assert error.value.expected


def test_spaces_around_are_forgiven() -> None:
    assert str(Period.parse(" 2023-Q1\n")) == "2023-Q1"


periods = st.one_of(
    st.builds("{}-M{:02}".format, st.integers(1901, 2199), st.integers(1, 12)),
    st.builds("{}-Q{}".format, st.integers(1901, 2199), st.integers(1, 4)),
    st.builds("{}-H{}".format, st.integers(1901, 2199), st.integers(1, 2)),
    st.builds("{}-9M".format, st.integers(1901, 2199)),
    st.builds(str, st.integers(1901, 2199)),
    st.builds(lambda year, more: f"{year}..{year + more}", st.integers(1901, 2100), st.integers(0, 9)),
).map(Period.parse)


@given(periods)
def test_text_is_identity(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(periods)
def test_after_and_before_undo_each_other(period: Period) -> None:
    assert period.next().before() == period
    assert period.before().next() == period


@given(periods)
def test_months_make_up_the_period(period: Period) -> None:
    months = period.months()
    assert months[0].start == period.start
    assert months[-1].end == period.end
    assert all(one.end == other.start for one, other in pairwise(months))


@given(periods)
def test_last_year_has_the_same_number(period: Period) -> None:
    before = period.previous_year()
    assert before.number == period.number
    assert before < period
    if period.kind is not PeriodKind.YEARS:
        assert before.window == period.window.last_year()


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)))
def test_the_quarter_of_a_day_holds_it(day: date) -> None:
    assert day in Period.quarter_of(day).window


def test_periods_are_in_order_of_their_first_day_then_their_last() -> None:
    texts = ["2023-M01", "2023-Q1", "2023-H1", "2023-9M", "2023", "2023-M02", "2023-Q2", "2024"]
    periods = [Period.parse(text) for text in texts]
    backwards = periods[::-1]
    assert sorted(backwards) == periods


# (first day, day after the last, last year's first day, last year's last day, why)
LAST_YEAR = [
    ("2023-01-01", "2023-03-16", "2022-01-01", "2022-03-15", "figures up to 15/3, compared with the same cut-off"),
    ("2022-12-16", "2023-03-16", "2021-12-16", "2022-03-15", "a quarter that begins in the year before"),
    ("2024-01-01", "2024-03-01", "2023-01-01", "2023-02-28", "the leap day has no last year: the month's end stays"),
    ("2025-01-01", "2025-03-01", "2024-01-01", "2024-02-29", "the month's end stays in a leap year too"),
    ("2024-02-29", "2024-03-01", "2023-02-28", "2023-02-28", "the leap day alone"),
    ("2023-04-30", "2023-05-02", "2022-04-30", "2022-05-01", "over a month's end"),
]


@pytest.mark.parametrize(("start", "end", "first", "last", "why"), LAST_YEAR)
def test_the_same_days_last_year(start: str, end: str, first: str, last: str, why: str) -> None:
    before = Window(date.fromisoformat(start), date.fromisoformat(end)).last_year()
    assert (before.start.isoformat(), before.last_day.isoformat()) == (first, last)


def test_a_window_holds_its_first_day_and_not_its_end() -> None:
    window = Window(date(2023, 1, 1), date(2023, 4, 1))
    days = [date(2022, 12, 31), date(2023, 1, 1), date(2023, 3, 31), date(2023, 4, 1)]
    assert [day in window for day in days] == [False, True, True, False]


@pytest.mark.parametrize("end", [date(2023, 1, 1), date(2022, 12, 31)], ids=["empty", "backwards"])
def test_an_empty_window_is_refused(end: date) -> None:
    with pytest.raises(InvalidInput, match="rỗng"):
        Window(date(2023, 1, 1), end)


@given(st.dates(date(1902, 1, 1), date(2199, 1, 1)), st.integers(1, 800))
def test_last_year_is_a_window_about_a_year_before(start: date, days: int) -> None:
    window = Window(start, start + timedelta(days=days))
    before = window.last_year()
    assert before.start == same_day_last_year(window.start)
    assert timedelta(365 - 1) <= window.last_day - before.last_day <= timedelta(366)


@given(st.dates(date(1902, 1, 1), date(2199, 1, 1)), st.integers(-24, 24))
def test_adding_months_counts_calendar_months(day: date, months: int) -> None:
    found = add_months(day, months)
    assert found.day == 1
    assert (found.year - day.year) * 12 + found.month - day.month == months
