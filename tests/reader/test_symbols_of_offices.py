"""Symbols as offices of several bodies and departments print them, and papers numbered one after another."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.reader import read_text

Row = tuple[str | None, date | None]
DECEMBER = date(2023, 12, 12)

PRINTED: list[tuple[str, list[Row], str]] = [
    (
        "Theo Quyết định số 1145/QĐ-UBND.NN ngày 12/12/2023 và Báo cáo số 277/BC-SNN.KHTC ngày 12/12/2023.",
        [("1145/QĐ-UBND.NN", DECEMBER), ("277/BC-SNN.KHTC", DECEMBER)],
        "a department behind a point",
    ),
    (
        "Nghị quyết liên tịch số 19/2023/NQLT/CP-UBTWMTTQVN ngày 12/12/2023.",
        [("19/2023/NQLT/CP-UBTWMTTQVN", DECEMBER)],
        "the second stroke of a joint paper",
    ),
    (
        "Quyết định số 217-QĐ/TU và Quyết định số 218-QĐ/TU ngày 12/12/2023.",
        [("217-QĐ/TU", DECEMBER), ("218-QĐ/TU", DECEMBER)],
        "papers numbered one after another share the day behind the last",
    ),
    (
        "Quyết định số 217-QĐ/TU và Quyết định số 245-QĐ/TU ngày 12/12/2023.",
        [("217-QĐ/TU", None), ("245-QĐ/TU", DECEMBER)],
        "those that are far from each other need not",
    ),
    (
        "Thực hiện Nghị quyết số 04-NQ/HU. NGHỊ QUYẾT này có hiệu lực.",
        [("04-NQ/HU", None)],
        "a full stop ends the symbol",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), PRINTED, ids=[why for _, _, why in PRINTED])
def test_symbols_as_printed(text: str, expected: list[Row], why: str) -> None:
    assert [(item.symbol, item.date) for item in read_text(text).citations] == expected
