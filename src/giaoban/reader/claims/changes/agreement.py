"""Numbers that agree with a percentage or a change though their sentence is read loosely.

«820 ý kiến, có 697 ý kiến tán thành, bằng 85%», «đầu năm 412 hộ, cuối năm 318 hộ, giảm 94 hộ».

What the finders with a grammar have not read is tried here against the numbers around it. Such a reading only ever
confirms: numbers that do not fit may simply belong to something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from giaoban.reader.claims.base.intervals import is_share
from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import Mark, Token, TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, is_share_of
from giaoban.reader.claims.changes.change import EARLIER, PLANNED, RATE, Change, change_holds, explain_change
from giaoban.reader.model import Claim, ClaimKind

_CHANGE = re.compile(
    r"(?P<way>[tTvVnNcClLgGíÍ](?:ăng|ượt|hiều hơn|ao hơn|ớn hơn|iảm|t hơn|hấp hơn))"
    r"(?: trưởng| thêm| được| lên| xuống| đi)?"
    rf"(?: (?:so với )?(?P<of>{EARLIER}|{PLANNED})[^.;,()\d%]{{0,24}})? ?\Z"
)
_STEP = re.compile(r"(?:tăng|giảm|vượt|hụt|hơn)(?: thêm| được)? \Z")
_FALLS = ("giảm", "ít hơn", "thấp hơn")
_REACHED = re.compile(
    r"(?:(?:bằng|đạt|hoàn thành|chiếm|tương đương|tương ứng|hay|tức)(?: với)?(?: (?:tỷ|tỉ) lệ)?"
    r"|(?:tỷ|tỉ) lệ(?: đạt| là)?) \Z|\([+−-]?\Z"
)
# One of these ends what the pattern takes, and is found many times faster.
_REACHED_ENDS = (
    "bằng ", "đạt ", "thành ", "chiếm ", "đương ", "ứng ", "hay ", "tức ", "với ", "lệ ", "là ", "(", "(+", "(−", "(-",
)  # fmt: skip
_TIMES = re.compile(r"(?:[gG]ấp(?: hơn| gần| khoảng)?|[bB]ằng|[tT]ăng(?: gấp| lên)?) \Z")
_TIMES_AFTER = " lần"
_OF_PLAN = re.compile(rf"\s?(?:so với )?(?:cả )?{PLANNED}")
_OF_EARLIER = re.compile(rf"\s?(?:so với|so|của)? ?(?:{EARLIER})|\s?so với")
_OF_NUMBER = re.compile(r" ?(?:trong |trên |của |/)?(?:tổng )?số [^.;,()\d%]{0,40}\(?(?:là |có )?\Z")
_ENDS_CLAUSE = re.compile(r"\s?(?:[.,;)\n]|\Z)")
_OF_WHOLE = re.compile(r"(?: ?/| (?:trong|trên|của))? ?(?:tổng|số)\b")
_TO_BASE = re.compile(rf"(?:so với|{EARLIER}|{PLANNED}|\bmức)\b[^.;,%]{{0,110}}\Z")
_BASE_LEAD = re.compile(
    rf"(?:\btừ(?: mức)?|{EARLIER})[^.;()\d%\n]{{0,24}}\Z"
    r"|(?:[nN]|\bn)ăm \d{4},[^.;()\d%\n]{0,48}\Z"
)
_EARLIER_LEAD = re.compile(rf"(?:[,;(] ?(?:trong khi |còn |của )?|so với ){EARLIER}[^.;()\d%]{{0,24}}\Z")
_IN_BRACKET = re.compile(rf"[^.;,()\d%]{{0,40}}\([^()\d]{{0,12}}{EARLIER}[^()\d]{{0,12}}\Z")
_SLASH = re.compile(rf"[^.;,()\d%]{{0,40}}/ ?(?P<plan>{PLANNED})?[^.;,()\d%]{{0,24}}\Z")
_OPENS = re.compile(r"[^.;,()\d%]{0,40}\(")
_LINK = re.compile(r"\b(?:có|thì|trong đó|gồm|cơ cấu)\b")
_POINTS = re.compile(r"\s?điểm")
_LONGEST_LEAD = 64
_LONGEST_GAP = 120
_REACH = 320
_MOST, _MOST_ALIKE = 5, 10
_TELLING = 1000


@dataclass(slots=True)
class _Pair:
    """A value and what it may be compared with: an earlier one, or a plan."""

    value: Amount
    base: Amount
    is_plan: bool


def find_agreements(passage: Passage) -> Iterator[Claim]:
    """Yield what the numbers of one flow confirm that no other finder has told of; it is to be asked last."""
    for index, token in enumerate(passage.tokens):
        if token.start in passage.told or token.kind is TokenKind.FRACTION or not token.is_exact:
            continue
        claim = None
        if passage.text.startswith(_TIMES_AFTER, token.end) and (times := _lead(passage, token, _TIMES)):
            claim = _index(passage, index, times.start(), factor=100)
        elif change := _change_before(passage, token):
            claim = _step_and_share(passage, index, change.start())
            if claim is None and not _is_said_in_percent(passage, index):
                claim = _change(passage, index, change)
        elif token.kind is TokenKind.PERCENT and passage.text.endswith(_REACHED_ENDS, 0, token.start):
            reached = _lead(passage, token, _REACHED)
            claim = _percentage(passage, index, reached.start()) if reached else None
        if claim is not None:
            yield claim


def _is_said_in_percent(passage: Passage, index: int) -> bool:
    """Tell whether a percentage follows a step in its clause: then the step is read with it, or not at all."""
    step, text = passage.tokens[index], passage.text
    if step.kind is not TokenKind.COUNT or _POINTS.match(text, step.end):
        return False
    for token in passage.tokens[index + 1 : index + _MOST]:
        if token.kind is TokenKind.PERCENT:
            is_near = token.start - step.end <= _LONGEST_GAP and ";" not in text[step.end : token.start]
            is_here = is_near and passage.sentence_end(step.end, token.start) == token.start
            return is_here and not _change_before(passage, token)
    return False


def _change_before(passage: Passage, token: Token) -> re.Match[str] | None:
    """Look for a change right before a number; its words are found many times faster than the pattern."""
    words = passage.text[max(0, token.start - _LONGEST_LEAD) : token.start]
    may_be = "ăng" in words or "iảm" in words or "hơn" in words or "ượt" in words
    return _lead(passage, token, _CHANGE) if may_be else None


def _lead(passage: Passage, token: Token, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Look at the words right before a number."""
    return pattern.search(passage.text, max(0, token.start - _LONGEST_LEAD), token.start)


