"""«9 người bị thương là 4 người ở xã A, 3 người ở xã B và 2 người ở xã C»: a number that «là» divides. What fits is
told: the numbers behind «là» may be something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import TokenKind
from giaoban.reader.claims.base.partition import leaves_out
from giaoban.reader.claims.base.parts import Part, make_up
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim

_IS = re.compile(r"[^.;,:()\n\d%]{2,60} là:? (?:có )?\Z")
# «480 suất quà cho 310 hộ nghèo, 170 hộ cận nghèo»: one for each.
_FOR = re.compile(r" (?:suất|phần|quà|thẻ|học bổng|xe|nhà|giấy|bằng)[^.;,:()\n\d%]{0,40} cho ")
_NEXT = re.compile(r"[^.;:()\n\d%]{0,70}(?:,|;| và) (?:và )?(?:có )?[^.;,:()\n\d%]{0,30}\Z")
_GAP, _MOST, _FEWEST = 76, 8, 2
_SMALLEST = 20


def find_told_as(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow that no other finder has told of."""
    tokens, text = passage.tokens, passage.text
    for index in range(len(tokens) - _FEWEST):
        whole, first = tokens[index], tokens[index + 1]
        # Words are found many times faster than the pattern.
        if first.start - whole.end > _GAP or not text.endswith((" là ", " là: ", " là có ", " cho "), 0, first.start):
            continue
        noun = passage.noun(whole)
        is_whole = whole.kind is TokenKind.COUNT and whole.is_exact and noun.kind not in (None, Kind.SPAN)
        if not is_whole or whole.start in passage.divided:
            continue
        is_for = _FOR.fullmatch(text, whole.end, first.start) is not None
        if not is_for and not _IS.fullmatch(text, whole.end, first.start):
            continue
        # Gifts are counted like those who get them.
        counted = passage.noun(first) if is_for and whole.number.value >= _SMALLEST else noun
        parts: list[Part] = []
        for at in range(index + 1, min(len(tokens), index + _MOST)):
            token = tokens[at]
            own = passage.noun(token)
            is_part = token.kind is TokenKind.COUNT and token.is_exact and may_add_up(counted, own)
            if not is_part or (parts and not _NEXT.fullmatch(text, tokens[at - 1].end, token.start)):
                break
            parts.append(Part(token, own if own.head else replace(own, head=noun.head), "", is_first=True))
            together = tuple(parts)
            if len(parts) >= _FEWEST and make_up(together, whole, counted):
                if not leaves_out(text[whole.end : token.end]):
                    yield make_sum(passage, whole.start, token.end, Whole(whole, noun, ""), together, True)
                break
