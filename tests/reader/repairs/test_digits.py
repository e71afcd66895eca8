"""Digits read as letters are found; litres, gases, headings and symbols are left alone."""

from __future__ import annotations

import pytest

from giaoban.reader import read_text
from giaoban.reader.flow import make_flow
from giaoban.reader.repairs import find_repairs

_AROUND = "Đảng bộ xã {} trong năm qua đã được tổng hợp."

MISREAD = [
    ("có l.236/l.290 đồng chí", [("l.236/l.290", "1.236/1.290")]),
    ("đạt 95,l% kế hoạch", [("95,l", "95,1")]),
    ("kết nạp l12 người", [("l12", "112")]),
    ("bằng 1O1,8% dự toán", [("1O1,8", "101,8")]),
    ("(cảnh cáo 0l)", [("0l", "01")]),
    ("nữ 5l đồng chí", [("5l", "51")]),
    ("giám sát O8 tổ chức", [("O8", "08")]),
    ("ngày 3l/12/2O22", [("3l/12/2O22", "31/12/2022")]),
]

RIGHT = [
    "mua 5l dầu, 10l nước",
    "bơm khí O2 cho bệnh nhân",
    "chạy hết 7l/100 km",
    "xem mục I.1 và bảng I.2",
    "ở phòng l5 tầng hai",
    "ký hiệu A1O, biển số 29B1-O12",
    "số 1O8-KH/HU được ban hành",
]


def _found(words: str) -> list[tuple[str, str]]:
    text = _AROUND.format(words)
    return [(repair.printed, repair.suggested) for repair in find_repairs(text, [make_flow(text)])]


@pytest.mark.parametrize(("words", "expected"), MISREAD)
def test_letters_in_numbers_are_digits(words: str, expected: list[tuple[str, str]]) -> None:
    assert _found(words) == expected


@pytest.mark.parametrize("words", RIGHT)
def test_what_only_looks_so_is_left_alone(words: str) -> None:
    assert _found(words) == []


def test_a_claim_is_read_in_mended_digits() -> None:
    (claim,) = read_text("Đảng bộ xã có l.236/l.290 đảng viên tham gia học tập nghị quyết, đạt 95,8%.").claims
    assert claim.holds is True
    assert claim.text.startswith("l.236/l.290")
