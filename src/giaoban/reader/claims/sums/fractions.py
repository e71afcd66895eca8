"""«Giảm 1.317/23.551 biên chế, trong đó khối đảng giảm 125/1.050 biên chế; khối chính quyền giảm 1.192/22.501 biên
chế»: fractions that divide another one make both of its numbers.

Both sums confirm. Where one is right and the other comes near, the other is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import Noun, may_add_up
from giaoban.reader.claims.base.numbers import Number, Token, TokenKind
from giaoban.reader.claims.base.partition import goes_on, leaves_out
from giaoban.reader.claims.base.parts import Part
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim

_DIVIDES = re.compile(r"(?:trong đó|gồm|cụ thể|chia ra|\()[^.;\d%]{0,60}\Z", re.IGNORECASE)
_WORDS = ("trong đó", "gồm", "cụ thể", "chia ra", "(")
_STOP = re.compile(r"\n|\.\s+(?![tT]rong đó)(?=\S)")
_LONGEST_GAP, _LONGEST_LEAD = 160, 90
_FEWEST, _MOST = 2, 12
# Small numbers make each other by chance.
_SMALLEST = 20
_FEW_OFF = 10


def find_fractions(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow."""
    fractions = [token for token in passage.tokens if token.kind is TokenKind.FRACTION and token.is_exact]
    for index, whole in enumerate(fractions[:-_FEWEST]):
        first = fractions[index + 1]
        if first.start - whole.end > _LONGEST_GAP or whole.number.value < _SMALLEST:
            continue
        # Words are found many times faster than the pattern.
        gap = passage.text[whole.end : first.start].lower()
        if not any(word in gap for word in _WORDS) or not _DIVIDES.search(
            passage.text, max(whole.end, first.start - _LONGEST_LEAD), first.start
        ):
            continue
        noun = passage.noun(whole)
        parts: list[Token] = []
        for part in fractions[index + 1 : index + 1 + _MOST]:
            before = parts[-1].end if parts else whole.end
            if part.start - before > _LONGEST_GAP or _STOP.search(passage.text, before, part.start):
                break
            if not may_add_up(noun, passage.noun(part)):
                break
            parts.append(part)
        if len(parts) >= _FEWEST:
            yield from _judge(passage, whole, noun, parts)


def _judge(passage: Passage, whole: Token, noun: Noun, parts: list[Token]) -> Iterator[Claim]:
    assert whole.second is not None
    upper = _sum_of([part.number for part in parts], whole.number)
    lower = _sum_of([part.second for part in parts if part.second is not None], whole.second)
    words = passage.text[whole.end : parts[-1].end]
    if not (upper and lower) and (upper == lower or leaves_out(words) or goes_on(words)):
        return
    for is_lower, holds in ((False, upper), (True, lower)):
        if holds is not None:
            own = tuple([Part(_of(part, is_lower), passage.noun(part), "", is_first=False) for part in parts])
            found = Whole(_of(whole, is_lower), noun, "")
            yield make_sum(passage, whole.start, parts[-1].end, found, own, holds)


def _sum_of(numbers: list[Number], whole: Number) -> bool | None:
    """Tell whether numbers make another one; None where they do not come near."""
    together = sum(number.decimal for number in numbers)
    if together == whole.decimal:
        return True
    return False if abs(together - whole.decimal) * _FEW_OFF <= whole.decimal else None


def _of(fraction: Token, is_lower: bool) -> Token:
    number = fraction.second if is_lower and fraction.second is not None else fraction.number
    return Token(TokenKind.COUNT, fraction.start, fraction.end, number)
