"""What a text itself says is written short: «318 công trình thanh niên (CTTN), … cấp huyện 64 CTTN»."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from giaoban.reader.claims.base.nouns import Noun, noun_after

_SHORT = re.compile(r"\(([A-ZĐ]{2,7})\)")
_WORD = re.compile(r" ?([A-ZĐ]{2,7})(?![\wĐđ])")
_LONGEST = 80


def shortened_in(text: str) -> dict[str, str]:
    """Return the words that brackets write short, by their letters: one word for each letter, in front of its
    bracket."""
    found: dict[str, str] = {}
    for short in _SHORT.finditer(text):
        letters = short[1]
        words = text[max(0, short.start() - _LONGEST) : short.start()].split()[-len(letters) :]
        if len(words) == len(letters) and all(map(_begins, words, letters)):
            found.setdefault(letters, " ".join(words).lower())
    return found


def _begins(word: str, letter: str) -> bool:
    return _bare(word[:1]) == letter


@lru_cache(maxsize=512)
def _bare(letter: str) -> str:
    """Return a capital without its tone: «ủ» is «U»."""
    letter = letter.upper()
    return letter if letter == "Đ" else unicodedata.normalize("NFD", letter)[:1]


def noun_of_short(text: str, place: int, noun: Noun, short: dict[str, str]) -> Noun:
    """Return what a number counts whose noun, read at a place, is written short; the noun itself where it is not."""
    word = _WORD.match(text, place)
    words = short.get(word[1]) if word else None
    if word is None or words is None:
        return noun
    whole = noun_after(f" {words}", 0)
    phrase = f"{words}{noun.phrase.removeprefix(word[1].lower())}"
    return replace(whole, phrase=phrase, label=word[1].lower())
