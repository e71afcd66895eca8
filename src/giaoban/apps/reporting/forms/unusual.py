"""«Unusual, please confirm»: a typed number far from what the unit reported before; see docs/algorithms.

Median and median absolute deviation: one wild quarter among eight does not move them, as it would move a mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from giaoban.core.numbers_vi import format_number

LOOKED_BACK = 8
FEWEST = 4
# 1.4826 makes the median absolute deviation of a normal sample equal to its standard deviation.
_SCALE = Decimal("1.4826")
_TIMES = 3
# Small numbers and series that never change must not make every step of one unusual.
_LEAST_SHARE = Decimal("0.1")
_LEAST = Decimal(1)


@dataclass(frozen=True, slots=True)
class Unusual:
    """A number outside of ``low`` to ``high`` (both usual); ``past`` are the numbers that it was held against."""

    value: Decimal
    low: Decimal
    high: Decimal
    past: tuple[Decimal, ...]

    @property
    def words(self) -> str:
        """What is unusual about it, with the numbers, and what to do."""
        before = ", ".join(format_number(one.normalize()) for one in self.past)
        side = "cao" if self.value > self.high else "thấp"
        return (
            f"{format_number(self.value.normalize())} {side} khác thường; {len(self.past)} kỳ trước: {before}. "
            "Kiểm tra lại; nếu đúng thì xác nhận"
        )


def judge(value: Decimal, past: Sequence[Decimal]) -> Unusual | None:
    """Return why a number is unusual, None where it is not or where too few periods before are known.

    Args:
        past: the numbers of the periods before, the latest first; the first eight count, fewer than four say nothing.
    """
    known = tuple(past[:LOOKED_BACK])
    if len(known) < FEWEST:
        return None
    middle = median(known)
    spread = median([abs(one - middle) for one in known])
    reach = _TIMES * max(_SCALE * spread, _LEAST_SHARE * abs(middle), _LEAST)
    low, high = max(middle - reach, min(Decimal(0), *known)), middle + reach
    return None if low <= value <= high else Unusual(value, low, high, known)
