"""GB405: a blank before a comma, a semicolon or a full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.reader.places import matches_at, places_of_any

# One blank after a letter or bracket, in the middle of a line; tables and dotted lines have more of them.
_SIGNS = ",;:."
_SPACE = re.compile(r"(?<=[^\W\d_]{2}|\w\)) (?=[,;:](?:\s|\Z)|\.(?=\s|\Z)(?! ?\.))")


def find(subject: Subject) -> Iterator[Draft]:
    """Look for single blanks before a sign that belongs to the word before it."""
    text = subject.text
    for match in matches_at(_SPACE, text, places_of_any(text, (f" {sign}" for sign in _SIGNS))):
        sign = text[match.end()]
        yield Draft(match.start(), match.end() + 1, f"Thừa khoảng trắng trước dấu «{sign}»", sign)


RULE = Rule("GB405", "space-before-sign", Severity.INFO, find)
