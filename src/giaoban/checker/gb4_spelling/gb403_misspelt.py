"""GB403: a word that the rules of spelling do not allow («nghành»), or that is often written wrongly («bổ xung»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb4_spelling.misheard import misheard
from giaoban.checker.gb4_spelling.words import slips
from giaoban.reader.lexicon.types import load
from giaoban.reader.repairs import is_known_syllable
from giaoban.reader.repairs.company import LOOSE, TIGHT, company
from giaoban.reader.repairs.syllables import key, plain

_FRONT = "eêi"
_WORD_BEFORE = re.compile(r"([^\W\d_]+) \Z")
_WORD_AFTER = re.compile(r" ([^\W\d_]+)")
_REACH = 9
_PAIR_LENGTH = 2
_ANY_WORD = re.compile(r"\w+")
_PAIR = re.compile(r"[;\n]+")


@lru_cache(maxsize=1 << 14)
def with_right_onset(word: str) -> str | None:
    """Return a word with ng/ngh, g/gh as the letter behind asks; None where it is right or stays unknown."""
    # Without a mark it may be a sign («ge») or have lost a letter («ngi»).
    if not word.startswith(("ng", "g")) or word.isascii():
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


class _Misspellings(NamedTuple):
    """What is often written wrongly: one pattern for all, what is right by what is wrong, and their ``marks``.

    A mark is the first syllable in which wrong and right differ: rare, so that a text is searched around marks only.
    """

    pattern: re.Pattern[str]
    right: dict[str, str]
    marks: frozenset[str]
    longest: int


@cache
def _misspellings() -> _Misspellings:
    pairs = [entry.split("=") for entry in _PAIR.split(load("misspellings.toml")["wrong"]) if entry.strip()]
    right = {wrong.strip(): found.strip() for wrong, found in pairs}
    longest_first = sorted(right, key=len, reverse=True)
    pattern = re.compile(rf"(?i)(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
    return _Misspellings(pattern, right, frozenset(map(_mark, right, right.values())), len(longest_first[0]))


def _mark(wrong: str, right: str) -> str:
    return next(one for one, other in zip(wrong.split(), [*right.split(), ""], strict=False) if one != other)


def find(subject: Subject) -> tuple[Draft, ...]:
    """Look at the letters that a word begins with, then for words that are known to be written wrongly."""
    return subject.once(_drafts)


def _drafts(subject: Subject) -> tuple[Draft, ...]:
    onsets = [_draft(subject, *word, right) for word, right in slips(subject, with_right_onset)]
    known = [*onsets, *_known(subject)]
    # What scanning has hurt is said by GB401.
    taken = {draft.start for draft in known} | {repair.start for repair in subject.document.repairs}
    heard = [_draft(subject, *word, right) for word, right in misheard(subject)]
    known += [draft for draft in heard if draft.start not in taken]
    return tuple(sorted(known, key=lambda draft: draft.start))


def _known(subject: Subject) -> Iterator[Draft]:
    known = _misspellings()
    pieces, text = subject.pieces, subject.flow.text
    marked = {piece for piece in pieces.counts if not known.marks.isdisjoint(_ANY_WORD.findall(piece.lower()))}
    done = 0
    for start, end in pieces.spans(pieces.places(marked)):
        for match in known.pattern.finditer(text, max(done, start - known.longest), end + known.longest + 1):
            done = match.end()
            found = known.right.get(match[0].lower())
            if found is not None and not _is_shared(text, *match.span(), found):
                shown = found[0].upper() + found[1:] if match[0][0].isupper() else found
                yield _draft(subject, match[0], *match.span(), found.upper() if match[0].isupper() else shown)


def _is_shared(text: str, start: int, end: int, right: str) -> bool:
    """Tell whether the syllables are halves of the words beside them: «khả năng xuất khẩu», «cũng cố gắng».

    A syllable that stands nowhere else is no half of another word.
    """
    syllables = [key(syllable) for syllable in text[start:end].lower().split()]
    known = company()
    if len(syllables) != _PAIR_LENGTH or any(syllable not in known.spelling for syllable in syllables):
        return False
    first, last = syllables
    before = _WORD_BEFORE.search(text, max(0, start - _REACH), start)
    after = _WORD_AFTER.match(text, end)
    least = LOOSE if last in known.function else TIGHT
    if after is not None and known.bond(last, key(after[1].lower())) >= least:
        return True
    left = key(before[1].lower()) if before is not None else None
    is_half = known.bond(left, first) == TIGHT > known.bond(left, key(right.split()[0]))
    return is_half or (left, first, last) in known.triples


def _draft(subject: Subject, printed: str, start: int, end: int, shown: str) -> Draft:
    return Draft(*subject.flow.span(start, end), f"«{printed}» sai chính tả, đúng là «{shown}»", shown)


RULE = Rule("GB403", "misspelt", Severity.WARNING, find)
