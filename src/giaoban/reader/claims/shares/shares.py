"""«120 đảng viên, trong đó 30 đồng chí nữ (chiếm 25%)»: a part of a whole and its share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.partition import leaves_out
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of, is_share_of, subject_before
from giaoban.reader.claims.shares.shares_apart import is_of_another
from giaoban.reader.model import Claim, ClaimKind

_SHARE = re.compile(r"(?:,? ?\(?|,? )(?:chiếm(?: (?:tỷ|tỉ) lệ)? ?(?:(?:trên|gần|khoảng|hơn) )?|= ?)\Z")
_OF_TOTAL = re.compile(r"\)?,? ?(?:(?:trong|trên|so với|của) )?tổng (?:số )?\Z")
_LONGEST_SHARE = 28
_LONGEST_GAP = 120
_PART = re.compile(r"[^.;()\n\d%]{0,90}\Z")
_DIVIDES = re.compile(r"[^.;()\n\d%]{0,80}(?:,|:)? ?\b(?:trong đó|có|gồm)\b[^.;()\n\d%]{0,40}\Z")
_RATE = re.compile(r"[,;]? ?\(?(?:đạt|bằng)(?: (?:tỷ|tỉ) lệ)? ?\Z")
_JOINS = re.compile(r"[^.;()\n\d%]{0,60}(?:,| thì| có) [^.;,()\n\d%]{0,60}\Z")
_ENDS_CLAUSE = re.compile(r"\s?(?:[.,;)\n]|\Z)")
_COMPARED = re.compile(r"kế hoạch|chỉ tiêu|dự toán|giao|cùng kỳ|năm trước|so với|tăng|giảm|bình quân|mỗi")
_NEAR = 3
_IS = re.compile(r"(?:,? ?(?:là|bằng|tương ứng(?: với)?|tương đương(?: với)?|tức(?: là)?) ?:? ?| ?= ?)")
_MOST_BEFORE = 6
_DONE = re.compile(r"(?:đã |, )(?:giải quyết|xử lý|trả lời|xem xét|hoàn thành|thực hiện)(?: được| xong)? \Z")
_LONGEST_DONE = 28
_MOST_KINDS = 9
_STEP = re.compile(r"(?:tăng|giảm|hơn)(?: thêm| được)? \Z")
_LONGEST_STEP = 16
_OF_OTHER = re.compile(r"\s?(?:tổng|số|so với|trong|trên|của|kế hoạch|dự toán)")


def find_shares(passage: Passage) -> Iterator[Claim]:
    """Yield the shares of one flow: the whole is printed after the percentage, or divided right before it."""
    text, tokens = passage.text, passage.tokens
    for index in passage.percents:
        percent = tokens[index]
        if not index:
            continue
        if (claim := _which_is(passage, index)) is not None:
            yield claim
            continue
        part = tokens[index - 1]
        if part.kind is not TokenKind.COUNT or percent.start - part.end > _LONGEST_GAP:
            continue
        link = _SHARE.search(text, max(part.end, percent.start - _LONGEST_SHARE), percent.start)
        if link is None and (claim := _nearly(passage, index, part)) is not None:
            yield claim
        if link is None or not _PART.match(text, part.end, link.start()):
            continue
        if "=" in link[0] and _STEP.search(text, max(0, part.start - _LONGEST_STEP), part.start):
            # «ít hơn 03 vụ = 1,6%».
            continue
        claim = _of_total_after(passage, index, part) or _of_whole_before(passage, percent, part)
        if claim is not None:
            yield claim


def _which_is(passage: Passage, index: int) -> Claim | None:
    """Read «37,2 triệu đồng; trích nộp cấp trên 70% là 26,04 triệu đồng, để lại 30% là 11,16 triệu đồng», where it is
    right: the amount behind the percentage is so much of one of the same unit before it."""
    percent, tokens, text = passage.tokens[index], passage.tokens, passage.text
    part = tokens[index + 1] if index + 1 < len(tokens) else None
    if part is None or part.kind is not TokenKind.COUNT or not _IS.fullmatch(text, percent.end, part.start):
        return None
    amount = amount_of(passage, part)
    if not amount.is_exact or percent.mark is not None or not amount.noun.head:
        return None
    for at in range(index - 1, max(-1, index - _MOST_BEFORE), -1):
        whole = amount_of(passage, tokens[at])
        is_far = percent.start - tokens[at].end > 2 * _LONGEST_GAP
        if is_far or passage.sentence_end(tokens[at].end, percent.start) < percent.start:
            return None
        is_alike = tokens[at].kind is TokenKind.COUNT and whole.is_exact and whole.noun.head == amount.noun.head
        if not is_alike or tokens[at].number.value <= part.number.value or whole.noun.scale != amount.noun.scale:
            continue
        if is_share_of(amount, whole, percent.interval(is_count=False)):
            claim = _claim(passage, tokens[at].start, part.end, amount, whole, percent, is_sure=False)
            return replace(claim, kind=ClaimKind.PERCENT_OF) if claim else None
    return None


def _nearly(passage: Passage, index: int, part: Token) -> Claim | None:
    """Read «245 vụ, điều tra làm rõ 221 vụ, đạt tỷ lệ 92%» where it is wrong: a percentage that is close to the share
    of one number in the one before it, of the same things, is meant to be that share."""
    percent, text = passage.tokens[index], passage.text
    reached = _RATE.search(text, max(part.end, percent.start - _LONGEST_SHARE), percent.start)
    if reached is None:
        return None
    whole = _done_of(passage, index - 1) or (passage.tokens[index - 2] if index > 1 else None)
    if whole is None or whole.kind is not TokenKind.COUNT or not whole.number.digits:
        return None
    upper, lower = amount_of(passage, part), amount_of(passage, whole)
    is_exact = upper.is_exact and lower.is_exact and percent.is_exact
    heads = [amount.noun.head.partition(" ")[0] for amount in (upper, lower)]
    is_alike = heads[0] == heads[1] != "" and upper.noun.scale == lower.noun.scale
    if not is_exact or not is_alike or upper.noun.kind is Kind.SPAN or part.number.value >= whole.number.value:
        return None
    is_joined = whole is not passage.tokens[index - 2] or _JOINS.match(text, whole.end, part.start)
    if not is_joined or not _PART.match(text, part.end, reached.start()):
        return None
    if not _ENDS_CLAUSE.match(text, percent.end) or _COMPARED.search(text[max(0, whole.start - 30) : percent.start]):
        return None
    if is_share_of(upper, lower, percent.interval(is_count=False)) or leaves_out(text[whole.end : percent.end]):
        return None
    share = Fraction(part.number.value * 100) / Fraction(whole.number.value)
    if abs(share - Fraction(percent.number.value)) > _NEAR:
        return None
    if is_of_another(passage, upper, lower, percent):
        return None
    return _claim(passage, whole.start, percent.end, upper, lower, percent, is_sure=True)


def _done_of(passage: Passage, index: int) -> Token | None:
    """Return the number that «đã giải quyết 37 đơn» is of, where only its kinds stand between: «41 đơn, thư: khiếu nại
    6, tố cáo 3, phản ánh 32»."""
    part, text = passage.tokens[index], passage.text
    if not _DONE.search(text, max(0, part.start - _LONGEST_DONE), part.start):
        return None
    head = passage.noun(part).head.partition(" ")[0]
    for at in range(index - 1, max(-1, index - _MOST_KINDS), -1):
        token = passage.tokens[at]
        if token.kind is not TokenKind.COUNT or part.start - token.end > 2 * _LONGEST_GAP:
            return None
        if head and passage.noun(token).head.partition(" ")[0] == head:
            is_near = passage.sentence_end(token.end, part.start) == part.start
            between = sum(one.number.decimal for one in passage.tokens[at + 1 : index])
            return token if is_near and at < index - 1 and between == token.number.decimal else None
    return None


def _of_total_after(passage: Passage, index: int, part: Token) -> Claim | None:
    """Read «1.305 đồng chí, chiếm 38,2% trong tổng số 3.412 đảng viên»."""
    percent = passage.tokens[index]
    if index + 1 >= len(passage.tokens):
        return None
    whole = passage.tokens[index + 1]
    if whole.kind is not TokenKind.COUNT or not _OF_TOTAL.match(passage.text, percent.end, whole.start):
        return None
    end = whole.end + len(amount_of(passage, whole).noun.phrase) + 1
    return _claim(passage, part.start, end, amount_of(passage, part), amount_of(passage, whole), percent, is_sure=True)


def _of_whole_before(passage: Passage, percent: Token, part: Token) -> Claim | None:
    """Read «120 đảng viên có 30 đồng chí là nữ (chiếm 25%)»."""
    if _OF_OTHER.match(passage.text, percent.end):
        return None
    amount = amount_of(passage, part)
    found = subject_before(passage, part.start, amount.noun)
    if found is None or found[0].token.kind is not TokenKind.COUNT:
        return None
    whole, is_nearest = found
    between = passage.text[whole.token.end : part.start]
    is_sure = (
        is_nearest and bool(_DIVIDES.match(between)) and not leaves_out(passage.text[whole.token.end : percent.end])
    )
    is_sure = is_sure and not is_of_another(passage, amount, whole, percent)
    return _claim(passage, whole.token.start, percent.end, amount, whole, percent, is_sure=is_sure)


def _claim(
    passage: Passage, start: int, end: int, part: Amount, whole: Amount, percent: Token, *, is_sure: bool
) -> Claim | None:
    if not may_add_up(whole.noun, part.noun) or not whole.token.number.digits or whole.value.low is None:
        return None
    agrees = is_share_of(part, whole, percent.interval(is_count=False))
    is_exact = part.is_exact and whole.is_exact and percent.is_exact
    if not agrees and not (is_sure and is_exact and part.token.number.value <= whole.token.number.value):
        return None
    places = len(percent.number.text.partition(",")[2]) + 1
    upper, lower = part.token.number.value * part.noun.scale, whole.token.number.value * whole.noun.scale
    value = Fraction(upper * 100, lower)
    said = f"{part.token.number.text}/{whole.token.number.text} = {show(value, places)}%"
    explain = f"{said}, {'đúng như ' if agrees else ''}văn bản ghi {percent.number.text}%"
    numbers = (part.token.number, whole.token.number, percent.number)
    return passage.claim(start, end, ClaimKind.RATIO, numbers, agrees, explain)
