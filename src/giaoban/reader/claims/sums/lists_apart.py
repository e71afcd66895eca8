"""«98 người; biên chế 94, hợp đồng 4», «37 vụ; … nguyên nhân: thiết bị 11 vụ, dông sét 14 vụ, cây cối 12 vụ»: numbers
of a list that make one that stands before it, however far.

Only what fits is told: a list whose whole is looked for may be of a number that is not printed. Long lists and large
numbers fit by chance too seldom to matter; short and small ones are left alone, but for two kinds of which everything
is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, Noun, may_add_up, might_add_up
from giaoban.reader.claims.base.numbers import Number, Token, TokenKind
from giaoban.reader.claims.base.partition import are_opposites, is_complete, leaves_out
from giaoban.reader.claims.base.parts import Part, make_up
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim

# Between two items: their words, their share in brackets, one sign.
_BETWEEN = re.compile(
    r"(?:[^.;:,()\n\d%]{0,60})(?:,? ?(?:\([^()\n]{0,60}\)|(?:đạt|chiếm|bằng)(?: (?:tỷ|tỉ) lệ)? [\d,.]+ ?%))?"
    r"[^.;:,()\n\d%]{0,12}(?:[,;]| và) "
    r"(?P<name>[^.;()\n%]{0,110}?)(?::? )?\Z"
)
# What is no part: a change, a plan, a total, a price, what is picked out.
_NO_PART = (
    " tăng", " giảm", " vượt", " hụt", " hơn ", " thiếu", " cùng kỳ", " kế hoạch", " chỉ tiêu", " so với", " bình quân",
    " mỗi ", " nâng ", " tổng ", " cộng", " lũy kế", " luỹ kế", " trong đó", " gồm ", " riêng ", " còn ", " trị giá",
    " số tiền", " thêm ",
)  # fmt: skip
# «…, trung học phổ thông 48 đồng chí (66,7%), còn lại trung học cơ sở»: what is named is not all.
_REST_BEHIND = re.compile(r"[^.;\n]{0,60}[,;] (?:số )?còn lại [^\d.;]{0,40}(?:[.;]|\Z)")
_RESTS = ("còn", "và còn", "hiện còn", "vẫn còn")
_SIGN = re.compile(r"[.,;:(\n]")
_NAMING = (" - ", " – ", "-", " tuổi", " năm")
_RANGE = re.compile(r"\s?[-–]\s?\d")
_RIGHT_BEHIND = re.compile(
    r"[^.;()\n\d%]{0,40}[,;:] (?:tổng(?: cộng| số)?|cộng|đạt|như vậy|cả (?:năm|nhiệm kỳ|giai đoạn))[^.;()\n\d%]{0,60}\Z"
)
_LONGEST_STEP = 48
_LONGEST_GAP = 150
_REACH = 1500
_BACK = 60
_FEWEST, _MOST = 2, 12
# From which whole on a list of so many items no longer fits by chance.
_LEAST = {2: 90, 3: 60}
_LEAST_OF_MANY = 20
_LEAST_NEAR = 16
_LEAST_OF_ALL = 5
_LEAST_FIRST = 20
# Kinds of one thing: «12 HCV, 15 HCB».
_ALIKE = (Kind.PERSON, Kind.PRIZE)
_OF_THEM = "(trong đó "
_NEAR = 160
_NEAR_PAIR = 60
# «45 nữ» are not «nữ 20, nam 25».
_ONE_OF_TWO = ("nam", "nữ")


def find_lists_apart(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow that no other finder has told of."""
    text = passage.text
    values = {token.number.value for token in passage.tokens if token.kind is not TokenKind.PERCENT}
    values |= {token.second.value for token in passage.tokens if token.second is not None}
    # «56 đảng viên (trong đó 01 đồng chí được truy tặng)»: one of them is no item.
    of_them = {place + len(_OF_THEM) for place in passage.places(_OF_THEM)}
    near: list[Token] = []
    for token in passage.tokens:
        # All of this is many times faster than the patterns, and few numbers pass.
        if token.kind is TokenKind.PERCENT or text.startswith(_NAMING, token.end):
            continue
        if token.start in of_them:
            continue
        if near and not _is_beside(text[near[-1].end : token.start]):
            if len(near) >= _FEWEST:
                yield from _of_near(passage, _fitting(near, values))
            near = []
        near.append(token)
    yield from _of_near(passage, _fitting(near, values))


