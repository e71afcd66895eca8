"""Short forms: a word for a kind of document and its number, without the symbol: «Hướng dẫn 61», «Chỉ thị số 05»."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache

from giaoban.reader.citations.context import look_behind
from giaoban.reader.citations.found import Found
from giaoban.reader.citations.pieces import BLANK, spelled
from giaoban.reader.lexicon import DocumentType, document_types
from giaoban.reader.model import CitationKind

_NO_SYMBOL = r"(?![0-9A-Za-zĐđÀ-ỹ%]|[.,:][0-9A-ZĐ]|\s?[/–-]\s?[0-9A-ZĐ]|\s%)"
_DIGITS = rf"[0-9]{{0,3}}{_NO_SYMBOL}"
_NUMBER = re.compile(rf"[0-9]{_DIGITS}")
_NEXT = re.compile(rf"\s?(?:,|;|và)\s{{1,3}}([0-9]{_DIGITS})")
_REACH = 48
_NEAR = 5
# What may follow a short form that nothing else in the text confirms: «Nghị quyết 09 của», «(Hướng dẫn 02)».
_FOLLOWS = re.compile(
    r"\s{0,3}(?:[.,;:)\]”\"»!?(“¹²³⁰-⁹]|\Z|(?:của|về|ngày|và|hoặc|trên|tại|trong|là|được|cũng|đã|vào|đến|theo|khóa|khoá|"
    r"nêu|gắn|cùng|với|chưa|không|thì|mà|yêu|quy|từ|năm|nhằm|do|để|còn|ở|như|sẽ|bằng|ra|có|cho|gồm|nhấn|xác|chỉ|đề|đặt|"
    r"khẳng|giao|thành lập|phê duyệt|công nhận|bổ nhiệm|ban hành)(?!\w))"
)
# A word that is as often a verb or a plan's name («Hướng dẫn 03 chi bộ», «Kế hoạch 2023») needs clearer company.
_FOLLOWS_GUARDED = re.compile(
    r"\s{0,3}(?:[.;)\]”\"»]|\((?=[A-ZĐs])|\Z|(?:của|ngày|về|chưa|được|nêu|đã|gồm)(?!\w)|,\s{0,3}(?:ngày|của)(?!\w))"
)


@cache
def _word_then() -> re.Pattern[str]:
    """Take «Nghị quyết », «nghị quyết số » at the end of a stretch of text."""
    words = "|".join(
        f"(?P<t{index}>{'|'.join(spelled(word) for word in kind.words)})" for index, kind in enumerate(_kinds())
    )
    return re.compile(rf"(?<![A-Za-zĐđÀ-ỹ])(?:{words})(?:(?P<sign>{BLANK}(?:[sS]ố|SỐ))\s{{0,3}}:?)?[ ]{{1,3}}\Z")


@cache
def _kinds() -> tuple[DocumentType, ...]:
    return tuple(kind for kind in document_types() if kind.short != "never")


@cache
def endings() -> frozenset[str]:
    """Return the last two letters of what may stand before a number."""
    words = [word for kind in _kinds() for word in kind.words]
    return frozenset(word[-2:] for word in (*words, *map(str.upper, words), "số", "Số", "SỐ"))


@cache
def _syllable_ends() -> tuple[str, ...]:
    return tuple({word.rpartition(" ")[2] for kind in _kinds() for word in kind.words})


def _may_follow(words: str) -> bool:
    """Tell cheaply whether words end in one for a kind of document, with or without «số» behind it."""
    syllables = words.rstrip(": ").rsplit(None, 2)
    if len(syllables) > 1 and syllables[-1].lower() == "số":
        syllables.pop()
    return syllables[-1].lower().endswith(_syllable_ends()) if syllables else False


def find_short(
    text: str,
    candidates: Iterable[int],
    taken: Collection[tuple[int, int]],
    marks: Collection[int],
    reference: date | None,
) -> Iterator[Found]:
    """Yield short forms outside the spans that full citations have taken; ``candidates`` are where they may stand."""
    spans = sorted(taken)
    index = 0
    leading = endings()
    for place in candidates:
        match = _NUMBER.match(text, place)
        if match is None:
            continue
        start, end = match.span()
        before = text[max(0, start - _NEAR) : start].rstrip()
        if before[-2:] not in leading and before[-1:] != ":":
            continue
        while index < len(spans) and spans[index][1] <= start:
            index += 1
        if index < len(spans) and spans[index][0] < end:
            continue
        if not _may_follow(text[max(0, start - _REACH) : start]):
            continue
        lead = _word_then().search(text, max(0, start - _REACH), start)
        if lead is None:
            continue
        found = _read(text, lead, match, marks, reference)
        if found is not None:
            yield found
            yield from _listed_behind(text, found)


def _listed_behind(text: str, found: Found) -> Iterator[Found]:
    """Yield the further numbers of «Hướng dẫn 61, 62 và 63»; each stands only beside its full citation."""
    at = found.end
    while match := _NEXT.match(text, at):
        yield found._replace(
            start=match.start(1), end=match.end(1), number=match[1], printed_date=None, issuer=None, is_weak=True
        )
        at = match.end()


def _read(
    text: str, lead: re.Match[str], match: re.Match[str], marks: Collection[int], reference: date | None
) -> Found | None:
    name, printed = next((name, shown) for name, shown in lead.groupdict().items() if shown and name != "sign")
    kind = _kinds()[int(name[1:])]
    number, end = match[0], match.end()
    has_sign = lead["sign"] is not None
    is_year = len(number) == 4 and 1900 <= int(number) <= 2100
    if int(number) == 0 or (is_year and not has_sign):
        return None
    if has_sign:
        is_clear = _FOLLOWS.match(text, end) is not None
    else:
        follows = _FOLLOWS if kind.short == "free" else _FOLLOWS_GUARDED
        is_clear = printed[0].isupper() and follows.match(text, end) is not None
    behind = look_behind(text, end, marks, reference)
    # «Kế hoạch số 08 về …» is a paper; «kế hoạch số 2» may be the second of several.
    is_paper = has_sign and len(number) > 1 and printed[0].isupper() and _FOLLOWS_GUARDED.match(text, end) is not None
    return Found(
        lead.start(),
        end,
        CitationKind.SHORT,
        number,
        None,
        kind.code,
        " ".join(printed.lower().split()),
        behind.issuer,
        behind.date,
        is_weak=not is_clear or (kind.short == "confirmed" and not is_paper),
    )
