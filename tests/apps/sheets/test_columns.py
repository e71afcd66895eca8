"""How a cell becomes a value, and what is said where it cannot."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from giaoban.apps.sheets.cells import BadCell, Cell, column_letter
from giaoban.apps.sheets.columns import (
    choice_reader,
    day_reader,
    identity_reader,
    number_reader,
    partial_day_reader,
    read_text,
    text_reader,
)
from giaoban.core.dates_vi import PartialDate, Precision

_KIND = choice_reader({"cell": "Chi bộ trực thuộc", "upper": "Đảng bộ cấp trên"})
_CARD = number_reader(20, 8)


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (read_text, "  Đặng\u00a0 Thị\nHường ", "Đặng Thị Hường"),  # spaces of every sort are one space
        (read_text, "Đa\u0323\u0306ng", "Đặng"),  # letters in parts become whole letters
        (read_text, "A\u200bB\ufeff", "AB"),  # what comes along when text is copied
        (read_text, 4.0, "4"),  # the reader gives whole numbers as floats
        (read_text, 1.5, "1,5"),
        (_CARD, "00123456", "00123456"),  # leading zeros stay
        (_CARD, 12345678.0, "12345678"),  # a number that cannot have lost a zero
        (identity_reader, "001 099 012 345", "001099012345"),
        (day_reader, date(2023, 3, 31), date(2023, 3, 31)),
        (day_reader, datetime.fromisoformat("2023-03-31"), date(2023, 3, 31)),
        (day_reader, "31/3/2023", date(2023, 3, 31)),
        (day_reader, "2023-03-31", date(2023, 3, 31)),
        (partial_day_reader, "3/1957", PartialDate(date(1957, 3, 1), Precision.MONTH)),
        (partial_day_reader, 1957.0, PartialDate(date(1957, 1, 1), Precision.YEAR)),
        (_KIND, "Chi bộ trực thuộc", "cell"),
        (_KIND, " chi bo TRUC thuoc", "cell"),  # without diacritics, any case
        (_KIND, "upper", "upper"),  # the code itself
    ],
)
def test_value(read: Any, cell: Cell, value: object) -> None:
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell", "told", "expected"),
    [
        (read_text, "a\x07b", "U+0007", "chữ và số"),
        (read_text, True, "TRUE", "chữ"),
        (read_text, time(3, 4), "03:04:00", "chữ"),
        (text_reader(3), "abcd", "Dài 4 ký tự", "nhiều nhất 3"),
        (_CARD, 123456.0, "chỉ còn 6 chữ số", "văn bản (Text)"),  # 00123456 typed as a number
        (_CARD, date(2023, 1, 2), "là ngày", "Text"),  # 1-2 that a spreadsheet took for a day
        (identity_reader, "12345", "có 5 ký tự", "12 chữ số"),
        (identity_reader, 1099012345.0, "mất số 0", "12 chữ số"),
        (day_reader, "31/02/2023", "31/02/2023", "31/03/2023"),
        (day_reader, "3/2023", "chưa đủ ngày", "31/03/2023"),
        (day_reader, 45000.0, "«45000» không phải là ngày", "31/03/2023"),
        (day_reader, datetime.fromisoformat("2023-03-31T07:05"), "07:05", "31/03/2023"),
        (day_reader, "01/01/0023", "Năm 23 không hợp lý", "1850"),
        (day_reader, True, "TRUE", "31/03/2023"),
        (partial_day_reader, "hôm qua", "hôm qua", "03/1957"),
        (_KIND, "Chi hội", "«Chi hội» không có trong danh mục", "«Đảng bộ cấp trên»"),
    ],
)
def test_refusal(read: Any, cell: Cell, told: str, expected: str) -> None:
    with pytest.raises(BadCell) as refused:
        read(cell)
    assert told in refused.value.message
    assert expected in refused.value.expected


def test_an_identity_number_shows_three_digits_at_most() -> None:
    with pytest.raises(BadCell) as refused:
        identity_reader("00109901234")
    assert "234" in refused.value.message
    assert "0123" not in refused.value.message


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_letters(number: int, letters: str) -> None:
    assert column_letter(number) == letters
