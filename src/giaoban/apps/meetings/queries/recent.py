"""The last meetings of one unit, for its page."""

from __future__ import annotations

from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.meetings.models import Meeting, MeetingState
from giaoban.apps.meetings.queries.page import CONFERENCES
from giaoban.apps.organizations.models import Unit
from giaoban.core.period import Window


def last_meetings(user: User, unit: Unit, *, until: date, today: date, count: int = 4) -> tuple[Meeting, ...]:
    """Return the unit's own meetings up to a day (inclusive), newest first, as far as the person may see them.

    Cancelled ones and conferences are left out. One query.
    """
    seen = Meeting.objects.visible_to(user, today=today).filter(unit=unit, day__lte=until)
    wanted = seen.exclude(state=MeetingState.CANCELLED).exclude(kind__in=CONFERENCES)
    return tuple(wanted.order_by("-starts_at", "-pk")[:count])


def meets_within(unit: Unit, window: Window) -> bool:
    """Tell whether the unit itself met, or is to meet, within a window; one query."""
    return (
        Meeting.objects.filter(unit=unit, day__gte=window.start, day__lt=window.end)
        .exclude(state=MeetingState.CANCELLED)
        .exists()
    )
