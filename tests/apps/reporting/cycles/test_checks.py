"""Rules between values, and numbers far from those before: pure."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.apps.reporting.forms import Broken, broken_rules, judge, read_body


def _broken(check: str, **values: int | None) -> list[Broken]:
    fields = [{"key": key, "kind": "value", "label": key, "measure": "welfare.gifts"} for key in "abc"]
    rule = {"key": "rule", "check": check, "instruction": "Xem lại"}
    body = read_body(
        {"sections": [{"key": "s", "title": "S", "fields": fields}], "rules": [rule]},
        measures=("welfare.gifts", "members.total"),
    )
    known = {key.replace("__", "."): None if value is None else Decimal(value) for key, value in values.items()}
    return list(broken_rules(body.rules, known))


@pytest.mark.parametrize(
    ("check", "values", "holds"),
    [
        ("a <= b", {"a": 2, "b": 2}, True),
        ("a <= b", {"a": 3, "b": 2}, False),
        ("a < b", {"a": 2, "b": 2}, False),
        ("a >= b", {"a": 1, "b": 2}, False),
        ("a > 0", {"a": 1}, True),
        ("a + b = c", {"a": 1, "b": 2, "c": 3}, True),
        ("a + b - 1 = c", {"a": 1, "b": 2, "c": 3}, False),
        ("a <= members.total", {"a": 9, "members__total": 5}, False),
        # What is not known says nothing.
        ("a <= b", {"a": 3, "b": None}, True),
        ("a + b <= c", {"a": 3, "c": 1}, True),
        ("a together b", {"a": 3, "b": None}, False),
        ("a together b", {"a": 3, "b": 0}, True),
        ("a together b", {}, True),
    ],
)
def test_rules(check: str, values: dict[str, int | None], holds: bool) -> None:
    assert (not _broken(check, **values)) is holds


def test_the_words_hold_the_values_and_what_to_do() -> None:
    [broken] = _broken("a <= b", a=1250, b=2)
    assert broken.words == "1.250 không được lớn hơn 2. Xem lại"


@pytest.mark.parametrize(
    ("value", "past", "unusual"),
    [
        (400, [10, 12, 11, 10], True),
        (13, [10, 12, 11, 10], False),
        # One wild quarter does not make the next wild one usual.
        (400, [10, 12, 400, 10, 11, 12, 10, 11], True),
        # Series that never change: three steps are usual, more is not.
        (8, [5, 5, 5, 5], False),
        (9, [5, 5, 5, 5], True),
        (0, [100, 104, 98, 101], True),
        # Fewer than four say nothing.
        (400, [10, 12, 11], False),
        # Only the last eight count.
        (50, [50, 52, 48, 51, 50, 49, 50, 52, 5, 5, 5, 5, 5, 5, 5, 5, 5], False),
    ],
)
def test_unusual(value: int, past: list[int], unusual: bool) -> None:
    assert (judge(Decimal(value), [Decimal(one) for one in past]) is not None) is unusual


@given(st.lists(st.integers(0, 10_000), min_size=4, max_size=8))
def test_the_middle_of_what_was_before_is_never_unusual(past: list[int]) -> None:
    numbers = [Decimal(one) for one in past]
    assert judge(median(numbers), numbers) is None


def _rows_of_the_page() -> list[tuple[list[Decimal], Decimal, Decimal, Decimal, bool]]:
    page = Path(__file__).parents[4] / "docs" / "algorithms" / "report-cycles.md"
    found = []
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[4] in ("usual", "unusual"):
            past = [Decimal(one) for one in cells[0].split(",")]
            found.append((past, Decimal(cells[1]), Decimal(cells[2]), Decimal(cells[3]), cells[4] == "unusual"))
    return found


def test_the_page_says_what_the_program_does() -> None:
    rows = _rows_of_the_page()
    assert len(rows) == 6
    for past, typed, low, high, unusual in rows:
        assert (judge(typed, past) is not None) is unusual
        found = judge(Decimal(10**9), past)
        assert found is not None
        assert (round(found.low, 2), round(found.high, 2)) == (low, high)
