"""What holds for any text: spans lie inside and show what they say, and nothing is raised."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.reader import read_text

PIECES = [
    "Nghị quyết số ", "12-NQ/TU", "64/KH-", "UBND", " ngày ", "28/11/2022", "Hướng dẫn 61", "các Công văn số ", "; số ",
    "I- KẾT QUẢ", "1. ", "1.1. ", "a) ", "(1) ", "\n", "\n\n", " ", "¹ ", "Nơi nhận:", "T/M ĐẢNG ỦY", "Nguyễn Văn Mẫu",
    "Đại hội ", "XIII", "Trung ương 4 (khóa XII)", "QCVN 01-1:2018/BYT", "446/450", "99,1%", "\u0301",
    "\u200b", "\u00a0", "\u00d0UK", "Số ", "BÁO CÁO", "l1", "\f", "\t", "\r", ", 13, 14/QĐ-UBND", "**",
    "* ", "1 01 a", "của Bộ Chính trị",
]  # fmt: skip


def check(text: str) -> None:
    document = read_text(text)
    for item in (*document.citations, *document.claims):
        assert 0 <= item.start < item.end <= len(text)
        assert text[item.start : item.end] == item.text
    for section in document.sections:
        assert 0 <= section.start < section.end <= len(text)
    for index, citation in enumerate(document.citations):
        assert citation.refers_to is None or 0 <= citation.refers_to < len(document.citations)
        assert citation.refers_to != index
        assert (citation.date_start is None) == (citation.date_end is None)
    starts = [citation.start for citation in document.citations]
    assert starts == sorted(starts)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_texts_made_of_official_pieces(text: str) -> None:
    check(text)
