"""Documents that texts of the last century and damaged ones name: each row has a text, what is found, and why."""

from __future__ import annotations

import pytest

from giaoban.reader import read_text


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        (
            "Quyết định 327/CT ngày 15-9-1992 của Chủ tịch Hội đồng Bộ trưởng",
            [("state", "327/CT", "1992-09-15")],
            "the Chairman's code is the whole symbol",
        ),
        ("Kế hoạch số 12/CT của chi đoàn", [], "of a plan it is no code"),
        ("Chỉ thị số 12/CT-TTg", [("state", "12/CT-TTg", None)], "an issuer follows"),
        ("Nghị quyêt Trung ương 2 (khoá VIII)", [("unnumbered", None, None)], "a mark was lost"),
        ("Nghị quyết Trung ương 9, Trung ương 10 (khóa XII)", [("unnumbered", None, None)], "two plenums in one"),
    ],
)
def test_citations_found(text: str, expected: list[tuple[str, str | None, str | None]], reason: str) -> None:
    found = [
        (item.kind.value, item.symbol, item.date.isoformat() if item.date else None)
        for item in read_text(text).citations
    ]
    assert found == expected, reason
    assert all(text.startswith(item.text) for item in read_text(text).citations if item.kind.value == "unnumbered")


def test_a_plenum_with_a_lost_mark_is_the_same_document() -> None:
    first, second = read_text("Nghị quyêt Trung ương 2 (khoá VIII); Nghị quyết Trung ương 2 (khoá VIII)").citations
    assert (first.refers_to, second.refers_to) == (None, 0)
