"""A number that ends a line, and the lines below it, each with an amount of the same unit:

«Đã chi 468 triệu đồng:
- Hỗ trợ xây mới 6 nhà (60 triệu đồng/nhà): 360 triệu đồng.
- Sửa chữa 3 nhà: 45 triệu đồng.»
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, Noun
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.partition import goes_on, leaves_out
from giaoban.reader.claims.base.parts import Part, make_up
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim

_LINE = re.compile(r"\n(?P<sign>[-+•*–]|[a-zđ]\)|\d{1,2}\)) ?")
# What may stand between the whole and the first line.
_OPENS = re.compile(
    r"[^.;:()\n\d%]{0,40}(?:[.:,;]|, (?:trong đó|gồm|bao gồm|cụ thể|chia ra)[^.;()\n\d%]{0,30}:?"
    r"|\. ?(?:[tT]rong đó|[bB]ao gồm|[gG]ồm|[cC]ụ thể)[^.;()\n\d%]{0,30}:?)? ?\Z"
)
_STEP = re.compile(
    r"(?:tăng|giảm|vượt|hụt|so với|còn|thêm|đến|dưới|trên|từ|kế hoạch|chỉ tiêu|mục tiêu)(?: [^\W\d]+){0,2} \Z",
    re.IGNORECASE,
)
# What a line says besides what it has: changes, plans, what is reached.
_OTHER = re.compile(r"tăng|giảm|còn|lên|xuống|so với|kế hoạch|chỉ tiêu|trong đó|bình quân|phấn đấu|lũy kế|luỹ kế")
_BEGINS = frozenset("-+•*–abcdđeghik123456789")
_AMONG = re.compile(r"trong đó", re.IGNORECASE)
_LONGEST_LINE = 260
_LONGEST_OPENING = 80
_LONGEST_STEP = 30
_FEWEST, _MOST = 2, 15
_FEW_OFF = 20


def find_lines(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow that no other finder has told of."""
    text, done = passage.text, 0
    for place in passage.places("\n"):
        if place < done or text[place + 1 : place + 2] not in _BEGINS or (first := _LINE.match(text, place)) is None:
            continue
        index = passage.first_after(place) - 1
        whole = passage.tokens[index] if index >= 0 else None
        lines = list(_lines(text, first))
        done = lines[-1][1]
        if whole is None or len(lines) < _FEWEST or place - whole.end > _LONGEST_OPENING:
            continue
        claim = _judge(passage, whole, lines, place)
        if claim is not None:
            yield claim


def _lines(text: str, first: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a list begin and end that have one kind of sign."""
    line: re.Match[str] | None = first
    while line is not None:
        end = text.find("\n", line.end())
        end = len(text) if end < 0 else end
        yield line.end(), end
        following = _LINE.match(text, end)
        line = following if following and len(following["sign"]) == len(first["sign"]) else None


def _judge(passage: Passage, token: Token, lines: list[tuple[int, int]], place: int) -> Claim | None:
    text, noun = passage.text, passage.noun(token)
    is_exact = token.kind is TokenKind.COUNT and token.is_exact
    is_told = token.start in passage.divided or not noun.head or noun.kind is Kind.SPAN
    if not is_exact or is_told or len(lines) > _MOST or not _OPENS.fullmatch(text, token.end, place):
        return None
    if _STEP.search(text, max(0, token.start - _LONGEST_STEP), token.start):
        return None
    parts = [_amount(passage, noun, start, end) for start, end in lines]
    own = tuple(Part(part, noun_, "", is_first=False) for one in parts if one is not None for part, noun_ in (one,))
    if len(own) < len(lines):
        return None
    whole, words = Whole(token, noun, ""), text[token.end : lines[-1][1]]
    holds = make_up(own, token, noun)
    if not holds and (_AMONG.search(text, token.end, place) or not _is_sure(whole, own, words)):
        return None
    return make_sum(passage, token.start, own[-1].token.end, whole, own, holds)


def _amount(passage: Passage, noun: Noun, start: int, end: int) -> tuple[Token, Noun] | None:
    """Return the one number of a line that counts what its whole counts, outside brackets; None for none or several."""
    text = passage.text
    if end - start > _LONGEST_LINE:
        return None
    found: list[tuple[Token, Noun]] = []
    for token in passage.between(start, end):
        own = passage.noun(token)
        is_inside = text.count("(", start, token.start) > text.count(")", start, token.start)
        is_like = own.head == noun.head if noun.is_measure else own.head.partition(" ")[0] == _first(noun)
        if token.kind is not TokenKind.COUNT or is_inside or not is_like or text.startswith("/", token.end + 1):
            continue
        if (
            token.mark is not None
            or token.number.is_doubtful
            or "mỗi" in text[max(start, token.start - 16) : token.start]
        ):
            continue
        found.append((token, own))
    return found[0] if len(found) == 1 else None


def _first(noun: Noun) -> str:
    return noun.head.partition(" ")[0]


def _is_sure(whole: Whole, parts: tuple[Part, ...], words: str) -> bool:
    """Tell whether lines that do not make the number above them must: they say nothing else and come near."""
    if _OTHER.search(words.lower()) or leaves_out(words) or goes_on(words):
        return False
    value = Fraction(whole.token.number.value) * whole.noun.scale
    together = sum((Fraction(part.token.number.value) * part.noun.scale for part in parts), Fraction(0))
    return len(parts) > _FEWEST and abs(together - value) * _FEW_OFF <= value
