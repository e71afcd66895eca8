"""What is read of meetings: the record behind scores, minutes, papers, patterns, visits, absences, evidence."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from tests.apps.meetings.examples import CELL, PEOPLE, at, draft, held, planned, taps
from tests.world import TODAY, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.meetings.models import ConclusionEvent, MeetingKind, Presence, TextPart
from giaoban.apps.meetings.operations import (
    ConclusionDraft,
    Tap,
    cancel_meetings,
    file_meeting_text,
    invite_to_meetings,
    plan_meetings,
    record_attendance,
    record_conclusions,
    record_visit,
    save_meeting_text,
    score_meeting,
    take_meeting_paper,
)
from giaoban.apps.meetings.queries.absences import is_secretary, third_absences
from giaoban.apps.meetings.queries.calendar import calendar_file
from giaoban.apps.meetings.queries.material import gather
from giaoban.apps.meetings.queries.page import find_meeting
from giaoban.apps.meetings.queries.papers import MeetingPaper
from giaoban.apps.meetings.queries.reviews import review_lines
from giaoban.apps.meetings.queries.roll import roll_of
from giaoban.apps.meetings.queries.rubric import rubric_of
from giaoban.apps.meetings.queries.schedule import like_last_month, same_place_in_month
from giaoban.apps.meetings.queries.visits import unvisited
from giaoban.apps.meetings.rubrics import rubrics
from giaoban.apps.members.operations import VisitDraft, assign_visits, exempt_member
from giaoban.apps.obligations.duties import Progress
from giaoban.apps.obligations.evidence import EvidenceAsk, evidence_sources, marks_of
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.queries.letterhead import office_facts
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.writer.blocks import OfficialDocument, plain_text

MARCH = Period.parse("2023-M03").window


def test_the_roll_of_the_day(world: World) -> None:
    meeting = held(world)
    exempt_member(act=world.act("clerk"), member=world.members["dao"], day=date(2023, 3, 1))
    roll = roll_of(meeting)
    assert {line.name.split()[-1] for line in roll.lines} == {"An", "Chi", "Đạo", "Em"}
    assert (roll.called, roll.complete, roll.percent) == (3, False, None)
    for name in ("an", "chi"):
        record_attendance(act=world.act("clerk"), taps=[Tap(meeting, world.members[name], Presence.PRESENT)])
    record_attendance(act=world.act("clerk"), taps=[Tap(meeting, world.members["em"], Presence.EXCUSED)])
    roll = roll_of(meeting)
    assert (roll.complete, roll.percent) == (True, 66.7), "whoever is exempt need not come"


def test_provable_items_come_from_the_record_with_their_evidence(world: World) -> None:
    act = world.act("clerk")
    committee = held(world, "2023-03-15 08:00", kind=MeetingKind.CELL_COMMITTEE)
    save_meeting_text(act=act, meeting=committee, part=TextPart.MINUTES, text="Họp chi ủy", seen=0)
    file_meeting_text(act=act, meeting=committee, part=TextPart.MINUTES)
    meeting = held(world)
    invite_to_meetings(act=act, meetings=[meeting], day=date(2023, 3, 17))
    taps(world, meeting, absent=("an",))
    found = gather(meeting)
    assert found.record is not None
    assert found.sheets is not None
    rubric, thematic = rubric_of(meeting)
    assert found.record.proven(rubric, thematic=thematic) == {"1a": 5, "1b": 5, "2a": 9, "2b": 5}
    assert found.sheets.evidence["2a"] == "có mặt 3/4 (75 %), vắng có lý do 1, không lý do 0"
    assert found.sheets.evidence["2b"] == "họp 14:00 đến 15:30, 90 phút (ít nhất 90)"
    assert found.sheets.evidence["1a"] == "chi ủy họp ngày 15/03/2023"
    proven = found.record.proven(rubrics()["b"], thematic=False)
    assert proven == {"1": 5, "2a": 3, "2b": 1, "3c": 2, "3d": 1, "3e": 2}
    save_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, text="Biên bản", seen=0)
    file_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, day=date(2023, 3, 22))
    later = gather(meeting)
    assert later.record is not None
    assert later.record.proven(rubric, thematic=thematic)["4b"] == 5


def test_nothing_is_proven_of_what_is_not_recorded(world: World) -> None:
    found = gather(planned(world))
    assert found.record is not None
    assert found.record.proven(rubrics()["b"], thematic=False) == {}


def test_a_page_asks_as_often_for_many_lines_as_for_few(world: World) -> None:
    act, meeting = world.act("clerk"), held(world)
    taps(world, meeting)
    meeting = find_meeting(world.users["clerk"], meeting.uid, today=TODAY)
    counts = []
    for number in (1, 5):
        made = [ConclusionDraft(meeting, ConclusionEvent.MADE, f"Việc {n}", world.members["em"]) for n in range(number)]
        record_conclusions(act=act, drafts=made)
        with CaptureQueriesContext(connection) as queries:
            gather(meeting)
        counts.append(len(queries))
    other = held(world, unit="DUK.01.02")
    names = ("minh", "nga", "oanh", "phong", "khoa")
    record_attendance(act=act, taps=[Tap(other, world.members[name], Presence.PRESENT) for name in names])
    other = find_meeting(world.users["clerk"], other.uid, today=TODAY)
    with CaptureQueriesContext(connection) as queries:
        gather(other)
    assert counts == [len(queries)] * 2


def filled(world: World) -> OfficialDocument:
    act = world.act("clerk")
    before, meeting = held(world, "2023-02-20 14:00"), held(world)
    taps(world, meeting, absent=("an",))
    [made] = record_conclusions(
        act=act, drafts=[ConclusionDraft(before, ConclusionEvent.MADE, "Giới thiệu 01 quần chúng ưu tú.")]
    )
    record_conclusions(
        act=act,
        drafts=[
            ConclusionDraft(meeting, ConclusionEvent.DONE, thread=made.thread),
            ConclusionDraft(
                meeting, ConclusionEvent.MADE, "Tổ chức chuyên đề quý II.", world.members["em"], due=date(2023, 4, 28)
            ),
        ],
    )
    office = office_facts(world.units[CELL], day=meeting.day)
    return take_meeting_paper(act=act, meeting=meeting, paper=MeetingPaper.MINUTES, office=office).document


def test_minutes_are_drafted_from_the_record(world: World) -> None:
    document = filled(world)
    text = "\n".join(plain_text(block.inlines) for block in document.body if hasattr(block, "inlines"))
    for words in (
        "Hồi 14 giờ 00, ngày 20/03/2023, tại Phòng họp 1, Chi bộ Văn phòng tổ chức sinh hoạt chi bộ thường kỳ",
        "Được triệu tập: 04 đồng chí (chính thức 03, dự bị 01).",
        "có mặt 03; vắng có lý do 01; vắng không lý do 0",
        "Vắng có lý do: Nguyễn Bình An.",
        "Chủ trì: đồng chí Trần Thị Em.",
        "Giới thiệu 01 quần chúng ưu tú: đã làm xong.",
        "Đồng chí Nguyễn Đức Đạo: ……",
        "(1) Tổ chức chuyên đề quý II. Người thực hiện: Trần Thị Em. Hạn: 28/04/2023.",
        "kết thúc hồi 15 giờ 30 cùng ngày (90 phút)",
    ):
        assert words in text
    assert document.type_name == "BIÊN BẢN"
    assert [(one.position, one.name) for one in document.signatures] == [
        ("THƯ KÝ", "Đặng Thị Chi"),
        ("CHỦ TRÌ", "Trần Thị Em"),
    ]
    assert AuditRow.objects.get(action="meetings.paper_taken").detail["paper"] == "bien-ban"


def test_a_resolution_says_who_led_and_counts_all_who_were_called(world: World) -> None:
    filled(world)
    meeting = world.units[CELL].meetings.get(month=date(2023, 3, 1))
    exempt_member(act=world.act("clerk"), member=world.members["em"], day=date(2023, 3, 1))
    lines = gather(meeting).draft(TextPart.RESOLUTION).splitlines()
    assert lines[2] == "Chủ trì: đồng chí Trần Thị Em; thư ký: đồng chí Đặng Thị Chi; thời gian họp 90 phút."
    assert lines[-1] == (
        "Nghị quyết được thông qua với …… / 03 đảng viên chính thức được triệu tập tán thành "
        "(có mặt 03 đồng chí; phải có trên một nửa, ít nhất 02)."
    ), "the exempt one came and counts; the probationary one, who is excused, has no vote"
    record_attendance(act=world.act("clerk"), taps=[Tap(meeting, world.members["em"], Presence.EXCUSED)])
    assert "…… / 02 đảng viên" in gather(meeting).draft(TextPart.RESOLUTION), "exempt and away: not called"
    other = gather(planned(world, "2023-04-20 14:00")).draft(TextPart.RESOLUTION)
    assert "Chủ trì: đồng chí ……; thư ký: đồng chí ……; thời gian họp …… phút." in other


def test_a_sheet_to_tick_says_what_may_be_written(world: World) -> None:
    meeting = planned(world)
    exempt_member(act=world.act("clerk"), member=world.members["dao"], day=date(2023, 3, 1))
    office = office_facts(world.units[CELL], day=meeting.day)
    taken = take_meeting_paper(act=world.act("clerk"), meeting=meeting, paper=MeetingPaper.TICKS, office=office)
    cells = [
        cell.text for table in Document(io.BytesIO(taken.content)).tables for row in table.rows for cell in row.cells
    ]
    assert "Nguyễn Đức Đạo (miễn)" in cells
    levels = [cell.rpartition(". Mức: ")[2].split("; ") for cell in cells if ". Mức: " in cell]
    rubric, thematic = rubric_of(meeting)
    asked = rubric.asked(thematic=thematic).values()
    assert levels == [[format_number(band.points) for band in item.bands] for item in asked]


@pytest.mark.parametrize("paper", list(MeetingPaper))
def test_papers_are_documents_at_14_points(paper: MeetingPaper, world: World) -> None:
    filled(world)
    meeting = world.units[CELL].meetings.get(month=date(2023, 3, 1))
    office = office_facts(world.units[CELL], day=meeting.day)
    taken = take_meeting_paper(act=world.act("secretary"), meeting=meeting, paper=paper, office=office)
    document = Document(io.BytesIO(taken.content))
    assert document.styles["Body Text"].font.size.pt == 14
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    if paper in (MeetingPaper.ATTENDANCE, MeetingPaper.TICKS):
        assert {"Nguyễn Bình An", "Đặng Thị Chi", "Nguyễn Đức Đạo", "Trần Thị Em"} <= set(cells)
    if paper == MeetingPaper.SCORE:
        assert "Tổng số điểm" in cells
    with pytest.raises(InvalidInput, match="một trong: docx, pdf"):
        take_meeting_paper(act=world.act("clerk"), meeting=meeting, paper=paper, office=office, file_format="odt")


def test_the_calendar_file_says_time_and_word_only(world: World) -> None:
    file = calendar_file(planned(world), now=at("2023-03-01 08:00")).decode()
    assert "DTSTART:20230320T070000Z\r\n" in file
    assert "SUMMARY:Sinh hoạt\r\n" in file
    assert "Chi bộ" not in file
    assert "Phòng" not in file


@pytest.mark.parametrize(
    ("before", "month", "after"),
    [
        ("2023-02-20 14:00", date(2023, 3, 1), "2023-03-20 14:00"),
        ("2023-03-03 08:30", date(2023, 4, 1), "2023-04-07 08:30"),
        ("2023-03-31 14:00", date(2023, 4, 1), "2023-04-28 14:00"),
    ],
)
def test_the_same_weekday_of_another_month(before: str, month: date, after: str) -> None:
    assert same_place_in_month(at(before), month) == at(after)


def test_like_last_month(world: World) -> None:
    planned(world)
    planned(world, "2023-03-06 08:00", unit="DUK.02")
    planned(world, "2023-04-10 08:00", unit="DUK.02")
    units = Unit.objects.filter(code__startswith="DUK").values_list("pk", flat=True)
    [one] = like_last_month(units, date(2023, 4, 1))
    assert (one.unit.code, one.starts_at, one.ends_at, one.place) == (
        CELL,
        at("2023-04-17 14:00"),
        at("2023-04-17 15:30"),
        "Phòng họp 1",
    )


def test_a_third_absence_is_for_the_secretary(world: World) -> None:
    for start in ("2023-02-06 14:00", "2023-03-20 14:00", "2023-04-03 14:00"):
        meeting = held(world, start)
        names = PEOPLE if start > "2023-02-07" else ("an", "chi", "dao", "em")
        record_attendance(
            act=world.act("clerk"),
            taps=[
                Tap(meeting, world.members[name], Presence.EXCUSED if name == "an" else Presence.PRESENT)
                for name in names
            ],
        )
    assert [(one.name, one.times) for one in third_absences(meeting)] == [("Nguyễn Bình An", 3)]
    secretary, clerk = world.users["secretary"], world.users["clerk"]
    assert is_secretary(secretary, world.units[CELL], world.act("secretary"))
    assert not is_secretary(clerk, world.units[CELL], world.act("clerk"))


def test_cells_that_nobody_visited(world: World) -> None:
    act, meeting = world.act("clerk"), held(world)
    follows = VisitDraft(world.units["DUK"], world.units["DUK.01"], world.members["quy"], date(2023, 3, 1))
    assign_visits(act=act, drafts=[follows])
    quarter = Period.parse("2023-Q1").window
    assert [one.unit.code for one in unvisited(world.units["DUK"], quarter, today=TODAY)] == [
        "DUK.01.01",
        "DUK.01.02",
        "DUK.02",
    ]
    record_visit(act=act, meeting=meeting, visitor=world.members["quy"])
    left = unvisited(world.units["DUK"], quarter, today=TODAY)
    assert [(one.unit.code, one.followers) for one in left] == [("DUK.01.02", ("Ngô Thị Quý",)), ("DUK.02", ())]
    [fund] = unvisited(world.units["DUK.02"], Period.parse("2023-Q1").window, today=TODAY)
    assert fund.last is None


def test_what_waits_for_review(world: World) -> None:
    full = {code: item.most for code, item in rubrics()["c"].items.items()}
    score_meeting(act=world.act("clerk"), meeting=held(world), points=full)
    score_meeting(act=world.act("clerk"), meeting=held(world, unit="DUK.02"), points=full)
    score_meeting(act=world.act("clerk"), meeting=held(world, unit="DUK.01.02"), points={"1a": Decimal(5)})
    lines = review_lines(world.users["clerk"], world.units["DUK"], MARCH, today=TODAY)
    assert [(one.unit.code, one.mine, one.reviewed) for one in lines] == [
        ("DUK.02", True, None),
        ("DUK.01.01", False, None),
    ]


def found_by(world: World, key: str, subject: str = "", as_of: date = TODAY) -> list[tuple[str, date, date, Progress]]:
    codes = {unit.pk: code for code, unit in world.units.items()}
    ask = EvidenceAsk(Unit.objects.values("pk"), MARCH.start, MARCH.end, subject, 1, "", as_of)
    source = evidence_sources()[key]
    found = list(source.found(ask))
    gathered = sorted((mark, sorted(units)) for mark, units in source.marks(ask))
    assert gathered == sorted((mark, sorted(units)) for mark, units in marks_of(found)), "both ways say the same"
    return [(codes[one.unit], one.within, one.day, one.progress) for one in found]


def test_evidence_of_duties(world: World) -> None:
    act, month = world.act("clerk"), date(2023, 3, 1)
    pair = [draft(world, unit="DUK.02"), draft(world, "2023-03-27 14:00", unit="DUK.02", kind=MeetingKind.THEMATIC)]
    gone, _thematic = plan_meetings(act=act, drafts=pair)
    meeting = held(world)
    assert found_by(world, "meetings.schedule") == [
        ("DUK.02", month, TODAY, Progress.DONE),
        (CELL, month, TODAY, Progress.DONE),
    ]
    assert found_by(world, "meetings.schedule", "thematic") == [("DUK.02", month, TODAY, Progress.DONE)]
    assert found_by(world, "meetings.schedule", as_of=date(2023, 4, 4)) == [], "registered on 05/04"
    assert found_by(world, "meetings.regular") == [(CELL, month, date(2023, 3, 20), Progress.DONE)]
    assert found_by(world, "meetings.thematic") == []
    plan_meetings(act=act, drafts=[draft(world, "2023-03-09 08:00", unit="DUK.01", kind=MeetingKind.COMMITTEE)])
    assert ("DUK.01", month, TODAY, Progress.DONE) in found_by(world, "meetings.schedule"), "committees register theirs"
    held(world, "2023-03-14 08:00", unit="DUK.01", kind=MeetingKind.ALL_MEMBERS)
    assert found_by(world, "meetings.all_members") == [("DUK.01", month, date(2023, 3, 14), Progress.DONE)]
    held(world, "2023-03-15 08:00", kind=MeetingKind.CELL_COMMITTEE)
    assert found_by(world, "meetings.committee") == [(CELL, month, date(2023, 3, 15), Progress.DONE)]
    score_meeting(act=act, meeting=meeting, points={"2b": Decimal(5)})
    assert found_by(world, "meetings.score") == [(CELL, month, TODAY, Progress.PARTIAL)]
    assert found_by(world, "meetings.review") == []
    save_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, text="Biên bản", seen=0)
    file_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, day=date(2023, 3, 22))
    assert found_by(world, "meetings.minutes") == [(CELL, month, date(2023, 3, 22), Progress.DONE)]
    cancel_meetings(act=act, meetings=[gone, _thematic], reason="bão")
    assert {unit for unit, *_ in found_by(world, "meetings.schedule")} == {"DUK.01", CELL}
