"""Vietnamese text: folding for search without diacritics, and a key that sorts names as Vietnamese people do."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
# What no Word file can hold; Word's own break within a paragraph comes as one of these and ends a line here.
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# One character of [1-9a-x] for each letter: any database sorts these alike, whatever its collation.
_RANK = dict(zip(_ALPHABET, "123456789abcdefghijklmnopqrstuvwx", strict=True))
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng


def tidy(text: str) -> str:
    """Return text in NFC with single spaces and none at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def printable(text: str) -> str:
    """Return text of several lines without what no Word file can hold, each break as a new line, none at the ends."""
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", text)).strip()


def shortened(text: str, most: int = 40) -> str:
    """Return text for a message about it: what is longer than ``most`` characters ends in «…»."""
    return text if len(text) <= most else text[:most].rstrip() + "…"


def quoted(value: object, most: int = 60) -> str:
    """Return what was given as a message shows it: «…», on one line, and what cannot be seen by its code."""
    shown = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in shortened(str(value), most))
    return f"«{shown}»"


def lower_first(text: str) -> str:
    """Begin with a small letter inside a sentence and leave names as they are: «tặng Huy hiệu Đảng»."""
    return text[:1].lower() + text[1:]


def fold(text: str) -> str:
    """Return the searchable form: lower case, no diacritics, đ as d («Đặng Thị Hường» -> «dang thi huong»)."""
    return " ".join(map(_folded, tidy(text).split(" ")))


# A hundred thousand names are made of a few hundred words.
@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    # Old typewriter and font habits print the Icelandic ð for đ; both look alike and are found alike.
    decomposed = unicodedata.normalize("NFD", word.lower().replace("đ", "d").replace("ð", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=8192)
def _ranks_and_tones(word: str) -> tuple[str, str]:
    ranks: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFC", word.lower()):
        tone = "0"
        kept = ""
        for mark in unicodedata.normalize("NFD", letter):
            if mark in _TONES:
                tone = _TONES[mark]
            else:
                kept += mark
        rank = _RANK.get(unicodedata.normalize("NFC", kept))
        if rank is not None:
            ranks.append(rank)
            tones.append(tone)
    return "".join(ranks), "".join(tones)


def name_sort_key(full_name: str) -> str:
    """Return a key in [0-9a-x] that orders people by given name, then family and middle names.

    Letters follow the Vietnamese alphabet (a ă â b c d đ …), tones break ties in the order level, huyền, hỏi, ngã, sắc,
    nặng, as ICU's ``vi`` collation does.
    """
    words = tidy(full_name).split(" ")
    parts = [_ranks_and_tones(word) for word in [words[-1], *words[:-1]]]
    return "0".join(ranks for ranks, _ in parts) + "00" + "".join(tones for _, tones in parts)
