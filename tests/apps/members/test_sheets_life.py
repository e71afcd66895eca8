"""Sheets of absences, honours, grades, conclusions, offices: in once, out and in again unchanged, each fault named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.sheets.books import csv_file, xlsx

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import (
    AbsenceEntry,
    AbsenceSpan,
    HonourEntry,
    OfficeEntry,
    RatingEntry,
    VettingEntry,
)
from giaoban.apps.members.operations import exempt_member, void_absence_entry
from giaoban.apps.members.sheets.life import ABSENCES, HONOURS, LIFE_SHEETS, OFFICES, RATINGS, VETTING, LifeSheet
from giaoban.apps.members.sheets.life_export import export_register
from giaoban.apps.reporting.sheet_kinds import SHEET_KINDS
from giaoban.apps.sheets.filled import SheetFormat
from giaoban.apps.sheets.importing import ImportResult, import_sheet
from giaoban.apps.sheets.source import SheetFile
from giaoban.core.errors import NotAllowed, NotFound

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
Row = dict[str, Any]
FEB = date(2023, 2, 1)


def who(world: World, name: str, **more: Any) -> Row:
    member = world.members[name]
    if not member.file_number:
        member.file_number = f"9{member.pk:05}ALC"
        member.save()
    return {"file_number": member.file_number} | more


def load(world: World, sheet: LifeSheet, *rows: Mapping[str, Any], by: str = "", dry_run: bool = False) -> ImportResult:
    """Import rows at the console, or as a person who sits elsewhere."""
    act = world.act(by or "clerk", at_console=not by)
    return import_sheet(kind=sheet, file=csv_file(rows), act=act, dry_run=dry_run)


def told(result: ImportResult) -> list[tuple[int, str, str]]:
    """Return row, heading and message of all errors."""
    return [(error.row, error.heading, error.message) for error in result.errors]


def absences(world: World) -> list[Row]:
    return [
        who(world, "dao", kind="Miễn công tác và sinh hoạt", day=FEB, until=date(2023, 6, 30), decision_number="5-NQ"),
        who(world, "em", kind="Đi làm ăn xa, tạm vắng", day=FEB, place="Nhật Bản", abroad="Có"),
        who(world, "em", kind="Đã liên lạc với đảng viên đi xa", day=date(2023, 3, 1)),
        who(world, "em", kind="Trở về sinh hoạt", day=date(2023, 4, 1)),
    ]


def honours(world: World) -> list[Row]:
    badge = {"kind": "Tặng Huy hiệu Đảng", "years": 45, "round": "3/2/2023", "level": "Cấp tỉnh"}
    letter = {"kind": "Khen thưởng", "reason": "Thành tích trong năm", "form": "Giấy khen"}
    return [
        who(world, "viet", day=date(2023, 2, 3), **badge),
        who(world, "dao", day=date(2022, 12, 30), decision_number="9-QĐ", **letter),
        {"unit": "DUK.02", "day": date(2022, 12, 30), "decision_number": "9-QĐ"} | letter,
        {"unit": "DUK.02", "day": date(2023, 1, 16), "kind": "Công nhận «bốn tốt»"},
    ]


def ratings(world: World) -> list[Row]:
    said = {"year": 2022, "day": date(2022, 12, 20)}
    return [
        who(world, "dao", grade="Hoàn thành xuất sắc nhiệm vụ", **said),
        who(world, "em", grade="good", **said),
        {"unit": "DUK.01.01", "grade": "Hoàn thành tốt nhiệm vụ"} | said,
    ]


def vetting(world: World) -> list[Row]:
    return [
        who(world, "dao", purpose="Công tác cán bộ", day=FEB, decision_number="45-KL/BTC", decision_date=FEB),
        who(world, "an", purpose="Kết nạp đảng viên", day=FEB, decision_number="46-KL/BTC"),
    ]


def offices(world: World) -> list[Row]:
    return [
        who(world, "oanh", unit="DUK.01", office="Phó Bí thư", kind="Chỉ định", day=FEB, decision_number="3-QĐ"),
        who(world, "oanh", unit="DUK.01", office="Phó Bí thư", kind="Thôi giữ chức vụ", day=date(2023, 3, 1)),
        who(world, "minh", unit="DUK.01", office="Phó Bí thư", kind="Chỉ định", day=date(2023, 3, 1)),
    ]


GOOD = [
    (ABSENCES, absences, AbsenceEntry),
    (HONOURS, honours, HonourEntry),
    (RATINGS, ratings, RatingEntry),
    (VETTING, vetting, VettingEntry),
    (OFFICES, offices, OfficeEntry),
]


@pytest.mark.parametrize(("sheet", "make", "model"), GOOD, ids=lambda one: getattr(one, "key", ""))
def test_in_once_out_and_in_again(world: World, sheet: LifeSheet, make: Any, model: Any) -> None:
    rows, before = make(world), model.objects.count()
    result = load(world, sheet, *rows)
    assert (told(result), result.new, result.same, result.written) == ([], len(rows), 0, True)
    assert model.objects.count() == before + len(rows)
    again = load(world, sheet, *rows)
    assert (again.errors, again.new, again.same, again.written) == ((), 0, len(rows), False)
    taken = export_register(act=world.act("clerk", at_console=True), sheet=sheet, unit=world.units["DUK"])
    back = import_sheet(kind=sheet, file=SheetFile("lai.xlsx", taken), act=world.act("clerk", at_console=True))
    assert (told(back), back.new, back.written) == ([], 0, False)
    assert back.same == model.objects.exclude(unit__code__startswith="XA").count()
    assert AuditRow.objects.filter(action="sheets.imported", object_kind=sheet.key).count() == 1
    assert AuditRow.objects.filter(action=f"members.{sheet.key}_exported").count() == 1


def test_a_file_without_numbers_says_why_and_what_to_fill_in(world: World) -> None:
    load(world, *GOOD[0][:1], *GOOD[0][1](world))
    taken = export_register(
        act=world.act("clerk"), sheet=GOOD[0][0], unit=world.units["DUK"], file_format=SheetFormat.CSV
    ).decode("utf-8-sig")
    assert "chưa được giao quyền đọc hồ sơ đảng viên" in taken
    assert "điền một trong ba số" in taken
    whole = export_register(
        act=world.act("organizer"), sheet=GOOD[0][0], unit=world.units["DUK"], file_format=SheetFormat.CSV
    ).decode("utf-8-sig")
    assert "điền một trong ba số" not in whole


def test_as_xlsx_and_with_headings(world: World) -> None:
    rows = [
        {
            "Số lý lịch": world.members["dao"].file_number,
            "Việc": "mien cong tac va sinh hoat",
            "Ngày": FEB,
            "Đến hết ngày": date(2023, 6, 30),
        }
    ]
    result = import_sheet(kind=ABSENCES, file=xlsx(rows), act=world.act("clerk"))
    assert (result.errors, result.written) == ((), True)
    assert AbsenceSpan.objects.get().until == date(2023, 6, 30)


DEPUTY = {"who": "oanh", "unit": "DUK.01", "office": "deputy_secretary", "kind": "appointed", "day": FEB}
BAD: list[tuple[LifeSheet, Row, str, str]] = [
    (ABSENCES, {"who": "dao", "kind": "away", "day": FEB}, "Nơi đến", "Chưa điền, việc «Đi làm ăn xa, tạm vắng» cần"),
    (ABSENCES, {"who": "dao", "kind": "returned", "day": FEB}, "Ngày", "không đi xa vào ngày này"),
    (ABSENCES, {"who": "dao", "kind": "contacted", "day": FEB, "place": "Huế"}, "Nơi đến", "không dùng cột này"),
    (ABSENCES, {"who": "dao", "kind": "returned", "day": FEB, "until": FEB}, "Đến hết ngày", "không dùng cột này"),
    (ABSENCES, {"who": "an", "kind": "exempted", "day": date(2022, 5, 1)}, "Ngày", "không sinh hoạt tại chi bộ nào"),
    (ABSENCES, {"who": "dao", "kind": "exempted", "day": date(2023, 4, 6)}, "Ngày", "ở tương lai"),
    (ABSENCES, {"who": "dao", "kind": "nghỉ", "day": FEB}, "Việc", "không có trong danh mục"),
    (ABSENCES, {"kind": "exempted", "day": FEB}, "", "Chưa biết việc của ai"),
    (ABSENCES, {"file_number": "999", "kind": "exempted", "day": FEB}, "Số lý lịch", "Không có đảng viên mang số lý"),
    (ABSENCES, {"who": "dao", "full_name": "Ai Đó", "kind": "exempted", "day": FEB}, "Họ và tên", "là của «Nguyễn"),
    (HONOURS, {"who": "dao", "kind": "badge_awarded", "day": FEB, "years": 30}, "Đợt", "Chưa điền"),
    (HONOURS, {"who": "dao", "kind": "commended", "day": FEB}, "Thành tích", "Chưa điền"),
    (HONOURS, {"who": "dao", "kind": "four_goods", "day": FEB}, "Đơn vị", "Chưa điền"),
    (HONOURS, {"unit": "DUK.01", "kind": "four_goods", "day": FEB, "form": "letter"}, "Hình thức", "không dùng"),
    (HONOURS, {"unit": "DUK.09", "kind": "commended", "reason": "yearly", "day": FEB}, "Đơn vị", "Không có đơn vị"),
    (
        HONOURS,
        {"who": "quy", "kind": "badge_awarded", "day": FEB, "years": 30, "round": "3/2/2023"},
        "Huy hiệu",
        "Đủ 30 năm tuổi Đảng ngày 03/02/2024",
    ),
    (
        HONOURS,
        {"who": "quy", "kind": "badge_awarded", "day": FEB, "years": 30, "round": "4/2/2023"},
        "Đợt",
        "không phải là một đợt",
    ),
    (
        HONOURS,
        {"who": "quy", "kind": "badge_awarded", "day": FEB, "years": 31, "round": "3/2/2023"},
        "Huy hiệu",
        "Không có Huy hiệu 31 năm",
    ),
    (HONOURS, {"who": "dao", "kind": "commended", "reason": "yearly", "day": FEB, "years": 30}, "Huy hiệu", "không"),
    (
        HONOURS,
        {"who": "dao", "unit": "XA", "kind": "commended", "reason": "yearly", "day": FEB},
        "Đơn vị",
        "không dùng",
    ),
    (RATINGS, {"who": "dao", "year": 2023, "grade": "good", "day": date(2022, 12, 20)}, "Ngày", "trước năm 2023"),
    (RATINGS, {"who": "an", "year": 2022, "grade": "good", "day": date(2022, 12, 20)}, "Ngày", "không sinh hoạt"),
    (RATINGS, {"who": "dao", "year": "hai", "grade": "good", "day": FEB}, "Năm", "không phải là số từ 1945 đến 2200"),
    (VETTING, {"who": "dao", "purpose": "cadre", "day": FEB}, "Số quyết định", "Chưa điền"),
    (OFFICES, DEPUTY | {"unit": "DUK.02", "office": "inspection_chair"}, "Chức vụ", "không có chức vụ này"),
    (OFFICES, DEPUTY | {"kind": "ended"}, "Ngày", "Không giữ chức vụ này"),
    (
        OFFICES,
        DEPUTY | {"who": "chi", "unit": "DUK.01.01", "kind": "elected", "day": date(2022, 5, 1)},
        "Việc",
        "là đảng viên dự bị",
    ),
    (OFFICES, DEPUTY | {"who": "lam"}, "Ngày", "không sinh hoạt ở chi bộ nào"),
]


@pytest.mark.parametrize(("sheet", "row", "heading", "message"), BAD)
def test_each_wrong_cell_is_named(world: World, sheet: LifeSheet, row: Row, heading: str, message: str) -> None:
    said = dict(row)
    if name := said.pop("who", ""):
        said = who(world, name) | said
    if "decision_number" not in said and sheet is VETTING:
        said["decision_number"] = ""
    result = load(world, sheet, said)
    assert not result.written
    assert [one for one in told(result) if one[1] == heading and message in one[2]], told(result)
    assert len(result.errors) == 1, told(result)


def test_nothing_is_written_if_one_row_is_wrong(world: World) -> None:
    rows = [*absences(world), who(world, "quy", kind="Trở về sinh hoạt", day=FEB)]
    result = load(world, ABSENCES, *rows)
    assert (result.written, len(result.errors)) == (False, 1)
    assert not AbsenceEntry.objects.exists()


def test_what_is_recorded_differently_is_told(world: World) -> None:
    load(world, ABSENCES, *absences(world))
    changed = absences(world)[0] | {"until": date(2023, 12, 31)}
    assert told(load(world, ABSENCES, changed)) == [
        (2, "Đến hết ngày", "Sổ đã ghi việc này với giá trị khác: «30/06/2023»")
    ]
    load(world, RATINGS, *ratings(world))
    assert told(load(world, RATINGS, ratings(world)[1] | {"grade": "Hoàn thành nhiệm vụ"})) == [
        (2, "Mức", "Sổ đã ghi việc này với giá trị khác: «Hoàn thành tốt nhiệm vụ»")
    ]


def test_what_was_corrected_does_not_come_back(world: World) -> None:
    act = world.act("clerk")
    entry = exempt_member(act=act, member=world.members["dao"], day=FEB)
    void_absence_entry(act=act, entry=entry)
    row = who(world, "dao", kind="exempted", day=FEB)
    assert told(load(world, ABSENCES, row)) == [(2, "", "Lần ghi này đã được đính chính")]


def test_a_row_twice_and_rows_that_quarrel(world: World) -> None:
    row = who(world, "dao", kind="exempted", day=FEB)
    assert told(load(world, ABSENCES, row, row)) == [(3, "", "Lặp lại dòng 2")]
    load(world, ABSENCES, who(world, "em", kind="away", day=FEB, place="Huế"))
    [fault] = told(load(world, ABSENCES, who(world, "em", kind="away", day=date(2023, 1, 15), place="Vinh")))
    assert "Cùng với dòng này, lần ghi đã có ngày 01/02/2023 không còn đúng" in fault[2]


def test_rights_are_asked_for_each_unit(world: World) -> None:
    row = who(world, "dao", kind="exempted", day=FEB)
    assert told(load(world, ABSENCES, row, by="outsider"))[0][2].startswith("Không có đảng viên mang")
    assert "chưa được giao quyền" in told(load(world, ABSENCES, row, by="inspector"))[0][2]
    [fault] = told(load(world, RATINGS, ratings(world)[2], by="secretary"))
    assert "chưa được giao quyền" in fault[2], "nobody rates their own cell"
    assert load(world, RATINGS, *ratings(world)[:2], by="secretary").written
    with pytest.raises(NotAllowed):
        export_register(act=world.act("inspector"), sheet=ABSENCES, unit=world.units["DUK"])
    with pytest.raises(NotFound):
        export_register(act=world.act("outsider"), sheet=ABSENCES, unit=world.units["DUK"])


def test_numbers_leave_only_with_who_may_open_files(world: World) -> None:
    load(world, ABSENCES, *absences(world))
    for person, seen in (("clerk", False), ("organizer", True)):
        taken = export_register(act=world.act(person), sheet=ABSENCES, unit=world.units["DUK"])
        result = import_sheet(kind=ABSENCES, file=SheetFile("lai.xlsx", taken), act=world.act("clerk", at_console=True))
        assert (result.same == 4) is seen, person
        detail = AuditRow.objects.filter(action="members.absences_exported").latest("pk").detail
        assert (detail["numbers"], detail["rows"]) == (seen, 4)


def test_another_committees_entries_stay_there(world: World) -> None:
    load(world, HONOURS, *honours(world))
    taken = export_register(act=world.act("clerk", at_console=True), sheet=HONOURS, unit=world.units["DUK.01"])
    back = import_sheet(kind=HONOURS, file=SheetFile("x.xlsx", taken), act=world.act("clerk", at_console=True))
    assert back.rows == 1


@pytest.mark.parametrize("sheet", LIFE_SHEETS, ids=lambda one: one.key)
def test_looking_asks_as_often_for_many_rows(world: World, sheet: LifeSheet) -> None:
    rows = next(make for known, make, _model in GOOD if known is sheet)(world)
    counts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as queries:
            load(world, sheet, *some, dry_run=True)
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 2


def test_every_kind_is_known_to_the_commands() -> None:
    assert {sheet.key for sheet in LIFE_SHEETS} <= set(SHEET_KINDS)
