"""What people decide about duties and working days; each is one function and one transaction (design.md, law 6)."""

from giaoban.apps.obligations.operations.calendar import set_calendar_day, take_calendar_day_back
from giaoban.apps.obligations.operations.leave import (
    LeaveDraft,
    excuse_duty,
    extend_duty,
    give_leaves,
    take_leave_back,
)

__all__ = [
    "LeaveDraft",
    "excuse_duty",
    "extend_duty",
    "give_leaves",
    "set_calendar_day",
    "take_calendar_day_back",
    "take_leave_back",
]
