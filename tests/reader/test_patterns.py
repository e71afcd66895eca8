"""Patterns look at each sign of a text a bounded number of times, also where a text is nothing but what they repeat."""

from __future__ import annotations

import re
import time

import pytest

from giaoban.reader import flow, header
from giaoban.reader.citations import context, symbols
from giaoban.reader.claims.base import numbers, parts, passage
from giaoban.reader.claims.base.passage import make_passage
from giaoban.reader.claims.changes import growth
from giaoban.reader.flow import make_flow
from giaoban.reader.tasks import tables

_SIZE = 30_000
# Half a minute where the time grows with the square.
_SECONDS = 2.0


@pytest.mark.parametrize(
    ("pattern", "unit"),
    [
        (context._BETWEEN, "x"),
        (symbols._TRAILING_DIGITS, "9"),
        (growth._TO, "năm "),
        (growth._AFTER_COMMA, "năm -"),
        (numbers._GROUPS, ".111"),
        (parts._FIRST, "có : "),
        (passage._STOP, "…"),
        (flow._BULLET_STAR, "\n\r"),
        (header._NUMBER_LINE, "\n"),
        (header._RULE, " "),
        (header._RECIPIENTS, "\n"),
        (header._ADDRESSEES, "*"),
        (header._SIGNED, "(\n"),
        (tables._RULE, "|"),
    ],
)
def test_the_time_of_a_pattern_grows_with_the_text(pattern: re.Pattern[str], unit: str) -> None:
    text = unit * (_SIZE // len(unit)) + "!"
    begun = time.process_time()
    for _ in pattern.finditer(text):
        pass
    assert time.process_time() - begun < _SECONDS


@pytest.mark.parametrize(
    ("text", "start", "stops"),
    [
        ("Một. Hai. Ba", 0, [3, 8]),
        # A stretch may begin inside a run of signs.
        ("Một... Hai! Ba", 4, [4, 10]),
        ("Một... hai. Ba", 4, [10]),
        ("Một...hai… Ba", 3, [9]),
        ("Một.\nHai", 4, [4]),
        ("Một.” Hai? Ba", 4, [9]),
    ],
)
def test_sentences_end_at_the_first_of_their_signs(text: str, start: int, stops: list[int]) -> None:
    read = make_passage(text, make_flow(text))
    assert list(read.stops(start, len(read.text))) == stops
