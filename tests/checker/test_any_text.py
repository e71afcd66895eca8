"""Whatever the text, checking ends and every finding points into it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.checker import check_text

# Parted by «|» in one string each, so that the table stays short.
_WORDS = (
    "Nghị quyết số |12-NQ/TU| ngày |28/11/2022|31/02/2023|\n|\n\n|số: |5-NQ/ĐU|12/NQ-TU|446/450 đảng viên|, đạt 98,1%|"
    "I. KẾT QUẢ\n|1. |3. Tổ chức\n|trước ngày |Công văn số |CV-ĐUK|108 đảng viên (trong đó 33, 59)|BÁO CÁO\n|"
    "quý II năm 2023|**|(|)|¹|1 |\f"
)
PIECES = st.sampled_from(_WORDS.split("|"))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_findings_point_into_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for finding in check_text(text):
        assert 0 <= finding.start < finding.end <= len(text)
        assert text.count("\n", 0, finding.start) == finding.line - 1 or "\r" in text
        assert finding.message


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_checked(text: str) -> None:
    for finding in check_text(text):
        assert 0 <= finding.start <= finding.end <= len(text)


@pytest.mark.parametrize(
    "unit",
    ["Nghị quyết số ", "12-NQ/TU ", "ngày 1/1/", "số: 5-NQ/ĐU ", "1. Tổ chức\n", "ngày ", "số ", "I. A\n", "Kế hoạch "],
)
def test_checking_stays_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begin = time.process_time()
        check_text(text)
        return time.process_time() - begin

    small, large = min(seconds(4_000) for _ in range(2)), seconds(32_000)
    assert large < max(32 * small, 1.0)