def _is_beside(gap: str) -> bool:
    return len(gap) <= _LONGEST_GAP and "\n" not in gap and ("," in gap or ";" in gap or " và " in gap)


def _fitting(near: list[Token], values: set[Fraction | int]) -> list[Token]:
    """Return the numbers beside each other of which some make one that is printed, with their neighbours."""
    begin, end = len(near), 0
    for first in range(len(near) - 1):
        together = near[first].number.value
        for last in range(first + 1, min(len(near), first + _MOST)):
            together += near[last].number.value
            least = _LEAST_OF_ALL if last > first + 1 else _LEAST[_FEWEST]
            if together >= least and together in values:
                begin, end = min(begin, first), max(end, last)
    return near[max(0, begin - 1) : end + 2] if end else []


def _of_near(passage: Passage, near: list[Token]) -> Iterator[Claim]:
    group: list[Token] = []
    for token in near:
        if _is_name(passage, token):
            continue
        if group and (token.second is not None or not _goes_on(passage, group[-1], token)):
            yield from _judge(passage, group)
            group = []
        is_number = token.kind is TokenKind.COUNT or not group
        if is_number and token.is_exact and not _is_step(passage, token):
            group.append(token)
        elif group:
            yield from _judge(passage, group)
            group = []
    yield from _judge(passage, group)


def _is_name(passage: Passage, token: Token) -> bool:
    """Tell whether a number belongs to the name of an item: «18 - 30 tuổi: 312», «40 năm: 311»."""
    return passage.noun(token).kind is Kind.SPAN or _RANGE.match(passage.text, token.end) is not None


def _is_step(passage: Passage, token: Token) -> bool:
    words = _SIGN.split(passage.text[max(0, token.start - _LONGEST_STEP) : token.start])[-1].lower()
    # «. Trong đó xây mới 7.475 căn, sửa chữa 3.285 căn» begins a list.
    words = words.removeprefix(" trong đó")
    # «và còn 16 ý kiến đang giải quyết» is one of several parts, «tổng cộng 20 HCV, 11 HCB» begin a list.
    return any(word in f" {words}" for word in _NO_PART) and not (
        words.strip() in _RESTS or words.endswith(" tổng cộng ")
    )


def _goes_on(passage: Passage, before: Token, token: Token) -> bool:
    gap = passage.text[before.end : token.start]
    return (
        _is_beside(gap)
        and _BETWEEN.fullmatch(gap) is not None
        and passage.sentence_end(before.end, token.start) == token.start
    )


def _judge(passage: Passage, group: list[Token]) -> Iterator[Claim]:
    if len(group) > _FEWEST and group[0].second is not None:
        claim = _of_fraction(passage, group)
        if claim is not None:
            yield claim
            return
    if group and group[0].second is not None:
        group = group[1:]
    if not _FEWEST <= len(group) <= _MOST or sum(token.start in passage.summed for token in group) > 1:
        return
    nouns = [passage.noun(token) for token in group]
    noun = next((one for one in nouns if one.head), nouns[0])
    # Numbers of one unit, all with their noun, or all but some without.
    if any(one.scale != noun.scale or (one.head and not _same(one, noun)) for one in nouns):
        return
    parts = tuple(_part(passage, token) for token in group)
    together = sum((Fraction(token.number.value) for token in group), Fraction(0))
    are_all = are_opposites(parts) if len(group) == _FEWEST else is_complete(parts, "")
    least = _LEAST_OF_ALL if are_all else _LEAST.get(len(group), _LEAST_OF_MANY)
    behind = _behind(passage, group[-1], together, noun)
    if behind is None and len(group) > _FEWEST:
        is_part = "rong đó" in passage.text[max(0, group[0].start - _LONGEST_STEP) : group[0].start]
        if (
            not is_part
            and group[0].number.value * 2 == together >= _LEAST_FIRST
            and all(_head(one) == _head(noun) for one in nouns)
        ):
            # «14 cuộc, 12 cuộc khen, 2 cuộc phản ánh».
            yield from _whole(passage, group[1:], Whole(group[0], nouns[0], ""), parts[1:], group[0].start)
            return
        if group[-1].number.value * 2 == together and _behind(passage, group[-2], together / 2, noun):
            yield from _whole(passage, group[:-1], Whole(group[-1], nouns[-1], ""), parts[:-1], group[0].start)
            return
    whole = behind or _before(passage, group[0], together, noun, least)
    if whole is None:
        return
    yield from _whole(passage, group, whole, parts, group[0].start)


