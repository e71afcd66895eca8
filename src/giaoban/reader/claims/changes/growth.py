"""«kết nạp 53 đảng viên, tăng 20 đồng chí (60,6%) so với cùng kỳ»: a value, its change, the change in percent, the
value before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from giaoban.reader.claims.base.nouns import may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.base.subject import Amount, amount_of, subject_before
from giaoban.reader.claims.changes.change import EARLIER, PLANNED, RATE, Change, change_holds, explain_change
from giaoban.reader.claims.changes.compared import may_be_denied
from giaoban.reader.model import Claim, ClaimKind

# What stands before the first number of a change, down to its first digit: «tăng », «tăng thêm gần », «giảm từ ».
_CHANGE = re.compile(
    r"(?P<way>[tTgGvV](?:ăng|iảm|ượt))(?: thêm| được| lên| xuống| đi| thực| trưởng(?: trong (?:năm|kỳ))?)?\b"
    r"(?: (?:trên |hơn |gần |khoảng |là |tới |đến )?| (?P<from>từ (?:mức )?))\Z"
)
_LONGEST_CHANGE = 32
_IN_YEAR = r"(?:(?:năm|quý|tháng|kỳ) [^.;,()\n%]{0,14})?"
_TO = re.compile(
    rf"\A[^.;()\n\d%]{{0,50}}{_IN_YEAR} (?:lên|xuống|thành|còn|tăng lên|giảm xuống|giảm còn)(?: còn| thành| tới| đến)?"
    rf"(?: mức)? \Z"
)
_BEFORE_FROM = re.compile(r"\btừ (?:mức )?\Z")
_NOUN = r"[^.;,()\n\d%]{0,60}"
_ALSO = r"(?:tăng|giảm|tương ứng|tương đương|bằng|hay|tức|khoảng|từ)[ :]*(?:với )?"
_IN_BRACKET = re.compile(rf"(?P<room>{_NOUN}) ?\((?:{_ALSO})*\Z")
_AFTER_COMMA = re.compile(
    rf"\A{_NOUN}{_IN_YEAR},? (?:(?:tương ứng|tương đương|hay|tức là|tức)(?: với| là)? (?:tăng |giảm )?"
    r"|(?:tăng|giảm) )\Z"
)
_AND_CHANGES = re.compile(r",? ?(?:tương ứng )?(?:tăng|giảm) \Z")
_BASE_AFTER = re.compile(
    rf"[^.;()\n%]{{0,80}}?(?:so với |so )?(?P<base>{EARLIER}|{PLANNED}|so với)[^.;()\n%]{{0,60}}?"
    rf"\((?:{EARLIER})?[^()\d;]{{0,30}}\Z",
    re.IGNORECASE,
)
_AND_REACHES = re.compile(r",? ?(?:và )?(?:(?:tương đương|tương ứng) )?(?:bằng|đạt) \Z")
_CLAUSE_ENDS = re.compile(r"\s?(?:[.,;)\n]|\Z)")
_OF_PLAN_END = re.compile(rf"\s?(?:so với )?{PLANNED}(?: năm)?\s?(?:[.,;)\n]|\Z)")
_OF_EARLIER_END = re.compile(rf"\s?(?:so với )?{EARLIER}\s?(?:[.,;)\n]|\Z)")
_BASE_IN_SUBJECT = re.compile(
    rf"\((?:so với )?(?:{EARLIER}|(?P<plan>{PLANNED}))"
    rf"(?: năm trước| năm ngoái| năm \d{{4}}| \d{{4}})?[:,]?(?: có| là| đạt)? ?\Z",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\s?điểm(?: phần trăm| %)?")
_COMPARED_TOO = re.compile(r"[^.;,()\n]{0,24}\bso với\b")
_REACH = 200


def find_growth(passage: Passage) -> Iterator[Claim]:
    """Yield the changes of one flow that print enough to be checked."""
    done = 0
    text = passage.text
    for index, token in enumerate(passage.tokens):
        # Words are found many times faster than the pattern.
        near = text[max(0, token.start - _LONGEST_CHANGE) : token.start]
        if "ăng" not in near and "iảm" not in near and "ượt" not in near:
            continue
        place = _CHANGE.search(text, max(0, token.start - _LONGEST_CHANGE), token.start)
        if place is None or place.start() < done or token.kind is TokenKind.FRACTION or token.start in passage.told:
            continue
        change, is_sure = (
            _from_to(passage, place, index)
            if place["from"]
            else _by_points(passage, place, index) or _by(passage, place, index)
        ) or (None, False)
        if change is None:
            continue
        holds = change_holds(change)
        if holds is False and not (is_sure and may_be_denied(change) and not _is_more(change)):
            continue
        if holds and not change.is_exact and change_holds(change.as_printed()) is not True:
            # «khoảng 14.860 tỷ đồng» agrees with everything.
            continue
        done = change.end
        yield passage.claim(
            change.start,
            change.end,
            ClaimKind.PERCENT_OF if change.is_plan else ClaimKind.GROWTH,
            change.numbers(),
            holds,
            explain_change(change, holds=holds),
        )


def _is_more(change: Change) -> bool:
    """Tell whether a step is more than what it has led to: «359 nghìn hộ, giảm 30,9%, tương ứng với 1.506 nghìn nhân
    khẩu» counts something else."""
    step, value = change.difference, change.value
    if step is None or change.base is not None:
        return False
    return step.token.number.value * step.noun.scale > value.token.number.value * value.noun.scale


def _at(passage: Passage, index: int) -> Token | None:
    return passage.tokens[index] if 0 <= index < len(passage.tokens) else None


def _gap(passage: Passage, start: int, token: Token | None) -> str:
    """Return the words up to a number; where it is far away, something that no words go on like."""
    return passage.text[start : token.start] if token is not None and token.start - start <= _REACH else "\n"


def _from_to(passage: Passage, place: re.Match[str], index: int) -> tuple[Change, bool] | None:
    """Read «tăng từ 33 lên 53 đảng viên (60,6%)», «giảm từ 5,2% xuống 3,9%, giảm 1,3%»."""
    first = passage.tokens[index]
    second = _at(passage, index + 1)
    if second is None or second.kind is not first.kind or not _TO.match(_gap(passage, first.end, second)):
        return None
    third = _at(passage, index + 2)
    gap = _gap(passage, second.end, third)
    if third is None or not (_IN_BRACKET.match(gap) or _AFTER_COMMA.match(gap)):
        return None
    falls = place["way"].lower() == "giảm"
    if first.kind is TokenKind.PERCENT:
        base, value = Amount(first, RATE), Amount(second, RATE)
        change = Change(value, base, Amount(third, RATE), None, falls, first.start, third.end)
        relative = Change(value, base, None, third, falls, first.start, third.end)
        if third.kind is TokenKind.PERCENT and not change_holds(change) and change_holds(relative):
            return relative, True
        return change, True
    pair = _two_amounts(passage, first, second)
    if first.kind is not TokenKind.COUNT or pair is None:
        return None
    base, value = pair
    if third.kind is TokenKind.PERCENT:
        return Change(value, base, None, third, falls, place.start(), third.end), True
    if third.kind is not TokenKind.COUNT:
        return None
    return Change(value, base, Amount(third, value.noun), None, falls, place.start(), third.end), True


def _two_amounts(passage: Passage, first: Token, second: Token) -> tuple[Amount, Amount] | None:
    """Return two numbers of one thing; the noun may stand with the second only."""
    base, value = amount_of(passage, first), amount_of(passage, second)
    if not base.noun.head or (base.noun.kind is None and not may_add_up(value.noun, base.noun)):
        base = Amount(first, value.noun)
    return (base, value) if may_add_up(value.noun, base.noun) else None


def _by_points(passage: Passage, place: re.Match[str], index: int) -> tuple[Change, bool] | None:
    """Read «đạt 95,2%, tăng 1,3 điểm phần trăm so với cùng kỳ (93,9%)»."""
    step = passage.tokens[index]
    points = _POINTS.match(passage.text, step.end)
    if points is None:
        return None
    value, base = _at(passage, index - 1), _at(passage, index + 1)
    if value is None or base is None or not (_are_rates(value, base) or _are_scores(passage, value, base)):
        return None
    gap = passage.text[value.end : place.start()]
    if len(gap) > 40 or ";" in gap or ". " in gap or not _BASE_AFTER.match(_gap(passage, points.end(), base)):
        return None
    falls = place["way"].lower() == "giảm"
    # «tăng 2 điểm» between rates of one decimal is «2,0».
    scale = max(step.number.scale, value.number.scale, base.number.scale)
    digits = step.number.digits * (scale // step.number.scale)
    step = replace(step, number=replace(step.number, digits=digits, scale=scale))
    amounts = Amount(value, RATE), Amount(base, RATE), Amount(step, RATE)
    return Change(*amounts, None, falls, value.start, base.end), True


def _are_rates(value: Token, base: Token) -> bool:
    return value.kind is TokenKind.PERCENT and base.kind is TokenKind.PERCENT


def _are_scores(passage: Passage, value: Token, base: Token) -> bool:
    """Tell whether both are marks: «7,04 điểm, tăng 0,31 điểm so với năm 2023 (6,73 điểm)»."""
    are_counts = value.kind is TokenKind.COUNT and base.kind is TokenKind.COUNT
    return are_counts and passage.noun(value).head == "điểm" and passage.noun(base).head in ("điểm", "")


def _by(passage: Passage, place: re.Match[str], index: int) -> tuple[Change, bool] | None:
    """Read «53 đảng viên, tăng 20 đồng chí (60,6%)», «..., tăng 60,6% so với cùng kỳ (33)», and the base in the
    subject's bracket."""
    first = passage.tokens[index]
    if _POINTS.match(passage.text, first.end):
        return None
    difference = amount_of(passage, first) if first.kind is TokenKind.COUNT else None
    percent = first if first.kind is TokenKind.PERCENT else None
    end = first.end
    second = _at(passage, index + 1)
    gap = _gap(passage, first.end, second)
    inner = _IN_BRACKET.match(gap)
    is_other = second is not None and _is_another(passage, place["way"], gap, second)
    if second is not None and not is_other and (inner or _AFTER_COMMA.match(gap)) and not _BASE_AFTER.match(gap):
        if difference is not None and second.kind is TokenKind.PERCENT:
            percent, end = second, second.end
        elif percent is not None and second.kind is TokenKind.COUNT and not gap.endswith("từ ") and _is_at_once(inner):
            difference, end = amount_of(passage, second), second.end
    like, at = difference.noun if difference else None, place.start()
    found = subject_before(passage, at, like)
    if found is None and like is not None and passage.text.startswith("); ", at - len("); ")):
        # «68,4 tỷ đồng (tỉnh 42,9 tỷ đồng, xã 25,5 tỷ đồng); tăng 6,4 tỷ đồng, tương ứng …».
        found = subject_before(passage, at - len("; "), like)
    if found is None:
        return None
    value, is_nearest = found
    if difference is not None and not difference.noun.head:
        difference = Amount(difference.token, value.noun)
    base, end, is_plan, is_told = _base(passage, value, end)
    if base is not None and percent is None:
        third = _at(passage, passage.first_after(end))
        if third is not None and third.kind is TokenKind.PERCENT and _AND_CHANGES.match(_gap(passage, end, third)):
            percent, end = third, third.end
    if (base is None) + (difference is None) + (percent is None) > 1:
        return None
    share = _share_after(passage, end, is_plan=is_plan) if base is not None and is_told else None
    end = share.end if share else end
    falls = place["way"].lower() == "giảm"
    start = min(value.token.start, base.token.start if base else value.token.start)
    change = Change(value, base, difference, percent, falls, start, end, is_plan, share)
    return change, is_nearest or is_told


