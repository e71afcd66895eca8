"""«34 nhà trị giá 2,72 tỷ đồng (bình quân 80 triệu đồng/nhà)»: a total, how many share it, and what falls to each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.intervals import is_share
from giaoban.reader.claims.base.nouns import Kind, Noun, may_add_up, noun_after
from giaoban.reader.claims.base.numbers import Mark, Token, TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of
from giaoban.reader.claims.changes.change import EARLIER, PLANNED
from giaoban.reader.model import Claim, ClaimKind

_LEAD = re.compile(r"(?:bình quân|trung bình)(?: (?:là|đạt|gần|hơn|trên|khoảng))? \Z", re.IGNORECASE)
_LONGEST_LEAD = 26
_EACH = re.compile(r" ?(?P<unit>[^\W\d_]+(?: [^\W\d_]+){0,2}) ?/ ?(?=(?P<each>[^\W\d_]+(?: [^\W\d_]+)?))")
# «bình quân 35 học sinh/lớp ở bậc tiểu học» is of fewer than all.
_ENDS = re.compile(r"\s?(?:[.,;)\n]|\Z)")
_TIMES = frozenset({"năm", "tháng", "quý", "tuần", "ngày", "kỳ", "vụ", "giờ"})
_EARLIER_LEAD = re.compile(rf"(?:so với|{EARLIER}|{PLANNED})[^.;,()\d]{{0,30}}\Z", re.IGNORECASE)
_LONGEST_EARLIER = 60
_REACH = 170
_MOST = 4
_FAR, _MOST_FAR = 600, 16


def find_averages(passage: Passage) -> Iterator[Claim]:
    """Yield the averages of one flow whose total and count are printed in the sentence before them."""
    for index, token in enumerate(passage.tokens):
        if token.kind is not TokenKind.COUNT or token.number.is_doubtful or not token.number.digits:
            continue
        # Words are found many times faster than the pattern.
        if "bình " not in passage.text[max(0, token.start - _LONGEST_LEAD) : token.start].lower():
            continue
        lead = _LEAD.search(passage.text, max(0, token.start - _LONGEST_LEAD), token.start)
        each = _EACH.match(passage.text, token.end) if lead else None
        if lead is None or each is None or each["each"].split()[0].lower() in _TIMES:
            continue
        if passage.text[each.end() + len(each["each"]) :][:1] == "/":
            # «triệu đồng/người/tháng»: what is printed for another time says nothing of it.
            continue
        claim = _judge(passage, index, each)
        if claim is not None:
            yield claim


def _judge(passage: Passage, index: int, each: re.Match[str]) -> Claim | None:
    token, text = passage.tokens[index], passage.text
    unit, shared = passage.noun(token), noun_after(text, each.end())
    total = _nearest(passage, index, unit)
    near = _nearest(passage, index, shared, other=total)
    count = near or _far(passage, index, shared)
    if total is None or count is None:
        return None
    average = Amount(Token(token.kind, token.start, token.end, token.number), unit)
    if _is_of_earlier(passage, count.token) or _is_of_earlier(passage, total.token):
        # «28 buổi, tăng 40% so với năm trước là 20 buổi; …»: the average is of this year.
        return None
    holds = _is_average(total, count, average)
    is_told = token.mark in (None, Mark.ABOUT) and total.is_exact and count.is_exact
    is_sure = is_told and "khoảng" not in text[token.start - 8 : token.start]
    are_people = total.noun.kind is unit.kind is Kind.PERSON and total.noun.head in (unit.head, f"lượt {unit.head}")
    same = (_same(total.noun, unit) or are_people) and _same(count.noun, shared) and not count.noun.is_measure
    end = each.end() + len(each["each"].split()[0])
    is_whole = _ENDS.match(text, end) is not None or _ENDS.match(text, each.end() + len(each["each"])) is not None
    if not holds and not (near and is_sure and same and is_whole and _stand_alone(passage, index, total, count)):
        return None
    exact = Fraction(total.token.number.value * total.noun.scale, unit.scale) / count.token.number.value
    places = len(token.number.text.partition(",")[2]) + 1
    said = f"{total.token.number.text}/{count.token.number.text} = {show(exact, places)}, "
    explain = said + ("đúng như " if holds else "") + f"văn bản ghi bình quân {token.number.text}"
    start = min(total.token.start, count.token.start)
    numbers = (total.token.number, count.token.number, token.number)
    return passage.claim(start, each.end() + len(each["each"]), ClaimKind.RATIO, numbers, holds, explain)


def _is_of_earlier(passage: Passage, token: Token) -> bool:
    return _EARLIER_LEAD.search(passage.text, max(0, token.start - _LONGEST_EARLIER), token.start) is not None


def _nearest(passage: Passage, index: int, like: Noun, other: Amount | None = None) -> Amount | None:
    """Return the nearest count before a number in its sentence that counts what a noun names."""
    place = passage.tokens[index].start
    first = max(0, place - _REACH, passage.text.rfind("\n", 0, place) + 1)
    for stop in passage.stops(first, place):
        first = stop + 1
    for at in range(index - 1, max(-1, index - 1 - _MOST), -1):
        token = passage.tokens[at]
        if token.start < first:
            break
        amount = amount_of(passage, token)
        is_other = other is not None and token is other.token
        if token.kind is TokenKind.COUNT and not is_other and token.number.digits and _is_like(amount.noun, like):
            return amount
    return None


def _far(passage: Passage, index: int, like: Noun) -> Amount | None:
    """Return the nearest count before a number, some sentences away, of just what a noun names."""
    place = passage.tokens[index].start
    for at in range(index - 1, max(-1, index - 1 - _MOST_FAR), -1):
        token = passage.tokens[at]
        if place - token.end > _FAR:
            break
        amount = amount_of(passage, token)
        if token.kind is TokenKind.COUNT and token.is_exact and token.number.digits and _is_like(amount.noun, like):
            return amount
    return None


def _is_like(noun: Noun, like: Noun) -> bool:
    if not noun.head or not like.head or noun.kind is Kind.SPAN:
        return False
    return _same(noun, like) or (noun.kind is like.kind is Kind.PERSON and may_add_up(noun, like))


def _same(noun: Noun, like: Noun) -> bool:
    """Tell whether two nouns are one: «64 lớp tập huấn», «người/lớp»; a measure by its unit."""
    if noun.is_measure or like.is_measure:
        return noun.head == like.head and noun.is_measure and like.is_measure
    return noun.head == like.head or noun.head.partition(" ")[0] == like.head.partition(" ")[0]


def _is_average(total: Amount, count: Amount, average: Amount) -> bool:
    # total / count = average is «total is 100·average percent of count».
    said = average.token.interval(is_count=False).scaled(100 * average.noun.scale)
    return is_share(total.value, count.value, said)


def _stand_alone(passage: Passage, index: int, total: Amount, count: Amount) -> bool:
    """Tell whether the total and the count are the only numbers between the first of them and the average."""
    start = min(total.token.start, count.token.start)
    between = passage.between(start, passage.tokens[index].start)
    return len(between) == 2
