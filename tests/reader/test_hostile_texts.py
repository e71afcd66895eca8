"""Texts on which reading or checking once failed, reduced to what it takes; ``make fuzz`` looks for more."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from fuzz.properties import examine_text

from giaoban.reader import read_text

HOSTILE = {
    "raised digits in place of an article's number": "Điều ²³. A",
    "circled digits in place of a chapter's number": "Chương ①② B",
    "words that may lead a part, again and again": f"Có 100 đảng viên, trong đó {'có ' * 60}nhất 30 nữ, 70 nam.",
    "words of growth, again and again": f"Có 100 đảng viên, tăng 5 đồng chí ({'tăng ' * 60}thêm 5%).",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_texts_that_once_failed(text: str) -> None:
    examine_text(text)


# Texts whose time once grew with the square of their length: what comes first, what is repeated, what comes last.
GROWING = {
    "values of one goal": ("Phấn đấu ", "1 đảng viên, ", ""),
    "blanks of a line": ("", " ", ""),
    "blanks behind the sign of a number": ("Số", " ", "x"),
    "blanks behind the day of a letterhead": ("An Lạc, ngày", " ", "x"),
    "dots behind a recipient": ("Nơi nhận:\n- ", ".", "x"),
    "blanks of a table in a heading": ("1. Các chi bộ ", " ", "x"),
    "old blanks between two columns": ("", "\u2028", "x"),
    "a form's line in a heading": ("1. ", "_", "x"),
    "a form's line in a heading that ends": ("1. A\n2. ", "*_", "x\n"),
}


@pytest.mark.parametrize(("lead", "unit", "ending"), GROWING.values(), ids=GROWING.keys())
def test_time_grows_with_the_text(lead: str, unit: str, ending: str) -> None:
    def seconds(size: int) -> float:
        begun = time.process_time()
        examine_text(lead + unit * (size // len(unit)) + ending)
        return time.process_time() - begun

    small, large = min(seconds(2_000) for _ in range(2)), seconds(16_000)
    # A square would take 64 times as long; the second is for clocks that count in coarse steps.
    assert large < max(24 * small, 1.0)


# Texts of many lines that once did; what stands in a line counts up.
LONG = {
    "one numbered line again and again": lambda number: "1. Công tác tổ chức và cán bộ\n",
    "a note again and again": lambda number: "Theo¹ đó.\n\n¹ Báo cáo.\n\n",
    "a list of its own for each line": lambda number: f"{number // 99 % 99 + 1}.{number % 99 + 1}.1. Công tác\n",
}


@pytest.mark.parametrize("line", LONG.values(), ids=LONG.keys())
def test_time_grows_with_the_lines(line: Callable[[int], str]) -> None:
    def seconds(lines: int) -> float:
        text = "".join(map(line, range(lines)))
        begun = time.process_time()
        read_text(text)
        return time.process_time() - begun

    small, large = min(seconds(600) for _ in range(2)), seconds(6_000)
    # A square would take 100 times as long.
    assert large < max(30 * small, 1.0)
