"""The month of the ward in the sample these days: duties, schedules, meetings held and one that waits to be recorded.

As with everything near today it is dated by the moment of building: two months are over, the third is going on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import (
    ConclusionEvent,
    Meeting,
    MeetingKind,
    Presence,
    ScoreEntry,
    ScoreStage,
    TextPart,
)
from giaoban.apps.meetings.operations import (
    ConclusionDraft,
    DuesTick,
    HeldDraft,
    MeetingDraft,
    Sitting,
    Tap,
    accept_proven_scores,
    file_meeting_text,
    hold_meetings,
    invite_to_meetings,
    plan_meetings,
    record_attendance,
    record_conclusions,
    record_visit,
    review_meeting,
    save_meeting_text,
    score_meeting,
    tick_dues,
)
from giaoban.apps.meetings.queries.material import gather
from giaoban.apps.meetings.queries.page import conclusions_of, followers_of
from giaoban.apps.meetings.queries.roll import roll_of
from giaoban.apps.meetings.queries.rubric import rubric_of
from giaoban.apps.members.models import Member, OfficeTerm
from giaoban.apps.obligations.operations import ShippedChoice, copy_shipped_duties
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import Unit, on_day
from giaoban.apps.sample.facts import Facts
from giaoban.apps.sample.meetings import at, standing
from giaoban.apps.sample.record import console
from giaoban.core.period import add_months

_DAY = timedelta(days=1)
_CELLS = ("cell", "grassroots_cell")
_DUTIES = ("schedule", "cell-meeting", "thematic-meeting", "score", "minutes")
_FIRST_DAY = 3  # of the month on which the first cell meets; the others follow day by day
_SILENT = -1  # this cell registers nothing in the months shown
_FORGETS = -2  # this one meets but scores nothing and files no minutes
_TASKS = (
    "Vận động các hộ dân tham gia tổng vệ sinh môi trường chiều thứ Bảy hằng tuần.",
    "Giới thiệu 01 quần chúng ưu tú đi học lớp bồi dưỡng nhận thức về Đảng.",
    "Rà soát, giúp đỡ các hộ gia đình chính sách còn khó khăn trong khu phố.",
)
_REMARKS = "Sinh hoạt đúng trình tự, nhiều ý kiến phát biểu; cần chuẩn bị chuyên đề sớm hơn."


@dataclass(slots=True)
class MonthWriter:
    """Writes for PHUONG under the name of its clerk; the cell that has a secretary of its own keeps its last meeting
    to be recorded by that person.
    """

    known: Facts
    units: Mapping[str, Unit]
    clerk: User
    now: datetime
    own: str = field(init=False)

    def __post_init__(self) -> None:
        self.own = next(one.unit for one in self.known.people if one.key == "secretary")

    def write(self) -> None:
        """This function will write the months, the oldest first."""
        this = Act(self.clerk, self.now).today.replace(day=1)
        months = [add_months(this, number) for number in (-2, -1, 0)]
        choices = [ShippedChoice(key) for key in _DUTIES]
        copy_shipped_duties(
            act=console(self.clerk, months[0]), owner=self.units["PHUONG"], choices=choices, start=months[0]
        )
        cells = standing("PHUONG", _CELLS, months[0])
        for month in months:
            meetings = self._plan(cells, month)
            self._hold([one for one in meetings if one.day < self.today and not self._left(one)])

    @property
    def today(self) -> date:
        """The day of building."""
        return Act(self.clerk, self.now).today

    def _left(self, meeting: Meeting) -> bool:
        """The last meeting of the secretary's own cell whose day is over is left to be recorded."""
        if meeting.unit.code != self.own or meeting.kind != MeetingKind.REGULAR:
            return False
        return add_months(meeting.month, 1) + (meeting.day - meeting.month) >= self.today

    def _plan(self, cells: Sequence[Unit], month: date) -> list[Meeting]:
        registered = min(month + 2 * _DAY, self.today)
        drafts = []
        for place, cell in enumerate(cells):
            if cell == cells[_SILENT]:
                continue
            begins = at(month + (_FIRST_DAY + place - 1) * _DAY, 19)
            sitting = Sitting(begins, begins + timedelta(minutes=90), place=f"Nhà văn hóa khu phố {place + 1}")
            drafts.append(MeetingDraft(cell, MeetingKind.REGULAR, (sitting,), month, registered=registered))
            if cell.code == self.own:
                early = at(month + (_FIRST_DAY + place - 2) * _DAY, 19)
                before = Sitting(early, early + timedelta(minutes=60))
                drafts.append(MeetingDraft(cell, MeetingKind.CELL_COMMITTEE, (before,), month, registered=registered))
        meetings = plan_meetings(act=console(self.clerk, registered), drafts=drafts)
        by_day: dict[date, list[Meeting]] = defaultdict(list)
        for meeting in meetings:
            by_day[max(meeting.day - 2 * _DAY, registered)].append(meeting)
        for sent, invited in sorted(by_day.items()):
            if sent <= self.today:
                invite_to_meetings(act=console(self.clerk, sent), meetings=invited, day=sent)
        return meetings

    def _hold(self, meetings: Sequence[Meeting]) -> None:
        leaders = self._leaders(meetings)
        act = console(self.clerk, self.today)
        drafts = []
        for meeting in meetings:
            minutes = timedelta(minutes=60 if meeting.kind == MeetingKind.CELL_COMMITTEE else 95)
            chair = leaders.get(meeting.unit_id)
            drafts.append(HeldDraft(meeting, meeting.starts_at, meeting.starts_at + minutes, chair=chair))
        hold_meetings(act=act, drafts=drafts)
        regular = [one for one in meetings if one.kind == MeetingKind.REGULAR]
        for place, meeting in enumerate(Meeting.objects.filter(pk__in=[one.pk for one in regular]).order_by("day")):
            self._record(console(self.clerk, min(meeting.day + _DAY, self.today)), meeting, place)

    def _leaders(self, meetings: Sequence[Meeting]) -> dict[int, Member]:
        if not meetings:
            return {}
        terms = OfficeTerm.objects.filter(
            on_day(meetings[0].day), unit__in=[one.unit_id for one in meetings], office=Office.SECRETARY
        )
        return {term.unit_id: term.member for term in terms.select_related("member")}

    def _record(self, act: Act, meeting: Meeting, place: int) -> None:
        lines = [line for line in roll_of(meeting).lines if not line.exempt]
        people = Member.objects.in_bulk([line.member for line in lines])
        # The first of the list is always away: at the third meeting in a row the secretary is told.
        taps = [
            Tap(
                meeting,
                people[line.member],
                Presence.EXCUSED if number == 0 or (number + place) % 11 == 5 else Presence.PRESENT,
                spoke=number > 0 and number % 3 == 1 and (number + place) % 11 != 5,
            )
            for number, line in enumerate(lines)
        ]
        record_attendance(act=act, taps=taps)
        owner = people[lines[-1].member]
        old, _new = conclusions_of(meeting)
        told = [ConclusionDraft(meeting, ConclusionEvent.DONE, thread=one.thread) for one in old]
        task = _TASKS[(place + meeting.month.month) % len(_TASKS)]
        told.append(
            ConclusionDraft(meeting, ConclusionEvent.MADE, task, owner, due=add_months(meeting.month, 1) + 9 * _DAY)
        )
        record_conclusions(act=act, drafts=told)
        if meeting.unit.code != self._forgetful(meeting):
            self._finish(act, meeting, place)
            ticks = [
                DuesTick(meeting.unit, people[line.member], meeting.month, paid=number % 9 != 7)
                for number, line in enumerate(lines)
            ]
            tick_dues(act=act, ticks=ticks)
        if place == 0:
            for uid, _name in followers_of(meeting)[:1]:
                record_visit(act=act, meeting=meeting, visitor=Member.objects.get(uid=uid), remarks=_REMARKS)

    def _forgetful(self, meeting: Meeting) -> str:
        return standing("PHUONG", _CELLS, meeting.month)[_FORGETS].code

    def _finish(self, act: Act, meeting: Meeting, place: int) -> None:
        """Minutes are drafted and filed, the cell scores itself; the committee has seen some of the sheets."""
        text = gather(meeting).draft(TextPart.MINUTES)
        save_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, text=text, seen=0)
        file_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, day=act.today)
        rubric, thematic = rubric_of(meeting)
        asked = rubric.asked(thematic=thematic)
        points = {code: max(band.points for band in item.bands) for code, item in asked.items() if not item.provable}
        sheet = accept_proven_scores(act=act, meeting=meeting, points=points)
        # What the register cannot prove in full the cell gives itself the band below for.
        bands = {code: sorted(band.points for band in item.bands) for code, item in asked.items()}
        left = {code: bands[code][-2] for code in asked if code not in sheet.points}
        if left:
            proven = {code: Decimal(value) for code, value in sheet.points.items()}
            score_meeting(act=act, meeting=meeting, points=proven | left)
        if place % 2:
            own = ScoreEntry.objects.live().get(meeting=meeting, stage=ScoreStage.SELF)
            mine = {code: Decimal(value) for code, value in own.points.items()} | {"4b": bands["4b"][-2]}
            review_meeting(act=act, meeting=meeting, points=mine)
