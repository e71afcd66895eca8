"""Numbers that stand in a row without words, and what they come to: «lần lượt là 412, 438 và 455 ha, tổng cộng 1.305
ha», «có 7, 8, 9 đơn vị (tổng 24 đơn vị)»; and sums written with their signs: «48 nam + 17 nữ = 65 học viên»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.parts import Part, make_up
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim
from giaoban.reader.places import places_of

# A unit may stand with each number: «12,4 tỷ đồng, 14,1 tỷ đồng và 15,8 tỷ đồng».
_BETWEEN = re.compile(r"(?: (?:tỷ|triệu|nghìn) đồng| tấn| ha| km)?(?:, (?:và )?|; (?:và )?| và )| ?[–-] ")
_LONGEST_BETWEEN = len(" nghìn đồng, và ")
_TOTAL = re.compile(
    r"[^.;()\n\d%]{0,40}(?:[,;:] | ?\()(?:(?:như vậy|và)[, ]{1,2})?"
    r"(?P<word>[tT]ổng(?: cộng| số)?|[cC]ộng|[tT]ất cả|[cC]ả (?:ba|bốn|năm|sáu|hai|\d)(?! (?:nước|tỉnh|huyện)))"
    r"[^.;,()\n\d%]{0,40}\Z"
)
_ANNOUNCED = re.compile(r"(?:lần lượt|tương ứng|theo thứ tự)(?: là| có| đạt)?(?: [^\W\d]+){0,2}:? \Z")
_OTHER = re.compile(r"nâng|lũy kế|luỹ kế|bình quân|so với|tăng|giảm|chi phí khác")
_PLUS = re.compile(r"[^.;:()\n\d%=+]{0,40}\+ ?")
_EQUALS = re.compile(r"[^.;:()\n\d%=+]{0,40}= ?")
_FEWEST, _MOST = 2, 16
_FEW_OFF = 5
_LONGEST_LEAD = 40
_REACH = 110


def find_listed(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow."""
    yield from _in_a_row(passage)
    yield from _with_signs(passage)


def _is_number(token: Token) -> bool:
    return token.kind is TokenKind.COUNT and token.is_exact


def _in_a_row(passage: Passage) -> Iterator[Claim]:
    tokens, text = passage.tokens, passage.text
    first = 0
    while first < len(tokens) - _FEWEST:
        last = first
        while (
            last + 1 < len(tokens)
            and tokens[last + 1].start - tokens[last].end <= _LONGEST_BETWEEN
            and _BETWEEN.fullmatch(text, tokens[last].end, tokens[last + 1].start)
        ):
            last += 1
        if _FEWEST <= last - first + 1 <= _MOST and last + 1 < len(tokens):
            claim = _total_behind(passage, first, last)
            if claim is not None:
                yield claim
        first = last + 1


def _total_behind(passage: Passage, first: int, last: int) -> Claim | None:
    tokens, text = passage.tokens, passage.text
    row, token = tokens[first : last + 1], tokens[last + 1]
    if token.start - row[-1].end > _REACH or not all(_is_number(one) for one in (*row, token)):
        return None
    total = _TOTAL.fullmatch(text, row[-1].end, token.start)
    noun, own = passage.noun(row[-1]), passage.noun(token)
    if total is None or own.kind is Kind.SPAN or not may_add_up(own if own.head else noun, noun):
        return None
    if _OTHER.search(text, row[-1].end, token.start):
        return None
    noun = noun if noun.head else own
    whole = Whole(token, own if own.head else noun, "")
    parts = tuple(Part(one, noun, "", is_first=True) for one in row)
    holds = make_up(parts, token, whole.noun)
    lead = text[max(0, row[0].start - _LONGEST_LEAD) : row[0].start]
    is_sure = _ANNOUNCED.search(lead) is not None or len(row) > _FEWEST
    if not holds and not (is_sure and _is_near(parts, whole)):
        return None
    return make_sum(passage, row[0].start, token.end + own.width, whole, parts, holds)


def _is_near(parts: tuple[Part, ...], whole: Whole) -> bool:
    """Tell whether parts come near what they should: what is farther off is read wrongly."""
    together = sum((Fraction(part.token.number.value) * part.noun.scale for part in parts), Fraction(0))
    value = Fraction(whole.token.number.value) * whole.noun.scale
    return abs(together - value) * _FEW_OFF <= value


def _with_signs(passage: Passage) -> Iterator[Claim]:
    """Read numbers joined by «+», and the one behind «=»."""
    tokens, text = passage.tokens, passage.text
    done = -1
    for place in places_of(text, "+"):
        first = passage.first_after(place) - 1
        if first < 0 or place < done:
            continue
        last = first
        while last + 1 < len(tokens) and _PLUS.fullmatch(text, tokens[last].end, tokens[last + 1].start):
            last += 1
        done = tokens[last].end
        if last == first or last + 1 >= len(tokens) or last - first >= _MOST:
            continue
        token = tokens[last + 1]
        row = tokens[first : last + 1]
        if not _EQUALS.fullmatch(text, row[-1].end, token.start) or not all(_is_number(one) for one in (*row, token)):
            continue
        nouns = [passage.noun(one) for one in (*row, token)]
        named = [noun for noun in nouns if noun.head]
        if any(noun.scale != one.scale or noun.is_measure != one.is_measure for noun in named for one in named):
            continue
        common = named[-1] if named else nouns[-1]
        parts = tuple(Part(one, common, "", is_first=True) for one in row)
        whole = Whole(token, common, "")
        holds = make_up(parts, token, common)
        if holds or _is_near(parts, whole):
            yield make_sum(passage, row[0].start, token.end + nouns[-1].width, whole, parts, holds)
