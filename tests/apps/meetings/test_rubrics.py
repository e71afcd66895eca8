"""An office's own rubrics: read with refusals that say where, in force from a day, old sheets keep theirs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.apps.meetings.examples import held
from tests.world import World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.meetings.models import OfficeRubric, ScoreEntry
from giaoban.apps.meetings.operations import review_meeting, score_meeting, set_rubric
from giaoban.apps.meetings.queries.material import gather
from giaoban.apps.meetings.queries.rubric import find_rubric, own_rubrics, rubric_of, rubric_on
from giaoban.apps.meetings.rubrics import (
    band_lines,
    read_bands,
    read_rubric,
    rubric_body,
    rubric_data,
    rubric_toml,
    rubrics,
)
from giaoban.apps.organizations.models import RuleSetting
from giaoban.apps.organizations.operations import set_rule
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

JANUARY, MARCH, APRIL = date(2023, 1, 1), date(2023, 3, 1), date(2023, 4, 1)


def body(code: str = "rieng", **changes: Any) -> dict[str, Any]:
    """Return a small rubric: attendance that the register proves, and one thing to tap."""
    attendance = [
        {"points": 40, "words": "Từ 80 %", "needs": {"attendance_percent_least": 80}},
        {"points": 10, "words": "Ít hơn", "otherwise": True},
    ]
    tapped = [{"points": 60, "words": "Tốt"}, {"points": 30.5, "words": "Khá"}]
    row: dict[str, Any] = {
        "code": code,
        "title": "Phiếu riêng",
        "source": "Hướng dẫn số 05-HD/ĐUK",
        "minutes": 60,
        "limits": {"good": 95, "fair": 70, "average": 50, "poor": 0},
        "sections": [
            {
                "code": "1",
                "title": "Dự họp",
                "items": [{"code": "1", "title": "Tỷ lệ", "most": 40, "bands": attendance}],
            },
            {
                "code": "2",
                "title": "Nội dung",
                "items": [{"code": "2", "title": "Chất lượng", "most": 60, "bands": tapped}],
            },
        ],
    }
    return row | changes


@pytest.mark.parametrize("code", sorted(rubrics()))
def test_a_rubric_survives_file_and_lines(code: str) -> None:
    rubric = rubrics()[code]
    assert read_rubric(rubric_data(rubric_toml(rubric), where="tệp")) == rubric
    assert read_rubric(rubric_body(rubric)) == rubric
    for item in rubric.items.values():
        again = read_bands(band_lines(item.bands), where="")
        assert (
            read_rubric(body(sections=[_only(item.code, again)])).items[item.code].bands[: len(item.bands)]
            == item.bands
        )


def _only(code: str, bands: list[dict[str, Any]]) -> dict[str, Any]:
    most = max(band["points"] for band in bands)
    rest = {"code": "z", "title": "Còn lại", "most": 100 - most, "bands": [{"points": 100 - most, "words": "Đủ"}]}
    return {"code": "1", "title": "Một", "items": [{"code": code, "title": "Một", "most": most, "bands": bands}, rest]}


def test_lines_of_bands() -> None:
    text = "4 điểm: Từ 90 % [Tỷ lệ dự ≥ 90; số vắng không lý do <= 0]\n\n0,5: Ít hơn [còn lại]"
    assert read_bands(text, where="") == [
        {"points": 4, "words": "Từ 90 %", "needs": {"attendance_percent_least": 90, "unexcused_most": 0}},
        {"points": 0.5, "words": "Ít hơn", "otherwise": True},
    ]
    for wrong, told in (
        ("bốn: Khá", "Dòng 1 không đọc được"),
        ("4: Khá\n3: x [tâm trạng >= 2]", "Dòng 2, sổ không biết"),
        ("4..5: Khá", "không phải số"),
    ):
        with pytest.raises(InvalidInput, match=told):
            read_bands(wrong, where="Mục 1")


def _changed(*path: str | int, value: Any) -> dict[str, Any]:
    row = body()
    place: Any = row
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return row


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (_changed("code", value="Phiếu 1"), "Mã mẫu: Mã mẫu «Phiếu 1» không dùng được"),
        (_changed("title", value=" "), "Tên mẫu: Chưa có tên"),
        (_changed("minutes", value=0), "Thời gian họp: «0» không dùng được"),
        (_changed("limits", "fair", value=95), "Mức xếp loại: Tốt từ 95, Khá từ 95"),
        (_changed("limits", value={"good": 90}), "Thiếu mức xếp loại"),
        (_changed("sections", value=[]), "Chưa có mục nào"),
        (_changed("sections", 0, "items", value=[]), "Mục 1: Chưa có nội dung nào"),
        (_changed("sections", 0, "items", 0, "most", value=41), "Mức cao nhất 40 điểm, nội dung tối đa 41 điểm"),
        (_changed("sections", 1, "items", 0, "code", value="1"), "Hai nội dung cùng số hiệu 1"),
        (_changed("sections", 1, "items", 0, "bands", value=[{"points": 5, "words": "Một"}] * 2), "cùng một số điểm"),
        (
            _changed("sections", 1, "items", 0, "bands", 0, "points", value="6"),
            "Mục 2, nội dung 1, mức 1: «6» không phải",
        ),
        (_changed("sections", 1, "items", 0, "bands", 1, "otherwise", value=True), "mà không mức nào lấy từ sổ"),
        (
            _changed("sections", 0, "items", 0, "bands", 0, "needs", value={"mood_least": 1}),
            "Sổ không biết «mood_least»",
        ),
        (_changed("sections", value=body()["sections"][:1]), "Các mục cộng lại 40 = 40 điểm; cần: 100 điểm"),
        (_changed("colour", value="red"), "Không có colour"),
        (_changed("without_thematic", value="drop"), "award hoặc rescale"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(row: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_rubric(row)
    assert told in str(refused.value)


def test_a_file_that_is_no_toml() -> None:
    with pytest.raises(InvalidInput, match="không đọc được theo TOML"):
        rubric_data("code = ", where="phieu.toml")


def test_in_force_from_a_day_and_old_sheets_keep_theirs(world: World) -> None:
    clerk, secretary, unit = world.act("clerk"), world.act("secretary"), world.units["DUK.01.01"]
    february, march = held(world, "2023-02-20 14:00"), held(world)
    set_rubric(act=clerk, owner=world.units["DUK"], body=body(), start=MARCH)
    assert rubric_on(unit, date(2023, 2, 28)).code == "c"
    assert (rubric_on(unit, MARCH).code, rubric_on(unit, MARCH).since) == ("rieng", MARCH)
    assert score_meeting(act=secretary, meeting=february, points={"2a": Decimal(15)}).rubric == "c"
    first = score_meeting(act=secretary, meeting=march, points={"1": Decimal(40), "2": Decimal("30.5")})
    assert (first.rubric, first.rubric_from, first.total, first.grade) == ("rieng", MARCH, Decimal("70.5"), "fair")

    # A second version from the middle of the month: the sheet that was begun keeps the first, also when it is mended.
    set_rubric(
        act=clerk, owner=world.units["DUK"], body=body(limits={**body()["limits"], "fair": 80}), start=date(2023, 3, 10)
    )
    assert dict(rubric_on(unit, march.day).limits)["fair"] == 80
    again = score_meeting(act=secretary, meeting=march, points={"1": Decimal(40), "2": Decimal("30.5")})
    assert (again.rubric_from, again.grade) == (MARCH, "fair")
    sheets = gather(march).sheets
    assert sheets is not None
    assert dict(sheets.rubric.limits)["fair"] == 70, "what is shown and printed is the sheet's own rubric"
    fresh = held(world, "2023-03-28 08:00", unit="DUK.02")
    assert score_meeting(act=clerk, meeting=fresh, points={"1": Decimal(40), "2": Decimal("30.5")}).grade == "average"
    assert ScoreEntry.objects.live().filter(meeting=march).count() == 1
    assert AuditRow.objects.filter(action="meetings.rubric_set").count() == 2


def test_the_review_follows_the_cells_sheet(world: World) -> None:
    clerk = world.act("clerk")
    meeting = held(world, unit="DUK.02")
    set_rubric(act=clerk, owner=world.units["DUK"], body=body(), start=JANUARY)
    points = {"1": Decimal(40), "2": Decimal(60)}
    score_meeting(act=clerk, meeting=meeting, points=points)
    set_rubric(act=clerk, owner=world.units["DUK"], body=body("khac", minutes=30), start=MARCH)
    assert rubric_of(meeting)[0].code == "khac"
    above = review_meeting(act=clerk, meeting=meeting, points=points)
    assert (above.rubric, above.rubric_from, above.grade) == ("rieng", JANUARY, "good")


def test_who_may_and_which_days(world: World) -> None:
    clerk, duk = world.act("clerk"), world.units["DUK"]
    with pytest.raises(NotAllowed):
        set_rubric(act=world.act("secretary"), owner=world.units["DUK.01.01"], body=body(), start=MARCH)
    with pytest.raises(InvalidInput, match="là của mẫu có sẵn"):
        set_rubric(act=clerk, owner=duk, body=body("a"), start=MARCH)
    made = set_rubric(act=clerk, owner=duk, body=body(), start=MARCH)
    with pytest.raises(Conflict, match="đã dùng ở DUK"):
        set_rubric(act=clerk, owner=world.units["DUK.01"], body=body(), start=APRIL)
    with pytest.raises(Conflict, match="đã đặt cho từ ngày 01/03/2023"):
        set_rubric(act=clerk, owner=duk, body=body(), start=JANUARY)
    set_rubric(act=clerk, owner=duk, body=body(), start=APRIL)
    made.refresh_from_db()
    assert made.valid_to == APRIL
    assert RuleSetting.objects.filter(key="meeting_rubric", value="rieng").count() == 1, "chosen once, by its first day"
    found = own_rubrics(world.units["DUK.01.01"], day=APRIL)
    assert [one.valid_from for one in found] == [APRIL, MARCH]
    assert find_rubric(world.units["DUK.01.01"], str(made.uid), day=APRIL) == made
    with pytest.raises(NotFound):
        find_rubric(world.units["DUK"], "x", day=APRIL)
    assert OfficeRubric.objects.count() == 2


def test_the_rule_offers_own_rubrics(world: World) -> None:
    clerk, cell = world.act("clerk"), world.units["DUK.01"]
    set_rubric(act=clerk, owner=world.units["DUK"], body=body(), start=JANUARY)
    set_rule(act=clerk, owner=cell, key="meeting_rubric", value="c", start=date(2023, 2, 1))
    set_rule(act=clerk, owner=cell, key="meeting_rubric", value="rieng", start=MARCH)
    found = [rubric_on(cell, day).code for day in (JANUARY, date(2023, 2, 1), MARCH)]
    assert found == ["rieng", "c", "rieng"]
    with pytest.raises(InvalidInput, match="«rieng» không có"):
        set_rule(act=clerk, owner=cell, key="meeting_rubric", value="rieng", start=date(2022, 1, 1))
