"""Sheets of terms, of clusters and sectors, of visits: in once, out and in again unchanged, each fault named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.sheets.books import csv_file, xlsx
from tests.world import START

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import VisitAssignment
from giaoban.apps.members.sheets.committee_export import COMMITTEE_SHEETS, export_committee_register
from giaoban.apps.members.sheets.visits import VISITS
from giaoban.apps.organizations.models import OPEN_END, GroupMembership, TermEntry, TermEvent
from giaoban.apps.organizations.operations import TermDraft, record_term_entry, void_term_entry
from giaoban.apps.organizations.queries.terms import term_on
from giaoban.apps.organizations.sheets import GROUPS, TERMS, UNITS
from giaoban.apps.organizations.terms import Sizes
from giaoban.apps.reporting.operations import TAKEN, take_register
from giaoban.apps.sheets.filled import SheetFormat
from giaoban.apps.sheets.importing import AnyKind, ImportResult, import_sheet
from giaoban.apps.sheets.source import SheetFile
from giaoban.core.errors import InvalidInput, NotAllowed, NotFound

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
Row = dict[str, Any]
FEB, MARCH = date(2023, 2, 1), date(2023, 3, 1)


def load(world: World, sheet: AnyKind, *rows: Mapping[str, Any], by: str = "") -> ImportResult:
    """Import rows at the console, or as a person who sits elsewhere."""
    return import_sheet(kind=sheet, file=csv_file(rows), act=world.act(by or "clerk", at_console=not by))


def told(result: ImportResult) -> list[tuple[int, str]]:
    return [(error.row, error.message) for error in result.errors]


TERM_ROWS: list[Row] = [
    {"unit": "DUK.01", "event": "Nhiệm kỳ đang có khi bắt đầu dùng sổ", "day": START, "name": "2017 - 2022"},
    {
        "unit": "DUK.01",
        "event": "Đại hội",
        "day": date(2022, 6, 15),
        "name": "2022 - 2027",
        "until": date(2027, 6, 14),
        "committee_size": "7",
        "inspection_size": "3",
        "decision_number": "21-QĐ/DUK",
        "decision_date": date(2022, 6, 20),
        "decision_issuer": "Đảng ủy Khối",
        "ref": "NK-1",
    },
    {"unit": "DUK.01", "event": "Kéo dài, rút ngắn nhiệm kỳ", "day": MARCH, "until": date(2027, 12, 14)},
    {"unit": "DUK.02", "event": "Chỉ định cấp ủy lâm thời", "day": FEB, "name": "2023 - 2025"},
]
GROUP_ROWS: list[Row] = [
    {"owner": "DUK", "kind": "Cụm", "group": "Cụm số 2", "unit": "DUK.01", "day": FEB},
    {"owner": "DUK", "kind": "Cụm", "group": "cum so 1", "unit": "DUK.01", "day": date(2023, 4, 1)},
    {"owner": "DUK", "kind": "Khối", "group": "Khối cơ quan", "unit": "DUK.01.01", "day": FEB, "last_day": MARCH},
    {"owner": "DUK", "kind": "Khối", "group": "state", "unit": "DUK.02", "day": START},
]


def visit_rows(world: World) -> list[Row]:
    em, dao = world.members["em"].file_number, world.members["dao"].card_number
    return [
        {"owner": "DUK", "unit": "DUK.01", "file_number": em, "day": FEB, "decision": "Thông báo 5-TB/DUK"},
        {"owner": "DUK", "unit": "DUK.02", "file_number": em, "day": FEB, "last_day": MARCH},
        {"owner": "DUK", "unit": "DUK.01", "card_number": dao, "full_name": "Nguyễn Đức Đạo", "day": FEB},
    ]


def rows_of(world: World, sheet: AnyKind) -> Sequence[Row]:
    return {"terms": TERM_ROWS, "groups": GROUP_ROWS, "visits": visit_rows(world)}[sheet.key]


@pytest.mark.parametrize("sheet", COMMITTEE_SHEETS, ids=lambda sheet: sheet.key)
def test_in_once_and_out_and_in_again(world: World, sheet: AnyKind) -> None:
    rows = rows_of(world, sheet)
    recorded = sum(row.get("day") == START and sheet is GROUPS for row in rows)
    first = load(world, sheet, *rows)
    assert (told(first), first.new, first.same) == ([], len(rows) - recorded, recorded)
    again = import_sheet(kind=sheet, file=xlsx(rows), act=world.act("clerk"))
    assert (again.new, again.same, again.errors) == (0, len(rows), ())
    content = take_register(act=world.act("organizer"), kind=sheet.key, unit=world.units["DUK"])
    back = import_sheet(kind=sheet, file=SheetFile("ra.xlsx", content), act=world.act("organizer"))
    assert (told(back), back.new) == ([], 0)
    assert back.same >= len(rows)
    assert AuditRow.objects.filter(action="sheets.imported", object_kind=sheet.key).count() == 1
    assert AuditRow.objects.filter(action=f"committees.{sheet.key}_exported").count() == 1


def test_terms_come_as_they_were_recorded(world: World) -> None:
    load(world, TERMS, *reversed(TERM_ROWS))
    term = term_on(world.units["DUK.01"], date(2023, 3, 2))
    assert term is not None
    assert (term.name, term.until, term.sizes) == ("2022 - 2027", date(2027, 12, 14), Sizes(7, None, 3))
    congress = TermEntry.objects.get(kind=TermEvent.CONGRESS)
    assert (congress.decision_issuer, congress.ref) == ("Đảng ủy Khối", "NK-1")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"unit": "KHONG.CO"}, "Không có đơn vị mang mã «KHONG.CO»"),
        ({"day": date(2021, 1, 1)}, "Đơn vị «DUK.01» không hoạt động ngày 01/01/2021"),
        ({"name": ""}, "Chưa điền, nhiệm kỳ bắt đầu cần tên"),
        ({"event": "Kéo dài, rút ngắn nhiệm kỳ", "until": "", "committee_size": ""}, "Chưa ghi thay đổi gì"),
        ({"standing_size": "9"}, "Ban thường vụ 9 đông hơn cấp ủy 7"),
        ({"committee_size": "0"}, "«0» không phải là số từ 1 đến 500"),
        ({"event": "Kết thúc nhiệm kỳ"}, "Không có nhiệm kỳ nào đang chạy ngày 15/06/2022"),
        ({"until": date(2022, 1, 1)}, "Ngày hết nhiệm kỳ 01/01/2022 trước ngày bắt đầu"),
    ],
)
def test_faults_of_terms(world: World, change: Row, message: str) -> None:
    good = {key: value for key, value in TERM_ROWS[1].items() if key != "inspection_size"}
    result = load(world, TERMS, good | change)
    assert message in [text for _row, text in told(result)]
    assert not TermEntry.objects.exists()


def test_terms_that_say_something_else_than_the_register(world: World) -> None:
    draft = TermDraft(world.units["DUK.02"], TermEvent.CONGRESS, FEB, "2023 - 2028", sizes=Sizes(3))
    entry = record_term_entry(act=world.act("clerk"), draft=draft)
    row = {"unit": "DUK.02", "event": "Đại hội", "day": FEB, "name": "2023 - 2025"}
    assert told(load(world, TERMS, row)) == [(2, "Sổ đã ghi việc này với giá trị khác: «2023 - 2028»")]
    assert told(load(world, TERMS, row, row | {"name": "x"}))[-1] == (3, "Lặp lại dòng 2")
    void_term_entry(act=world.act("clerk"), entry=entry)
    assert told(load(world, TERMS, row)) == [(2, "Lần ghi này đã được đính chính")]


def test_groups_are_made_and_units_change_them(world: World) -> None:
    load(world, GROUPS, *GROUP_ROWS)
    spans = GroupMembership.objects.filter(unit__code="DUK.01", group__kind="cluster").order_by("valid_from")
    assert list(spans.values_list("group__name", "valid_from", "valid_to")) == [
        ("Cụm số 1", START, FEB),
        ("Cụm số 2", FEB, date(2023, 4, 1)),
        ("Cụm số 1", date(2023, 4, 1), OPEN_END),
    ]
    left = GroupMembership.objects.get(unit__code="DUK.01.01")
    assert (left.group.name, left.group.code, left.valid_to) == ("Khối cơ quan", "2", date(2023, 3, 2))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"owner": "KHONG"}, "Không có đơn vị mang mã «KHONG»"),
        ({"unit": "XA.01"}, "«XA.01» không ở dưới «DUK» ngày 01/02/2023"),
        ({"last_day": START}, "Trước ngày bắt đầu 01/02/2023"),
        ({"group": "Cụm số 1", "day": START, "last_day": MARCH}, "Sổ đã ghi khoảng này với ngày cuối «để trống»"),
        ({"kind": "Tổ"}, "«Tổ» không có trong danh mục"),
    ],
)
def test_faults_of_groups(world: World, change: Row, message: str) -> None:
    result = load(world, GROUPS, GROUP_ROWS[0] | change)
    assert message in [text for _row, text in told(result)]
    assert GroupMembership.objects.count() == 4


def test_overlapping_places_in_groups(world: World) -> None:
    one = GROUP_ROWS[0] | {"last_day": MARCH}
    other = GROUP_ROWS[0] | {"group": "Cụm số 3", "day": date(2023, 2, 15)}
    assert told(load(world, GROUPS, one, other)) == [(3, "Trùng với dòng 2: một cụm một lúc")]
    load(world, GROUPS, GROUP_ROWS[1])
    load(world, GROUPS, GROUP_ROWS[0] | {"day": date(2023, 4, 3)})
    late = GROUP_ROWS[0] | {"group": "Cụm số 1", "day": date(2023, 4, 2)}
    assert told(load(world, GROUPS, late)) == [(2, "Đơn vị đã có cụm từ 03/04/2023")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"file_number": ""}, "Chưa biết việc của ai"),
        ({"file_number": "000000XYZ"}, "Không có đảng viên mang số lý lịch «000000XYZ»"),
        ({"owner": "XA"}, "«DUK.01» không ở dưới «XA» ngày 01/02/2023"),
        ({"last_day": START}, "Trước ngày bắt đầu 01/02/2023"),
        ({"day": date(2021, 2, 1)}, "Đơn vị «DUK» không hoạt động ngày 01/02/2021"),
        ({"full_name": "Nguyễn Văn Khác"}, "Số lý lịch «000003ALC» là của «Trần Thị Em», không phải «Nguyễn Văn Khác»"),
    ],
)
def test_faults_of_visits(world: World, change: Row, message: str) -> None:
    result = load(world, VISITS, visit_rows(world)[0] | change)
    assert message in [text for _row, text in told(result)]
    assert not VisitAssignment.objects.exists()


def test_visits_that_overlap_or_differ(world: World) -> None:
    row = visit_rows(world)[0]
    overlap = "Trùng thời gian với một phân công ở dòng 2 của cùng người, cùng đơn vị"
    assert told(load(world, VISITS, row, row | {"day": MARCH})) == [(3, overlap)]
    load(world, VISITS, row)
    differs = load(world, VISITS, row | {"last_day": MARCH, "decision": "Khác"})
    assert {text for _row, text in told(differs)} == {
        "Sổ đã ghi phân công này với ngày cuối «để trống»",
        "Sổ đã ghi phân công này với văn bản «Thông báo 5-TB/DUK»",
    }
    gone = row | {"file_number": world.members["lam"].file_number}
    assert "không sinh hoạt ở chi bộ nào ngày 01/02/2023" in told(load(world, VISITS, gone))[0][1]


@pytest.mark.parametrize("sheet", COMMITTEE_SHEETS, ids=lambda sheet: sheet.key)
def test_who_may(world: World, sheet: AnyKind) -> None:
    rows = rows_of(world, sheet)
    refused = load(world, sheet, rows[0], by="deputy")
    assert any("Đồng chí chưa được giao quyền ghi" in text for _row, text in told(refused))
    hidden = load(world, sheet, rows[0], by="outsider")
    assert any("Không có đơn vị mang mã" in text for _row, text in told(hidden))
    for who, error in (("deputy", NotAllowed), ("outsider", NotFound)):
        with pytest.raises(error):
            export_committee_register(act=world.act(who), sheet=sheet, unit=world.units["DUK"])
    with pytest.raises(InvalidInput):
        take_register(act=world.act("clerk"), kind="khac", unit=world.units["DUK"])
    assert TAKEN[sheet.key] == sheet.label


def test_numbers_stand_only_in_what_those_get_who_may_open_files(world: World) -> None:
    load(world, VISITS, *visit_rows(world))
    number = world.members["em"].file_number
    with_numbers = list(VISITS.rows(world.units["DUK"], numbers=True))
    assert number in with_numbers[0] or number in with_numbers[1]
    assert all(number not in row for row in VISITS.rows(world.units["DUK"], numbers=False))
    assert "identity_number" in [column.key for column in VISITS.columns]


@pytest.mark.parametrize("sheet", COMMITTEE_SHEETS, ids=lambda sheet: sheet.key)
def test_more_rows_do_not_ask_more(world: World, sheet: AnyKind) -> None:
    def cost(rows: Sequence[Row]) -> int:
        with CaptureQueriesContext(connection) as queries:
            import_sheet(kind=sheet, file=csv_file(rows), act=world.act("clerk"), dry_run=True)
        return len(queries)

    rows = rows_of(world, sheet)
    few = [rows[0], rows[-1]]  # with both kinds of numbers by which people are named
    assert cost(few) == cost(rows)


def test_an_office_brings_its_own_units_in_again_with_one_more(world: World) -> None:
    act, duk = world.act("clerk"), world.units["DUK"]
    taken = export_committee_register(act=act, sheet=UNITS, unit=duk, file_format=SheetFormat.CSV)
    same = import_sheet(kind=UNITS, file=SheetFile("lai.csv", taken), act=act)
    assert (same.errors, same.new, same.same > 3) == ((), 0, True), "its top stands under no unit"
    text = taken.decode("utf-8-sig").rstrip()
    sign = ";" if ";" in text.splitlines()[-1] else ","
    cells = ["DUK.09", "Thành lập", "01/03/2023", "DUK", "Chi bộ Mới", "", "Chi bộ cơ sở"]
    more = f"{text}\n{sign.join(cells)}\n".encode()
    assert import_sheet(kind=UNITS, file=SheetFile("them.csv", more), act=act).new == 1
    wrong = more.replace("DUK;Chi bộ Mới".replace(";", sign).encode(), f"{sign}Chi bộ Mới".encode())
    (error,) = import_sheet(kind=UNITS, file=SheetFile("sai.csv", wrong), act=act, dry_run=True).errors
    assert error.heading == "Cấp trên"
    assert error.message.endswith("với «Cấp trên» khác: «DUK»")
