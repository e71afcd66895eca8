"""Texts on which reading or checking once failed, reduced to what it takes; ``make fuzz`` looks for more."""

from __future__ import annotations

import pytest
from fuzz.properties import examine_text

HOSTILE = {
    "raised digits in place of an article's number": "Điều ²³. A",
    "circled digits in place of a chapter's number": "Chương ①② B",
    "words that may lead a part, again and again": f"Có 100 đảng viên, trong đó {'có ' * 60}nhất 30 nữ, 70 nam.",
    "words of growth, again and again": f"Có 100 đảng viên, tăng 5 đồng chí ({'tăng ' * 60}thêm 5%).",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_texts_that_once_failed(text: str) -> None:
    examine_text(text)
