"""«Đảng bộ có 2.846 đảng viên. … Miễn sinh hoạt 214 đồng chí (7,5%)»: a share of a number that stands sentences before,
and «đạt 91,9% so với số được triệu tập (37)»: one of a number in the bracket behind it.

What stands far before can only be confirmed: a share that is of none of those numbers may be of one that is not
printed. The bracket behind a share tells what it is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, may_add_up, might_add_up
from giaoban.reader.claims.base.numbers import Mark, Token, TokenKind
from giaoban.reader.claims.base.partition import leaves_out
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of, is_share_of, subject_before
from giaoban.reader.claims.changes.change import EARLIER, PLANNED
from giaoban.reader.model import Claim, ClaimKind

_LEAD = re.compile(
    r"(?:[,;]? |\()(?:(?:(?:ước |mới |chỉ |đã |cũng )?(?:chiếm|đạt|bằng)|tương đương|tương ứng)(?: với| đến| tới)? )?"
    r"(?:(?:tỷ|tỉ) lệ(?: [^\W\d]+){0,2} )?(?:(?:trên|hơn|gần|khoảng|xấp xỉ) )?\Z"
)
_TELLS = re.compile(r"\((?:(?:tỷ|tỉ) lệ )?\Z|chiếm|đạt|bằng|(?:tỷ|tỉ) lệ|tương")
_WORDS = re.compile(r"[^.;()\n\d%]{0,90}(?:;[^.;()\n\d%]{0,4})?\Z")
# «tăng 12 vụ (8,5%)», «khoảng 3 tỷ đồng (5%)»: a change, and what is more or less.
_STEP = re.compile(r"(?:tăng|giảm|vượt|hụt|hơn|thiếu|lãi|lỗ)(?: [^\W\d]+){0,3} \Z", re.IGNORECASE)
_LONGEST_STEP = 32
_OTHER_BASE = re.compile(
    rf"\s?(?:so với |so |của |trong |trên )?(?:cả |tổng )?(?:{EARLIER}|{PLANNED}|trở lên|trở xuống|/|điểm)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\s?(?:so với |của |trong |trên )?(?!{EARLIER}|{PLANNED})(?P<words>(?:tổng |số |toàn )?[^.;,()\n\d%]{{2,70}}) "
    r"?\((?:là |gồm |có )?\Z",
    re.IGNORECASE,
)
_OF_TOTAL = re.compile(r"\)?,? (?:trong|trên|so với) tổng (?:số )?")
_CLOSES = re.compile(r"[^.;,()\n\d%]{0,40}\)")
_EARLIER = re.compile(rf"{EARLIER}|{PLANNED}|tăng|giảm|bình quân|cao hơn|thấp hơn", re.IGNORECASE)
_LONGEST_LEAD = 34
_LONGEST_GAP = 110
_REACH, _NEAR = 1200, 260
_MOST = 48
_HALF = Fraction(1, 2)
_ALL = 100
_CHANGED = re.compile(r"[^.;()\n\d%]{0,40}, (?:tăng|giảm)(?: trưởng)? ")
_DONE = re.compile(
    r"(?:khám phá|làm rõ|điều tra|triệt phá|giải quyết|xử lý|xét xử|khởi tố)(?: được| xong)? \Z", re.IGNORECASE
)
_LONGEST_DONE = 28
_FEWEST_BEFORE, _MOST_BETWEEN = 3, 6
_TELLING = 1000
# A share of two decimals is none by chance: «(tỷ lệ 48,49% so với chỉ tiêu được giao)» beside the numbers it is of.
_FINE = 100
_OVER = re.compile(r"[^;()\n%]{0,90}\([^()\n]{0,40}\)")
_BESIDE = re.compile(r"[^.;()\n\d%]{0,40}(?:,| và) [^.;()\n\d%]{0,40}")


def find_shares_apart(passage: Passage) -> Iterator[Claim]:
    """Yield such shares of one flow that no other finder has told of."""
    text, tokens = passage.text, passage.tokens
    for index in passage.percents:
        percent = tokens[index]
        if not index or percent.start in passage.told or percent.number.value >= _ALL:
            continue
        lead = _LEAD.search(text, max(tokens[index - 1].end, percent.start - _LONGEST_LEAD), percent.start)
        if lead is None or not _TELLS.search(lead[0]) or percent.number.is_doubtful:
            continue
        part = _part(passage, index, lead.start())
        if part is not None and part.mark is Mark.ABOUT and part.number.digits >= _TELLING:
            # «khoảng 41,65 tỷ đồng» is meant to the last digit, and only ever confirmed.
            part = replace(part, mark=None)
            is_about = True
        else:
            is_about = False
        if part is None or part.kind is not TokenKind.COUNT or not part.is_exact:
            continue
        amount = amount_of(passage, part)
        is_step = _STEP.search(text, max(0, part.start - _LONGEST_STEP), part.start)
        is_rough = percent.number.scale < _FINE
        if is_step or amount.noun.kind is Kind.SPAN or (is_rough and _OTHER_BASE.match(text, percent.end)):
            continue
        claim = None
        if percent.mark is None and not is_about:
            claim = _of_bracket(passage, index, amount) or _of_total_behind(passage, index, amount)
        claim = claim or _of_before(passage, index, amount) or _of_done(passage, index)
        if claim is not None:
            yield claim


def _part(passage: Passage, index: int, end: int) -> Token | None:
    """Return the number that a share is of: the one before it, over an age and over what stands in brackets."""
    text, part = passage.text, passage.tokens[index - 1]
    if end - part.end > _LONGEST_GAP:
        return None
    if part.kind is TokenKind.PERCENT:
        return _over_change(passage, index, end) or part_over_bracket(passage, end)
    if _WORDS.match(text, part.end, end):
        return passage.tokens[index - 2] if index > 1 and passage.noun(part).kind is Kind.SPAN else part
    return part_over_bracket(passage, end)


def _over_change(passage: Passage, index: int, end: int) -> Token | None:
    """Return the number before a change: «48,1 triệu USD, tăng 47,9% so với cùng kỳ năm trước, chiếm 62% kim ngạch»."""
    part, change = passage.tokens[max(0, index - 2)], passage.tokens[index - 1]
    text = passage.text
    is_change = change.start - part.end <= _LONGEST_GAP and _CHANGED.fullmatch(text, part.end, change.start)
    return part if is_change and _WORDS.match(text, change.end, end) else None


def part_over_bracket(passage: Passage, end: int) -> Token | None:
    """Return the number before a bracket that closes at a place: «đạt 486 triệu USD, gấp 1,8 lần năm 2020 (270 triệu
    USD), chiếm …»: what stands in brackets has no share."""
    text = passage.text
    found = subject_before(passage, end) if text.startswith(("), ", ") ", "); "), end - 1) else None
    if found is None or end - found[0].token.end > _LONGEST_GAP:
        return None
    return found[0].token if _OVER.fullmatch(text, found[0].token.end, end) else None


def _of_bracket(passage: Passage, index: int, part: Amount) -> Claim | None:
    """Read «34 phiếu, đạt 91,9% so với số đảng viên được triệu tập (37)»."""
    tokens, text, percent = passage.tokens, passage.text, passage.tokens[index]
    token = tokens[index + 1] if index + 1 < len(tokens) else None
    if token is None or token.kind is not TokenKind.COUNT or not token.is_exact or not token.number.digits:
        return None
    if token.start - percent.end > _LONGEST_GAP or not _CLOSES.match(text, token.end):
        return None
    named = _NAMED.fullmatch(text, percent.end, token.start)
    whole = amount_of(passage, token)
    if named is None or _EARLIER.search(named["words"]) or whole.noun.kind is Kind.SPAN:
        return None
    if not may_add_up(whole.noun, part.noun) or _size(part) > _size(whole):
        return None
    end = text.index(")", token.end) + 1
    holds = is_share_of(part, whole, percent.interval(is_count=False))
    is_named = named["words"].lower().startswith(("tổng", "số", "toàn"))
    if not holds and not (is_named and not leaves_out(text[part.token.end : end])):
        return None
    return _claim(passage, part, whole, percent, end, holds=holds)


def _of_total_behind(passage: Passage, index: int, part: Amount) -> Claim | None:
    """Read «giải quyết 308 vụ (đạt 92,5%) trong tổng số 333 vụ»."""
    tokens, text, percent = passage.tokens, passage.text, passage.tokens[index]
    token = tokens[index + 1] if index + 1 < len(tokens) else None
    if token is None or token.kind is not TokenKind.COUNT or not token.is_exact or not token.number.digits:
        return None
    whole = amount_of(passage, token)
    if not _OF_TOTAL.fullmatch(text, percent.end, token.start) or not may_add_up(whole.noun, part.noun):
        return None
    if _size(part) > _size(whole) or whole.noun.kind is Kind.SPAN:
        return None
    holds = is_share_of(part, whole, percent.interval(is_count=False))
    end = token.end + whole.noun.width
    return _claim(passage, part, whole, percent, end, holds=holds) if holds or part.noun.head else None


def _of_before(passage: Passage, index: int, part: Amount) -> Claim | None:
    percent = passage.tokens[index]
    whole = _fitting(passage, index - 1, part, percent)
    return _claim(passage, part, whole, percent, percent.end, holds=True) if whole else None


def _of_done(passage: Passage, index: int) -> Claim | None:
    """Read «xảy ra 86 vụ; khám phá 68 vụ; bắt giữ, xử lý 133 đối tượng, đạt tỷ lệ 79%»: the cases that were solved, not
    those who were caught."""
    if index < _FEWEST_BEFORE or passage.noun(passage.tokens[index - 1]).kind not in (Kind.PERSON, Kind.CASE):
        return None
    token, text = passage.tokens[index - 2], passage.text
    part = amount_of(passage, token)
    if token.kind is not TokenKind.COUNT or not token.is_exact or part.noun.kind is not Kind.MATTER:
        return None
    is_done = _DONE.search(text, max(0, token.start - _LONGEST_DONE), token.start)
    if is_done is None or passage.sentence_end(token.end, passage.tokens[index].start) < passage.tokens[index].start:
        return None
    percent = passage.tokens[index]
    for at in range(index - 3, max(-1, index - 3 - _MOST_BETWEEN), -1):
        whole = amount_of(passage, passage.tokens[at])
        if token.start - whole.token.end > 2 * _LONGEST_GAP:
            return None
        is_before = whole.token.kind is TokenKind.COUNT and whole.token.is_exact and whole.noun.root == part.noun.root
        if is_before and _size(whole) > _size(part) and _is_just(part, whole, percent):
            return _claim(passage, part, whole, percent, percent.end, holds=True)
    return None


def _fitting(passage: Passage, index: int, part: Amount, percent: Token) -> Amount | None:
    """Return the nearest number before the one with an index that a share is of; one without decimals is of one that
    counts the same, for it fits by chance."""
    text, cut, told = passage.text, None, None
    first = part.token.start - _REACH
    is_whole = percent.number.is_whole
    for at in range(index - 1, max(-1, index - _MOST), -1):
        token = passage.tokens[at]
        if token.start < first:
            break
        if token.kind is TokenKind.PERCENT or token.mark not in (None, Mark.ABOUT) or token.number.is_doubtful:
            continue
        noun = passage.noun(token)
        is_near = part.token.start - token.end < _NEAR and "\n" not in text[token.end : part.token.start]
        is_alike = may_add_up(noun, part.noun) and (noun.head != "" or is_near)
        if noun.kind is Kind.SPAN or not (is_alike or (is_near and not is_whole and might_add_up(noun, part.noun))):
            continue
        is_same = noun.head != "" and noun.head.partition(" ")[0] == part.noun.head.partition(" ")[0]
        if is_whole and not is_same and not (is_near and is_alike):
            continue
        for number in (token.number, token.second):
            if number is None or not number.digits or number.is_doubtful:
                continue
            whole = Amount(Token(TokenKind.COUNT, token.start, token.end, number), noun)
            if _size(whole) > _size(part) and _is_just(part, whole, percent):
                is_rounded = percent.mark is not None or part.noun.is_measure
                if is_rounded or _off(part, whole, percent) <= _HALF:
                    if token.start not in passage.told or index - at > 2 * _MOST_BETWEEN:
                        return whole
                    # «4.157 hồ sơ (đạt 99,71%); quá hạn 12 hồ sơ (chiếm 0,29%)» are of one number before both.
                    told = told or whole
                # Few cut off what they should round.
                cut = cut or whole
    return told or cut


def is_of_another(passage: Passage, part: Amount, whole: Amount, percent: Token) -> bool:
    """Tell whether a share that is not of a number may be of another one before it, or of what stands before the part
    too: «hộ nghèo 4 hộ, cận nghèo 7 hộ, chiếm 3,5%»."""
    index = passage.first_after(part.token.start)
    if _fitting(passage, index, part, percent) is not None:
        return True
    before = passage.tokens[index - 1] if index else None
    if before is None or before.kind is not TokenKind.COUNT or before.start == whole.token.start:
        return False
    other = amount_of(passage, before)
    is_beside = _BESIDE.fullmatch(passage.text, before.end, part.token.start) is not None
    if not is_beside or other.noun.scale != part.noun.scale or other.noun.head != part.noun.head:
        return False
    together = replace(part.token.number, digits=part.token.number.digits + before.number.digits)
    both = Amount(replace(part.token, number=together), part.noun)
    is_one = before.number.scale == part.token.number.scale and _size(both) <= _size(whole)
    return is_one and _is_just(both, whole, percent)


def _is_just(part: Amount, whole: Amount, percent: Token) -> bool:
    """Tell whether a share is so many percent to the last digit, rounded or cut off: what only may be is no proof.

    «Trên 28%» is 28,3%, «gần 59%» is 58,5%.
    """
    if percent.mark is not None:
        off = _off(part, whole, percent)
        low, high = (0, 1) if percent.mark is Mark.AT_LEAST else (-1, _HALF)
        return percent.mark is not Mark.AT_MOST and low <= off < high
    if not is_share_of(part, whole, percent.interval(is_count=False)):
        return False
    if part.noun.is_measure:
        return True
    return -_HALF <= _off(part, whole, percent) < 1


def _off(part: Amount, whole: Amount, percent: Token) -> Fraction:
    """Return by how much a share is more than is printed, in units of the last digit."""
    return (Fraction(_size(part) * 100) / Fraction(_size(whole)) - percent.number.value) * percent.number.scale


def _size(amount: Amount) -> Fraction | int:
    return amount.token.number.value * amount.noun.scale


def _claim(passage: Passage, part: Amount, whole: Amount, percent: Token, end: int, *, holds: bool) -> Claim:
    places = len(percent.number.text.partition(",")[2]) + 1
    value = Fraction(_size(part) * 100) / Fraction(_size(whole))
    said = f"{part.token.number.text}/{whole.token.number.text} = {show(value, places)}%, "
    explain = said + ("đúng như " if holds else "") + f"văn bản ghi {percent.number.text}%"
    numbers = (part.token.number, whole.token.number, percent.number)
    passage.told.add(percent.start)
    return passage.claim(part.token.start, end, ClaimKind.RATIO, numbers, holds, explain)
