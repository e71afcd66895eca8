"""What a Vietnamese syllable can be: onset, rime, tone. Any spelling of a possible one has one key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng
_MARKS = tuple(_TONES)
_SHARP_OR_HEAVY = (4, 5)
_LONGEST = 8
_ONSET = re.compile(r"ngh|ng|nh|gh|gi|g|kh|k|ch|c|ph|p|qu|th|tr|t|b|d|đ|h|l|m|n|r|s|v|x|")
_FRONT = ("e", "ê", "i", "y")
# Rimes behind any onset; after «q» the «u» belongs to the onset.
_ALL_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê
êch êm ên ênh êp êt êu êng i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot
ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn
ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uên uêch uênh uôc uôi uôm uôn uông
uôt uơ uy uya uych uynh uyt uyên uyêt uyu uyp ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu yêm
yên yêng yêt yêu y
"""
_RIMES = frozenset(_ALL_RIMES.split())
_AFTER_QU = frozenset("aeêioôơăâyu")
_Y_ALONE = frozenset(("h", "k", "l", "m", "s", "t", "v", "qu", "", "th", "n"))
_STOPS = ("c", "ch", "p", "t")


def plain(word: str) -> tuple[str, int, int] | None:
    """Return a word of small letters without its tone mark, the tone (0 to 5) and the place of its letter.

    None where there are two tone marks or other marks that Vietnamese does not have.
    """
    tone, place, letters = 0, -1, ""
    for index, letter in enumerate(word):
        base, mark = _taken_apart(letter)
        if mark:
            if tone or mark < 0:
                return None
            tone, place = mark, index
        letters += base
    return letters, tone, place


@lru_cache(maxsize=1 << 10)
def _taken_apart(letter: str) -> tuple[str, int]:
    """Return a letter without its tone mark, and the tone: 0 without one, less than 0 where there are two."""
    base, tone = "", 0
    for mark in unicodedata.normalize("NFD", letter):
        if mark in _TONES:
            tone = -1 if tone else _TONES[mark]
        else:
            base += mark
    return unicodedata.normalize("NFC", base), tone


def _divide(base: str) -> tuple[str, str] | None:
    """Return onset and rime of a possible syllable without its tone."""
    found = _ONSET.match(base)
    onset = found[0] if found else ""
    rime = base[len(onset) :]
    if onset == "gi" and (not rime or rime in ("n", "m", "t")):
        onset, rime = "g", "i" + rime
        return (onset, rime)
    if onset == "qu":
        fits = rime[:1] in _AFTER_QU and (rime in _RIMES or "u" + rime in _RIMES)
        return (onset, rime) if fits else None
    if rime not in _RIMES or (rime[0] == "y" and (onset if len(rime) > 1 else onset not in _Y_ALONE)):
        return None
    if onset in ("k", "gh", "ngh"):
        return (onset, rime) if rime[0] in _FRONT else None
    if onset in ("c", "ng", "g"):
        return None if rime[0] in _FRONT else (onset, rime)
    return onset, rime


@lru_cache(maxsize=1 << 15)
def key(word: str) -> str | None:
    """Return the key of a syllable in small letters, None where no Vietnamese syllable is written so.

    «hoà» and «hòa», «lí» and «lý» have one key each.
    """
    if len(word) > _LONGEST or not word.isalpha():
        return None
    taken = plain(word)
    if taken is None:
        return None
    base, tone, place = taken
    divided = _divide(base)
    if divided is None:
        return None
    onset, rime = divided
    if rime.endswith(_STOPS) and tone not in _SHARP_OR_HEAVY:
        return None
    if tone and place < len(onset) and not (onset == "g" and place == 1):
        return None
    if onset and rime == "y":
        rime = "i"
    return f"{onset}{rime}{tone}"


def usual_place(base: str) -> tuple[int, ...]:
    """Return where the tone mark of a possible syllable may stand: one place, or two for «hòa, hoà».

    ``base`` is the syllable without its tone. Rule: on the vowel with a hat or horn; before a closing consonant on the
    last vowel; otherwise on the first, where old use puts it on the second of «oa, oe, uy».
    """
    divided = _divide(base)
    if divided is None:
        return ()
    start = len(base) - len(divided[1])
    rime = divided[1]
    vowels = [index for index, letter in enumerate(rime) if letter in "aăâeêioôơuưy"]
    marked = [index for index in vowels if rime[index] in "ăâêôơư"]
    if marked:
        return (start + marked[-1],)
    last = vowels[-1]
    if last < len(rime) - 1 or len(vowels) == 1:
        return (start + last,)
    if rime in ("oa", "oe", "uy"):
        return (start, start + 1)
    return (start + 1,) if len(vowels) > 2 or (rime[0] == "o" and rime[1] in "ae") else (start,)


def with_mark_moved(word: str) -> str | None:
    """Return a word with its tone mark where it belongs; None where it stands right, or the word has none."""
    taken = plain(word)
    if taken is None or not taken[1]:
        return None
    base, tone, place = taken
    places = usual_place(base)
    if not places or place in places:
        return None
    marked = unicodedata.normalize("NFC", base[places[0]] + _MARKS[tone - 1])
    return base[: places[0]] + marked + base[places[0] + 1 :]