def _change(passage: Passage, index: int, change: re.Match[str]) -> Claim | None:
    """Read «tăng 15% so với cùng kỳ là 4,2 tỷ đồng», «giảm 94 hộ», «cao hơn 1,1 điểm phần trăm»."""
    token = passage.tokens[index]
    falls = change["way"].lower() in _FALLS
    is_points = _POINTS.match(passage.text, token.end) is not None
    is_of_plan = re.match(PLANNED, change["of"] or "") is not None
    for pair in _pairs(passage, index, change.start(), is_named=change["of"] is not None):
        is_rate = pair.value.token.kind is TokenKind.PERCENT
        readings = []
        if is_rate if is_points or token.kind is TokenKind.PERCENT else not is_rate:
            step = Amount(_same_scale(token, pair), RATE) if is_rate else Amount(token, pair.value.noun)
            readings.append(Change(pair.value, pair.base, step, None, falls, 0, 0))
        if token.kind is TokenKind.PERCENT and not is_points:
            readings.append(Change(pair.value, pair.base, None, token, falls, 0, 0))
        for said in readings:
            if change_holds(said):
                kind = ClaimKind.PERCENT_OF if pair.is_plan or is_of_plan else ClaimKind.GROWTH
                tokens = [pair.value.token, pair.base.token, token]
                return _claim(passage, kind, tokens, explain_change(said, holds=True))
    return None


