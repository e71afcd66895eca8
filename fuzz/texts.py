"""Hypothesis strategies for official-looking texts: pieces of documents in any order, joined by any break, damaged."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from fuzz import pieces
from fuzz.damage import Cut, damaged

_HOLE = re.compile(r"\{(\w+)\}")
_NUMBERS = (
    "0", "00", "01", "1", "2", "3", "5", "7", "08", "10", "12", "13", "15", "20", "29", "30", "31", "40", "45", "59",
    "64", "75", "90", "99", "100", "108", "120", "446", "450", "999", "1.000", "1.234", "5,531", "12.345",
    "1.234.567", "1000", "1e3", "007", "l0", "O5", "-5", "+3",
)  # fmt: skip
_PERCENTS = (
    "0",
    "0,0",
    "1",
    "5,5",
    "15",
    "33,3",
    "38,2",
    "50",
    "66,67",
    "95",
    "99,1",
    "99.1",
    "99,99",
    "100",
    "101",
    "112,5",
    "1.250",
    "0,001",
)
_AMOUNTS = ("1.234,5", "12", "0,5", "1.000.000", "999.999.999.999", "6.215", "3,6", "1234567890" * 5)
_YEARS = (
    "0000",
    "1890",
    "1930",
    "1983",
    "2019",
    "2020",
    "2021",
    "2022",
    "2023",
    "2024",
    "2025",
    "2030",
    "9999",
    "20",
    "202",
    "20235",
)
_DAYS = ("0", "00", "1", "01", "5", "10", "15", "28", "29", "30", "31", "32", "99", "…", "")
_MONTHS = ("0", "00", "1", "02", "3", "04", "6", "9", "10", "11", "12", "13", "99", "…", "")
_LONGEST_RUN = 3_000


def _sizes(most: int) -> st.SearchStrategy[int]:
    """Return mostly small numbers of repetitions, some large."""
    return st.one_of(st.integers(1, 12), st.integers(1, 80), st.sampled_from([100, 250, 400, 800, most]))


@st.composite
def runs(draw: st.DrawFn, most: int = _LONGEST_RUN) -> str:
    """Draw one thing repeated up to some thousand times."""
    unit = draw(st.sampled_from(pieces.REPEATED))
    return (unit * draw(_sizes(most)))[: 2 * most]


def _one_decimal(tenths: int) -> str:
    return f"{tenths // 10},{tenths % 10}"


_PLAIN_HOLES: dict[str, st.SearchStrategy[str]] = {
    "n": st.one_of(st.sampled_from(_NUMBERS), st.integers(0, 2_000).map(str)),
    "p": st.one_of(st.sampled_from(_PERCENTS), st.integers(0, 1_500).map(_one_decimal)),
    "amount": st.sampled_from(_AMOUNTS),
    "y": st.sampled_from(_YEARS),
    "d": st.sampled_from(_DAYS),
    "m": st.sampled_from(_MONTHS),
    "roman": st.sampled_from(pieces.ROMANS),
    "raised": st.sampled_from(pieces.RAISED),
    "odd": st.sampled_from(pieces.ODD),
    "long": runs(),
}
_NESTED_HOLES = {"symbol": st.sampled_from(pieces.SYMBOLS), "date": st.sampled_from(pieces.DATES)}


@st.composite
def filled(draw: st.DrawFn, templates: tuple[str, ...]) -> str:
    """Draw a template and something for each of its holes."""

    def fill(hole: re.Match[str]) -> str:
        if hole[1] in _NESTED_HOLES:
            return _HOLE.sub(fill, draw(_NESTED_HOLES[hole[1]]))
        return draw(_PLAIN_HOLES[hole[1]])

    return _HOLE.sub(fill, draw(st.sampled_from(templates)))


_SENTENCES, _PIECES = filled(pieces.SENTENCES), filled(pieces.PIECES)
_BLOCKS = st.one_of(
    _SENTENCES,
    _SENTENCES,
    filled(pieces.HEADINGS),
    filled(pieces.FRAME),
    _PIECES,
    _PIECES,
    st.sampled_from(pieces.ODD),
    runs(800),
    st.text(max_size=12),
)
_BREAKS = st.one_of(st.sampled_from(("\n", "\n", "\n\n", " ", "")), st.sampled_from(pieces.SEPARATORS))


@st.composite
def official_texts(draw: st.DrawFn, most_blocks: int = 24) -> str:
    """Draw a text of up to so many blocks; half of them are damaged afterwards."""
    blocks = draw(st.lists(st.tuples(_BLOCKS, _BREAKS), max_size=most_blocks))
    text = "".join(part for block in blocks for part in block)
    if draw(st.booleans()):
        text = damaged(text, draw(cuts(3)))
    return text


def cuts(most: int) -> st.SearchStrategy[list[Cut]]:
    """Draw damages, each with a place and a reach as shares of the text, and something to put in."""
    share = st.floats(0, 1, allow_nan=False, width=32)
    put = st.one_of(st.sampled_from(pieces.ODD), st.sampled_from(pieces.SEPARATORS), _PIECES, runs(200))
    return st.lists(st.builds(Cut, st.sampled_from(Cut.KINDS), share, share, put), max_size=most)