def _is_another(passage: Passage, way: str, gap: str, second: Token) -> bool:
    """Tell whether a second change goes the other way, or is compared with another time than the first: «tăng 1.200 con
    so với tháng trước, giảm 3% so với cùng kỳ»."""
    if ("giảm " if way.lower() == "tăng" else "tăng ") in gap:
        return True
    return "so với" in gap and _COMPARED_TOO.match(passage.text, second.end) is not None


def _share_after(passage: Passage, end: int, *, is_plan: bool) -> Token | None:
    """Return the percentage in «vượt 150 ha so với kế hoạch (1.000 ha), bằng 115% kế hoạch».

    Behind an earlier value «đạt 96%» is mostly of a plan that is not printed.
    """
    token = _at(passage, passage.first_after(end))
    if token is None or token.kind is not TokenKind.PERCENT or not _AND_REACHES.match(_gap(passage, end, token)):
        return None
    of_same = (_OF_PLAN_END if is_plan else _OF_EARLIER_END).match(passage.text, token.end)
    return token if of_same or (is_plan and _CLAUSE_ENDS.match(passage.text, token.end)) else None


def _is_at_once(inner: re.Match[str] | None) -> bool:
    """Tell whether nothing but the bracket stands between a percentage and the number that it is the same as."""
    return inner is None or not inner["room"].strip()


