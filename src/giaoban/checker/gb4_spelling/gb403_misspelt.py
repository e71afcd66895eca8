"""GB403: a word that the rules of spelling do not allow («nghành»), or that is often written wrongly («bổ xung»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb4_spelling.words import as_written, words
from giaoban.reader.lexicon.types import load
from giaoban.reader.repairs import is_known_syllable
from giaoban.reader.repairs.syllables import plain

_FRONT = "eêi"
_PAIR = re.compile(r"[;\n]+")


@lru_cache(maxsize=1 << 14)
def with_right_onset(word: str) -> str | None:
    """Return a word with ng/ngh, g/gh as the letter behind asks; None where it is right or stays unknown."""
    if not word.startswith(("ng", "g")):
        return None
    taken = plain(word)
    if taken is None:
        return None
    base = taken[0]
    stem = "ng" if base.startswith("ng") else "g"
    has_h = base[len(stem) : len(stem) + 1] == "h"
    rest = len(stem) + has_h
    if base[rest : rest + 1] == "" or (stem == "g" and base[rest] == "i" and not has_h):
        return None
    needs_h = base[rest] in _FRONT
    if needs_h == has_h:
        return None
    found = stem + "h" * needs_h + word[rest:]
    return found if is_known_syllable(found) else None


@cache
def _misspellings() -> tuple[re.Pattern[str], dict[str, str]]:
    pairs = [entry.split("=") for entry in _PAIR.split(load("misspellings.toml")["wrong"]) if entry.strip()]
    right = {wrong.strip(): found.strip() for wrong, found in pairs}
    longest_first = sorted(right, key=len, reverse=True)
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(longest_first)})(?!\w)"), right


def find(subject: Subject) -> Iterator[Draft]:
    """Look at the letters that a word begins with, then for words that are known to be written wrongly."""
    for word in words(subject):
        found = with_right_onset(word.text.lower())
        if found is not None:
            yield _draft(subject, word.start, word.end, as_written(found, word.text))
    pattern, right = _misspellings()
    for match in pattern.finditer(subject.flow.text):
        found = right[match[0].lower()]
        shown = (
            found.upper() if match[0].isupper() else found[0].upper() + found[1:] if match[0][0].isupper() else found
        )
        yield _draft(subject, match.start(), match.end(), shown)


def _draft(subject: Subject, start: int, end: int, shown: str) -> Draft:
    printed = subject.flow.text[start:end]
    return Draft(*subject.flow.span(start, end), f"«{printed}» sai chính tả, đúng là «{shown}»", shown)


RULE = Rule("GB403", "misspelt", Severity.WARNING, find)
