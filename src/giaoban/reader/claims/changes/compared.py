"""«2.184 vụ, nhiều hơn cùng kỳ 164 vụ (2.020 vụ)», «21.600 con, gấp 1,8 lần năm 2020 (12.000 con)», «từ 1.845 tỷ đồng
cuối năm 2023 tăng lên 2.103 tỷ đồng, tăng 14%»: a value, the one before it, and how they compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import Mark, Token, TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of, is_share_of, subject_before
from giaoban.reader.claims.changes.change import EARLIER, RATE, Change, change_holds, explain_change
from giaoban.reader.model import Claim, ClaimKind

_MORE = re.compile(
    rf",? ?(?P<way>nhiều|ít|cao|thấp) hơn(?: so với)?(?: {EARLIER}(?: [^\W\d]{{1,7}}){{0,3}}(?: \d{{4}})?)? \Z"
)
_LONGEST_MORE = 56
_BASE = re.compile(rf"[^.;()\n\d%]{{0,60}}\((?:{EARLIER})?[^()\d;]{{0,24}}\Z", re.IGNORECASE)
_SAYS_WHEN = re.compile(EARLIER)
_SAME = re.compile(r"\)?,? ?\(?(?:tức(?: là)?|hay|tương ứng|tương đương)?(?: với)? ?(?:tăng|giảm) \Z")
_UP_TO = re.compile(r" (?:đã )?(?P<way>tăng|nâng|giảm|hạ)(?: lên| xuống| còn| thành| đến){1,2}(?: mức)? \Z")
_LONGEST_UP_TO = 30
_FROM = re.compile(r"\b[tT]ừ(?: mức)? \Z")
_FALLS = ("ít", "thấp", "giảm", "hạ")
_AND_SO = re.compile(
    r"[^.;()\n%\d]{0,30}(?:năm \d{4})?[^.;()\n%\d]{0,12}(?:, ?| ?\()(?:tức |hay |tương ứng |tương đương )?(?:với )?"
    r"(?:tăng|giảm) (?:thêm )?\Z"
)
_GAP_OF_ENDS = re.compile(r"[^.;()\n%]{0,80}\Z")
_TIMES = re.compile(r"[gG]ấp (?:hơn |gần |khoảng |trên )?\Z")
_TIMES_BASE = re.compile(rf" lần (?:so với )?{EARLIER}[^.;()\d%]{{0,24}}\((?:{EARLIER}:? ?|là )?\Z")
_SO_FAR = re.compile(rf"so với (?:{EARLIER})[^.;()\d%]{{0,24}}\((?:{EARLIER}:? ?|là )?\Z")
_MOST_BEFORE = 7
_HIGHER = re.compile(r"[, ](?P<way>nhiều|ít|cao|thấp) hơn(?: so với)? [^.;,()\d%]{2,40}(?:(?:19|20)\d\d )?\(\Z")
_THEN = re.compile(r"[^().;,\n\d%]{0,20}\) (?:là )?")
_ALSO = re.compile(
    r"[^.;,()\n\d%]{0,24}(?:, ?| ?\()(?:bằng|tức(?: là)?|tương ứng|tương đương|hay)(?: với)?(?: tăng| giảm)? "
)
_ENDS = re.compile(r"\s?(?:[.,;)\n]|\Z)")
_CLOSES = re.compile(r"[^().;,\n\d%]{0,40}\)")
_LONGEST_WORD = 16
_REACH = 170


def find_compared(passage: Passage) -> Iterator[Claim]:
    """Yield such comparisons of one flow."""
    text = passage.text
    for index, token in enumerate(passage.tokens):
        # Words are found many times faster than the patterns.
        lead = text[max(0, token.start - _LONGEST_MORE) : token.start]
        claim = None
        if " hơn " in lead and token.kind is TokenKind.COUNT:
            claim = _more(passage, index) or (_higher(passage, index) if lead.endswith(") ") else None)
        elif token.kind is not TokenKind.FRACTION and lead.endswith(") ") and " hơn " in lead:
            claim = _higher(passage, index)
        elif "ấp " in lead and text.startswith(" lần", token.end):
            claim = _times(passage, index)
        if claim is None and lead.endswith(
            (") tăng ", ") giảm ", "), tăng ", "), giảm ", ") tăng thực ", ") tăng thêm ")
        ):
            claim = _after_base(passage, index)
        if claim is None and (" lên " in lead or " xuống " in lead or " còn " in lead or " thành " in lead):
            claim = _up_to(passage, index)
        if claim is not None:
            yield claim


def _next(passage: Passage, index: int, kind: TokenKind) -> Token | None:
    token = passage.tokens[index] if index < len(passage.tokens) else None
    return token if token is not None and token.kind is kind and token.is_exact else None


def _more(passage: Passage, index: int) -> Claim | None:
    """Read «nhiều hơn cùng kỳ 164 vụ (2.020 vụ)», «ít hơn 9 vụ so với năm trước (55 vụ), tức giảm 16,4%»."""
    text, step = passage.text, passage.tokens[index]
    more = _MORE.search(text, max(0, step.start - _LONGEST_MORE), step.start)
    base = _next(passage, index + 1, TokenKind.COUNT)
    if more is None or base is None or not step.is_exact or base.start - step.end > _REACH:
        return None
    if not _BASE.match(text, step.end, base.start) or not _CLOSES.match(text, base.end):
        return None
    moved = amount_of(passage, step)
    found = subject_before(passage, more.start(), moved.noun)
    if found is None or not found[1] or found[0].token.kind is not TokenKind.COUNT or moved.noun.kind is Kind.SPAN:
        return None
    if not _SAYS_WHEN.search(text, more.start(), base.start):
        return None
    value, before = found[0], _alike(passage, base, found[0])
    if before is None:
        return None
    closing = text.find(")", base.end)
    percent = _next(passage, index + 2, TokenKind.PERCENT)
    if percent is not None and not _SAME.match(text, closing, percent.start):
        percent = None
    change = Change(value, before, moved, percent, more["way"] in _FALLS, 0, 0)
    return _claim(passage, change, value.token.start, percent.end if percent else closing)


def _higher(passage: Passage, index: int) -> Claim | None:
    """Read «đạt 65%, cao hơn bình quân cả nước (58,4%) 6,6 điểm phần trăm» where it is right."""
    text, said = passage.text, passage.tokens[index]
    base = passage.tokens[index - 1] if index > 1 else None
    if base is None or not (base.is_exact and said.is_exact) or said.start in passage.told:
        return None
    more = _HIGHER.search(text, max(0, base.start - _LONGEST_MORE - _LONGEST_WORD), base.start)
    if more is None or not _THEN.fullmatch(text, base.end, said.start):
        return None
    noun = RATE if base.kind is TokenKind.PERCENT else passage.noun(base)
    for value in reversed(passage.tokens[max(0, index - _MOST_BEFORE) : index - 1]):
        if base.start - value.end > _REACH or passage.sentence_end(value.end, base.start) < base.start:
            return None
        own = RATE if value.kind is TokenKind.PERCENT else passage.noun(value)
        if value.kind is not base.kind or not value.is_exact or not may_add_up(own, noun or own):
            continue
        change = Change(
            Amount(value, own), Amount(base, own), Amount(said, own), None, more["way"] in _FALLS, value.start, said.end
        )
        if change_holds(change):
            return _claim(passage, change, value.start, said.end)
    return None


def _alike(passage: Passage, token: Token, value: Amount) -> Amount | None:
    other = amount_of(passage, token)
    if not other.noun.head and not other.noun.is_measure:
        return Amount(token, value.noun)
    return other if may_add_up(value.noun, other.noun) else None


def _times(passage: Passage, index: int) -> Claim | None:
    """Read «21.600 con, gấp 1,8 lần năm 2020 (12.000 con)»; «tăng gấp 2 lần» may mean that so much came on top."""
    text, times = passage.text, passage.tokens[index]
    word = _TIMES.search(text, max(0, times.start - _LONGEST_WORD), times.start)
    base = _next(passage, index + 1, TokenKind.COUNT)
    if word is None or base is None or times.number.is_doubtful or base.start - times.end > _REACH:
        return None
    if not _TIMES_BASE.match(text, times.end, base.start) or not _CLOSES.match(text, base.end):
        return None
    found = subject_before(passage, word.start())
    if found is None or not found[1] or not found[0].is_exact or not base.number.digits:
        return None
    value, before = found[0], _alike(passage, base, found[0])
    if before is None or before.noun.scale != value.noun.scale:
        return None
    said = times.interval(is_count=False)
    holds = is_share_of(value, before, said.scaled(100))
    quotient = Fraction(value.token.number.value) / Fraction(base.number.value)
    # «gấp 3 lần» of what is 2,5 times as much was rounded.
    is_near = abs(quotient - Fraction(times.number.value)) < 1 and times.number.is_whole
    if not holds and (times.mark is not None or is_near or abs(quotient - 1 - Fraction(times.number.value)) < 1):
        return None
    shown = show(quotient, len(times.number.text.partition(",")[2]) + 1)
    said_so = "đúng như văn bản ghi" if holds else "văn bản ghi"
    explain = f"{value.token.number.text}/{base.number.text} = {shown} lần, {said_so} {times.number.text} lần"
    numbers = (value.token.number, base.number, times.number)
    return passage.claim(value.token.start, base.end, ClaimKind.GROWTH, numbers, holds, explain)


def _after_base(passage: Passage, index: int) -> Claim | None:
    """Read «48,6 tỷ đồng, đạt 81% dự toán; so với cùng kỳ (45,0 tỷ đồng) tăng 8%», where it fits."""
    text, said = passage.text, passage.tokens[index]
    base = passage.tokens[index - 1] if index else None
    if base is None or base.kind is not TokenKind.COUNT or not base.is_exact or not said.is_exact:
        return None
    if base.start in passage.told:
        return None
    told = _SO_FAR.search(text, max(0, base.start - _LONGEST_MORE), base.start)
    if told is None or not _CLOSES.match(text, base.end) or said.start - base.end > _LONGEST_MORE:
        return None
    falls = text[max(0, said.start - 6) : said.start].strip() == "giảm"
    for value in reversed(passage.tokens[max(0, index - _MOST_BEFORE) : index - 1]):
        if base.start - value.end > _REACH or passage.sentence_end(value.end, base.start) < base.start:
            return None
        reached = amount_of(passage, value)
        before = _alike(passage, base, reached) if value.kind is TokenKind.COUNT and reached.is_exact else None
        if before is None or said.start in passage.told:
            continue
        step = amount_of(passage, said) if said.kind is TokenKind.COUNT else None
        if step is not None and not may_add_up(reached.noun, step.noun):
            continue
        percent = said if said.kind is TokenKind.PERCENT else None
        change = Change(reached, before, step, percent, falls, 0, 0)
        if change_holds(change):
            also = _next(passage, index + 1, TokenKind.PERCENT) if step is not None else None
            if also is not None and _ALSO.fullmatch(text, said.end, also.start) and _ENDS.match(text, also.end):
                # «bằng 115%» may say what the value is of the earlier one.
                whole = replace(change, share=also)
                change = whole if change_holds(whole) else replace(change, percent=also)
                return _claim(passage, change, value.start, also.end)
            return _claim(passage, change, value.start, said.end)
    return None


def _up_to(passage: Passage, index: int) -> Claim | None:
    """Read «từ 1.845 tỷ đồng cuối năm 2023 đã tăng lên 2.103 tỷ đồng vào cuối năm 2024, tăng 14,0%»."""
    text, value = passage.text, passage.tokens[index]
    base = passage.tokens[index - 1] if index else None
    said = passage.tokens[index + 1] if index + 1 < len(passage.tokens) else None
    if base is None or said is None or value.kind is not TokenKind.COUNT or base.kind is not TokenKind.COUNT:
        return None
    up_to = _UP_TO.search(text, max(base.end, value.start - _LONGEST_UP_TO), value.start)
    if up_to is None or not _FROM.search(text, max(0, base.start - _LONGEST_WORD), base.start):
        return None
    are_exact = all(token.is_exact for token in (base, value, said))
    if not are_exact or said.kind is TokenKind.FRACTION or not _GAP_OF_ENDS.match(text, base.end, up_to.start()):
        return None
    if said.start - value.end > _REACH or not _AND_SO.match(text, value.end, said.start):
        return None
    reached = amount_of(passage, value)
    before = _alike(passage, base, reached)
    if before is None or reached.noun.kind is Kind.SPAN:
        return None
    difference = amount_of(passage, said) if said.kind is TokenKind.COUNT else None
    if difference is not None and not may_add_up(reached.noun, difference.noun):
        return None
    percent = said if difference is None else None
    change = Change(reached, before, difference, percent, up_to["way"] in _FALLS, 0, 0)
    return _claim(passage, change, base.start, said.end)


def _claim(passage: Passage, change: Change, start: int, end: int) -> Claim | None:
    # «bình quân 9,8 triệu đồng» may be compared as it is printed, where it fits.
    holds = change_holds(change if change.is_exact else change.as_printed())
    if holds is None or not (holds or change.is_exact):
        return None
    return passage.claim(start, end, ClaimKind.GROWTH, change.numbers(), holds, explain_change(change, holds=holds))


def may_be_denied(change: Change) -> bool:
    """Tell whether a change that does not hold is wrong: all its numbers are exact, or only «hơn 6%» leaves room, and
    that in one direction."""
    if change.is_exact:
        return True
    percent = change.percent
    if percent is None or percent.number.is_doubtful or percent.mark not in (Mark.AT_LEAST, Mark.AT_MOST):
        return False
    others = Change(
        change.value, change.base, change.difference, None, change.falls, 0, 0, change.is_plan, change.share
    )
    return others.is_exact