def _base(passage: Passage, value: Amount, end: int) -> tuple[Amount | None, int, bool, bool]:
    """Find the value before: «so với cùng kỳ (33 đảng viên)» after, «53 đảng viên (cùng kỳ 33)» or «từ 33 lên 53»
    in the subject. Returned with the end of what was read, whether it is a plan, and whether it was found."""
    after = _at(passage, passage.first_after(end))
    told = _BASE_AFTER.match(_gap(passage, end, after))
    if after is not None and after.kind is TokenKind.COUNT and told:
        base = amount_of(passage, after)
        closing = passage.text.find(")", after.end, after.end + 60)
        inside = passage.between(after.end, closing) if closing >= 0 else ()
        if closing >= 0 and not inside and may_add_up(value.noun, base.noun):
            is_plan = bool(re.fullmatch(PLANNED, told["base"], re.IGNORECASE) or re.search(PLANNED, told[0]))
            return (base if base.noun.head else Amount(after, value.noun)), closing + 1, is_plan, True
    inner = _at(passage, passage.first_after(value.token.end))
    if inner is not None and inner.kind is TokenKind.COUNT:
        opening = passage.text.find("(", value.token.end, inner.start)
        told = _BASE_IN_SUBJECT.match(passage.text[opening : inner.start]) if opening >= 0 else None
        if told is not None:
            base = amount_of(passage, inner)
            # «23 vụ (tháng 4: 9 vụ, tháng 5: 8 vụ, …)» divides, and compares with nothing.
            is_alone = not passage.between(inner.end, max(passage.text.find(")", inner.end), inner.end))
            if is_alone and may_add_up(value.noun, base.noun):
                is_plan = told["plan"] is not None
                return (base if base.noun.head else Amount(inner, value.noun)), end, is_plan, True
    index = passage.first_after(value.token.start) - 1
    before = passage.tokens[index] if index >= 0 else None
    if before is not None and before.kind is TokenKind.COUNT and _TO.match(_gap(passage, before.end, value.token)):
        pair = _two_amounts(passage, before, value.token)
        if pair and _BEFORE_FROM.search(passage.text, max(0, before.start - 12), before.start):
            return pair[0], end, False, True
    return None, end, False, False
