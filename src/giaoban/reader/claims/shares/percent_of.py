"""«kết nạp 126 đảng viên, đạt 105% chỉ tiêu năm (120), vượt 06 đồng chí»: a percentage of a plan that is printed
too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.intervals import Interval, Rounding, is_share
from giaoban.reader.claims.base.nouns import may_add_up
from giaoban.reader.claims.base.numbers import Number, Token, TokenKind
from giaoban.reader.claims.base.parts import finest_of
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of, subject_before
from giaoban.reader.model import Claim, ClaimKind

_BASE_WORD = (
    r"(?:kế hoạch|KH|chỉ tiêu|nghị quyết|dự toán|kịch bản|mục tiêu|cùng kỳ|định mức|năm trước|năm ngoái|diện tích"
    r"|nhu cầu|công suất|biên chế|tổng mức|tổng vốn|vốn được giao)"
)
_SLASH_PLAN = re.compile(rf"[^.;,()\n\d%/]{{0,40}}/ ?{_BASE_WORD}[^.;,()\n\d%]{{0,30}} \Z", re.IGNORECASE)
_OF_PLAN = re.compile(rf"\s?(?:so với )?(?:cả )?{_BASE_WORD}\b[^.;,()\n\d%]{{0,60}}(?:\d{{4}})?[^.;,()\n\d%]{{0,30}}")
_PLAN_BRACKET = re.compile(rf"\s?\((?:{_BASE_WORD}[^()\d;]{{0,30}}|là )?[: ]*\Z", re.IGNORECASE)
_PLAN_DIRECT = re.compile(r"[ ]?(?:là |: ?)?\Z")
# «diện tích lúa 33,7 nghìn ha» is no plan of what follows.
_SET = (
    r"(?:kế hoạch|KH|chỉ tiêu|nghị quyết|dự toán|kịch bản|mục tiêu|định mức|nhu cầu|công suất|biên chế|tổng mức"
    r"|tổng vốn|vốn được giao)"
)
_PLAN_BEFORE = re.compile(
    rf"(?P<set>{_SET}|{_BASE_WORD})(?: [^.;,()\n\d]{{0,40}})?(?: năm \d{{4}})?(?: là| giao|:)? ?\Z", re.IGNORECASE
)
_REACHED = re.compile(r"(?:đạt|bằng)(?: tỷ lệ)?(?: trên| gần| khoảng| hơn)? ?\Z")
_LONGEST_REACHED = 22
_LONGEST_PLAN = 60
_OTHER_BASE = re.compile(r"\s?(?:so với )?(?:cùng kỳ|năm trước|so với)")
_LEADS = re.compile(r"[^.;()\n\d%]{0,80}?,? ?(?:(?:mới|chỉ|ước|đã) )?(?:đạt|bằng)(?: tỷ lệ)? ?\Z")
_OVER = re.compile(r"[^.;()\n\d%]{0,20}, ?(?P<way>vượt|còn thiếu|thiếu|hụt|chưa đạt) ?\Z")
_BRACKETED = re.compile(
    r"[^.;,()\n\d%]{0,60}\((?:kế hoạch|KH|chỉ tiêu|dự toán|nghị quyết|mục tiêu|giao)[^().;,\n\d%]{0,30}\Z",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"\s?(?:[.,;)\n]|\Z)")
_LEADS_ON = re.compile(r"[^().;,\n\d%]{0,30}\),? ?(?:(?:mới|chỉ|ước|đã) )?(?:đạt|bằng)(?: tỷ lệ)? ?\Z")
_ENDS = re.compile(r"\s?[^.;,()\n\d%]{0,40}\)")


def find_percents_of(passage: Passage) -> Iterator[Claim]:
    """Yield the percentages of one flow whose plan, or the distance to it, is printed beside them."""
    for index in passage.percents:
        token = passage.tokens[index]
        lead = passage.text[max(0, token.start - _LONGEST_REACHED) : token.start]
        # Words are found many times faster than the pattern.
        if not ("đạt" in lead or "bằng" in lead) or not _REACHED.search(lead):
            continue
        claim = _with_plan(passage, index)
        if claim is not None:
            yield claim


def _with_plan(passage: Passage, index: int) -> Claim | None:
    percent = passage.tokens[index]
    of_plan = _OF_PLAN.match(passage.text, percent.end)
    found = subject_before(passage, percent.start)
    if found is None or found[0].token.kind is TokenKind.FRACTION:
        return None
    value, _ = found
    if (before := _plan_behind_slash(passage, value)) is not None and not _OTHER_BASE.match(passage.text, percent.end):
        # «184,5 tỷ đồng/kế hoạch 180 tỷ đồng, đạt 102,5%»: the number next to the percentage is the plan.
        is_led = bool(_LEADS.match(passage.text, value.token.end, percent.start))
        is_led = is_led and bool(of_plan or _CLAUSE_ENDS.match(passage.text, percent.end))
        plan = value
        return _claim(
            passage, before, percent, plan, _exact(plan), (plan.token.number,), "", percent.end, is_sure=is_led
        )
    is_led = bool(_LEADS.match(passage.text, value.token.end, percent.start))
    after = passage.tokens[index + 1] if index + 1 < len(passage.tokens) else None
    if of_plan is not None and after is not None and after.kind is TokenKind.COUNT:
        claim = _plan_after(passage, percent, value, after, of_plan.end(), is_led=is_led)
        if claim is not None:
            return claim
    return _plan_in_bracket(passage, percent, value) or _plan_before(passage, percent, value)


def _plan_behind_slash(passage: Passage, plan: Amount) -> Amount | None:
    """Return the value that a slash and «kế hoạch» join a plan to, of the same unit."""
    index = passage.first_after(plan.token.start) - 1
    before = passage.tokens[index] if index >= 0 else None
    if before is None or plan.token.start - before.end > _LONGEST_PLAN or before.kind is not TokenKind.COUNT:
        return None
    if not _SLASH_PLAN.fullmatch(passage.text, before.end, plan.token.start):
        return None
    value = amount_of(passage, before)
    is_same = value.noun.scale == plan.noun.scale and value.noun.head in (plan.noun.head, "")
    return value if is_same and value.is_exact and plan.is_exact else None


def _plan_in_bracket(passage: Passage, percent: Token, value: Amount) -> Claim | None:
    """Read «kết nạp 16 đảng viên (chỉ tiêu 24), đạt 66,7%»."""
    index = passage.first_after(value.token.end)
    other = passage.tokens[index]
    if other.kind is not TokenKind.COUNT or not _BRACKETED.match(passage.text, value.token.end, other.start):
        return None
    if not _LEADS_ON.match(passage.text, other.end, percent.start) or _OTHER_BASE.match(passage.text, percent.end):
        return None
    plan = amount_of(passage, other)
    if plan.noun.head and not may_add_up(value.noun, plan.noun):
        return None
    plan = plan if plan.noun.head else Amount(other, value.noun)
    return _claim(passage, value, percent, plan, _exact(plan), (other.number,), "", percent.end, is_sure=True)


def _plan_after(
    passage: Passage, percent: Token, value: Amount, after: Token, place: int, *, is_led: bool
) -> Claim | None:
    """Read «(120 đảng viên)» and «, vượt 06 đồng chí» after the percentage."""
    other = amount_of(passage, after)
    if not may_add_up(value.noun, other.noun) or other.token.number.value == value.token.number.value:
        return None
    if not other.noun.head:
        other = Amount(after, value.noun)
    gap = passage.text[place : after.start]
    if over := _OVER.match(passage.text, percent.end, after.start):
        falls_short = over["way"] != "vượt"
        sign = "+" if falls_short else "-"
        said = f"{value.token.number.text} {sign} {after.number.text}"
        exact = value.token.number.value + other.token.number.value * (1 if falls_short else -1)
        return _claim(
            passage, value, percent, other, exact, (after.number,), said, after.end,
            is_sure=is_led, step=1 if falls_short else -1,
        )  # fmt: skip
    is_bracket = bool(_PLAN_BRACKET.fullmatch(gap)) and bool(_ENDS.match(passage.text, after.end))
    if not is_bracket and not (_PLAN_DIRECT.fullmatch(gap) and other.noun.head == value.noun.head):
        return None
    end = passage.text.find(")", after.end) + 1 if is_bracket else after.end
    return _claim(passage, value, percent, other, _exact(other), (after.number,), "", end, is_sure=is_led)


def _plan_before(passage: Passage, percent: Token, value: Amount) -> Claim | None:
    """Read «chỉ tiêu 120 đảng viên, đã kết nạp 126 đồng chí, đạt 105%»."""
    found = subject_before(passage, value.token.start, value.noun)
    if found is None or not found[1]:
        return None
    plan = found[0]
    begin = max(0, plan.token.start - _LONGEST_PLAN)
    told = _PLAN_BEFORE.search(passage.text, begin, plan.token.start)
    if plan.token.kind is not TokenKind.COUNT or told is None:
        return None
    if not plan.noun.head:
        plan = Amount(plan.token, value.noun)
    is_sure = bool(_LEADS.match(passage.text, value.token.end, percent.start))
    is_sure = is_sure and re.fullmatch(_SET, told["set"], re.IGNORECASE) is not None
    if _OTHER_BASE.match(passage.text, percent.end):
        return None
    return _claim(
        passage, value, percent, plan, _exact(plan), (plan.token.number,), "", percent.end,
        is_sure=is_sure, start=plan.token.start,
    )  # fmt: skip


def _exact(amount: Amount) -> Fraction | int:
    return amount.token.number.value * amount.noun.scale


def _plan(value: Amount, other: Amount, step: int, way: Rounding | None, finest: int) -> Interval:
    """Return the plan: the other number, or with a ``step`` of 1 or -1 what lies so far above or below the value."""
    amount = other.rounded(way, finest)
    if not step:
        return amount
    reached = value.rounded(way, finest)
    return reached + amount if step > 0 else reached - amount


def _agrees(value: Amount, other: Amount, step: int, said: Interval) -> bool:
    if not is_share(value.value, _plan(value, other, step, None, 1), said):
        return False
    if not value.noun.is_measure:
        return True
    finest = finest_of([(value.token, value.noun), (other.token, other.noun)])
    ways = [(value.rounded(way, finest), _plan(value, other, step, way, finest)) for way in Rounding]
    return any(plan.high != 0 and is_share(reached, plan, said) for reached, plan in ways)


def _claim(
    passage: Passage, value: Amount, percent: Token, other: Amount, exact_plan: Fraction | int,
    printed: tuple[Number, ...], said: str, end: int, *, is_sure: bool, start: int | None = None,
    step: int = 0,
) -> Claim | None:  # fmt: skip
    plan = _plan(value, other, step, None, 1)
    if plan.low is None or plan.low < 0 or plan.high in (0, None) or not exact_plan:
        return None
    agrees = _agrees(value, other, step, percent.interval(is_count=False))
    if not agrees and not (is_sure and value.is_exact and percent.is_exact):
        return None
    scale = value.noun.scale
    if said:
        said, base = f"{said} = {show(exact_plan)}; ", show(exact_plan)
        exact_plan *= scale
    else:
        base = show(Fraction(exact_plan, scale))
    places = len(percent.number.text.partition(",")[2]) + 1
    share = show(Fraction(_exact(value) * 100, exact_plan), places)
    explain = (
        f"{said}{value.token.number.text}/{base} = {share}%, "
        + ("đúng như " if agrees else "")
        + f"văn bản ghi {percent.number.text}%"
    )
    numbers = (value.token.number, *printed, percent.number)
    first = value.token.start if start is None else start
    return passage.claim(first, end, ClaimKind.PERCENT_OF, numbers, agrees, explain)
