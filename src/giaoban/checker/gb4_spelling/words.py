"""The words of a document that the rules of spelling look at, with their places in the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from giaoban.checker.base import Subject

_WORD = re.compile(r"[^\W\d_]+")
_GLUE = frozenset("-/'’@._&")


class Word(NamedTuple):
    """A word as printed, and its place in the flow."""

    text: str
    start: int
    end: int


def words(subject: Subject) -> Iterator[Word]:
    """Yield the words that stand free in running text; names (one capital) are nobody's slip and are left out."""
    flow = subject.flow.text
    for match in _WORD.finditer(flow):
        word, start, end = match[0], match.start(), match.end()
        if not (word.islower() or word.isupper()) or flow[start - 1 : start] in _GLUE:
            continue
        if flow[end : end + 1] in _GLUE and flow[end + 1 : end + 2].isalnum():
            continue
        yield Word(word, start, end)


def as_written(found: str, printed: str) -> str:
    """Return a word in capitals where the printed one is."""
    return found.upper() if printed.isupper() else found
