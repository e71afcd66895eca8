"""«tăng 154 tỷ đồng (5,3%) so với năm 2024 (3.060 tỷ đồng)»: a step, its percentage and what both are of, whatever
value has been reached; «So với năm 2025 (68 thanh niên), chỉ tiêu giao tăng 4 thanh niên, bằng 5,9%»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.intervals import is_share
from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of, is_share_of
from giaoban.reader.claims.changes.change import EARLIER, PLANNED
from giaoban.reader.model import Claim, ClaimKind

_STEP = re.compile(r"(?:tăng|giảm|vượt)(?: thêm| được| đi)? \Z", re.IGNORECASE)
_LONGEST_STEP = 16
_SHARE = re.compile(
    r"[^.;,()\n\d%]{0,24} ?(?:\((?:tương ứng |tương đương |bằng |tăng |giảm )*"
    r"|, (?:tương ứng|tương đương|bằng|hay|tức)(?: với)?(?: tăng| giảm)? )\Z"
)
_BASE = re.compile(
    rf"\)?,? ?so với (?P<of>{EARLIER}|{PLANNED})(?: [^\W\d]+){{0,4}}(?: (?:năm )?\d{{4}})? "
    rf"\((?:{EARLIER}:? )?(?:là |có )?\Z"
)
_BASE_FIRST = re.compile(rf"So với (?:{EARLIER})(?: [^\W\d]+){{0,4}}(?: (?:năm )?\d{{4}})? \((?:là |có )?\Z")
_CLOSES = re.compile(r"[^().;,\n\d%]{0,30}\)")
_FROM_BASE = re.compile(r"[^().;,\n\d%]{0,30}\),? [^.;()\n\d%]{0,60}\Z")
_LONGEST_BASE = 90


def find_moves(passage: Passage) -> Iterator[Claim]:
    """Yield such changes of one flow that no other finder has told of."""
    tokens = passage.tokens
    for at in passage.percents:
        index = at - 1
        if not at or tokens[index].kind is not TokenKind.COUNT or tokens[index].start in passage.told:
            continue
        step, percent = tokens[index], tokens[at]
        is_step = _STEP.search(passage.text, max(0, step.start - _LONGEST_STEP), step.start)
        if is_step is None or not _SHARE.fullmatch(passage.text, step.end, percent.start):
            continue
        base = _base(passage, index)
        if base is not None and step.is_exact and percent.is_exact:
            claim = _claim(passage, step, percent, *base)
            if claim is not None:
                yield claim


def _base(passage: Passage, index: int) -> tuple[Token, bool] | None:
    """Return the number that step and percentage are of, behind them or before them, and whether it is a plan."""
    tokens, text = passage.tokens, passage.text
    step, percent = tokens[index], tokens[index + 1]
    after = tokens[index + 2] if index + 2 < len(tokens) else None
    if after is not None and after.start - percent.end <= _LONGEST_BASE:
        told = _BASE.fullmatch(text, percent.end, after.start)
        if told is not None and _CLOSES.match(text, after.end):
            return after, re.match(PLANNED, told["of"]) is not None
    before = tokens[index - 1] if index else None
    if before is None or step.start - before.end > _LONGEST_BASE:
        return None
    is_first = _BASE_FIRST.search(text, max(0, before.start - _LONGEST_BASE), before.start)
    return (before, False) if is_first and _FROM_BASE.fullmatch(text, before.end, step.start) else None


def _claim(passage: Passage, step: Token, percent: Token, base: Token, is_plan: bool) -> Claim | None:
    moved, earlier = amount_of(passage, step), amount_of(passage, base)
    if not earlier.noun.head and not earlier.noun.is_measure:
        earlier = Amount(base, moved.noun)
    elif not moved.noun.head and not moved.noun.is_measure:
        moved = Amount(step, earlier.noun)
    is_one = may_add_up(earlier.noun, moved.noun) and earlier.noun.kind is not Kind.SPAN
    if not is_one or base.kind is not TokenKind.COUNT or not base.is_exact or not base.number.digits:
        return None
    falls = "iảm" in passage.text[step.start - _LONGEST_STEP : step.start]
    reached = earlier.value - moved.value if falls else earlier.value + moved.value
    holds = is_share_of(moved, earlier, percent.interval(is_count=False))
    if not holds and is_share(reached, earlier.value, percent.interval(is_count=False)):
        # «tăng 4 thanh niên, bằng 105,9%» says what has been reached.
        return None
    if not holds and (moved.noun.head != earlier.noun.head or base.number.is_doubtful):
        return None
    share = Fraction(step.number.value * moved.noun.scale * 100) / Fraction(base.number.value * earlier.noun.scale)
    places = len(percent.number.text.partition(",")[2]) + 1
    said = f"{step.number.text}/{base.number.text} = {show(share, places)}%, "
    explain = said + ("đúng như " if holds else "") + f"văn bản ghi {percent.number.text}%"
    kind = ClaimKind.PERCENT_OF if is_plan else ClaimKind.GROWTH
    first, last = min(step.start, base.start), max(percent.end, base.end)
    return passage.claim(first, last, kind, (base.number, step.number, percent.number), holds, explain)
