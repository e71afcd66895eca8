"""Offsets become lines and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.reader import SourceText


@pytest.mark.parametrize(
    ("text", "offset", "expected", "reason"),
    [
        ("", 0, (1, 1), "an empty text has one line"),
        ("ab\ncd", 0, (1, 1), "the first character"),
        ("ab\ncd", 2, (1, 3), "the line break belongs to its line"),
        ("ab\ncd", 3, (2, 1), "the first character behind a break"),
        ("ab\r\ncd", 4, (2, 1), "a Windows break is one break"),
        ("ab\rcd", 3, (2, 1), "an old Macintosh break too"),
        ("ab\n\ncd", 4, (3, 1), "blank lines count"),
        ("Đảng ủy", 7, (1, 8), "columns count code points, also at the very end"),
    ],
)
def test_position(text: str, offset: int, expected: tuple[int, int], reason: str) -> None:
    assert SourceText(text).position(offset) == expected, reason


@pytest.mark.parametrize("offset", [-1, 6])
def test_position_outside(offset: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        SourceText("ab\ncd").position(offset)


def test_line_span_leaves_the_break_out() -> None:
    source = SourceText("một\r\nhai\n", name="a.txt")
    assert source.line_count == 3
    assert [source.text[slice(*source.line_span(line))] for line in (1, 2, 3)] == ["một", "hai", ""]
    with pytest.raises(ValueError, match="outside"):
        source.line_span(4)


@given(st.text(alphabet="aĐ\n\r ", max_size=60))
def test_position_and_line_span_agree(text: str) -> None:
    source = SourceText(text)
    for offset in range(len(text) + 1):
        line, column = source.position(offset)
        assert source.line_span(line)[0] + column - 1 == offset
