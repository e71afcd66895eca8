"""The month before again: what units hold every month is registered anew, same weekday, hour and place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import Meeting, MeetingForm
from giaoban.apps.meetings.operations.schedule import MeetingDraft, Sitting, plan_meetings
from giaoban.apps.meetings.queries.schedule import MONTHLY, like_last_month, months_ahead, units_below
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import units_allowed


@transaction.atomic
def repeat_last_month(*, act: Act, unit: Unit, months: Sequence[date]) -> list[Meeting]:
    """This function will register the monthly meetings of a unit and all below it like those of the month before.

    Only what is missing is registered, in months (first days) that are not over, for units that stand when the month
    begins and at which the person may record; of several months each repeats the one before.

    Raises:
        Conflict, InvalidInput: as ``plan_meetings``; nothing is registered then.
    """
    made: list[Meeting] = []
    for month in months_ahead(months, act.today):
        below = units_below(unit, max(month, act.today))
        units = units_allowed(act.user, "meetings_record", below, today=act.today)
        drafts = [
            MeetingDraft(
                one.unit,
                one.kind,
                (Sitting(one.starts_at, one.ends_at, MeetingForm(one.form), one.place),),
                month,
            )
            for one in like_last_month(units, month, kinds=MONTHLY)
        ]
        made += plan_meetings(act=act, drafts=drafts) if drafts else []
    return made
