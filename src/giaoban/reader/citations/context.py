"""What stands around a number and symbol: the word for the document before it, date and issuer behind it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from giaoban.reader.citations.dates import AFTER_DAY_WORD, BARE, DAY_WORD, PrintedDate, read_date
from giaoban.reader.citations.pieces import fold, folded_words, word_before
from giaoban.reader.lexicon import by_word

_BEFORE = 96
_NEAR = 56
_LONGEST_WORD = 4  # syllables
_LONGEST_SIGN = 9
_SIGN = re.compile(r"(?<![a-z])so\s{0,3}[:.]?\s{0,3}\Z")
_BETWEEN = re.compile(r"[a-z \t\r\n]*")
_ISSUED = rf"(?:(?:được\s)?(?:(?:ký\s)?ban\shành|ký|ra|đề|cùng|đều)\s)?(?={DAY_WORD})"
# Telegrams tell the hour: «số 152/CĐ-TTg hồi 17 giờ 30 phút ngày 10/9/2025».
_HOUR = r"(?:(?:lúc|hồi)\s{1,3}[0-9]{1,2}\s?(?:giờ|h)\s?(?:[0-9]{1,2}\s?(?:phút)?)?\s?,?\s?)?"
# A comma may be scanned as a full stop: «65-KH/HU. ngày 20/5/2021»; a capital would begin a sentence.
_TO_DATE = re.compile(rf"\s{{0,3}}(?:,|\.(?=\s{{0,3}}n))?\s{{0,3}}\(?\s{{0,3}}{_HOUR}{_ISSUED}")
_TO_BARE_DATE = re.compile(r"\s{0,3},?\s{0,3}\(?\s{0,3}(?=[0-9])")
_TERM = re.compile(r" {0,3},? {0,3}\(? {0,3}kh[oó][aá]\s{1,3}[IVXivxmn]{1,5} {0,3}\)?")
_TO_ISSUER = re.compile(r" {0,3}\)? {0,3},?\s{0,3}(?:c[ủùúu]a|CỦA|do)\s{1,3}(?=[^\W\d_])")
# Behind a date the issuer may stand without «của».
_TO_BODY = re.compile(
    r"\s{0,3},?\s{0,3}(?=Ban\s(?:Chấp\shành|Bí\sthư|Thường\svụ)|Bộ\sChính\strị|BCH\b|BTV\b|Chính\sphủ|Thủ\stướng"
    r"|Hội\snghị\s(?:Trung|lần)|Hội\sđồng\snhân|HĐND|UBND)"
)
_NAME_WORD = re.compile(r" {0,3}([^\s,;:.()“”\"«»\[\]0-9¹²³⁰-⁹]{1,30})([,;:.()“”\"«»\[\]0-9¹²³⁰-⁹]?)")
_NAME_WORDS = 16
# Words that begin what the document is about, or the rest of the sentence, and never go on naming the issuer.
_NAME_ENDS = frozenset({
    "về", "ngày", "tiếp", "thực", "đối", "gắn", "nhằm", "trong", "trên", "tại", "là", "được", "có", "để", "theo",
    "việc", "năm", "khóa", "khoá", "nhiệm", "giai", "với", "cho", "đã", "từ", "đến", "quy", "định", "v/v", "do",
    "khi", "nếu", "hoặc", "phù", "sau", "trước", "qua", "như", "cũng", "không", "chưa", "cùng", "bằng", "tới", "vào",
    "thì", "mà", "nêu", "yêu", "phê", "sửa", "sơ", "hướng", "tăng", "đẩy", "nâng", "của", "số", "ký",
    "bổ", "vê", "vể", "vế",
})  # fmt: skip
_NAME_ENDS_BEFORE = {"ban": "hành", "triển": "khai"}
_NAME_ENDS_IN_CAPITALS = frozenset(
    {"VỀ", "NGÀY", "NĂM", "NHIỆM", "TIẾP", "ĐỐI", "TRONG", "THỰC", "KHÓA", "KHOÁ", "V/V"}
)
_COMPLETE = re.compile(
    r"(?:Trung ương|ủy|uỷ|Chính phủ|Quốc hội|Bí thư|Chính trị|tỉnh|huyện|thành phố|thị trấn|xã|phường|UBND|HĐND)\Z"
)


class Before(NamedTuple):
    """What leads up to a number: where it begins, the words for documents in order, whether «số» is printed."""

    start: int
    words: tuple[str, ...]
    has_sign: bool

    def word_for(self, code: str | None) -> str | None:
        """Return the word that goes with a code («Thông báo kết luận số 238-TB» -> thông báo), or the nearest one."""
        kinds = by_word()
        for word in self.words:
            if code is not None and word in kinds and code in kinds[word].codes:
                return word
        return self.words[-1] if self.words else None

    @property
    def type(self) -> str | None:
        """The code of the nearest word; None where there is no word or it names no kind («văn bản»)."""
        kind = by_word().get(self.words[-1]) if self.words else None
        return kind.code if kind else None


class Behind(NamedTuple):
    """What follows a number and symbol: the date of issue and the issuer, where they are printed."""

    date: PrintedDate | None
    issuer: str | None
    end: int


def look_before(text: str, start: int) -> Before:
    """Read the words that lead up to the number at ``start``: «Thông báo kết luận số», «các Công văn số», «số»."""
    return _right_before(text, start) or _somewhere_before(text, start)


def _right_before(text: str, start: int) -> Before | None:
    """Read words that stand right before the number or its «số», as nearly all do; None where that is not certain."""
    base = max(0, start - _NEAR)
    sign = _length_of_sign(text[max(base, start - _LONGEST_SIGN - 1) : start])
    window = text[base : start - sign]
    printed = window.split()
    syllables = list(map(_folded, printed))
    at, names = len(syllables), list[str]()
    # The first syllable may be cut.
    while (size := _size_of_word(syllables, at)) and at - size > 0:
        names.insert(0, folded_words()[" ".join(syllables[at - size : at])])
        at -= size
    if not names or at < _LONGEST_WORD or syllables[at - 1].endswith(_last_syllables()):
        return None
    edge = len(window)
    for syllable in reversed(printed[at:]):
        edge = window.rindex(syllable, 0, edge)
    return Before(base + edge, tuple(names), sign > 0)


@lru_cache(maxsize=1 << 12)
def _folded(syllable: str) -> str:
    return fold(syllable)


@lru_cache(maxsize=1 << 12)
def _length_of_sign(before: str) -> int:
    """Return how much of the words before a number, of which the last signs are given, is «số» and what is behind."""
    window = fold(before)
    sign = _SIGN.search(window, max(0, len(window) - _LONGEST_SIGN))
    return len(window) - sign.start() if sign else 0


def _size_of_word(syllables: list[str], end: int) -> int:
    """Return how many syllables the word for a document has that ends there; 0 if there is none, or two overlap."""
    words = folded_words()
    if not end or syllables[end - 1] not in _ending_words():
        return 0
    for size in range(min(_LONGEST_WORD, end), 0, -1):
        if " ".join(syllables[end - size : end]) in words:
            return 0 if _overlaps(syllables, end - size, end) else size
    return 0


def _overlaps(syllables: list[str], begin: int, end: int) -> bool:
    """Tell whether another word for a document begins before one and ends inside it."""
    words, endings = folded_words(), _ending_words()
    for stop in range(begin + 1, end):
        if syllables[stop - 1] in endings and any(
            " ".join(syllables[begin - more : stop]) in words for more in range(1, min(_LONGEST_WORD, begin + 1))
        ):
            return True
    return False


@cache
def _ending_words() -> frozenset[str]:
    return frozenset(word.rpartition(" ")[2] for word in folded_words())


@cache
def _last_syllables() -> tuple[str, ...]:
    return tuple(_ending_words())


def _somewhere_before(text: str, start: int) -> Before:
    """Read the words as far as they may stand from the number: «Quyết định của Ủy ban nhân dân tỉnh số 12»."""
    base = max(0, start - _BEFORE)
    window = fold(text[base:start])
    sign = _SIGN.search(window)
    limit = sign.start() if sign else len(window)
    words: list[tuple[int, int, str]] = []
    for match in word_before().finditer(window, 0, limit):
        at = base + match.start()
        glued = match.start() > 0 and window[match.start() - 1].isalpha()
        if glued and not (text[at].isupper() and text[at - 1].islower()):
            continue
        words.append((match.start(), match.end(), folded_words()[" ".join(match[0].split())]))
    kept: list[tuple[int, int, str]] = []
    edge, allowed = limit, 8 if sign else 2
    for word in reversed(words):
        between = window[word[1] : edge]
        if not _BETWEEN.fullmatch(between) or len(between.split()) > allowed:
            break
        kept.insert(0, word)
        edge, allowed = word[0], 0
    if kept:
        return Before(base + kept[0][0], tuple(word for _, _, word in kept), sign is not None)
    return Before(base + sign.start() if sign else start, (), sign is not None)


def look_behind(text: str, end: int, marks: Collection[int], reference: date | None) -> Behind:
    """Read date and issuer that belong to the document whose symbol ends at ``end``.

    Both must follow at once, in either order: «, ngày 04/5/2023 của Ban Bí thư», «của Bộ Chính trị ngày 22/10/2018»,
    «(ngày 12/7/2018)». What comes after another word belongs to something else.
    """
    printed: PrintedDate | None = None
    issuer: str | None = None
    at = end
    while printed is None or issuer is None:
        if printed is None and (found := _date_at(text, at, marks, reference)):
            printed, at = found, found.end
        elif issuer is None and (named := _issuer_at(text, at, is_dated=printed is not None)):
            issuer, at = named
        elif term := _TERM.match(text, at):
            at = term.end()
        else:
            break
    return Behind(printed, issuer, at)


def _date_at(text: str, at: int, marks: Collection[int], reference: date | None) -> PrintedDate | None:
    lead = _TO_DATE.match(text, at)
    if lead and (match := AFTER_DAY_WORD.match(text, lead.end())):
        return read_date(match, marks, reference)
    lead = _TO_BARE_DATE.match(text, at)
    if lead and lead.end() > at and (match := BARE.match(text, lead.end())):
        return read_date(match, marks, reference)
    return None


def _issuer_at(text: str, at: int, *, is_dated: bool) -> tuple[str, int] | None:
    lead = _TO_ISSUER.match(text, at) or (_TO_BODY.match(text, at) if is_dated else None)
    if lead is None:
        return None
    words: list[str] = []
    place = lead.end()
    while len(words) < _NAME_WORDS and (match := _NAME_WORD.match(text, place)):
        if _ends_name(words, match[1], text, match.end(1)):
            break
        words.append(match[1])
        place = match.end(1)
        if match[2]:
            break
    if not words or not words[0][0].isupper() or len(words) == _NAME_WORDS:
        return None
    return " ".join(words), place


def _ends_name(words: list[str], word: str, text: str, after: int) -> bool:
    if word == "lần":
        return not words or words[-1].lower() != "nghị"
    if word in "-–":
        return not text.startswith(" Thương", after)
    if word == "và":
        return not _goes_on(" ".join(words), text, after)
    if word in _NAME_ENDS_BEFORE:
        return text.startswith(f" {_NAME_ENDS_BEFORE[word]}", after)
    return word in _NAME_ENDS or word in _NAME_ENDS_IN_CAPITALS


def _goes_on(name: str, text: str, at: int) -> bool:
    """Tell «Sở Nông nghiệp và Phát triển nông thôn» from «Bộ Chính trị và Hướng dẫn số 01»."""
    if _COMPLETE.search(name):
        return False
    return word_before().match(fold(text[at : at + 40].lstrip())) is None
