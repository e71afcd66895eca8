"""No pattern of the reader or the checker can take exponential time, by its structure: nothing is timed here."""

from __future__ import annotations

import re

import pytest
from fuzz.ambiguity import ambiguous, square
from fuzz.patterns import all_patterns, not_read
from fuzz.pumps import pumps

PATTERNS = all_patterns()
# Name of the pattern -> why the square of a text does no harm there.
SQUARES = {
    "reader.tasks._LEADS": "a paragraph of the flow holds no run of blanks, and nothing follows that could fail",
    "reader.tasks._WHEN": "a paragraph of the flow holds no run of blanks, and nothing follows that could fail",
    "checker.explain._HEADING": "reads the pages of this package only",
}
# Modules that make a pattern while they run -> what of.
MADE_LATER = {
    "reader.citations.pieces": "the words for kinds of documents, with nothing between them",
    "reader.citations.short": "the words for kinds of documents; every blank is bounded",
    "reader.claims.partition": "a word of a table",
    "reader.footnotes": "the mark of a note",
    "checker.gb3_layout.gb306_order": "words of the head, a line at a time",
    "checker.gb4_spelling.gb403_misspelt": "words of a table",
    "checker.gb6_numbering.siblings": "a word of a table",
    "checker.suppressions": "the words of a quotation, blanks between them",
}


def test_there_are_patterns_to_look_at() -> None:
    assert len(PATTERNS) > 200
    assert {name.partition(".")[0] for name in PATTERNS} == {"reader", "checker"}


def test_no_pattern_takes_exponential_time() -> None:
    found = {name: signs for name, pattern in PATTERNS.items() if (signs := ambiguous(pattern))}
    assert not found, "a part that is repeated matches one stretch in two ways"


def test_no_attempt_takes_the_square_of_its_text() -> None:
    found = {name: signs for name, pattern in PATTERNS.items() if (signs := square(pattern))}
    unnamed = {name: signs for name, signs in found.items() if name not in SQUARES}
    assert not unnamed, "two parts without end follow each other and match the same signs: bound one, or join them"
    assert not SQUARES.keys() - found.keys(), "stale reasons in SQUARES"


def test_patterns_made_later_are_named() -> None:
    assert {name.partition(":")[0] for name in not_read()} == MADE_LATER.keys()


@pytest.mark.parametrize(
    ("pattern", "is_exponential"),
    [
        ("(a+)+", True),
        (r"(?:\s*x?\s*)*", True),
        ("(?:a?b?)*", True),
        ("(?:a|b|ab)*", True),
        ("(?:aa|aaa)*", True),
        (r"(?:[a-z]+\s?)*", True),
        ("(?:x{1,3}y?)*", True),
        (r"(?:có\s?:?\s?)*", True),
        (r"(?i:(?:Ax|[a-c]x)*)", True),
        (r"(?:có(?:\s?:\s?|\s{0,2}))*", False),
        ("a*a*", False),
        ("(?:ab*)*", False),
        ("(?:x{2}y)*", False),
        (r"(?:[0-9]+,)*[0-9]+", False),
        (r"(?:[a-z]+\s)*", False),
        (r"(a|b)*c\1", False),
        ("x{0,3}", False),
    ],
)
def test_what_is_exponential(pattern: str, is_exponential: bool) -> None:
    assert bool(ambiguous(re.compile(pattern))) == is_exponential


@pytest.mark.parametrize(
    ("pattern", "is_square"),
    [
        (r"\s*:?\s*x", True),
        (r"[\s*]*x?[*_]*y", True),
        (r"\s*(?::\s*)?x", False),
        (r"\s*x\s*", False),
        (r"\d*\s*", False),
        (r"\s{0,20}:?\s*", False),
    ],
)
def test_what_takes_the_square(pattern: str, is_square: bool) -> None:
    assert bool(square(re.compile(pattern))) == is_square


def test_pumps_lead_to_each_part_that_repeats() -> None:
    made = {(one.lead, one.unit) for one in pumps(re.compile(r"ngày (\d+)/[a-z]*\Z"))}
    assert {("ngày ", "1"), ("ngày 1/", "a"), ("", "ngày "), ("", "ngày 1/")} <= made
