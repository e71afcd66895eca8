"""The encodings of Vietnamese text before Unicode: TCVN3 (ABC, fonts .VnTime), VNI (fonts VNI-Times), Windows-1258.

Tables: TCVN 5712:1993 (VN3) and the VNI-Windows character set as its fonts draw it. All three use the same bytes for
different letters, and none says which it is. The Vietnamese syllable tells: read in the wrong table, hardly a word that
holds such a byte remains one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from giaoban.reader.loaders.syllables import is_syllable

_TCVN3_LETTERS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT, _ROOF, _BREVE = "\u0300\u0301\u0309\u0303\u0323\u0302\u0306"
_VNI_MARKS = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _ROOF, "á": _ROOF + _ACUTE, "à": _ROOF + _GRAVE, "å": _ROOF + _HOOK, "ã": _ROOF + _TILDE, "ä": _ROOF + _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "ñ": "đ", "î": "ỵ"}
_VNI_BASES = "aeouyôöAEOUYÔÖ"
# A roof stands on a, e, o; a breve on a only; ơ and ư take nothing but a tone.
_ROOFED, _BREVED = "aeoAEO", "aA"

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f][^\W\d_]*)*")
_CAPITAL_INSIDE = re.compile("[^\\W\\d_][A-ZĂÂÊÔƠƯĐ]")
_TONED = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
# Fewer different words may be an accident; «Quý» alone is the same in TCVN3 and in Windows-1252.
_FEWEST_WORDS = 5
_SURE_SHARE = 0.9
_SURE_LEAD = 0.2
# What is judged: 20 pages; longer texts are not read in another encoding from there on.
_SAMPLE = 60_000
# Among all words of an official document some are abbreviations and foreign names.
_VIETNAMESE_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class _Score:
    words: int
    share: float


def _single_bytes(letters: dict[int, str]) -> dict[int, str]:
    """Return a translation from Latin-1 characters: what a table does not hold is as in Windows-1252."""
    table = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
    for first, run in letters.items():
        table.update({first + place: letter for place, letter in enumerate(run)})
    return table


_TCVN3 = _single_bytes(_TCVN3_LETTERS)
_LATIN = _single_bytes({})


def tcvn3(text: str) -> str:
    """Convert TCVN3 whose bytes were read as Latin-1.

    TCVN3 has no capitals with tones: fonts of their own (.VnTimeH) draw the small ones large. In words and beside words
    that are written in capitals they become capitals.
    """
    return _raise_capitals(text.translate(_TCVN3))


def vni(text: str) -> str:
    """Convert VNI whose bytes were read as Latin-1: a mark follows its letter."""
    return _VNI.sub(lambda match: _VNI_PAIRS[match[0]], text.translate(_LATIN))


def _both_cases(table: dict[str, str]) -> dict[str, str]:
    return {**table, **{key.upper(): value.upper() for key, value in table.items()}}


_VNI_ALL_MARKS = _both_cases(_VNI_MARKS)
_VNI_ALL_LETTERS = _both_cases(_VNI_LETTERS)


def _vni_pairs() -> dict[str, str]:
    """Return every letter with a mark that may stand on it, and every letter that stands for itself."""
    pairs = dict(_VNI_ALL_LETTERS)
    for base in _VNI_BASES:
        for mark, signs in _VNI_ALL_MARKS.items():
            if (_ROOF not in signs or base in _ROOFED) and (_BREVE not in signs or base in _BREVED):
                pairs[base + mark] = unicodedata.normalize("NFC", _VNI_ALL_LETTERS.get(base, base) + signs)
    return pairs


_VNI_PAIRS = _vni_pairs()
_VNI = re.compile("|".join(sorted(_VNI_PAIRS, key=len, reverse=True)))


def windows_1258(text: str) -> str:
    return unicodedata.normalize("NFC", text.encode("latin-1").decode("cp1258", "replace"))


_ENCODINGS: dict[str, Callable[[str], str]] = {"TCVN3": tcvn3, "VNI": vni, "Windows-1258": windows_1258}


def decode(data: bytes) -> tuple[str, str] | None:
    """Return text (NFC) and name of the encoding, None where none of the three is sure."""
    raw = data.decode("latin-1")
    sample = raw[:_SAMPLE]
    scores = {name: _score(convert(sample)) for name, convert in _ENCODINGS.items()}
    name, second, _ = sorted(scores, key=lambda name: scores[name].share, reverse=True)
    best = scores[name]
    is_sure = (
        best.words >= _FEWEST_WORDS
        and best.share >= _SURE_SHARE
        and best.share - scores[second].share >= _SURE_LEAD
        and _is_vietnamese(_ENCODINGS[name](sample))
    )
    return (unicodedata.normalize("NFC", _ENCODINGS[name](raw)), name) if is_sure else None


def _score(text: str) -> _Score:
    """Count the words with letters beyond ASCII, and those of them that are syllables."""
    words = Counter(word for word in _WORD.findall(text) if not word.isascii())
    total = words.total()
    valid = sum(count for word, count in words.items() if is_syllable(word))
    # What stands alone is a sign of the encoding's own, and no word: it counts against.
    stray = sum(text.count(sign) for sign in "¢£¤¥¦¨©ª¬®¯±²³µ¶¸¹º¼½¾÷×¿¡�")
    return _Score(len(words), valid / (total + stray) if total else 0.0)


def _is_vietnamese(text: str) -> bool:
    words = [word for word in _WORD.findall(text) if len(word) > 1 and not (word.isupper() and word.isascii())]
    return bool(words) and sum(map(is_syllable, words)) >= _VIETNAMESE_SHARE * len(words)


def _raise_capitals(text: str) -> str:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _CAPITAL_INSIDE.search(line):
            lines[number] = _raise_line(line)
    return "\n".join(lines)


def _raise_line(line: str) -> str:
    words = list(_WORD.finditer(line))
    kinds = [_capital_kind(word[0]) for word in words]
    pairs = [(at, at + 1) for at in range(len(words) - 1) if line[words[at].end() : words[at + 1].start()].isspace()]
    for known, other in [*pairs, *((after, before) for before, after in reversed(pairs))]:
        # Beside an abbreviation («Sở GDĐT») the case stays open.
        if kinds[other] is None and kinds[known] and is_syllable(words[known][0]):
            kinds[other] = True
    parts, done = [], 0
    for word, kind in zip(words, kinds, strict=True):
        if kind:
            parts += [line[done : word.start()], word[0].upper()]
            done = word.end()
    return "".join([*parts, line[done:]])


def _capital_kind(word: str) -> bool | None:
    """Tell whether a word is written in capitals; None where letters that have none leave it open («Bé», «ë»)."""
    certain = [letter for letter in word if not _TONED.search(unicodedata.normalize("NFD", letter))]
    if any(letter.islower() for letter in certain):
        return False
    has_capital_inside = any(letter.isupper() for letter in word[1:])
    return True if has_capital_inside else None
