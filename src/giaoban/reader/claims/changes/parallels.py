"""«Xảy ra 212 vụ, làm chết 96 người, bị thương 140 người. So với cùng kỳ giảm 28 vụ (-11,7%), giảm 14 người chết
(-12,7%), tăng 9 người bị thương (+6,9%)»: changes in the order of their values, which stand in the sentence before.

Which value a change is of is told by what it counts, and by the words that both have: «làm chết 96 người», «14 người
chết». One that fits confirms. One value alone, in the sentence before, with all those words, must fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, Noun, noun_after
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.base.subject import Amount
from giaoban.reader.claims.changes.change import EARLIER, PLANNED, Change, change_holds, explain_change
from giaoban.reader.model import Claim, ClaimKind

_STEP = re.compile(r"(?P<way>[tT]ăng|[gG]iảm)(?: thêm| được| đi)? \Z")
_IN_BRACKET = re.compile(
    r"[^.;,()\n\d%]{0,40} ?\( ?(?:(?:tương ứng|tương đương|bằng|tăng|giảm|hay|tức)(?: với)? )*(?:[-+–−] ?)?\Z"
)
_STEP_IN_BRACKET = re.compile(r" ?\((?:tương ứng|tương đương|bằng|tức|hay)?(?: với)? ?(?:tăng|giảm)?(?: thêm)? ")
_OF_FRACTION = re.compile(r"[^.;,()\n\d%]{0,24}, (?P<way>tăng|giảm|vượt|hụt) ")
# «(tăng 46 việc, 0,9% so với cùng kỳ)».
_AT_ONCE = re.compile(r" [^.;,()\n\d%]{1,24}, (?:tức |tăng |giảm )?")
_EQUALS = re.compile(r"[^.;,()\n\d%]{0,24}, (?:tương ứng|tương đương|tức)(?: với)?(?: mức)?(?: tăng| giảm)? ")
_SO = re.compile(r" so (?:với )?")
_COMPARES = re.compile(rf"(?:[sS]o với|[sS]o|[bB]ằng) (?:[^.;,()\d%]{{0,24}}(?:{EARLIER}|\d{{1,2}} tháng))")
_NAMED = re.compile(r"\bsố ([^.;,()\n\d%]{2,40}?) (?:đều |cũng |đã )?[tTgG](?:ăng|iảm)(?: thêm| được| đi)? \Z")
_PLANNED = re.compile(PLANNED)
_SIGN = re.compile(r"[.,;:()\n\d%]")
_CHANGED = re.compile(r"(?:tăng|giảm|vượt|hụt|hơn)(?: thêm| được| đi)? \Z", re.IGNORECASE)
_LONGEST_STEP, _LONGEST_LEAD, _LONGEST_GAP = 12, 64, 60
_REACH, _MOST = 700, 30
_FEWEST_WORDS = 2
_FAR, _FAR_POINTS = Fraction(3, 5), 5


def find_parallels(passage: Passage) -> Iterator[Claim]:
    """Yield such changes of one flow that no other finder has told of."""
    text, tokens = passage.text, passage.tokens
    for at in passage.percents:
        if not at:
            continue
        if at + 1 < len(tokens) and tokens[at + 1].kind is TokenKind.COUNT and tokens[at].start not in passage.told:
            claim = _percent_first(passage, at)
            if claim is not None:
                yield claim
                continue
        index = at - 1
        step, percent = tokens[index], tokens[at]
        if step.start in passage.told:
            continue
        if step.kind is TokenKind.FRACTION and (claim := _of_fraction(passage, step, percent)) is not None:
            yield claim
        if step.kind is not TokenKind.COUNT:
            continue
        # Words are found many times faster than the pattern.
        lead = text[max(0, step.start - _LONGEST_STEP) : step.start]
        way = _STEP.search(lead) if "ăng" in lead or "iảm" in lead else None
        if way is None or percent.start - step.end > _LONGEST_GAP or not (step.is_exact and percent.is_exact):
            continue
        is_said = _IN_BRACKET.fullmatch(text, step.end, percent.start) or (
            _AT_ONCE.fullmatch(text, step.end, percent.start) and _SO.match(text, percent.end)
        )
        is_loose = not is_said and _EQUALS.fullmatch(text, step.end, percent.start) is not None
        if (is_said or is_loose) and not _is_of_plan(passage, percent):
            claim = _judge(passage, step, percent, index, falls=way["way"] in ("giảm", "Giảm"))
            if claim is not None and (claim.holds or not is_loose):
                yield claim


def _is_of_plan(passage: Passage, percent: Token) -> bool:
    return _PLANNED.search(passage.text, percent.end, percent.end + _LONGEST_GAP // 2) is not None


def _percent_first(passage: Passage, index: int) -> Claim | None:
    """Read «trồng 2.517 ha rừng. Diện tích này giảm 28,1% (tương đương giảm 985,6 ha) so với cùng kỳ» where it is
    right."""
    percent, step = passage.tokens[index], passage.tokens[index + 1]
    if {percent.start, step.start} & passage.told or not (step.is_exact and percent.is_exact):
        return None
    lead = passage.text[max(0, percent.start - _LONGEST_STEP) : percent.start]
    way = _STEP.search(lead) if "ăng" in lead or "iảm" in lead else None
    if way is None or step.start - percent.end > _LONGEST_GAP:
        return None
    if not _STEP_IN_BRACKET.fullmatch(passage.text, percent.end, step.start):
        return None
    claim = _judge(passage, step, percent, index, falls=way["way"] in ("giảm", "Giảm"))
    return claim if claim is not None and claim.holds else None


def _of_fraction(passage: Passage, fraction: Token, percent: Token) -> Claim | None:
    """Read «ngô 73/70 ha, tăng 4,3%»: what was reached, over the plan or what was before, where it is right."""
    text, upper, lower = passage.text, fraction.number, fraction.second
    way = _OF_FRACTION.fullmatch(text, fraction.end, percent.start)
    if way is None or lower is None or not lower.digits or not (fraction.is_exact and percent.is_exact):
        return None
    falls = way["way"] in ("giảm", "hụt")
    noun = passage.noun(fraction)
    value = Amount(Token(TokenKind.COUNT, fraction.start, fraction.end, upper), noun)
    base = Amount(Token(TokenKind.COUNT, fraction.start, fraction.end, lower), noun)
    change = Change(value, base, None, percent, falls, fraction.start, percent.end)
    return _claim(passage, change, fraction.start) if change_holds(change) else None


def _judge(passage: Passage, step: Token, percent: Token, index: int, *, falls: bool) -> Claim | None:
    noun, words = _counted(passage, step)
    if not noun.root or noun.kind is Kind.SPAN:
        return None
    start = _sentence_before(passage, step.start)
    found = _values(passage, step, noun, index)
    told = [token for token in found if words and _has_words(passage, token, words)]
    for value in told or found:
        change = Change(Amount(value, noun), None, Amount(step, noun), percent, falls, value.start, percent.end)
        if change_holds(change):
            return _claim(passage, change, step.start)
    near = [token for token in told or found if token.start >= start]
    is_alone = len(near) == 1 and bool(told or not words) and near[0].is_exact
    if not is_alone or not _compares(passage, start, near[0], step):
        return None
    change = Change(Amount(near[0], noun), None, Amount(step, noun), percent, falls, near[0].start, percent.end)
    return _claim(passage, change, step.start, holds=False) if _is_near(change) else None


def _counted(passage: Passage, step: Token) -> tuple[Noun, str]:
    """Return what a step counts and what is said about it, behind the number or before: «chết» of «47 người chết», «bị
    thương» of «số người bị thương tăng 17 người» or «số người bị thương tăng 17»."""
    noun = passage.noun(step)
    words = noun.phrase.removeprefix(noun.head).strip()
    if words:
        return noun, words
    named = _NAMED.search(passage.text, max(0, step.start - _LONGEST_LEAD), step.start)
    said = named[1].lower() if named else ""
    if named and not noun.head:
        noun = noun_after(said, 0)
    return noun, said.removeprefix(noun.root).strip() if said.startswith(noun.root) else ""


def _values(passage: Passage, step: Token, noun: Noun, index: int) -> list[Token]:
    """Return the counts of one thing before a step in its sentence and the two before it, nearest first; no steps."""
    text = passage.text
    begin = max(0, step.start - _REACH)
    stops = [stop for stop in passage.stops(begin, step.start) if stop < step.start - 1]
    begin = stops[-3] if len(stops) > _FEWEST_WORDS else begin
    found: list[Token] = []
    for at in range(index - 1, max(-1, index - _MOST), -1):
        token = passage.tokens[at]
        if token.start < begin:
            break
        own = passage.noun(token)
        if token.kind is not TokenKind.COUNT or own.root != noun.root or own.scale != noun.scale:
            continue
        if token.number.is_doubtful or _CHANGED.search(text, max(0, token.start - 2 * _LONGEST_STEP), token.start):
            continue
        found.append(token)
    return found


def _has_words(passage: Passage, token: Token, words: str) -> bool:
    lead = _SIGN.split(passage.text[max(0, token.start - _LONGEST_LEAD) : token.start])[-1].lower()
    return words in passage.noun(token).phrase or words in lead


def _sentence_before(passage: Passage, place: int) -> int:
    """Return where the sentence before that of a place begins."""
    begin = max(0, place - _REACH)
    stops = [stop for stop in passage.stops(begin, place) if stop < place - 1]
    return stops[-2] if len(stops) > 1 else begin


def _compares(passage: Passage, start: int, value: Token, step: Token) -> bool:
    """Tell whether words between a value and a step compare it with an earlier time."""
    return _COMPARES.search(passage.text, max(start, value.end), step.start) is not None


def _is_near(change: Change) -> bool:
    """Tell whether a change that does not fit comes near: what is farther off is read wrongly."""
    assert change.difference is not None
    assert change.percent is not None
    moved, value = Fraction(change.difference.token.number.value), Fraction(change.value.token.number.value)
    base = value + moved if change.falls else value - moved
    if base <= 0 or not change.value.is_exact:
        return False
    share = moved * 100 / base
    return abs(share - Fraction(change.percent.number.value)) <= max(_FAR * share, Fraction(_FAR_POINTS))


def _claim(passage: Passage, change: Change, start: int, *, holds: bool = True) -> Claim:
    explain = explain_change(change, holds=holds)
    end = max(change.end, change.difference.token.end if change.difference else 0)
    return passage.claim(min(start, change.end - 1), end, ClaimKind.GROWTH, change.numbers(), holds, explain)
