"""«Thụ lý 1.208 vụ với 2.316 bị cáo; xét xử 1.187 vụ với 2.264 bị cáo, đạt 98,3% về số vụ và 97,8% về số bị cáo»: two
things counted twice, and the share of each.

A share that names one of the two is of it. One that names none confirms where it is of either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of, is_share_of
from giaoban.reader.model import Claim, ClaimKind

_JOINS = re.compile(r"[^.;()\n\d%]{0,40}(?:/| với | - | – |, | và )[^.;()\n\d%]{0,24}")
_BETWEEN = re.compile(r"[^.()\n\d%]{0,40}[.,;] ?[^.()\n\d%]{0,60}")
_REACHED = re.compile(
    r"[^.()\n\d%]{0,40}(?:[,;] ?|\(| )(?:(?:ước )?(?:đạt|chiếm|bằng)(?: (?:tỷ|tỉ) lệ)?|(?:tỷ|tỉ) lệ(?: đạt)?) "
    r"|[^.()\n\d%]{0,40}\("
)
_ALSO = re.compile(r"[^.;()\n\d%]{0,40}(?:,| và) (?:đạt |bằng )?(?:(?:tỷ|tỉ) lệ )?")
_OF = re.compile(
    r"\s?(?:kế hoạch |chỉ tiêu )?(?:về |trên |tính theo )(?:tổng )?(?:số )?(?P<noun>[^\W\d]+(?: [^\W\d]+)?)"
)
_OTHER = re.compile(r"\s?(?:so với|kế hoạch|chỉ tiêu|dự toán|cùng kỳ|trở)")
_BOTH = re.compile(
    r"[^.;()\n\d%]{0,60}(?:,|\()? ?(?:lần lượt )?(?:đạt|bằng|chiếm)?(?: (?:tỷ|tỉ) lệ)?(?: lần lượt)?(?: là)? ?"
)
_AND = re.compile(r"(?:,| và|;) ")
_ENDS = re.compile(r"\s?(?:[.;)\n]|\Z)")
_FEWEST = 3
_FAR = Fraction(8)


def find_pairs(passage: Passage) -> Iterator[Claim]:
    """Yield such shares of one flow that no other finder has told of."""
    tokens = passage.tokens
    for index in passage.percents:
        if index < _FEWEST:
            continue
        if tokens[index - 3].kind is TokenKind.FRACTION and (claim := _of_two(passage, index)) is not None:
            yield claim
        if index == _FEWEST or tokens[index - 4].kind is not TokenKind.COUNT:
            continue
        pair = _pair(passage, index)
        if pair is not None:
            yield from _judge(passage, index, pair)


def _of_two(passage: Passage, index: int) -> Claim | None:
    """Read «45/48 chi bộ và 12/15 đảng bộ, đạt 93,8% và 85%» where one of the two is wrong: two fractions with the
    shares of both behind them."""
    one, other, first, second = passage.tokens[index - 3 : index + 1]
    text = passage.text
    if other.kind is not TokenKind.FRACTION or first.kind is not TokenKind.PERCENT or one.second is None:
        return None
    are_exact = all(token.is_exact for token in (one, other, first, second)) and other.second is not None
    are_joined = (
        _JOINS.fullmatch(text, one.end, other.start)
        and _BOTH.fullmatch(text, other.end, first.start)
        and _AND.fullmatch(text, first.end, second.start)
        and _ENDS.match(text, second.end)
    )
    if not are_exact or not are_joined:
        return None
    wrong = [(at, said) for at, said in ((one, first), (other, second)) if not _fits(passage, at, said)]
    if len(wrong) != 1:
        return None
    fraction, percent = wrong[0]
    assert fraction.second is not None
    if not fraction.second.digits or _fits(passage, fraction, first if percent is second else second):
        return None
    share = Fraction(fraction.number.value * 100) / Fraction(fraction.second.value)
    if abs(share - Fraction(percent.number.value)) > _FAR:
        return None
    places = len(percent.number.text.partition(",")[2]) + 1
    printed = f"{fraction.number.text}/{fraction.second.text}"
    explain = f"{printed} = {show(share, places)}%, văn bản ghi {percent.number.text}%"
    numbers = (fraction.number, fraction.second, percent.number)
    return passage.claim(fraction.start, percent.end, ClaimKind.RATIO, numbers, False, explain)


def _fits(passage: Passage, fraction: Token, percent: Token) -> bool:
    if fraction.second is None or not fraction.second.digits:
        return False
    noun = passage.noun(fraction)
    whole = Amount(Token(TokenKind.COUNT, fraction.start, fraction.end, fraction.second), noun)
    return is_share_of(Amount(fraction, noun), whole, percent.interval(is_count=False))


def _pair(passage: Passage, index: int) -> tuple[tuple[Token, Token], tuple[Token, Token]] | None:
    """Return two numbers and what they are of, where four numbers before a percentage count two things in turn."""
    four, text = passage.tokens[index - 4 : index], passage.text
    if any(token.kind is not TokenKind.COUNT or not token.is_exact or not token.number.digits for token in four):
        return None
    nouns = [passage.noun(token) for token in four]
    first, second = nouns[0].root, nouns[1].root
    if not first or not second or first == second or [noun.root for noun in nouns[2:]] != [first, second]:
        return None
    if Kind.SPAN in (nouns[0].kind, nouns[1].kind) or any(noun.is_measure for noun in nouns):
        return None
    are_joined = (
        _JOINS.fullmatch(text, four[0].end, four[1].start)
        and _JOINS.fullmatch(text, four[2].end, four[3].start)
        and _BETWEEN.fullmatch(text, four[1].end, four[2].start)
        and _REACHED.fullmatch(text, four[3].end, passage.tokens[index].start)
    )
    are_less = all(four[at + 2].number.value <= four[at].number.value for at in (0, 1))
    return ((four[2], four[0]), (four[3], four[1])) if are_joined and are_less else None


def _judge(passage: Passage, index: int, pair: tuple[tuple[Token, Token], tuple[Token, Token]]) -> Iterator[Claim]:
    text, tokens = passage.text, passage.tokens
    shares = [tokens[index]]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is not None and following.kind is TokenKind.PERCENT and following.start - shares[0].end < 80:
        between = text[shares[0].end : following.start]
        if _ALSO.fullmatch(between):
            shares.append(following)
    for place, percent in enumerate(shares):
        if percent.start in passage.told or not percent.is_exact:
            continue
        said = _OF.match(text, percent.end)
        named = [(upper, lower) for upper, lower in pair if said and _names(passage, upper, said["noun"])]
        if named:
            yield from _told(passage, *named[0], percent, is_sure=_OTHER.match(text, percent.end) is None)
        elif _OTHER.match(text, percent.end) is None:
            yield from _told(passage, *pair[place if len(shares) > 1 else 0], percent, is_sure=False)


def _names(passage: Passage, token: Token, words: str) -> bool:
    return f"{words.lower()} ".startswith(f"{passage.noun(token).root} ")


def _told(passage: Passage, upper: Token, lower: Token, percent: Token, *, is_sure: bool) -> Iterator[Claim]:
    part, whole = amount_of(passage, upper), amount_of(passage, lower)
    holds = is_share_of(part, whole, percent.interval(is_count=False))
    share = Fraction(upper.number.value * 100) / Fraction(lower.number.value)
    if not holds and not (is_sure and abs(share - Fraction(percent.number.value)) <= _FAR):
        return
    places = len(percent.number.text.partition(",")[2]) + 1
    said = f"{upper.number.text}/{lower.number.text} = {show(share, places)}%, "
    explain = said + ("đúng như " if holds else "") + f"văn bản ghi {percent.number.text}%"
    numbers = (upper.number, lower.number, percent.number)
    passage.told.add(percent.start)
    yield passage.claim(lower.start, percent.end, ClaimKind.RATIO, numbers, holds, explain)