def _whole(passage: Passage, group: list[Token], whole: Whole, parts: tuple[Part, ...], first: int) -> Iterator[Claim]:
    last = max(group[-1].end, whole.token.end)
    if _REST_BEHIND.match(passage.text, group[-1].end):
        return
    if not leaves_out(passage.text[first:last]) and make_up(parts, whole.token, whole.noun):
        yield make_sum(passage, first, last, whole, parts, holds=True)


def _of_fraction(passage: Passage, group: list[Token]) -> Claim | None:
    """Read «4/18 chi bộ hoàn thành xuất sắc, 12 chi bộ hoàn thành tốt, 2 chi bộ hoàn thành»."""
    fraction, whole = group[0], group[0].second
    assert whole is not None
    noun = passage.noun(fraction)
    together = sum(Fraction(token.number.value) for token in group)
    if together != whole.value or not noun.head or any(_head(passage.noun(one)) != _head(noun) for one in group):
        return None
    parts = tuple(Part(_of(token, token.number), noun, "", is_first=True) for token in group)
    found = Whole(_of(fraction, whole), noun, "")
    return make_sum(passage, fraction.start, group[-1].end, found, parts, holds=True)


def _head(noun: Noun) -> str:
    return noun.head.partition(" ")[0]


def _same(one: Noun, other: Noun) -> bool:
    return one.head.partition(" ")[0] == other.head.partition(" ")[0] or (one.kind is other.kind and one.kind in _ALIKE)


def _part(passage: Passage, token: Token) -> Part:
    words = passage.text[max(0, token.start - _BACK) : token.start]
    lead = re.split(r"[.,;:()\n\d%]", words.rstrip(": "))[-1]
    return Part(token, passage.noun(token), lead.strip().lower(), is_first=not lead.strip())


def _behind(passage: Passage, last: Token, together: Fraction, noun: Noun) -> Whole | None:
    """Return the whole in «loại 1: 612, loại 2: 788; đạt tiêu chuẩn 1.400 thanh niên»."""
    index = passage.first_after(last.end)
    token = passage.tokens[index] if index < len(passage.tokens) else None
    if token is None or token.kind is not TokenKind.COUNT or token.number.value != together or not token.is_exact:
        return None
    own = passage.noun(token)
    is_told = _RIGHT_BEHIND.fullmatch(passage.text, last.end, token.start) is not None
    return Whole(token, own, "") if is_told and own.kind is not Kind.SPAN and might_add_up(own, noun) else None


def _before(passage: Passage, first: Token, together: Fraction, noun: Noun, least: int) -> Whole | None:
    """Return the nearest number before a list that its items make."""
    for index in range(passage.first_after(first.start) - 1, -1, -1):
        token = passage.tokens[index]
        if token.start < first.start - _REACH:
            return None
        if token.kind is TokenKind.PERCENT or not token.is_exact:
            continue
        own = passage.noun(token)
        is_near = first.start - token.end <= (_NEAR if least != _LEAST[_FEWEST] else _NEAR_PAIR)
        if least == _LEAST_OF_ALL and not is_near and together < _LEAST_OF_MANY:
            return None
        fits = may_add_up(own, noun) if noun.head and not is_near else might_add_up(own, noun)
        if not fits or own.kind is Kind.SPAN or own.head in _ONE_OF_TWO:
            continue
        if own.scale != noun.scale and (own.is_measure or noun.is_measure):
            continue
        is_same = own.head and (
            noun.head == own.head or (noun.kind is own.kind is not None and token.second is not None)
        )
        is_enough = together >= least or (is_near and together >= _LEAST_NEAR and is_same)
        number = next((one for one in (token.number, token.second) if one is not None and one.value == together), None)
        if number is not None and is_enough:
            return Whole(_of(token, number), own, "")
    return None


def _of(token: Token, number: Number) -> Token:
    return Token(TokenKind.COUNT, token.start, token.end, number)
