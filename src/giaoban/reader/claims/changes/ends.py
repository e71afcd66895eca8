"""«giảm 27, từ 241 chi bộ xuống còn 214 chi bộ (giảm 11,2%)»: a change first, then the values that it lies between.

«giảm 1,84 điểm phần trăm, còn 6,21% (năm 2022: 8,05%)» says the same of rates, «gấp 2,1 lần (từ 186 lên 390,6)» of
times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from giaoban.reader.claims.base.nouns import NO_NOUN, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of, is_share_of
from giaoban.reader.claims.changes.change import EARLIER, RATE, Change, change_holds, explain_change
from giaoban.reader.model import Claim, ClaimKind

_CHANGE = re.compile(r"(?P<way>(?:cắt |tinh )?[tTgGvV](?:ăng|iảm)|[gG]ấp|[tT]ăng gấp)(?: thêm| được| đi| bớt| gấp)? \Z")
_LONGEST_CHANGE = 20
_FROM = re.compile(r"[^.;()\n%]{0,70}(?:, ?| ?\(|: ?| )(?:giảm |tăng )?từ(?: mức)? \Z")
_TO = re.compile(
    r"[^.;()\n\d%]{0,50}(?:(?:năm|quý|tháng|kỳ) [^.;,()\n%]{0,14})?"
    r" (?:lên|xuống|thành|còn|tăng lên|giảm xuống|giảm còn)(?: còn| thành| tới| đến)?(?: mức)? \Z"
)
_SAME = re.compile(
    r"[^.;()\n%]{0,60}(?:, ?| ?\()(?:(?:tương ứng|tương đương|hay|tức|tỷ lệ|bằng)(?: là| với)? ?)*"
    r"(?:tăng |giảm )?\Z"
)
_REST = re.compile(r"[^.;()\n\d%]{0,24},? ?(?:(?:chỉ |hiện |nay )?còn|xuống(?: còn)?|lên|đạt) \Z")
_BASE = re.compile(rf"[^.;()\n\d%]{{0,40}}\((?:so với )?{EARLIER}[^()\d;]{{0,20}}\Z")
_POINTS = re.compile(r"\s?điểm(?: phần trăm| %)?")
_EACH_BEHIND = re.compile(r"[^.;,()\n\d]{0,24}/ ?(?:năm|tháng|quý|vụ)\b")
_EACH_BEFORE = re.compile(r"(?:mỗi|h[ằà]ng|bình quân|trung bình)\b", re.IGNORECASE)
_TIMES = " lần"


def find_ends(passage: Passage) -> Iterator[Claim]:
    """Yield the changes of one flow whose ends are printed behind them."""
    text = passage.text
    for index, token in enumerate(passage.tokens[:-1]):
        if token.start in passage.told or token.mark is not None or token.number.is_doubtful:
            continue
        # Words are found many times faster than the pattern.
        lead = text[max(0, token.start - _LONGEST_CHANGE) : token.start]
        change = _CHANGE.search(lead) if "ăng" in lead or "iảm" in lead or "ấp" in lead else None
        if change is None or token.kind is TokenKind.FRACTION:
            continue
        claim = _between(passage, index, change) or _of_rates(passage, index, change)
        if claim is not None:
            yield claim


def _between(passage: Passage, index: int, change: re.Match[str]) -> Claim | None:
    """Read «..., từ 241 chi bộ xuống còn 214 chi bộ»."""
    tokens, text = passage.tokens, passage.text
    if index + 2 >= len(tokens):
        return None
    step, first, last = tokens[index : index + 3]
    ends = (first, last)
    if any(one.kind is not first.kind or one.mark or one.number.is_doubtful for one in ends):
        return None
    if first.kind is TokenKind.FRACTION or not _FROM.match(text, step.end, first.start):
        return None
    if not _TO.match(text, first.end, last.start):
        return None
    pair = _ends(passage, first, last)
    if pair is None:
        return None
    base, value = pair
    if "ấp" in change[0]:
        return _times(passage, step, base, value)
    falls = "iảm" in change["way"]
    if _size(base) == _size(value) or (_size(base) > _size(value)) is not falls:
        return None
    is_rate = first.kind is TokenKind.PERCENT
    if step.kind is TokenKind.PERCENT and not is_rate:
        said = Change(value, base, None, step, falls, step.start, last.end)
    elif step.kind is TokenKind.COUNT or is_rate:
        noun = RATE if is_rate else passage.noun(step)
        if not is_rate and noun.head and not may_add_up(value.noun, noun):
            return None
        noun = noun if noun.head else value.noun
        said = Change(value, base, Amount(_as_fine(step, value, base) if is_rate else step, noun), None, falls, 0, 0)
    else:
        return None
    if is_rate and step.kind is TokenKind.PERCENT and not change_holds(said):
        # «giảm 25%, từ 5,2% xuống 3,9%» is a share of the first rate.
        share = Change(value, base, None, step, falls, 0, 0)
        said = share if change_holds(share) else said
    return _judged(passage, said, step, last, _percent_after(passage, index + 3, last, said))


def _percent_after(passage: Passage, index: int, last: Token, said: Change) -> Token | None:
    """Return the percentage behind the ends that says the same: «(giảm 11,2%)»."""
    if index >= len(passage.tokens) or said.percent is not None or said.value.noun is RATE:
        return None
    percent = passage.tokens[index]
    is_same = percent.kind is TokenKind.PERCENT and _SAME.match(passage.text, last.end, percent.start)
    return percent if is_same else None


def _of_rates(passage: Passage, index: int, change: re.Match[str]) -> Claim | None:
    """Read «giảm 1,84 điểm phần trăm, còn 6,21% (năm 2022: 8,05%)»."""
    tokens, text = passage.tokens, passage.text
    points = _POINTS.match(text, tokens[index].end)
    if points is None or index + 2 >= len(tokens):
        return None
    step, value, base = tokens[index : index + 3]
    if any(one.kind is not TokenKind.PERCENT or one.mark for one in (value, base)):
        return None
    if not _REST.match(text, points.end(), value.start) or not _BASE.match(text, value.end, base.start):
        return None
    amounts = Amount(value, RATE), Amount(base, RATE)
    said = Change(*amounts, Amount(_as_fine(step, *amounts), RATE), None, "iảm" in change["way"], 0, 0)
    return _judged(passage, said, step, base, None)


def _judged(passage: Passage, said: Change, step: Token, last: Token, percent: Token | None) -> Claim | None:
    if percent is not None:
        said, last = replace(said, percent=percent), percent
    holds = change_holds(said)
    if holds is None or (holds is False and (not said.is_exact or _is_each_year(passage, step))):
        return None
    return passage.claim(
        step.start, last.end, ClaimKind.GROWTH, said.numbers(), holds, explain_change(said, holds=holds)
    )


def _is_each_year(passage: Passage, step: Token) -> bool:
    """Tell whether a step is one of several: «giảm 2%/năm», «mỗi năm giảm 2%»."""
    text = passage.text
    return _EACH_BEHIND.match(text, step.end) is not None or bool(
        _EACH_BEFORE.search(text[max(0, step.start - 40) : step.start])
    )


def _times(passage: Passage, step: Token, base: Amount, value: Amount) -> Claim | None:
    if step.kind is not TokenKind.COUNT or not passage.text.startswith(_TIMES, step.end) or not _size(base):
        return None
    holds = is_share_of(value, base, step.interval(is_count=False).scaled(100))
    times = show(Fraction(_size(value)) / Fraction(_size(base)), len(step.number.text.partition(",")[2]) + 1)
    said = f"{value.token.number.text}/{base.token.number.text} = {times} lần, "
    explain = said + ("đúng như " if holds else "") + f"văn bản ghi {step.number.text} lần"
    numbers = (value.token.number, base.token.number, step.number)
    return passage.claim(step.start, value.token.end, ClaimKind.GROWTH, numbers, holds, explain)


def _ends(passage: Passage, first: Token, last: Token) -> tuple[Amount, Amount] | None:
    if first.kind is TokenKind.PERCENT:
        return Amount(first, RATE), Amount(last, RATE)
    base, value = amount_of(passage, first), amount_of(passage, last)
    if not base.noun.head or base.noun is NO_NOUN or (base.noun.kind is None and value.noun.kind is not None):
        base = Amount(first, value.noun)
    return (base, value) if may_add_up(value.noun, base.noun) else None


def _size(amount: Amount) -> Fraction | int:
    return amount.token.number.value * amount.noun.scale


def _as_fine(step: Token, value: Amount, base: Amount) -> Token:
    """Return «2 điểm» between rates of one decimal as «2,0»."""
    number = step.number
    scale = max(number.scale, value.token.number.scale, base.token.number.scale)
    return replace(step, number=replace(number, digits=number.digits * (scale // number.scale), scale=scale))
