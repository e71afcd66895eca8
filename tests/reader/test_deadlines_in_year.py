"""Deadlines without a year take that of the first such day after the paper was issued."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.reader.deadlines_in_year import in_years
from giaoban.reader.model import Task

ISSUED = date(2026, 10, 28)


def due(words: str, *, issued: date | None = ISSUED, title: str = "", recurrence: str | None = None) -> str | None:
    (task,) = in_years([Task(0, len(words), words, (), None, recurrence, None)], issued, title)
    return task.deadline


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("gửi báo cáo trước ngày 10/11", "2026-11-10"),
        ("xong trước 15/01", "2027-01-15"),
        ("báo cáo trong tuần 3 tháng 11", "2026-M11"),
        ("hoàn thành trong tháng 2", "2027-M02"),
        ("Kiểm tra việc thực hiện\tỦy ban Kiểm tra\tQuý I", "2027-Q1"),
        ("ra quân vào các ngày 10/11", None),
        ("xong trước ngày 31/02", None),
        ("trong tháng 10 và tháng 11/2026", "2026-M10"),
        ("đạt trước 10/11/2026", None),
    ],
)
def test_the_next_such_day(words: str, expected: str | None) -> None:
    assert due(words) == expected


def test_nothing_is_said_without_a_date_of_issue_or_against_the_title() -> None:
    words = "xong trước ngày 10/11"
    assert due(words, issued=None) is None
    assert due(words, title="KẾ HOẠCH công tác năm 2026") == "2026-11-10"
    assert due(words, title="KẾ HOẠCH công tác năm 2027") is None
    assert due(words, title="BÁO CÁO năm 2026, phương hướng năm 2027") is None
    assert due("trước ngày 10/11 hằng năm", recurrence="hằng năm") is None
