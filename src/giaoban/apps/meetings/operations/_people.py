"""Whether a person belonged to a meeting: cells by where members stood that day, committees by the offices held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from giaoban.apps.meetings.models import Meeting, MeetingKind
from giaoban.apps.members.models import Member, OfficeTerm
from giaoban.apps.members.queries.standing import NOWHERE, stands_of
from giaoban.apps.members.queries.stays import guest_stays
from giaoban.apps.organizations.kinds import COMMITTEE
from giaoban.apps.organizations.models import Ancestry
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput

OF_COMMITTEES = (MeetingKind.COMMITTEE, MeetingKind.CELL_COMMITTEE)
_OF_CELL = (MeetingKind.REGULAR, MeetingKind.THEMATIC)


def refuse_strangers(asked: Iterable[tuple[Meeting, Member, date]], *, leading: bool = False) -> None:
    """Return quietly if everybody belonged to the meeting on the day; a fixed number of queries.

    Of a regular or thematic meeting these are the members of the cell and its guests, of a committee's the holders of
    its offices, of all others the members at or under the unit. Who leads (``leading``) may be of any of these but must
    stand there.

    Raises:
        InvalidInput: somebody did not; ``index`` names the place in ``asked``.
    """
    wanted = list(asked)
    stands = stands_of(member.pk for _meeting, member, _day in wanted)
    units = {meeting.unit_id for meeting, _member, _day in wanted}
    stood = {row.unit for found in stands.values() for row in found.rows}
    above = set(
        Ancestry.objects.filter(ancestor__in=units, descendant__in=stood).values_list(
            "ancestor_id", "descendant_id", "valid_from", "valid_to"
        )
    )
    offices = set(
        OfficeTerm.objects.filter(unit__in=units, office__in=COMMITTEE, member__in=stands).values_list(
            "unit_id", "member_id", "valid_from", "valid_to"
        )
    )
    stays: dict[date, set[tuple[int, int]]] = {}
    for index, (meeting, member, day) in enumerate(wanted):
        place = stands.get(member.pk, NOWHERE).on(day)
        if meeting.kind in OF_COMMITTEES and not leading:
            belongs = any(key[:2] == (meeting.unit_id, member.pk) and key[2] <= day < key[3] for key in offices)
            right = "một đồng chí trong cấp ủy ngày đó"
        elif meeting.kind in _OF_CELL:
            belongs = place is not None and place.unit == meeting.unit_id
            if not belongs:
                belongs = (member.pk, meeting.unit_id) in _guests(stays, wanted, day)
            right = "một đảng viên của chi bộ ngày đó"
        else:
            belongs = place is not None and any(
                key[:2] == (meeting.unit_id, place.unit) and key[2] <= day < key[3] for key in above
            )
            right = "một đảng viên của tổ chức đảng này ngày đó"
        if not belongs:
            error = InvalidInput(
                f"{member.full_name} không thuộc {meeting.unit.code} ngày {format_date(day)}",
                where=member.full_name,
                expected=right,
                hint="Nếu đồng chí ấy mới chuyển đến, hãy ghi chuyển sinh hoạt trước",
            )
            error.index = index
            raise error


def _guests(
    known: dict[date, set[tuple[int, int]]], wanted: list[tuple[Meeting, Member, date]], day: date
) -> set[tuple[int, int]]:
    """Who was a guest of which unit on a day; asked once for a day, and only where somebody is no member there."""
    if day not in known:
        known[day] = guest_stays({member.pk for _meeting, member, _day in wanted}, day)
    return known[day]
