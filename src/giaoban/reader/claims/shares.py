"""«120 đảng viên, trong đó 30 đồng chí nữ (chiếm 25%)»: a part of a whole and its share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.nouns import Kind, may_add_up
from giaoban.reader.claims.numbers import Token, TokenKind
from giaoban.reader.claims.partition import leaves_out
from giaoban.reader.claims.passage import Passage, show
from giaoban.reader.claims.subject import Amount, amount_of, is_share_of, subject_before
from giaoban.reader.model import Claim, ClaimKind

_SHARE = re.compile(r"(?:,? ?\(?|,? )chiếm(?: (?:tỷ|tỉ) lệ)? ?(?:(?:trên|gần|khoảng|hơn) )?\Z")
_OF_TOTAL = re.compile(r" ?(?:(?:trong|trên|so với|của) )?tổng (?:số )?\Z")
_LONGEST_SHARE = 28
_LONGEST_GAP = 120
_PART = re.compile(r"[^.;()\n\d%]{0,90}\Z")
_DIVIDES = re.compile(r"[^.;()\n\d%]{0,80}(?:,|:)? ?\b(?:trong đó|có|gồm)\b[^.;()\n\d%]{0,40}\Z")
_RATE = re.compile(r",? ?\(?(?:đạt|bằng)(?: (?:tỷ|tỉ) lệ)? ?\Z")
_JOINS = re.compile(r"[^.;()\n\d%]{0,60}(?:,| thì| có) [^.;,()\n\d%]{0,60}\Z")
_ENDS_CLAUSE = re.compile(r"\s?(?:[.,;)\n]|\Z)")
_COMPARED = re.compile(r"kế hoạch|chỉ tiêu|dự toán|giao|cùng kỳ|năm trước|so với|tăng|giảm|bình quân|mỗi")
_NEAR = 3
_OF_OTHER = re.compile(r"\s?(?:tổng|số|so với|trong|trên|của|kế hoạch|dự toán)")


def find_shares(passage: Passage) -> Iterator[Claim]:
    """Yield the shares of one flow: the whole is printed after the percentage, or divided right before it."""
    text, tokens = passage.text, passage.tokens
    for index, percent in enumerate(tokens):
        if percent.kind is not TokenKind.PERCENT or not index:
            continue
        part = tokens[index - 1]
        if part.kind is not TokenKind.COUNT or percent.start - part.end > _LONGEST_GAP:
            continue
        link = _SHARE.search(text, max(part.end, percent.start - _LONGEST_SHARE), percent.start)
        if link is None and (claim := _nearly(passage, index, part)) is not None:
            yield claim
        if link is None or not _PART.match(text, part.end, link.start()):
            continue
        claim = _of_total_after(passage, index, part) or _of_whole_before(passage, percent, part)
        if claim is not None:
            yield claim


def _nearly(passage: Passage, index: int, part: Token) -> Claim | None:
    """Read «245 vụ, điều tra làm rõ 221 vụ, đạt tỷ lệ 92%» where it is wrong: a percentage that is close to the share
    of one number in the one before it, of the same things, is meant to be that share."""
    percent, text = passage.tokens[index], passage.text
    reached = _RATE.search(text, max(part.end, percent.start - _LONGEST_SHARE), percent.start)
    whole = passage.tokens[index - 2] if index > 1 else None
    if reached is None or whole is None or whole.kind is not TokenKind.COUNT or not whole.number.digits:
        return None
    upper, lower = amount_of(passage, part), amount_of(passage, whole)
    is_exact = upper.is_exact and lower.is_exact and percent.mark is None and not percent.number.is_doubtful
    is_alike = upper.noun.head == lower.noun.head != "" and upper.noun.scale == lower.noun.scale
    if not is_exact or not is_alike or upper.noun.kind is Kind.SPAN or part.number.value >= whole.number.value:
        return None
    if not _JOINS.match(text, whole.end, part.start) or not _PART.match(text, part.end, reached.start()):
        return None
    if not _ENDS_CLAUSE.match(text, percent.end) or _COMPARED.search(text[max(0, whole.start - 30) : percent.start]):
        return None
    if is_share_of(upper, lower, percent.interval(is_count=False)) or leaves_out(text[whole.end : percent.end]):
        return None
    share = Fraction(part.number.value * 100) / Fraction(whole.number.value)
    if abs(share - Fraction(percent.number.value)) > _NEAR:
        return None
    return _claim(passage, whole.start, percent.end, upper, lower, percent, is_sure=True)


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
    return _claim(passage, whole.token.start, percent.end, amount, whole, percent, is_sure=is_sure)


def _claim(
    passage: Passage, start: int, end: int, part: Amount, whole: Amount, percent: Token, *, is_sure: bool
) -> Claim | None:
    if not may_add_up(whole.noun, part.noun) or not whole.token.number.digits or whole.value.low is None:
        return None
    agrees = is_share_of(part, whole, percent.interval(is_count=False))
    is_exact = part.is_exact and whole.is_exact and percent.mark is None and not percent.number.is_doubtful
    if not agrees and not (is_sure and is_exact and part.token.number.value <= whole.token.number.value):
        return None
    places = len(percent.number.text.partition(",")[2]) + 1
    upper, lower = part.token.number.value * part.noun.scale, whole.token.number.value * whole.noun.scale
    value = Fraction(upper * 100, lower)
    said = f"{part.token.number.text}/{whole.token.number.text} = {show(value, places)}%"
    explain = f"{said}, {'đúng như ' if agrees else ''}văn bản ghi {percent.number.text}%"
    numbers = (part.token.number, whole.token.number, percent.number)
    return passage.claim(start, end, ClaimKind.RATIO, numbers, agrees, explain)
