"""GB402: a tone mark on the wrong letter: «hòan thành», «gía», «qủa». «hoà» and «hòa» are both right."""

from __future__ import annotations

from functools import lru_cache

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb4_spelling.words import slips
from giaoban.reader.repairs import is_known_syllable
from giaoban.reader.repairs.syllables import with_mark_moved


@lru_cache(maxsize=1 << 14)
def well_marked(word: str) -> str | None:
    """Return a word in small letters with its tone mark where it belongs; None where it stands right or is no word."""
    moved = with_mark_moved(word)
    return moved if moved is not None and is_known_syllable(moved) else None


def find(subject: Subject) -> tuple[Draft, ...]:
    """Look at the place of each tone mark."""
    return subject.once(_drafts)


def _drafts(subject: Subject) -> tuple[Draft, ...]:
    return tuple(
        Draft(
            *subject.flow.span(word.start, word.end),
            f"«{word.text}» đặt dấu thanh sai chỗ, đúng là «{right}»",
            right,
        )
        for word, right in slips(subject, well_marked)
    )


RULE = Rule("GB402", "tone-mark-misplaced", Severity.WARNING, find)
