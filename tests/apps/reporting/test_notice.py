"""The notice of a briefing: its words follow from figures, board and conclusions; its lists stay once it is issued."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.world import START, TODAY

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import Meeting, MeetingKind, Presence
from giaoban.apps.meetings.operations import (
    ConferenceConclusionDraft,
    DelegationDraft,
    SittingDraft,
    hold_conference,
    invite_clusters,
    plan_conference,
    record_conference_conclusions,
    record_delegations,
)
from giaoban.apps.obligations.models import HandInFault, Rhythm
from giaoban.apps.obligations.operations import (
    HandInDraft,
    StandingDraft,
    record_hand_in,
    return_hand_in,
    set_standing_duty,
)
from giaoban.apps.reporting.operations import keep_notice_text, write_notice
from giaoban.apps.reporting.queries.briefing import BriefingOrder, briefing_document
from giaoban.apps.reporting.queries.notice_texts import kept_texts
from giaoban.checker import check_text
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed
from giaoban.core.period import Period
from giaoban.writer.markdown import to_markdown

if TYPE_CHECKING:
    from tests.world import World

PERIOD = Period.parse("2023-Q1")
DAY = date(2023, 3, 28)
GRASSROOTS = ("grassroots_committee", "grassroots_cell")


@pytest.fixture
def briefing(world: World) -> Meeting:
    """DUK.01 sent two delegates, DUK.02 nobody; DUK.02's report came back, DUK.01 has no action programme."""
    act, duk = world.act("clerk"), world.units["DUK"]
    conference = plan_conference(
        act=act,
        owner=duk,
        kind=MeetingKind.BRIEFING,
        title="Hội nghị giao ban quý I/2023",
        sittings=[SittingDraft(datetime(2023, 3, 28, 8, 0, tzinfo=HANOI))],
    )
    invite_clusters(act=act, conference=conference)
    record_delegations(
        act=act,
        conference=conference,
        drafts=[
            DelegationDraft(world.units["DUK.01"], Presence.PRESENT, 2),
            DelegationDraft(world.units["DUK.02"], Presence.EXCUSED),
        ],
    )
    record_conference_conclusions(
        act=act,
        conference=conference,
        drafts=[
            ConferenceConclusionDraft(
                "Gửi chương trình hành động còn thiếu.", "Các chi, đảng bộ cơ sở", date(2023, 4, 20)
            )
        ],
    )
    hold_conference(act=act, conference=conference)
    _duties(world, conference)
    return conference


def _duties(world: World, conference: Meeting) -> None:
    act, duk = world.act("clerk"), world.units["DUK"]
    programme = set_standing_duty(
        act=act,
        draft=StandingDraft(
            duk,
            "action-programme:01-NQ/DUK",
            "Chương trình hành động thực hiện Nghị quyết số 01-NQ/ĐU, ngày 10/01/2023",
            "CTHĐ",
            "handed-in",
            Rhythm.ONCE,
            GRASSROOTS,
            date(2023, 1, 10),
            due_on=date(2023, 2, 28),
        ),
    )
    record_hand_in(
        act=act, duty=programme, draft=HandInDraft(world.units["DUK.02"], date(2023, 2, 28), date(2023, 2, 20))
    )
    report = set_standing_duty(
        act=act,
        draft=StandingDraft(
            duk, "report", "Báo cáo quý", "Báo cáo", "handed-in", Rhythm.QUARTER, GRASSROOTS, START, due_days=-10
        ),
    )
    for code in ("DUK.01", "DUK.02"):
        record_hand_in(act=act, duty=report, draft=HandInDraft(world.units[code], date(2023, 3, 21), date(2023, 3, 15)))
    return_hand_in(
        act=act,
        duty=report,
        draft=HandInDraft(world.units["DUK.02"], date(2023, 3, 21), date(2023, 3, 17), fault=HandInFault.INCOMPLETE),
    )
    set_standing_duty(
        act=act,
        draft=StandingDraft(
            duk, "schedule", "Đăng ký lịch", "Lịch", "meetings.schedule", Rhythm.QUARTER, ("cell",), START
        ),
    )
    set_standing_duty(
        act=act,
        draft=StandingDraft(
            duk,
            "delegates:q1",
            "Cử thành phần dự hội nghị",
            "Giao ban",
            "conferences.delegates",
            Rhythm.ONCE,
            GRASSROOTS,
            date(2023, 3, 1),
            str(conference.uid),
            DAY,
        ),
    )


def order(world: World, number: int | None = None) -> BriefingOrder:
    return BriefingOrder(world.units["DUK"], PERIOD, TODAY, TODAY, number)


def printed(world: World, number: int | None = None) -> str:
    return to_markdown(briefing_document(order(world, number)))


