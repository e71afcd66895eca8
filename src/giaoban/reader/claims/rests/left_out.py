"""«4.471/5.214 đảng viên được đánh giá; 682 đảng viên miễn đánh giá, 61 đảng viên chưa đánh giá»: those of a fraction,
and those whom it leaves out for two or more reasons. What fits is told; a reason may be left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.parts import Part
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim

_OUT = re.compile(r"\b(?:miễn|chưa|không|vắng|hoãn|tạm|chuyển|ốm|khuyết|xóa tên|nghỉ)\b")
_WORDS = ("miễn ", "chưa ", "vắng ")
_SIGN = re.compile(r"[.,;:()\n\d%]")
_REACH, _LEAD, _FEWEST, _MOST = 420, 48, 2, 12


def find_left_out(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow."""
    done = 0
    for index, token in enumerate(passage.tokens):
        if token.kind is not TokenKind.FRACTION or token.start < done or token.second is None or not token.is_exact:
            continue
        if token.second.value <= token.number.value or not passage.noun(token).head:
            continue
        # Words are found many times faster than the numbers beside them.
        if not any(passage.text.find(word, token.end, token.end + _REACH) >= 0 for word in _WORDS):
            continue
        claim = _judge(passage, index)
        if claim is not None:
            done = token.end + _REACH
            yield claim


def _judge(passage: Passage, index: int) -> Claim | None:
    fraction = passage.tokens[index]
    assert fraction.second is not None
    noun = passage.noun(fraction)
    together, parts = Fraction(fraction.number.value), [_part(passage, fraction)]
    line = passage.text.find("\n", fraction.end, fraction.end + _REACH)
    for token in passage.tokens[index + 1 : index + _MOST]:
        if token.start - fraction.end > _REACH or 0 <= line < token.start:
            break
        if token.kind is TokenKind.PERCENT:
            continue
        own = passage.noun(token)
        if token.kind is not TokenKind.COUNT or not token.is_exact or not may_add_up(noun, own):
            break
        if not _OUT.search(_around(passage.text, token)):
            break
        together += token.number.value
        parts.append(_part(passage, token))
        if len(parts) > _FEWEST and together == fraction.second.value:
            whole = Token(TokenKind.COUNT, fraction.start, fraction.end, fraction.second)
            return make_sum(passage, fraction.start, token.end, Whole(whole, noun, ""), tuple(parts), True)
    return None


def _part(passage: Passage, token: Token) -> Part:
    own = Token(TokenKind.COUNT, token.start, token.end, token.number)
    return Part(own, passage.noun(token), "", is_first=True)


def _around(text: str, token: Token) -> str:
    """Return the words of a number, before it and behind it."""
    before = _SIGN.split(text[max(0, token.start - _LEAD) : token.start])[-1]
    return before + " " + _SIGN.split(text[token.end : token.end + _LEAD])[0]
