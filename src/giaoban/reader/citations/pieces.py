"""Pieces that the patterns of citations are made of. Blanks are bounded everywhere, so that every pattern is linear."""

from __future__ import annotations

import re
from functools import cache

from giaoban.reader.lexicon import by_code, by_word, generic_words

# The patterns run over the flow of a text, where wraps and footnotes are undone: «64/KH-\n\nUBND» is «64/KH- UBND».
GAP = r"\s{0,3}"
BLANK = r"\s{1,3}"
DASH = "[-–—−]"

# «UBND», «TTg», «SGDĐT», «BCĐ35»: capitals, some with a small letter of their own.
ISSUER_PART = r"[A-ZĐƯƠÂÊÔĂ](?:[A-ZĐƯƠÂÊÔĂ&]|[rghi](?![a-zđà-ỹ])){0,14}(?:[0-9]{1,3})?"

# «Số», «số:», «SỐ»; scanning loses the marks.
NUMBER_SIGN = r"[sS](?:ố|ổ|ô|o)|SỐ"

ROMAN = "(?:[IVX]{1,5}|[ivx]{2,5}|xm|xin|xn)"


def spelled(words: str) -> str:
    """Return a pattern for words in running text or in capitals, over any blanks: «Nghị  quyết», «NGHỊ QUYẾT»."""
    return BLANK.join(_spelled_word(word) for word in words.split())


def _spelled_word(word: str) -> str:
    first, rest = word[0], word[1:]
    return f"(?:[{first}{first.upper()}]{rest}|{word.upper()})"


def fold(text: str) -> str:
    """Return lower case without marks, letter for letter: «Quỵ định» and «Quy định» become the same."""
    return text.translate(_FOLD).lower()


def _fold_table() -> dict[int, str]:
    bases = {
        "a": "àáảãạăằắẳẵặâầấẩẫậ", "e": "èéẻẽẹêềếểễệ", "i": "ìíỉĩị", "o": "òóỏõọôồốổỗộơờớởỡợ",
        "u": "ùúủũụưừứửữự", "y": "ỳýỷỹỵ", "d": "đ",
    }  # fmt: skip
    table: dict[int, str] = {}
    for base, letters in bases.items():
        for letter in letters:
            table[ord(letter)] = base
            table[ord(letter.upper())] = base.upper()
    table[ord("İ")] = "I"  # the one letter that would become two
    return table


_FOLD = _fold_table()
_MARKED = frozenset(map(chr, _FOLD)) - {"đ", "Đ"}


def with_any_marks(pattern: str) -> str:
    """Return a pattern of words in which each marked letter may have other marks or none: «Nghị quyêt», «Chi thị»."""
    return "".join(
        f"[{''.join(sorted(letter for letter in _MARKED if fold(letter) == fold(sign)))}{fold(sign)}]"
        if sign in _MARKED
        else sign
        for sign in pattern
    )


@cache
def folded_words() -> dict[str, str]:
    """Return every word for a kind of document without its marks, with the word as it should be."""
    return {fold(word): word for word in (*by_word(), *generic_words())}


@cache
def word_before() -> re.Pattern[str]:
    """Find, in folded text, the words for kinds of documents; the last one before a number is the one that counts.

    «các nghi quyet so», «Thông báo kết luận số», «quảNghi quyet» (the blank is lost in scanning).
    """
    words = sorted(folded_words(), key=len, reverse=True)
    return re.compile("|".join(word.replace(" ", BLANK) for word in words))


@cache
def abbreviations() -> frozenset[str]:
    """Return codes that stand for the word itself: «NQ số 12-NQ/TU», «QĐ 311/QĐ-UBND»."""
    return frozenset(code for code in by_code() if len(code) > 1 and code != "Luật")
