"""GB402: a tone mark on the wrong letter: «hòan thành», «gía», «qủa». «hoà» and «hòa» are both right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb4_spelling.words import as_written, words
from giaoban.reader.repairs import is_known_syllable
from giaoban.reader.repairs.syllables import with_mark_moved


@lru_cache(maxsize=1 << 14)
def well_marked(word: str) -> str | None:
    """Return a word in small letters with its tone mark where it belongs; None where it stands right or is no word."""
    moved = with_mark_moved(word)
    return moved if moved is not None and is_known_syllable(moved) else None


def find(subject: Subject) -> Iterator[Draft]:
    """Look at the place of each tone mark."""
    for word in words(subject):
        found = well_marked(word.text.lower())
        if found is not None:
            shown = as_written(found, word.text)
            yield Draft(
                *subject.flow.span(word.start, word.end),
                f"«{word.text}» đặt dấu thanh sai chỗ, đúng là «{shown}»",
                shown,
            )


RULE = Rule("GB402", "tone-mark-misplaced", Severity.WARNING, find)