def _percentage(passage: Passage, index: int, place: int) -> Claim | None:
    """Read a percentage behind «bằng», «đạt», «chiếm», or in a bracket: of a plan, of an earlier value, of a whole."""
    percent = passage.tokens[index]
    claim = _step_and_share(passage, index, place) or _index(passage, index, place, factor=1)
    if claim is not None or _OF_PLAN.match(passage.text, percent.end) or _OF_EARLIER.match(passage.text, percent.end):
        return claim
    return _share(passage, index, place)


def _step_and_share(passage: Passage, index: int, place: int) -> Claim | None:
    """Read «tăng 203 tỷ đồng (+12,4%)», «tăng 1.920 tấn, bằng 103,4%»: a step, and the percentage that it makes."""
    share = passage.tokens[index]
    before = index - 1
    while before >= 0 and place - passage.tokens[before].end <= _LONGEST_GAP:
        step = passage.tokens[before]
        change = _change_before(passage, step) if step.kind is TokenKind.COUNT and step.is_exact else None
        if change is not None:
            break
        before -= 1
    else:
        return None
    is_told = step.start in passage.told
    if is_told or share.kind is not TokenKind.PERCENT or passage.sentence_end(step.end, place) < place:
        return None
    falls = change["way"].lower() in _FALLS
    befores = _befores(passage, change.start(), _head_of(passage, step, share))
    # Whole percentages fit what is far off by chance.
    clause = passage.text.rfind(";", 0, change.start()) if share.number.is_whole else -1
    for at in befores:
        value = _amount(passage, at)
        if value.token.start < clause and at != befores[0]:
            break
        amount = Amount(step, passage.noun(step) if passage.noun(step).head else value.noun)
        if value.token.kind is not TokenKind.COUNT or not may_add_up(value.noun, amount.noun):
            continue
        said = Change(value, None, amount, share, falls, 0, 0)
        tokens = [value.token, step, share]
        if change_holds(said):
            return _claim(passage, ClaimKind.GROWTH, tokens, explain_change(said, holds=True))
        base = value.value + amount.value if falls else value.value - amount.value
        if base.low and base.low > 0 and is_share(value.value, base, share.interval(is_count=False)):
            return _claim(passage, ClaimKind.GROWTH, tokens, _against_earlier(said))
    return None


def _against_earlier(said: Change) -> str:
    """Say what share a value is of the one before it, which only its step tells."""
    assert said.difference is not None
    assert said.percent is not None
    value, step = said.value.token.number, said.difference.token.number
    upper = value.value * said.value.noun.scale
    moved = step.value * said.difference.noun.scale
    share = Fraction(upper * 100, upper + moved if said.falls else upper - moved)
    shown = show(share, len(said.percent.number.text.partition(",")[2]) + 1)
    sign = "+" if said.falls else "-"
    return (
        f"{value.text}/({value.text} {sign} {step.text}) = {shown}%, đúng như văn bản ghi {said.percent.number.text}%"
    )


def _index(passage: Passage, index: int, place: int, *, factor: int) -> Claim | None:
    """Read «đạt 80%» of a plan or an earlier value, and «gấp 2 lần» with a factor of 100."""
    share = passage.tokens[index]
    said = share.interval(is_count=False).scaled(factor)
    for pair in _pairs(passage, index, place):
        base = pair.base.value
        if pair.value.token.kind is not TokenKind.COUNT or not base.low or base.low < 0:
            continue
        if is_share_of(pair.value, pair.base, said):
            kind = ClaimKind.PERCENT_OF if pair.is_plan else ClaimKind.GROWTH
            base_end, value_start = pair.base.token.end, pair.value.token.start
            is_divided = not pair.is_plan and passage.text.find("trong đó", base_end, value_start) >= 0
            if "chiếm" in passage.text[place : share.start] or is_divided:
                kind = ClaimKind.RATIO
            tokens = [pair.value.token, pair.base.token, share]
            return _claim(passage, kind, tokens, _quotient(pair.value, pair.base, share, factor))
    return None


