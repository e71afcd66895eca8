"""Running text behind printed lines: joined, parted, and traceable to the original."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.reader.claims import find_claims
from giaoban.reader.flow import make_flow
from giaoban.reader.footnotes import take_apart

PIECES = st.sampled_from(
    [
        "Kết nạp ",
        "446/450 ",
        "đảng viên",
        ", đạt ",
        "99,1%",
        "\n",
        "\n\n",
        "  ",
        "**",
        "(",
        ")",
        "trong đó ",
        "¹",
        "1 ",
        "- ",
        "tăng ",
        "20 đồng chí",
        "; ",
        ". ",
        "gồm: ",
        "(1) ",
        "5.531",
        "năm (1946 - 2023)",
        "\x0c",
        "\u200b",
        "ế",
        "77 năm ",
    ]
)


@pytest.mark.parametrize(
    ("text", "flow", "reason"),
    [
        ("một dòng\nbị ngắt", "một dòng bị ngắt", "a wrap is a space"),
        ("một dòng \n\nbị ngắt", "một dòng bị ngắt", "some files have an empty line after every line"),
        ("Hết câu.\nCâu mới", "Hết câu.\nCâu mới", "a sentence ends with its line"),
        ("trong đó:\n- Khiển trách: 46", "trong đó:\n- Khiển trách: 46", "a bullet begins something"),
        ("nhiệm kỳ 2020\n- 2025", "nhiệm kỳ 2020 - 2025", "a wrapped range is no bullet"),
        ("xong.\n1.1. Công tác", "xong.\n1.1. Công tác", "a heading"),
        ("đạt **99,1**%", "đạt 99,1%", "emphasis"),
        ("hai  khoảng\ttrắng", "hai khoảng trắng", "runs of blanks"),
        (unicodedata.normalize("NFD", "đảng viên"), "đảng viên", "decomposed letters"),
        ("", "", "nothing"),
        ("\n\n", "", "only blanks, one break at most"),
    ],
)
def test_flow(text: str, flow: str, reason: str) -> None:
    assert make_flow(text).text.strip() == flow.strip(), reason


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40))
def test_every_span_leads_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    for flow in take_apart(text).flows():
        for place, letter in enumerate(flow.text):
            start, end = flow.span(place, place + 1)
            assert 0 <= start < end <= len(text) or letter.isspace()
            if not letter.isspace():
                assert unicodedata.normalize("NFC", text[start:end]) == letter


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=60))
def test_claims_of_anything_point_at_their_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for claim in find_claims(text):
        assert text[claim.start : claim.end] == claim.text
        assert claim.explain


@settings(max_examples=300)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for claim in find_claims(text):
        assert text[claim.start : claim.end] == claim.text


@pytest.mark.parametrize(
    "unit",
    [
        "1/2 ",
        "1/",
        "(",
        "5 đảng viên (",
        "trong đó ",
        "gồm: 1, ",
        "10 năm ",
        "tăng ",
        "99% ",
        "a" * 10,
        "1.1.1.1.",
        "\n",
        " ",
        "1,",
        "đạt ",
        "2023-",
        "(1) ",
        "tỷ lệ ",
        "5 đảng viên, ",
        "1 a\n",
        "¹ ",
        "12-NQ/",
        "so với ",
        "; ",
        "*",
        "- 5 đảng viên\n",
        ": ",
    ],
)
def test_repetition_stays_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = 10.0
        for _ in range(2):
            begin = time.process_time()
            find_claims(text)
            best = min(best, time.process_time() - begin)
        return best

    small, large = seconds(3_000), seconds(24_000)
    # Eight times the text: a quadratic finder would take sixty-four times as long.
    assert large < max(32 * small, 0.5)
