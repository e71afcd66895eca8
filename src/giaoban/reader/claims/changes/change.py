"""What is printed about one change: the value, the one before it, the difference, the percentage; whether they fit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from giaoban.reader.claims.base.intervals import Rounding, is_share
from giaoban.reader.claims.base.nouns import Kind, Noun
from giaoban.reader.claims.base.numbers import Mark, Number, Token
from giaoban.reader.claims.base.parts import finest_of
from giaoban.reader.claims.base.passage import show
from giaoban.reader.claims.base.subject import Amount

# Words for an earlier time, and for a plan, that a value is compared with.
EARLIER = (
    r"(?:cùng kỳ|năm trước|năm ngoái|kỳ trước|quý trước|tháng trước|đầu năm|đầu kỳ|năm học trước|năm \d{4}"
    r"|(?:vụ|khóa|khoá|tuần|đợt|lần|niên vụ|mùa|nhiệm kỳ)(?: [^\W\d]+){0,2} trước|đầu nhiệm kỳ"
    r"|quý [IV]+(?:/\d{4})?|tháng \d{1,2}(?:/\d{4})?)"
)
PLANNED = r"(?:dự toán|kế hoạch|chỉ tiêu|nghị quyết|kịch bản|mục tiêu)"
# A percentage as a value of its own; printed digits are rounded like those of a measure.
RATE = Noun("%", Kind.MONEY, 1, "", "%")


_OF_TIME = re.compile(r"\b(?:của|trong|ở|năm|quý|tháng|so)\b")


@dataclass(slots=True)
class Change:
    """What is printed about one change; at least three of the four numbers, counting the value itself."""

    value: Amount
    base: Amount | None
    difference: Amount | None
    percent: Token | None
    falls: bool
    start: int
    end: int
    is_plan: bool = False
    # «bằng 115% kế hoạch»: what the value is of the base.
    share: Token | None = None

    def numbers(self) -> tuple[Number, ...]:
        """The printed numbers: value, base, difference, percentage, as far as printed."""
        amounts = [amount.token.number for amount in (self.value, self.base, self.difference) if amount is not None]
        return (*amounts, *(token.number for token in (self.percent, self.share) if token is not None))

    @property
    def is_exact(self) -> bool:
        """Whether no number is marked or doubtful."""
        amounts = [amount for amount in (self.value, self.base, self.difference) if amount is not None]
        shares = [token for token in (self.percent, self.share) if token is not None]
        is_exact = all(token.is_exact for token in shares)
        return is_exact and all(amount.is_exact for amount in amounts)

    def as_printed(self) -> Change:
        """Return the change with «khoảng» and the like left out."""
        amounts = [
            amount and Amount(_without_about(amount.token), amount.noun)
            for amount in (self.value, self.base, self.difference)
        ]
        percent = _without_about(self.percent) if self.percent else None
        return replace(self, value=amounts[0] or self.value, base=amounts[1], difference=amounts[2], percent=percent)


def _without_about(token: Token) -> Token:
    return replace(token, mark=None) if token.mark is Mark.ABOUT else token


def change_holds(change: Change) -> bool | None:
    """Compare every pair of numbers that says the same; None where they do not suffice."""
    holds = _holds(change, None, 1)
    amounts = [amount for amount in (change.value, change.base, change.difference) if amount is not None]
    if not holds or not change.value.noun.is_measure:
        return holds
    finest = finest_of([(amount.token, amount.noun) for amount in amounts])
    return any(_holds(change, way, finest) for way in Rounding)


def _holds(change: Change, way: Rounding | None, finest: int) -> bool | None:
    value = change.value.rounded(way, finest)
    difference = change.difference.rounded(way, finest) if change.difference else None
    base = change.base.rounded(way, finest) if change.base else None
    answers: list[bool] = []
    if base is not None and difference is not None:
        moved = base - value if change.falls else value - base
        answers.append(moved.meets(difference))
    if change.share is not None and base is not None and base.low is not None and base.low > 0:
        answers.append(is_share(value, base, change.share.interval(is_count=False)))
    if change.percent is not None:
        if base is None and difference is not None:
            base = value + difference if change.falls else value - difference
        if base is None or base.low is None or base.low < 0 or base.high == 0:
            return None
        said = change.percent.interval(is_count=False)
        moved = base - value if change.falls else value - base
        goes_back = moved.high is not None and moved.high < 0
        answers.append(moved.meets(said) if goes_back else is_share(moved, base, said))
    return all(answers) if answers else None


def explain_change(change: Change, *, holds: bool | None) -> str:
    """Say the sum behind the change, and what is printed."""
    value = change.value.token.number.value * change.value.noun.scale
    scale = change.value.noun.scale
    sign = "-" if not change.falls else "+"
    said = []
    if change.base is not None:
        base = change.base.token.number.value * change.base.noun.scale
    else:
        assert change.difference is not None
        step = change.difference.token.number.value * change.difference.noun.scale
        base = value + step if change.falls else value - step
        printed = f"{change.value.token.number.text} {sign} {change.difference.token.number.text}"
        said.append(f"kỳ trước là {printed} = {show(Fraction(base, scale), 2)}")
    moved = base - value if change.falls else value - base
    way = "giảm" if change.falls else "tăng"
    if change.base is not None and change.difference is not None:
        said.append(f"{_ends(change)} là {way} {show(Fraction(moved, scale), 2)}")
    if change.percent is not None and base:
        places = len(change.percent.number.text.partition(",")[2]) + 1
        ends = f"{_ends(change)} là " if change.base is not None and change.difference is None else ""
        said.append(f"{ends}{way} {show(Fraction(moved * 100, base), places)}%")
    if change.share is not None and base:
        places = len(change.share.number.text.partition(",")[2]) + 1
        said.append(f"bằng {show(Fraction(value * 100, base), places)}%")
    printed_change = [f"{change.percent.number.text}%"] if change.percent else []
    if change.difference is not None and change.base is not None:
        printed_change.insert(0, change.difference.token.number.text)
    if change.share is not None:
        printed_change.append(f"{change.share.number.text}%")
    sentence = ", ".join(said)
    sentence = sentence[:1].upper() + sentence[1:]
    written = " và ".join(printed_change)
    match holds:
        case True:
            return f"{sentence}, đúng như văn bản ghi {written}"
        case False:
            return f"{sentence}, văn bản ghi {written}"
    return f"{sentence}; chưa đủ số liệu để kết luận {written}"


def _ends(change: Change) -> str:
    assert change.base is not None
    return f"từ {change.base.token.number.text} đến {change.value.token.number.text}"


def are_of_one(value: Amount, base: Amount) -> bool:
    """Tell whether both count the same as far as their words say: «120 hộ nghèo» and «150 hộ cận nghèo» do not."""
    head = value.noun.head
    words = [_OF_TIME.split(amount.noun.phrase.removeprefix(head))[0].split() for amount in (value, base)]
    return bool(head) and (not words[0] or not words[1] or words[0] == words[1])
