"""A member says on their own telephone that they are at a meeting, by the code that is shown there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import AttendanceEntry, Meeting, Presence
from giaoban.apps.meetings.operations._entries import locked
from giaoban.apps.meetings.operations._people import refuse_strangers
from giaoban.apps.meetings.operations.attendance import Tap, set_presence
from giaoban.apps.meetings.queries.presence_code import meeting_of
from giaoban.apps.members.models import Member
from giaoban.apps.members.queries.self_service import own_member
from giaoban.core.errors import Conflict, NotAllowed


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who stands before the code of which meeting; ``entry`` is what is recorded of them so far."""

    meeting: Meeting
    member: Member
    entry: AttendanceEntry | None


def look_at_code(*, act: Act, code: str) -> Arrival:
    """This function will return whom a code serves: the member of this sign-in, invited to that meeting.

    Raises:
        NotFound: no code of ours. InvalidInput: too old, or the person is not of the meeting.
        NotAllowed: the sign-in belongs to no member.
    """
    meeting = meeting_of(code, act.now)
    member = own_member(act.user)
    if member is None:
        raise NotAllowed(
            "Tài khoản này chưa gắn với đảng viên nào nên không tự báo có mặt được",
            hint="Báo thư ký điểm danh, hoặc đề nghị chi bộ gắn tài khoản",
        )
    refuse_strangers([(meeting, member, meeting.day)])
    return Arrival(meeting, member, AttendanceEntry.objects.live().filter(meeting=meeting, member=member).first())


@transaction.atomic
def say_present(*, act: Act, code: str) -> AttendanceEntry:
    """This function will record that the member of this sign-in is at the meeting; said again it changes nothing.

    What the secretary has set stands: it is not overwritten from a telephone.

    Raises:
        NotFound, InvalidInput, NotAllowed: as ``look_at_code``.
        Conflict: the secretary has set them absent.
    """
    locked([look_at_code(act=act, code=code).meeting])
    arrival = look_at_code(act=act, code=code)
    if arrival.entry is not None:
        if arrival.entry.state != Presence.PRESENT:
            raise Conflict(
                f"Thư ký đã ghi đồng chí {arrival.entry.get_state_display().lower()}",
                where="Điểm danh",
                hint="Báo thư ký sửa tại phòng họp",
            )
        return arrival.entry
    return set_presence(act=act, taps=[Tap(arrival.meeting, arrival.member, Presence.PRESENT, by_code=True)])[0]
