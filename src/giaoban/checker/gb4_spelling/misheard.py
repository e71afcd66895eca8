"""Syllables written as they are heard or half typed: «tiêu chuẫn», «kế họach», «nhiện vụ», «hoàn thàn».

Only what is no known syllable is looked at, and only beside the other half of a word that official prose is full of. So
one slip on a clean page is found, where the reader, which looks for scanning, would not trust it.
Source: regional confusions of Vietnamese spelling (first and last consonants, hỏi and ngã).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from giaoban.checker.base import Subject
from giaoban.checker.gb4_spelling.words import Slip, Word
from giaoban.reader.repairs.company import company
from giaoban.reader.repairs.confusions import siblings
from giaoban.reader.repairs.judge import ALONE, is_right_but_unknown
from giaoban.reader.repairs.syllables import key
from giaoban.reader.repairs.tokens import TOKENS

_ONSETS = {
    "ch": ("tr",), "tr": ("ch",), "s": ("x",), "x": ("s",), "d": ("gi", "r", "đ"), "đ": ("d",), "gi": ("d", "r"),
    "r": ("d", "gi"), "l": ("n",), "n": ("l",), "v": ("d",), "k": ("kh",), "kh": ("k",),
}  # fmt: skip
_CODAS = {
    "ng": ("n", "nh"), "nh": ("n", "ng"), "n": ("ng", "nh", "m"), "m": ("n",), "t": ("c", "ch"), "c": ("t", "ch"),
    "ch": ("t", "c"), "b": ("p",), "d": ("t",), "k": ("c", "t"),
}  # fmt: skip
_LAST = "chgimnoptuy"
_PARTED = re.compile(r"(?P<onset>ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?(?P<rime>.*?)"
                     r"(?P<coda>ng|nh|ch|[cdkbmnpt])?\Z")  # fmt: skip
_ALONE = re.compile(r"[(“\"'«\[]*(?P<word>[^\W\d_]+)[.,;:!?)”\"'»\]]*")
_SHORTEST = 2


class _Options(NamedTuple):
    """What an unknown word may have been meant for: known spellings by their keys."""

    word: Word
    by_key: dict[str, str]
    is_capital: bool


def misheard(subject: Subject) -> Iterator[Slip]:
    """Yield the unknown words that are a slip for one half of a word whose other half stands beside them."""
    pieces = subject.pieces
    wrong = {piece for piece in pieces.counts if _options(piece)}
    places = pieces.places(wrong)
    for index, (start, _) in zip(places, pieces.spans(places), strict=True):
        options = _options(pieces.items[index])
        right = _meant(pieces.items, index, options) if options else None
        if options and right:
            word = options.word
            shown = right.upper() if word.text.isupper() else right
            shown = shown[0].upper() + shown[1:] if options.is_capital else shown
            yield Slip(Word(word.text, start + word.start, start + word.end), shown)


def _meant(items: list[str], index: int, options: _Options) -> str | None:
    """Return the one word that goes with a neighbour, None where there is none or more than one."""
    strong = company().strong
    token = TOKENS[items[index]]
    before = TOKENS[items[index - 1]].right if index and token.opens else None
    follower = items[index + 1] if index + 1 < len(items) and token.closes else ""
    after = TOKENS[follower].left if follower else None
    if options.is_capital:
        # A name goes on with a capital, a sentence does not.
        before = None
        after = after if follower[:1].islower() else None
    found = [right for one, right in options.by_key.items() if (before, one) in strong or (one, after) in strong]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1 << 14)
def _options(piece: str) -> _Options | None:
    alone = _ALONE.fullmatch(piece)
    if alone is None:
        return None
    printed = alone["word"]
    small = printed.lower()
    is_capital = printed[0].isupper() and printed[1:].islower()
    if not (is_capital or printed.islower() or printed.isupper()):
        return None
    if len(small) < _SHORTEST or small.isascii() or key(small) in company().spelling or is_right_but_unknown(small):
        return None
    by_key = {one: shown for shown in _variants(small) if (one := key(shown)) in company().spelling}
    if key(small) is not None:
        by_key |= {one: option.word for one, option in siblings(small).by_key.items() if option.cost <= ALONE}
    return _Options(Word(printed, *alone.span("word")), by_key, is_capital) if by_key else None


def _variants(small: str) -> Iterator[str]:
    """Yield a word with another first or last consonant, and with one more letter at its end."""
    parted = _PARTED.match(small)
    if parted is None:
        return
    onset, rime, coda = parted["onset"] or "", parted["rime"], parted["coda"] or ""
    for other in _ONSETS.get(onset, ()):
        yield other + rime + coda
    for other in _CODAS.get(coda, ()):
        yield onset + rime + other
    yield from (small + letter for letter in _LAST)
