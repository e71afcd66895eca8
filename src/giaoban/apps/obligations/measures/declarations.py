"""What is counted of standing duties. Free of the database: declarations only.

A turn is one unit and one period for which it owes something: the five reporting rates of DHIS2, whose counts add up
over units. A turn counts from the day after its due day; all stand as they stood at the end of the period that is
asked about, of one that runs as they stand now.
"""

from __future__ import annotations

from giaoban.figures import Code, Dimension, Kind, Measure, Rate, RateBase

OBLIGATIONS = "obligations"

# The codes are the committee's own: «schedule», «action-programme:01-NQ/MAU».
OBLIGATION = Dimension("obligation", "việc")
STATUS = Dimension(
    "status",
    "tình trạng",
    (
        Code("missing", "chưa làm"),
        Code("partial", "mới làm một phần"),
        Code("insufficient", "phải bổ sung"),
        Code("late_with_leave", "được gia hạn"),
    ),
)

_EXPECTED = "obligations.expected"


def _turns(key: str, label: str, *more: Dimension, plan: str = "") -> Measure:
    return Measure(
        key=f"obligations.{key}",
        label=label,
        unit="lượt",
        kind=Kind.FLOW,
        register=OBLIGATIONS,
        fact=key,
        dimensions=(OBLIGATION, *more),
        as_it_stood=True,
        plan=plan,
    )


def _rate(key: str, label: str, numerator: str, words: str) -> Measure:
    return Measure(
        key=f"obligations.{key}",
        label=label,
        unit="%",
        kind=Kind.RATE,
        rate=Rate(f"obligations.{numerator}", _EXPECTED, words, "lượt việc đến hạn", RateBase.SAME_DAYS),
    )


MEASURES = (
    _turns("expected", "Lượt việc đến hạn"),
    _turns("done", "Lượt việc đã thực hiện", plan=_EXPECTED),
    _turns("on_time", "Lượt việc thực hiện đúng hạn", plan=_EXPECTED),
    _turns("missing", "Lượt đơn vị chưa thực hiện việc đến hạn", STATUS),
    _rate("rate", "Tỷ lệ thực hiện việc đến hạn", "done", "lượt việc đã thực hiện"),
    _rate("rate_on_time", "Tỷ lệ thực hiện đúng hạn", "on_time", "lượt việc thực hiện đúng hạn"),
)
