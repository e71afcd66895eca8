"""The rules of the Vietnamese syllable."""

from __future__ import annotations

import pytest

from giaoban.reader.repairs.syllables import key, with_mark_moved

POSSIBLE = "nghiêng khuỷu quốc gì gìn giếng giữa yêu uyên ủy hoà hòa thuở khuya oách xoong quyết người ngoằn hươu"
IMPOSSIBLE = "kêt tiêp hoc lich đưọc truớc thànli sirứi tmh ngàv cẻ nghành ngề kả qố ừong hiệụ càỉ logistics w2"


@pytest.mark.parametrize("word", POSSIBLE.split())
def test_possible(word: str) -> None:
    assert key(word) is not None


@pytest.mark.parametrize("word", IMPOSSIBLE.split())
def test_impossible(word: str) -> None:
    assert key(word) is None


@pytest.mark.parametrize(
    ("one", "other"), [("hoà", "hòa"), ("khoẻ", "khỏe"), ("uỷ", "ủy"), ("lí", "lý"), ("quí", "quý"), ("kĩ", "kỹ")]
)
def test_two_spellings_are_one(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("hòan", "hoàn"), ("qủa", "quả"), ("gía", "giá"), ("thúê", "thuế"), ("hoà", None), ("hòa", None), ("mía", None),
        ("khuỷu", None), ("giữa", None), ("của", None), ("nghĩa", None), ("ngoài", None), ("ban", None),
    ],
)  # fmt: skip
def test_place_of_the_tone_mark(word: str, expected: str | None) -> None:
    assert with_mark_moved(word) == expected