@pytest.mark.usefixtures("briefing")
def test_it_says_what_the_board_and_the_figures_say(world: World) -> None:
    text = printed(world, 12)
    for words in (
        "Ý kiến chỉ đạo của Thường trực",
        "Ngày 28/3/2023",
        "Toàn Đảng bộ kết nạp 02 đảng viên",
        "Có 01/02 cấp ủy cơ sở chưa gửi chương trình hành động thực hiện Nghị quyết số 01-NQ/ĐU, ngày 10/01/2023",
        "Có 01/02 đơn vị thực hiện báo cáo quý chưa đảm bảo quy định (phải bổ sung 01)",
        "Có 01/01 đơn vị còn tổ chức đảng chưa đăng ký lịch sinh hoạt (02 tổ chức)",
        "Có 01/02 đơn vị không cử thành phần dự Hội nghị (có lý do 01)",
        "Gửi chương trình hành động còn thiếu (các chi, đảng bộ cơ sở; hạn 20/4/2023).",
        "Thừa lệnh Ban Thường vụ",
        "T/L BAN THƯỜNG VỤ",
        "CHÁNH VĂN PHÒNG",
        "(Kèm theo Thông báo số 12-TB/ĐU, ngày 05/4/2023)",
        "Chi bộ Quỹ Thử nghiệm (có lý do).",
        "Đảng bộ cơ quan Sở Thử nghiệm (có 02/02 tổ chức đảng không đăng ký).",
    ):
        assert words in text, words


@pytest.mark.parametrize("number", [None, 12])
@pytest.mark.usefixtures("briefing")
def test_the_checker_finds_nothing(world: World, number: int | None) -> None:
    found = [one for one in check_text(printed(world, number)) if one.severity != "info"]
    assert not found


@pytest.mark.usefixtures("briefing")
def test_every_number_has_its_key(world: World) -> None:
    written = write_notice(act=world.act("clerk"), order=order(world), file_format="json")
    numbers = json.loads(written.content)["numbers"]
    keys = {number["measure"] for number in numbers}
    assert {"organizations.grassroots", "members.admitted", "conferences.attendance"} <= keys
    assert {key for key in keys if key.startswith("board:")} == {
        "board:action-programme:01-NQ/DUK",
        "board:report",
        "board:schedule",
        "board:delegates:q1",
    }
    listed = [one for one in numbers if one["section"].startswith("PL") and one["measure"] == "board:schedule"]
    assert [(one["value"], one["role"], one["part"]) for one in listed] == [
        (2, "part", "DUK.01"),
        (2, "expected", "DUK.01"),
    ]


@pytest.mark.usefixtures("briefing")
def test_with_its_number_the_lists_stay(world: World) -> None:
    act = world.act("clerk")
    write_notice(act=act, order=order(world, 12), file_format="md")
    programme = world.units["DUK"].standing_duties.get(code="action-programme:01-NQ/DUK")
    draft = HandInDraft(world.units["DUK.01"], date(2023, 2, 28), DAY + timedelta(days=1))
    record_hand_in(act=act, duty=programme, draft=draft)
    assert "chưa gửi chương trình hành động" in printed(world, 12)
    assert "chưa gửi chương trình hành động" in printed(world)
    with pytest.raises(InvalidInput, match="đã lấy số 12, không phải 13"):
        printed(world, 13)


@pytest.mark.usefixtures("briefing")
def test_a_draft_follows_the_board(world: World) -> None:
    programme = world.units["DUK"].standing_duties.get(code="action-programme:01-NQ/DUK")
    record_hand_in(
        act=world.act("clerk"),
        duty=programme,
        draft=HandInDraft(world.units["DUK.01"], date(2023, 2, 28), DAY),
    )
    assert "chưa gửi chương trình hành động" not in printed(world)


@pytest.mark.usefixtures("briefing")
def test_the_offices_own_words_are_kept_and_printed(world: World) -> None:
    act, duk = world.act("clerk"), world.units["DUK"]
    kept = keep_notice_text(
        act=act, unit=duk, period=PERIOD, slot="assessment", text="Nền nếp sinh hoạt được giữ vững.", seen=0
    )
    assert kept is not None
    again = keep_notice_text(
        act=act, unit=duk, period=PERIOD, slot="assessment", text="Nền nếp sinh hoạt được giữ vững.", seen=1
    )
    assert again is None, "the same adds nothing"
    keep_notice_text(act=act, unit=duk, period=PERIOD, slot="shortcomings", text="Còn\x00 hình\x1f thức.\x0b", seen=0)
    with pytest.raises(Conflict, match="Người khác vừa sửa"):
        keep_notice_text(act=act, unit=duk, period=PERIOD, slot="assessment", text="Bản khác.", seen=0)
    assert kept_texts(duk, PERIOD)["assessment"].version == 1
    text = printed(world)
    assert "Nền nếp sinh hoạt được giữ vững." in text
    assert "(5) Còn hình thức." in text


def test_without_a_conference_there_is_no_notice(world: World) -> None:
    with pytest.raises(InvalidInput, match="chưa có hội nghị giao ban"):
        printed(world)


@pytest.mark.usefixtures("briefing")
def test_rights_and_slips(world: World) -> None:
    act, duk = world.act("inspector"), world.units["DUK"]
    with pytest.raises(NotAllowed):
        write_notice(act=act, order=order(world), file_format="md")
    with pytest.raises(NotAllowed):
        keep_notice_text(act=act, unit=duk, period=PERIOD, slot="assessment", text="x", seen=0)
    clerk = world.act("clerk")
    with pytest.raises(InvalidInput, match="không có phần"):
        keep_notice_text(act=clerk, unit=duk, period=PERIOD, slot="issued", text="x", seen=0)
    with pytest.raises(InvalidInput, match="Không ghi được dạng"):
        write_notice(act=clerk, order=order(world), file_format="xls")
