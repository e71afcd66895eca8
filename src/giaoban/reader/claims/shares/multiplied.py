"""«12 tổ chức x 14.900.000 đồng = 178.800.000 đồng», «16.480.000 đồng, bằng 412 hộ x 40.000 đồng»: products that the
text itself writes out.

The factors are taken as they are printed; where one has decimals, or where they stand behind what they come to, only
what fits is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import prod

from giaoban.reader.claims.base.intervals import exactly
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of
from giaoban.reader.model import Claim, ClaimKind
from giaoban.reader.places import places_of_any

_SIGNS = (" x ", " X ", " \u00d7 ", "\u00d7", " * ")
_UNIT = r"(?: ?[^\W\d_][^.;:,()=\n\d%\u00d7*]{0,30}?)?(?: ?/ ?[^\W\d_]+(?: [^\W\d_]+){0,2})?"
_TIMES = re.compile(rf"{_UNIT} ?(?: [xX] |[\u00d7*]) ?(?:[^\W\d_][^.;:,()=\n\d%]{{0,20}} )?")
_COMES_TO = re.compile(rf"{_UNIT}\)? ?(?:=|,? (?:bằng|thành tiền|tổng cộng)(?: là)?:?) ?")
_IS = re.compile(rf"{_UNIT},? ?(?:=|\(|(?:tức )?bằng) ?(?:=|là)? ?")
_PLUS = re.compile(rf"{_UNIT}\)? ?\+ ?\(?")
_MOST_FACTORS = 4


def find_multiplied(passage: Passage) -> Iterator[Claim]:
    """Yield such products of one flow."""
    done = 0
    for place in places_of_any(passage.text, _SIGNS):
        index = passage.first_after(place) - 1
        if place < done or index < 0:
            continue
        factors = _factors(passage, index)
        if len(factors) < 2:
            continue
        groups = _groups(passage, index, factors)
        first, done = factors[0].start, groups[-1][-1].end
        last = passage.first_after(done)
        behind = passage.tokens[last] if last < len(passage.tokens) else None
        before = passage.tokens[index - 1] if index else None
        claim = None
        if behind is not None and _COMES_TO.fullmatch(passage.text, done, behind.start):
            claim = _judged(passage, groups, behind)
        elif before is not None and _IS.fullmatch(passage.text, before.end, first):
            # «4.700.000 đồng (32 hộ x 100.000 đồng và …)»: more may follow.
            claim = _judged(passage, groups, before)
            claim = claim if claim is not None and claim.holds else None
        if claim is not None:
            yield claim


def _groups(passage: Passage, index: int, factors: list[Token]) -> list[list[Token]]:
    """Return the products that signs of addition join: «12 x 14,9 triệu đồng + 25 x 2,2 triệu đồng»."""
    groups = [factors]
    while True:
        index += len(groups[-1])
        following = passage.tokens[index] if index < len(passage.tokens) else None
        if following is None or not _PLUS.fullmatch(passage.text, groups[-1][-1].end, following.start):
            return groups
        factors = _factors(passage, index)
        if len(factors) < 2:
            return groups[:1]
        groups.append(factors)


def _factors(passage: Passage, index: int) -> list[Token]:
    """Return the numbers from one on that signs of multiplication join."""
    found = [passage.tokens[index]]
    for token in passage.tokens[index + 1 : index + _MOST_FACTORS]:
        if not _TIMES.fullmatch(passage.text, found[-1].end, token.start):
            break
        found.append(token)
    are_counts = all(one.kind is TokenKind.COUNT and one.is_exact and one.number.digits for one in found)
    return found if are_counts else []


def _judged(passage: Passage, groups: list[list[Token]], total: Token) -> Claim | None:
    """Judge what a product, or several products together, come to."""
    whole, together, scale = amount_of(passage, total), Fraction(0), 1
    if total.kind is not TokenKind.COUNT or not whole.is_exact:
        return None
    for factors in groups:
        amounts = [amount_of(passage, one) for one in factors]
        if not _is_of(amounts, whole):
            return None
        scale = prod(one.noun.scale for one in amounts)
        together += prod((Fraction(one.number.value) for one in factors), start=Fraction(scale))
    every = [one for factors in groups for one in factors]
    holds = whole.value.meets(exactly(together.numerator, together.denominator))
    off = abs(together / whole.noun.scale - total.number.value)
    if not holds and (any(not one.number.is_whole for one in every) or off * 2 > total.number.value):
        return None
    said = " + ".join(" x ".join(one.number.text for one in factors) for factors in groups)
    unit = f" {whole.noun.label}" if whole.noun.label and whole.noun.scale != scale else ""
    told = f"{'đúng như ' if holds else ''}văn bản ghi {total.number.text}"
    explain = f"{said} = {show(together / whole.noun.scale)}{unit}, {told}"
    start, end = min(every[0].start, total.start), max(every[-1].end, total.end)
    kind = ClaimKind.RATIO if len(groups) == 1 else ClaimKind.SUM
    return passage.claim(start, end, kind, [*(one.number for one in every), total.number], holds, explain)


def _is_of(factors: list[Amount], total: Amount) -> bool:
    """Tell whether a number can be what others come to: of the one measure among them, or of no measure."""
    measured = [one.noun for one in factors if one.noun.is_measure]
    if len(measured) > 1:
        return False
    if not measured:
        return not total.noun.is_measure or all(not one.noun.head for one in factors)
    return measured[0].head == total.noun.head or not total.noun.head
