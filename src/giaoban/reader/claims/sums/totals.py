"""«Chuyển đi 24 đảng viên, chuyển đến 31 đảng viên, tổng cộng 55 đảng viên»: the whole after its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import Kind, might_add_up
from giaoban.reader.claims.base.numbers import TokenKind
from giaoban.reader.claims.base.partition import is_complete
from giaoban.reader.claims.base.parts import Part, make_up
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim

# What stands before the whole, down to its first digit.
_TOTAL = re.compile(
    r"(?:[,;:.] |\()(?:(?:như vậy|tất cả|và)[, ]{1,2})?"
    r"(?P<word>[tT]ổng cộng|[tT]ổng số|[tT]ất cả|[tT]ổng là|[cC]ộng|[tT]ổng)"
    r"(?:(?: cả)? (?:ba|hai|bốn|các|cả)? ?[^\W\d]{1,7}(?: [^\W\d]{1,7})? (?:là|có)| (?:là|có|chung)"
    r"| (?P<name>tiếp nhận|thu|chi|huy động|giải quyết|phát"
    r"|cấp|bàn giao|kế hoạch(?: vốn)?|kế hoạch giao|dự toán|doanh thu|sản lượng|diện tích|kinh phí|chi phí))?:? \Z"
)
_LONGEST_LEAD = 48
_ALL_IN_ALL = re.compile(
    r"[,;] ?[^.;,()\n\d%]{0,12}(?:lũy kế|luỹ kế|tổng|nâng|phải giải quyết|cộng)[^.;()\n\d%]{0,60}\Z"
)
_REACH = 240
_MOST = 8
_SIGN = re.compile(r"[.,;:()\n\d%]")
# «Hội đồng gồm có: 01 chủ tịch, …; tất cả 12 người»: the list is of what comes behind it.
_OPENING = re.compile(r"(?:\A|[.\n] ?|[^\d,;]{3,40})(?:bao )?gồm(?: có)?:? \Z")
_SENTENCE = re.compile(r"[.;!?] |\n")
_ADDED = ("tổng cộng", "cộng", "tất cả")
_GENERAL = ("văn bản", "người", "đơn vị", "tổ chức", "cuộc", "đại biểu", "trường hợp", "thành viên")
_DIGIT = re.compile(r"\d")
_LONGEST_WORDS = 60
# Numbers before these are parts of something else: «nâng tổng số lên».
_UNSURE = re.compile(r"nâng|đưa|lũy kế|luỹ kế|trong đó|gồm|tăng|giảm|%|/")


def find_totals(passage: Passage) -> Iterator[Claim]:
    """Yield the sums of one flow whose whole comes last: all numbers of its clause that count the same thing."""
    yield from _carried(passage)
    for index, token in enumerate(passage.tokens):
        if token.kind is not TokenKind.COUNT or token.mark is not None:
            continue
        # Words are found many times faster than the pattern.
        lead = passage.text[max(0, token.start - _LONGEST_LEAD) : token.start]
        if "ổng" not in lead and "ộng" not in lead and "ất cả" not in lead:
            continue
        match = _TOTAL.search(passage.text, max(0, token.start - _LONGEST_LEAD), token.start)
        if match is None or (noun := passage.noun(token)).kind is Kind.SPAN:
            continue
        whole = Whole(token, noun, "")
        parts = _parts_before(passage, index, match.start(), whole)
        if len(parts) < 2:
            continue
        holds = make_up(parts, whole.token, whole.noun)
        if not holds and not _is_sure(passage, whole, parts, match, token.start):
            continue
        yield make_sum(passage, parts[0].token.start, token.end + len(noun.phrase) + 1, whole, parts, holds)


def _carried(passage: Passage) -> Iterator[Claim]:
    """Read «tiếp nhận mới 413 hồ sơ, kỳ trước chuyển sang 217 hồ sơ, lũy kế trong kỳ là 630 hồ sơ» where it is
    right."""
    tokens, text = passage.tokens, passage.text
    for place in passage.places("chuyển sang"):
        index = passage.first_after(place)
        if not 0 < index < len(tokens) - 1 or tokens[index].start - place > _LONGEST_LEAD:
            continue
        new, old, whole = tokens[index - 1 : index + 2]
        are_counts = all(one.kind is TokenKind.COUNT and one.is_exact for one in (new, old, whole))
        noun = passage.noun(whole)
        if not are_counts or whole.start - new.end > _REACH or whole.start in passage.summed or not noun.root:
            continue
        if not _ALL_IN_ALL.search(text, old.end, whole.start) or passage.noun(new).root != noun.root:
            continue
        parts = tuple(Part(one, noun, "", is_first=False) for one in (new, old))
        if make_up(parts, whole, noun):
            yield make_sum(passage, new.start, whole.end + noun.width, Whole(whole, noun, ""), parts, holds=True)


def _parts_before(passage: Passage, index: int, place: int, whole: Whole) -> tuple[Part, ...]:
    """Return the numbers from the start of the sentence to the total, if they all fit it."""
    text = passage.text
    found: list[Part] = []
    first = max(0, place - _REACH)
    for stop in passage.stops(first, place):
        first = stop + 1
    for token in reversed(passage.tokens[max(0, index - _MOST - 1) : index]):
        if token.end < first:
            break
        noun = passage.noun(token)
        if noun.kind is Kind.SPAN and found:
            break
        if token.kind is not TokenKind.COUNT or token.mark is not None or not might_add_up(whole.noun, noun):
            return ()
        lead = _SIGN.split(text[max(0, token.start - _LONGEST_WORDS) : token.start])[-1]
        found.append(Part(token, noun, lead.strip().lower(), is_first=not lead.strip(" :").removesuffix("và")))
    return tuple(reversed(found))


def _is_sure(passage: Passage, whole: Whole, parts: tuple[Part, ...], total: re.Match[str], end: int) -> bool:
    """A total that does not fit is wrong only where the parts name all there is, or where the text itself adds up."""
    begin = parts[0].token.start
    words = _OPENING.sub(" ", _SENTENCE.split(passage.text[max(0, begin - 40) : begin])[-1].lower())
    words += passage.text[begin:end].lower()
    if _UNSURE.search(words) or any(part.token.number.is_doubtful for part in parts):
        return False
    done = parts[0].token.start
    for part in parts:
        if _DIGIT.search(passage.text, done, part.token.start):
            # A number that is not read as one of how many may be a part all the same.
            return False
        done = part.token.end
    heads, word, name = {part.noun.head for part in parts}, total["word"].lower(), total["name"]
    if len(heads) == 1:
        # «doanh thu than 2.918 tỷ đồng; doanh thu khác 146 tỷ đồng; tổng doanh thu 3.064 tỷ đồng»
        if name and all(name in part.lead for part in parts):
            return True
        return is_complete(parts, "") or word == "tổng cộng"
    # «12 kế hoạch, 9 thông báo, 31 công văn, tổng cộng 52 văn bản»
    return word in _ADDED and whole.noun.head in _GENERAL and all(part.is_first for part in parts)