def _share(passage: Passage, index: int, place: int) -> Claim | None:
    """Read a part of a whole: «820 ý kiến, có 697 ý kiến tán thành, bằng 85%», «214 đồng chí, chiếm 12,5% số đoàn viên
    (1.712 đoàn viên)»."""
    percent, text = passage.tokens[index], passage.text
    said = percent.interval(is_count=False)
    head = _head_of(passage, passage.tokens[max(0, passage.first_after(place) - 1)], percent)
    counts = [at for at in _befores(passage, place, head) if passage.tokens[at].kind is TokenKind.COUNT]
    if not counts or place - passage.tokens[counts[0]].end > _LONGEST_GAP:
        return None
    part = _amount(passage, counts[0])
    wholes = counts[1:]
    after = index + 1
    is_open = not _ENDS_CLAUSE.match(text, percent.end)
    if after < len(passage.tokens) and _OF_NUMBER.match(text, percent.end, passage.tokens[after].start):
        wholes = [after] if passage.tokens[after].is_exact else []
    elif is_open and not _OF_WHOLE.match(text, percent.end):
        # «hoàn thành 25% công trình» is a share of what follows.
        return None
    for at in wholes:
        whole = _amount(passage, at)
        is_more = part.token.number.value * part.noun.scale < whole.token.number.value * whole.noun.scale
        if not is_more or whole.token.kind is not TokenKind.COUNT or not may_add_up(whole.noun, part.noun):
            continue
        # Whole percentages agree by chance too often, unless both count the same or a word joins them.
        is_alike = whole.noun.head == part.noun.head != ""
        if percent.number.is_whole and not (is_alike or _LINK.search(text, whole.token.end, part.token.start)):
            continue
        if is_share_of(part, whole, said):
            tokens = [whole.token, part.token, percent]
            return _claim(passage, ClaimKind.RATIO, tokens, _quotient(part, whole, percent, 1))
    return None


def _quotient(value: Amount, base: Amount, said: Token, factor: int) -> str:
    upper = value.token.number.value * value.noun.scale * 100
    lower = base.token.number.value * base.noun.scale * factor
    places = len(said.number.text.partition(",")[2]) + 1
    share, sign = show(Fraction(upper, lower), places), "%" if factor == 1 else " lần"
    printed = f"{value.token.number.text}/{base.token.number.text}"
    return f"{printed} = {share}{sign}, đúng như văn bản ghi {said.number.text}{sign}"


def _befores(passage: Passage, place: int, head: str = "") -> list[int]:
    """Return the indices of the exact numbers before a place in its sentence, nearest first; no spans of time, and no
    steps («tăng 8 hộ»). Behind a few of them, only those that count a ``head``."""
    text = passage.text
    first = max(0, place - _REACH, text.rfind("\n", max(0, place - _REACH), place) + 1)
    for stop in passage.stops(first, place):
        first = stop + 1 if stop < place - 1 else first
    found: list[int] = []
    index = passage.first_after(place) - 1
    while index >= 0 and passage.tokens[index].start >= first and len(found) < (_MOST_ALIKE if head else _MOST):
        token = passage.tokens[index]
        is_rate = token.kind is TokenKind.PERCENT
        is_count = token.kind is TokenKind.COUNT and passage.noun(token).kind is not Kind.SPAN
        is_near = len(found) < _MOST or passage.noun(token).head == head
        if (
            is_near
            and (token.is_exact or _is_meant(token))
            and (is_rate or (is_count and not _lead(passage, token, _STEP)))
        ):
            found.append(index)
        index -= 1
    return found


def _head_of(passage: Passage, token: Token, percent: Token) -> str:
    """Return what a number counts where its percentage has decimals: whole ones fit what is far off by chance."""
    return "" if percent.number.is_whole else passage.noun(token).head


