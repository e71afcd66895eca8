"""A whole meeting recorded at once, as a secretary does it after the meeting: from a telephone or a sheet of paper."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import Meeting
from giaoban.apps.meetings.operations.attendance import Tap, record_attendance
from giaoban.apps.meetings.operations.conclusions import ConclusionDraft, record_conclusions
from giaoban.apps.meetings.operations.holding import HeldDraft, hold_meeting
from giaoban.apps.meetings.operations.scores import accept_proven_scores


@dataclass(frozen=True, slots=True)
class TickedMeeting:
    """What was ticked. ``held`` None: the times stand already, or nothing was said of them; ``points`` None: nothing
    was said of the score. Every uid comes from where it was ticked (decision D22).
    """

    meeting: Meeting
    held: HeldDraft | None = None
    taps: Sequence[Tap] = ()
    conclusions: Sequence[ConclusionDraft] = ()
    points: Mapping[str, Decimal] | None = None
    score_uid: uuid.UUID | None = None


@transaction.atomic
def record_ticked_meeting(*, act: Act, ticked: TickedMeeting) -> None:
    """This function will record a meeting as it was ticked: times first, then people, conclusions, provable scores.

    All or nothing; what was sent before is answered alike.

    Raises:
        InvalidInput, Conflict, NotAllowed, NotFound: as the single operations.
    """
    if ticked.held is not None:
        hold_meeting(act=act, draft=ticked.held)
    if ticked.taps:
        record_attendance(act=act, taps=ticked.taps)
    if ticked.conclusions:
        record_conclusions(act=act, drafts=ticked.conclusions)
    if ticked.points is not None:
        found = Meeting.objects.select_related("unit").get(pk=ticked.meeting.pk)
        accept_proven_scores(act=act, meeting=found, points=ticked.points, uid=ticked.score_uid)
