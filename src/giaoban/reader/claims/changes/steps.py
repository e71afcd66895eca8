"""Changes whose value does not stand right before them.

«tăng thêm 340 người, nâng tổng số lên 5.640 người, tăng 6,4%»: the value follows. «So với năm 2023, giảm 28 vụ
(11,7%)»: it stands in the sentence before. «Năm 2022 là 864 tỷ đồng; năm 2023 là 972 tỷ đồng, tăng 12,5%»: value and
earlier value stand in two clauses, each with its time. «24 con, gấp đôi năm ngoái (12 con)»: the change is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.intervals import exactly
from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.base.subject import Amount, amount_of, is_share_of
from giaoban.reader.claims.changes.change import EARLIER, Change, are_of_one, change_holds, explain_change
from giaoban.reader.model import Claim, ClaimKind
from giaoban.reader.places import places_of

_STEP = re.compile(r"(?P<way>[tT]ăng|[gG]iảm)(?: thêm| được| đi)? \Z")
_LONGEST_STEP = 12
_TO_VALUE = re.compile(
    r"[^.;()\n\d%]{0,40}(?:, ?| ?\()(?:qua đó |từ đó |góp phần )?"
    r"(?:(?:nâng|đưa)[^.;()\n\d%]{0,60} lên(?: thành)?|(?:chỉ |hiện |nay )?còn|xuống còn) \Z"
)
_TO_BASE = re.compile(r"[^.;()\n\d%]{0,40},? ?\(?so với (?:mức )?[^.;()\n\d%]{0,20}\Z")
_TO_PERCENT = re.compile(r"[^.;(\n\d%]{0,50},? (?:tương ứng |tương đương |hay |tức )?(?:với )?(?:tăng|giảm) \Z")
_YEAR = r"năm (?:\d{4})"
_EARLY = re.compile(
    rf"(?:{_YEAR}|đầu (?:năm|kỳ|nhiệm kỳ)|cùng kỳ|trước đây|(?:năm|kỳ|vụ) trước)[^.;()\d%]{{0,60}}\Z", re.IGNORECASE
)
_LATE = re.compile(
    rf"[^.()\d%]{{0,40}}[;,]? ?(?:thì |và |đến |hết |sang |tính đến )*"
    rf"(?:(?:cuối )?{_YEAR}|cuối (?:năm|kỳ|nhiệm kỳ)|(?:hiện )?nay|năm nay)[^.;()\d%]{{0,40}}\Z",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(?:19|20)\d{2}\b")
_AT_ONCE = re.compile(r"[^.;()\n\d%]{0,30}, (?:tăng|giảm) \Z")
_CLAUSE_ENDS = re.compile(r"\s?(?:[.;)\n]|\Z)")
_NOUN_ENDS = re.compile(r"[^.;,()\n\d%]{0,30}(?:[.;,()\n]|\Z)")
_WORDS_OF_TIMES = {"đôi": 2, "ba": 3, "bốn": 4}
_TIMES = re.compile(
    rf" (?P<times>{'|'.join(_WORDS_OF_TIMES)})(?: lần)? (?:so với )?{EARLIER}[^.;()\n\d%]{{0,24}}\([^()\d%]{{0,24}}\Z"
)
_REACH = 160


def find_steps(passage: Passage) -> Iterator[Claim]:
    """Yield such changes of one flow."""
    for index, token in enumerate(passage.tokens):
        # Words are found many times faster than the pattern.
        lead = passage.text[max(0, token.start - _LONGEST_STEP) : token.start]
        if "ăng" not in lead and "iảm" not in lead:
            continue
        if token.start in passage.told or not token.is_exact or token.kind is TokenKind.FRACTION:
            continue
        step = _STEP.search(lead)
        if step is None:
            continue
        falls = step["way"].lower() == "giảm"
        claim = _value_behind(passage, index, falls=falls) or _two_times(passage, index, falls=falls)
        if claim is not None:
            yield claim
    yield from _in_words(passage)


def _at(passage: Passage, index: int, kind: TokenKind) -> Token | None:
    """Return a number of a kind that leaves nothing open."""
    token = passage.tokens[index] if 0 <= index < len(passage.tokens) else None
    return token if token is not None and token.kind is kind and token.is_exact else None


def _matches(pattern: re.Pattern[str], passage: Passage, start: int, end: int) -> bool:
    return end - start <= _REACH and pattern.match(passage.text, start, end) is not None


def _value_behind(passage: Passage, index: int, *, falls: bool) -> Claim | None:
    """Read «tăng 48 người, nâng tổng số lên 312 người, so với 264 người», «giảm 8 vụ (còn 17 vụ so với 25 vụ)»."""
    step = passage.tokens[index]
    value = _at(passage, index + 1, TokenKind.COUNT)
    if step.kind is not TokenKind.COUNT or value is None or not _matches(_TO_VALUE, passage, step.end, value.start):
        return None
    reached, moved = _alike(passage, value, step)
    if reached is None or moved is None:
        return None
    last, base = value, None
    after = _at(passage, index + 2, TokenKind.COUNT)
    if after is not None and _matches(_TO_BASE, passage, value.end, after.start):
        _, base = _alike(passage, value, after)
        last = after
    percent = _at(passage, index + (2 if last is value else 3), TokenKind.PERCENT)
    if percent is not None and not _matches(_TO_PERCENT, passage, last.end, percent.start):
        percent = None
    if base is None and percent is None:
        return None
    change = Change(reached, base, moved, percent, falls, 0, 0)
    return _claim(passage, change, step.start, (percent or last).end, is_sure=base is not None)


def _alike(passage: Passage, value: Token, other: Token) -> tuple[Amount | None, Amount | None]:
    """Return two numbers of one thing; the noun may stand with one of them only."""
    one, two = amount_of(passage, value), amount_of(passage, other)
    if not two.noun.head and not two.noun.is_measure:
        two = Amount(other, one.noun)
    elif not one.noun.head and not one.noun.is_measure:
        one = Amount(value, two.noun)
    return (one, two) if may_add_up(one.noun, two.noun) and one.noun.kind is not Kind.SPAN else (None, None)


def _two_times(passage: Passage, index: int, *, falls: bool) -> Claim | None:
    """Read «Năm 2022, huy động 864 tỷ đồng; đến cuối năm 2023 là 972 tỷ đồng, tăng 12,5%»."""
    said, text = passage.tokens[index], passage.text
    value, base = _at(passage, index - 1, TokenKind.COUNT), _at(passage, index - 2, TokenKind.COUNT)
    if value is None or base is None or not _matches(_AT_ONCE, passage, value.end, said.start):
        return None
    early = _EARLY.search(text, max(0, base.start - _REACH), base.start)
    if early is None or not _matches(_LATE, passage, base.end, value.start):
        return None
    years = [int(year) for year in _YEARS.findall(text[early.start() : value.start])]
    if years != sorted(set(years)) or passage.sentence_end(early.start(), value.start) < value.start:
        return None
    reached, earlier = _alike(passage, value, base)
    if reached is None or earlier is None or reached.noun.root != earlier.noun.root:
        return None
    difference = None
    if said.kind is TokenKind.COUNT:
        if not may_add_up(reached.noun, passage.noun(said)):
            return None
        difference = Amount(said, passage.noun(said) if passage.noun(said).head else reached.noun)
    percent = said if said.kind is TokenKind.PERCENT else None
    change = Change(reached, earlier, difference, percent, falls, 0, 0)
    is_sure = bool(reached.noun.head) and _CLAUSE_ENDS.match(text, said.end) is not None
    if difference is not None and (rest := _NOUN_ENDS.match(text, said.end)):
        is_sure = bool(reached.noun.head) and "so với" not in rest[0]
    is_sure = is_sure and are_of_one(reached, earlier)
    return _claim(passage, change, base.start, said.end, is_sure=is_sure)


def _claim(passage: Passage, change: Change, start: int, end: int, *, is_sure: bool) -> Claim | None:
    holds = change_holds(change)
    if holds is None or (holds is False and not (is_sure and change.is_exact)):
        return None
    return passage.claim(start, end, ClaimKind.GROWTH, change.numbers(), holds, explain_change(change, holds=holds))


def _in_words(passage: Passage) -> Iterator[Claim]:
    """Read «24 con bò, gấp đôi năm ngoái (12 con)»; it only ever confirms."""
    for place in places_of(passage.text, "ấp "):
        index = passage.first_after(place)
        base, value = _at(passage, index, TokenKind.COUNT), _at(passage, index - 1, TokenKind.COUNT)
        if base is None or value is None or place - value.end > _REACH or base.start - place > _REACH:
            continue
        told = _TIMES.match(passage.text, place + 2, base.start)
        if told is None or passage.sentence_end(value.end, place) < place:
            continue
        reached, earlier = _alike(passage, value, base)
        times = _WORDS_OF_TIMES[told["times"]]
        if reached is None or earlier is None or not base.number.digits:
            continue
        if is_share_of(reached, earlier, exactly(100 * times)):
            numbers = (value.number, base.number)
            said = f"{value.number.text}/{base.number.text} = {times} lần, đúng như văn bản ghi"
            yield passage.claim(value.start, base.end, ClaimKind.GROWTH, numbers, True, said)