def _is_meant(token: Token) -> bool:
    """Tell whether «khoảng 41,65 tỷ đồng» is meant to the last digit all the same."""
    return token.mark is Mark.ABOUT and token.number.digits >= _TELLING and not token.number.is_doubtful


def _amount(passage: Passage, index: int) -> Amount:
    token = passage.tokens[index]
    if _is_meant(token):
        token = replace(token, mark=None)
    return Amount(token, RATE if token.kind is TokenKind.PERCENT else passage.noun(token))


def _pairs(passage: Passage, index: int, place: int, *, is_named: bool = False) -> Iterator[_Pair]:
    """Yield values before a place, each with a number that the words call an earlier value or a plan; ``is_named``: the
    words before have called it so."""
    text, tokens = passage.text, passage.tokens
    told = _base_after(passage, index, is_named=is_named)
    for at in _befores(passage, place):
        if told is not None:
            yield from _fit(_amount(passage, at), _amount(passage, told[0]), is_plan=told[1])
        if at + 1 < index:
            gap = text[tokens[at].end : tokens[at + 1].start]
            if slash := _SLASH.match(gap):
                yield from _fit(_amount(passage, at), _amount(passage, at + 1), is_plan=slash["plan"] is not None)
            elif _IN_BRACKET.match(gap):
                yield from _fit(_amount(passage, at), _amount(passage, at + 1), is_plan=False)
        is_pair = at > 0 and tokens[at - 1].is_exact and tokens[at - 1].kind is not TokenKind.FRACTION
        if is_pair and _lead(passage, tokens[at], _EARLIER_LEAD):
            yield from _fit(_amount(passage, at - 1), _amount(passage, at), is_plan=False)
        if at and tokens[at - 1].is_exact and _lead(passage, tokens[at - 1], _BASE_LEAD):
            yield from _fit(_amount(passage, at), _amount(passage, at - 1), is_plan=False)


def _base_after(passage: Passage, index: int, *, is_named: bool) -> tuple[int, bool] | None:
    """Return the number behind another one that the words call its base, and whether it is a plan."""
    text, tokens = passage.text, passage.tokens
    start = tokens[index].end
    for at in range(index + 1, len(tokens)):
        token = tokens[at]
        if token.start - start > _LONGEST_GAP or passage.sentence_end(start, token.start) < token.start:
            return None
        if token.kind is TokenKind.PERCENT or passage.noun(token).kind is not Kind.SPAN:
            words = text[start : token.start]
            is_told = _TO_BASE.search(words) or (is_named and _OPENS.fullmatch(words))
            if not is_told or not token.is_exact or _lead(passage, token, _STEP):
                return None
            return at, re.search(PLANNED, words) is not None
    return None


def _fit(value: Amount, base: Amount, *, is_plan: bool) -> Iterator[_Pair]:
    """Yield the pair if both are rates, or count what may be compared; a noun may stand with one of them only."""
    if value.token.kind is not base.token.kind:
        return
    one, other = value.noun, base.noun
    if not other.head and not other.is_measure:
        base = Amount(base.token, one)
    elif not one.head and not one.is_measure:
        value = Amount(value.token, other)
    elif not (is_plan or may_add_up(one, other) or one.kind is other.kind):
        return
    yield _Pair(value, base, is_plan)


def _same_scale(step: Token, pair: _Pair) -> Token:
    """Return «2 điểm» between rates of one decimal as «2,0»."""
    number = step.number
    scale = max(number.scale, pair.value.token.number.scale, pair.base.token.number.scale)
    number = replace(number, digits=number.digits * (scale // number.scale), scale=scale)
    return replace(step, number=number)


def _claim(passage: Passage, kind: ClaimKind, tokens: list[Token], explain: str) -> Claim:
    start, end = min(token.start for token in tokens), max(token.end for token in tokens)
    return passage.claim(start, end, kind, [token.number for token in tokens], True, explain)
