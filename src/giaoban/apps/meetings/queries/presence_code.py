"""The code that a meeting shows for a short while, by which members say on their own telephone that they are there.

It is signed, names one meeting and the minute at which it was made, and holds for a few minutes: a photograph that is
sent to somebody at home is soon worth nothing. Who came by it is shown to the secretary, who has the last word.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import Meeting, MeetingKind, MeetingState
from giaoban.apps.meetings.queries.record import story_of
from giaoban.core.errors import InvalidInput, NotFound

_SALT = "giaoban.meetings.presence"
# A new code is shown every minute; an older one still serves who has just scanned it and signs in first.
CODE_MINUTES = 10
# From so long before the meeting begins until so long after it ends.
BEFORE, AFTER = timedelta(minutes=45), timedelta(minutes=30)
_UNKNOWN_END = timedelta(hours=4)
# Conferences call units, not people.
_OF_UNITS = (MeetingKind.CONFERENCE, MeetingKind.BRIEFING, MeetingKind.WORKING)
_AGAIN = "Quét lại mã đang hiện ở phòng họp"


def code_for(meeting: Meeting, now: datetime) -> str:
    """Return the code that holds from now on.

    Raises:
        InvalidInput: the meeting was cancelled, is not near, or does not call people one by one.
    """
    check_open(meeting, now)
    return Signer(salt=_SALT).sign(f"{meeting.uid.hex}{int(now.timestamp()) // 60:x}")


def check_open(meeting: Meeting, now: datetime) -> None:
    """Return quietly while people can say that they are there: around each sitting of the meeting.

    Raises:
        InvalidInput: they cannot, and when they can.
    """
    where = "Điểm danh bằng mã"
    if meeting.kind in _OF_UNITS:
        raise InvalidInput("Hội nghị điểm danh theo đơn vị", where=where, expected="kỳ sinh hoạt, cuộc họp")
    if meeting.state == MeetingState.CANCELLED:
        raise InvalidInput("Kỳ họp đã hủy", where=where, expected="một kỳ họp không hủy")
    times = [(meeting.starts_at, meeting.ends_at)]
    times += [(one.starts_at, one.ends_at) for one in story_of(meeting).sittings if one.starts_at is not None]
    sittings = [(begins - BEFORE, (ends or begins + _UNKNOWN_END) + AFTER) for begins, ends in times]
    if any(opens <= now <= closes for opens, closes in sittings):
        return
    # The next sitting is what somebody waits for; after the last one that one is over.
    opens, closes = min((one for one in sittings if now < one[0]), default=max(sittings))
    raise InvalidInput(
        "Chưa đến giờ điểm danh" if now < opens else "Đã hết giờ điểm danh",
        where=where,
        expected=f"từ {opens.astimezone(HANOI):%H:%M} đến {closes.astimezone(HANOI):%H:%M %d/%m/%Y}",
        hint="Ngoài giờ đó, thư ký điểm danh ở «Ghi buổi họp»",
    )


def meeting_of(code: str, now: datetime) -> Meeting:
    """Return the meeting that a code stands for.

    Raises:
        NotFound: it is no code of ours. InvalidInput: it is too old, or the meeting is not open for it any more.
    """
    try:
        told = Signer(salt=_SALT).unsign(code)
        uid, minute = uuid.UUID(told[:32]), int(told[32:], 16)
    except (BadSignature, ValueError):
        raise NotFound("Mã điểm danh không đúng", hint=_AGAIN) from None
    meeting = Meeting.objects.filter(uid=uid).select_related("unit").first()
    if meeting is None:
        raise NotFound("Không còn kỳ họp này", hint=_AGAIN)
    age = int(now.timestamp()) // 60 - minute
    if not 0 <= age <= CODE_MINUTES:
        raise InvalidInput(f"Mã đã quá {CODE_MINUTES} phút", where="Mã điểm danh", expected="mã mới", hint=_AGAIN)
    check_open(meeting, now)
    return meeting
