"""What people decide about duties, papers handed in and working days.

Each is one function and one transaction (design.md, law 6).
"""

from giaoban.apps.obligations.operations.calendar import set_calendar_day, take_calendar_day_back
from giaoban.apps.obligations.operations.hand_ins import (
    HandInDraft,
    accept_hand_in,
    accept_hand_ins,
    record_hand_in,
    record_hand_ins,
    return_hand_in,
    return_hand_ins,
    take_hand_in_back,
)
from giaoban.apps.obligations.operations.leave import (
    LeaveDraft,
    excuse_duty,
    extend_duty,
    give_leaves,
    take_leave_back,
)
from giaoban.apps.obligations.operations.reminders import (
    ContactDraft,
    Message,
    Sent,
    send_reminders,
    set_contact,
)
from giaoban.apps.obligations.operations.standing import (
    ShippedChoice,
    StandingDraft,
    copy_shipped_duties,
    end_standing_duty,
    set_standing_duties,
    set_standing_duty,
)

__all__ = [
    "ContactDraft",
    "HandInDraft",
    "LeaveDraft",
    "Message",
    "Sent",
    "ShippedChoice",
    "StandingDraft",
    "accept_hand_in",
    "accept_hand_ins",
    "copy_shipped_duties",
    "end_standing_duty",
    "excuse_duty",
    "extend_duty",
    "give_leaves",
    "record_hand_in",
    "record_hand_ins",
    "return_hand_in",
    "return_hand_ins",
    "send_reminders",
    "set_calendar_day",
    "set_contact",
    "set_standing_duties",
    "set_standing_duty",
    "take_calendar_day_back",
    "take_hand_in_back",
    "take_leave_back",
]
