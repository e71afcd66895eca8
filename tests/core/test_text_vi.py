"""Search without diacritics, and the order of Vietnamese names, against known orders and against PostgreSQL's ICU."""

from __future__ import annotations

import random
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.text_vi import fold, name_sort_key, quoted, tidy

# Every list stands in the order in which it must come out.
ORDERS = {
    "the letters of the alphabet": list("aăâbcdđeêghiklmnoôơpqrstuưvxy"),
    "the tones of one syllable": ["ba", "bà", "bả", "bã", "bá", "bạ"],
    "the letter goes before the tone": ["bạ", "bằng", "bắp", "bân", "bấn", "bấp"],
    "the tones on ê": ["hê", "hề", "hể", "hễ", "hế", "hệ"],
    "d before đ": ["Dung", "Dũng", "Dương", "Đạt", "Đăng", "Đông"],
    "o, ô, ơ": ["Oanh", "Ông", "Ơn"],
    "u, ư": ["Tuấn", "Tùng", "Tuyết", "Tư"],
    "a shorter name comes first": ["An", "Anh", "Ánh", "Ân"],
    "given name, then family name, then middle name": [
        "Bùi Thị An",
        "Nguyễn An",
        "Nguyễn Đức An",
        "Nguyễn Văn An",
        "Trần An",
        "Lê Thị Ánh",
        "Hồ Bình",
        "Lê Ngọc Đức",
    ],
    "tones decide only where all letters are the same": ["Lê Hoa", "Lê Hòa", "Lê Hóa", "Lê Hoan"],
    "foreign letters have their place": ["fa", "ga", "ja", "ka", "va", "wa", "xa", "za"],
}


@pytest.mark.parametrize("names", ORDERS.values(), ids=ORDERS.keys())
def test_known_orders(names: list[str]) -> None:
    shuffled = random.Random(7).sample(names, len(names))
    assert sorted(shuffled, key=name_sort_key) == names


def _letters() -> list[str]:
    tones = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    return [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones]


# Lower case: case is a matter of the third level in ICU and of none in the key.
syllables = st.builds(
    lambda first, vowel, last: first + vowel + last,
    st.sampled_from(["", "b", "d", "đ", "h", "ng", "nh", "tr"]),
    st.sampled_from(_letters()),
    st.sampled_from(["", "c", "m", "n", "nh"]),
)
names = st.lists(syllables, min_size=1, max_size=4).map(" ".join)


@given(names, names)
def test_the_key_is_the_same_for_the_same_letters_only(one: str, other: str) -> None:
    assert (name_sort_key(one) == name_sort_key(other)) == (one == other)


@given(st.text())
def test_the_key_needs_no_collation(text: str) -> None:
    assert set(name_sort_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwx")


@given(names)
def test_the_way_of_typing_does_not_matter(name: str) -> None:
    decomposed = unicodedata.normalize("NFD", name)
    assert name_sort_key(decomposed) == name_sort_key(name) == name_sort_key(f"  {name.upper()} ")
    assert fold(decomposed) == fold(name)


def _sample(count: int) -> list[str]:
    """Names, given name first, as ICU has to compare them; no two fall together."""
    chance = random.Random(20230331)
    starts, ends = ["", "b", "ch", "d", "đ", "gi", "h", "kh", "l", "ng", "ngh", "ph", "q", "th", "tr", "x"], "cmnpt"
    made = set()
    while len(made) < count:
        words = [
            chance.choice(starts) + chance.choice(_letters()) + chance.choice(["", *ends, "ng", "nh"])
            for _ in range(chance.randint(1, 3))
        ]
        made.add(" ".join(words))
    return sorted(made)


def test_the_order_is_that_of_icu(db: None) -> None:
    from django.db import connection

    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no Vietnamese collation to compare with; PostgreSQL has")
    given_first = _sample(4000)
    with connection.cursor() as cursor:
        cursor.execute('SELECT name FROM unnest(%s::text[]) AS name ORDER BY name COLLATE "vi-VN-x-icu"', [given_first])
        by_icu = [name for (name,) in cursor.fetchall()]
    # The key takes the last word as the given name: put the first word there.
    keys = [name_sort_key(" ".join([*name.split(" ")[1:], name.split(" ")[0]])) for name in by_icu]
    wrong = [(by_icu[i], by_icu[i + 1]) for i, (one, other) in enumerate(pairwise(keys)) if one >= other]
    assert not wrong


@pytest.mark.parametrize(
    ("text", "folded", "why"),
    [
        ("Đặng Thị Hường", "dang thi huong", "đ and stacked marks"),
        ("ĐẢNG ỦY", "dang uy", "capitals"),
        ("Ðảng", "dang", "the letter of another alphabet that looks like Đ"),
        ("Nguyễn  Văn\tÂn ", "nguyen van an", "white space"),
        ("128-QĐ/ĐUK", "128-qd/duk", "symbols keep their signs"),
        ("tháng\u00a03", "thang 3", "a hard space"),
        ("", "", "nothing"),
    ],
)
def test_fold(text: str, folded: str, why: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_and_tidying_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(text)) == tidy(text)


@given(names)
def test_folded_names_are_plain_letters(name: str) -> None:
    assert fold(name).isascii()
    assert len(fold(name)) == len(name)


@pytest.mark.parametrize(
    ("given_value", "shown"),
    [
        ("Chi bộ 1", "«Chi bộ 1»"),
        ("hai\ndòng\u200b", "«hai\\ndòng\\u200b»"),
        ("x" * 70, "«" + "x" * 60 + "…»"),
        (None, "«None»"),
    ],
)
def test_what_was_given_is_shown_on_one_line_with_all_its_signs(given_value: object, shown: str) -> None:
    assert quoted(given_value) == shown
