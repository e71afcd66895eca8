"""Under which name something is done: every operation takes one ``Act``; no clock is read below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from giaoban.apps.accounts.models import User

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def day_of(moment: datetime) -> date:
    """Return the calendar day in Viet Nam: before seven in the morning it is not yet that day in UTC."""
    return moment.astimezone(HANOI).date()


@dataclass(frozen=True, slots=True)
class Act:
    """One doing of a person.

    Args:
        user: the person at the keyboard.
        now: the moment, with time zone.
        entered_for: the person for whom a named helper enters it (design.md, law 9); None when they do it themselves.
        at_console: typed on the machine that holds the data, where rights on units decide nothing any more; the name of
            the person is kept all the same.
    """

    user: User
    now: datetime
    entered_for: User | None = None
    at_console: bool = False

    @property
    def today(self) -> date:
        """The calendar day in Viet Nam."""
        return day_of(self.now)
