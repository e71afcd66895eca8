"""The arithmetic of printed digits: a true statement is never called false, whatever rounding its writer used."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.core.numbers_vi import format_count, format_number
from giaoban.reader.claims import find_claims
from giaoban.reader.claims.base.intervals import Interval, at_least, at_most, exactly, is_share, printed

ROUNDINGS = [ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR]
counts = st.integers(min_value=1, max_value=20_000)
places = st.integers(min_value=0, max_value=3)
roundings = st.sampled_from(ROUNDINGS)


def rounded(value: Fraction, digits: int, rounding: str) -> str:
    """Write a number with so many decimals, rounded in one of the usual ways."""
    exact = (Decimal(value.numerator) * 10**12 / Decimal(value.denominator)).to_integral_value(rounding=rounding)
    shown = Decimal(exact).scaleb(-12).quantize(Decimal(1).scaleb(-digits), rounding=rounding)
    whole, _, fraction = format(shown, "f").partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{fraction}" if fraction else "")


def false_claims(text: str) -> list[str]:
    return [claim.explain for claim in find_claims(text) if claim.holds is False]


@settings(max_examples=300)
@given(part=counts, whole=counts, digits=places, rounding=roundings)
def test_a_true_ratio_never_alarms(part: int, whole: int, digits: int, rounding: str) -> None:
    percent = rounded(Fraction(part * 100, whole), digits, rounding)
    text = f"Có {format_count(part)}/{format_count(whole)} đơn vị gửi báo cáo, đạt {percent}%."
    assert false_claims(text) == []


@settings(max_examples=200)
@given(
    part=counts, whole=counts, digits=st.integers(min_value=1, max_value=2), off=st.integers(min_value=2, max_value=400)
)
def test_a_ratio_that_no_rounding_explains_is_found(part: int, whole: int, digits: int, off: int) -> None:
    wrong = Fraction(part * 100, whole) + Fraction(off, 10**digits)
    percent = rounded(wrong, digits, ROUND_HALF_UP)
    text = f"Có {format_count(part)}/{format_count(whole)} đơn vị gửi báo cáo, đạt {percent}%."
    (claim,) = find_claims(text)
    # «1.250%» may be a decimal: it stays open.
    assert claim.holds is False or (claim.holds is None and "." in percent)


@settings(max_examples=200)
@given(before=counts, after=counts, digits=st.integers(min_value=1, max_value=2), rounding=roundings)
def test_a_true_growth_never_alarms(before: int, after: int, digits: int, rounding: str) -> None:
    way = "tăng" if after >= before else "giảm"
    step = abs(after - before)
    percent = rounded(Fraction(step * 100, before), digits, rounding)
    text = f"Kết nạp {format_count(after)} đảng viên, {way} {format_count(step)} đồng chí ({percent}%) so với cùng kỳ."
    assert false_claims(text) == []


@settings(max_examples=200)
@given(parts=st.lists(counts, min_size=2, max_size=6), bracket=st.booleans())
def test_a_true_sum_holds_and_a_changed_one_does_not(parts: list[int], bracket: bool) -> None:
    kinds = ["nghị quyết", "kế hoạch", "công văn", "thông báo", "hướng dẫn", "chương trình"]
    listed = ", ".join(f"{format_count(part)} {kind}" for part, kind in zip(parts, kinds, strict=False))
    shape = "Ban hành {} văn bản (gồm: {})." if bracket else "Ban hành {} văn bản, gồm {}."
    (claim,) = find_claims(shape.format(format_count(sum(parts)), listed))
    assert claim.holds is True
    (claim,) = find_claims(shape.format(format_count(sum(parts) + 1), listed))
    assert claim.holds is False


@settings(max_examples=200)
@given(
    values=st.lists(st.decimals(min_value=0, max_value=999, places=4), min_size=2, max_size=5),
    digits=st.integers(min_value=0, max_value=2),
    rounding=roundings,
)
def test_a_sum_of_rounded_money_never_alarms(values: list[Decimal], digits: int, rounding: str) -> None:
    shown = [rounded(Fraction(value), digits, rounding) for value in values]
    total = rounded(sum((Fraction(value) for value in values), Fraction(0)), digits, rounding)
    listed = ", ".join(f"nguồn {letter} {value} tỷ đồng" for letter, value in zip("abcde", shown, strict=False))
    assert false_claims(f"Tổng kinh phí {total} tỷ đồng, gồm {listed}.") == []


@pytest.mark.parametrize(
    ("one", "other", "meets", "reason"),
    [
        (exactly(5), exactly(5), True, "the same point"),
        (exactly(5), exactly(6), False, "two points"),
        (exactly(5), exactly(50, 10), True, "the same point, printed with a decimal"),
        (printed(991, 10), exactly(992, 10), False, "the bound is not reached"),
        (printed(991, 10), exactly(9919, 100), True, "cut off"),
        (printed(991, 10), exactly(9901, 100), True, "rounded up"),
        (at_least(90), exactly(90), True, "«trên 90» is also said of 90"),
        (at_least(90), exactly(89), False, "below a lower bound"),
        (at_most(90), exactly(91), False, "above an upper bound"),
        (Interval(None, None), exactly(1), True, "«khoảng» excludes nothing"),
    ],
)
def test_intervals_meet(one: Interval, other: Interval, meets: bool, reason: str) -> None:
    assert one.meets(other) is meets, reason
    assert other.meets(one) is meets, reason


@pytest.mark.parametrize(
    ("part", "whole", "percent", "expected", "reason"),
    [
        (exactly(446), exactly(450), printed(991, 10), True, "99,11 is 99,1"),
        (exactly(446), exactly(450), printed(993, 10), False, "no rounding makes it 99,3"),
        (printed(125, 10), exactly(50), printed(25), True, "a measure with a decimal"),
        (exactly(6), exactly(5), exactly(120), True, "exactly more than the whole"),
        (at_least(40), exactly(50), exactly(90), True, "«trên 40» may be 45"),
        (at_least(40), exactly(50), exactly(70), False, "«trên 40» is no 35"),
        (exactly(0), exactly(50), exactly(0), True, "nothing of something"),
    ],
)
def test_shares(part: Interval, whole: Interval, percent: Interval, expected: bool, reason: str) -> None:
    assert is_share(part, whole, percent) is expected, reason


@given(
    one=st.tuples(st.integers(-999, 999), st.sampled_from([1, 10, 100])),
    other=st.tuples(st.integers(-999, 999), st.sampled_from([1, 10, 100])),
)
def test_sums_and_differences_are_exact(one: tuple[int, int], other: tuple[int, int]) -> None:
    total, rest = exactly(*one) + exactly(*other), exactly(*one) - exactly(*other)
    assert total.low is not None
    assert rest.high is not None
    assert Fraction(total.low, total.scale) == Fraction(*one) + Fraction(*other)
    assert Fraction(rest.high, rest.scale) == Fraction(*one) - Fraction(*other)


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        is_share(exactly(1), exactly(0), exactly(1))


def test_format_number_round_trips_through_a_claim() -> None:
    (claim,) = find_claims(f"Có {format_number(1250)}/{format_number(1300)} hồ sơ đúng hạn, đạt 96,2%.")
    assert claim.values == (Decimal(1250), Decimal(1300), Decimal("96.2"))
