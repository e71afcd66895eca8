"""«Kết nạp 126 đảng viên (kế hoạch 120, vượt 5%)», «(chỉ tiêu 120 ha, đạt 80%)»: the plan and what was reached of it,
both in the bracket behind a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of, is_share_of
from giaoban.reader.claims.changes.change import Change, change_holds
from giaoban.reader.model import Claim, ClaimKind

_OPENS = re.compile(
    r"[^.;,()\n\d%]{0,60} ?\((?:so với )?(?:kế hoạch|KH|chỉ tiêu|dự toán|nghị quyết|mục tiêu|giao)[^().;,\n\d%]{0,30} "
)
_THEN = re.compile(r"[^.;,()\n\d%]{0,24}[,;] (?:(?P<over>vượt|tăng)|(?P<under>hụt|thiếu|giảm)|đạt|bằng)(?: tỷ lệ)? ")
_CLOSES = re.compile(r"(?: (?:so với )?(?:kế hoạch|chỉ tiêu))?\s?\)")
_VERBS = ("vượt ", "tăng ", "hụt ", "thiếu ", "giảm ", "đạt ", "bằng ", "lệ ")
_FEWEST = 2
_NEAR, _FEW_POINTS = Fraction(2, 5), Fraction(3)


def find_planned(passage: Passage) -> Iterator[Claim]:
    """Yield such shares of one flow that no other finder has told of."""
    tokens, text = passage.tokens, passage.text
    for index in passage.percents:
        percent = tokens[index]
        # Words are found many times faster than the patterns.
        if index < _FEWEST or not text.endswith(_VERBS, 0, percent.start):
            continue
        value, plan = tokens[index - 2 : index]
        are_counts = all(token.kind is TokenKind.COUNT and token.is_exact for token in (value, plan))
        if not are_counts or percent.start in passage.told or not plan.number.digits or not percent.is_exact:
            continue
        way = _THEN.fullmatch(text, plan.end, percent.start)
        if way and _OPENS.fullmatch(text, value.end, plan.start) and _CLOSES.match(text, percent.end):
            claim = _judge(passage, index, way)
            if claim is not None:
                yield claim


def _judge(passage: Passage, index: int, way: re.Match[str]) -> Claim | None:
    value, plan, percent = passage.tokens[index - 2 : index + 1]
    reached, planned = amount_of(passage, value), amount_of(passage, plan)
    if not planned.noun.head:
        planned = Amount(plan, reached.noun)
    if reached.noun.kind is Kind.SPAN or not may_add_up(reached.noun, planned.noun):
        return None
    exact = Fraction(value.number.value * reached.noun.scale * 100) / (plan.number.value * planned.noun.scale)
    if way["over"] or way["under"]:
        falls = way["under"] is not None
        holds = change_holds(Change(reached, planned, None, percent, falls, 0, 0))
        share = Fraction(100) - exact if falls else exact - 100
    else:
        holds, share = is_share_of(reached, planned, percent.interval(is_count=False)), exact
    if not holds and abs(share - Fraction(percent.number.value)) > max(_FEW_POINTS, _NEAR * abs(share)):
        return None
    places = len(percent.number.text.partition(",")[2]) + 1
    said = f"{value.number.text}/{plan.number.text} = {show(exact, places)}%, "
    verb = (way["over"] or way["under"] or "đạt").strip()
    explain = said + ("đúng như " if holds else "") + f"văn bản ghi {verb} {percent.number.text}%"
    numbers = (value.number, plan.number, percent.number)
    return passage.claim(value.start, percent.end, ClaimKind.PERCENT_OF, numbers, bool(holds), explain)
