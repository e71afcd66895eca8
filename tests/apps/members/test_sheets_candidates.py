"""Candidates and their steps from a sheet: what comes in, what is refused and where, that it comes in once, and out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.members.candidate_steps import E, candidate, steps_to
from tests.apps.sheets.books import csv_file, xlsx
from tests.world import World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Candidate, CandidateEntry, CandidateState, Member
from giaoban.apps.members.sheets import CANDIDATES
from giaoban.apps.members.sheets.candidates import export_candidates
from giaoban.apps.sheets.importing import ImportResult, import_sheet
from giaoban.apps.sheets.source import SheetFile
from giaoban.core.errors import NotAllowed

Row = dict[str, Any]
WHO = {"full_name": "Nguyễn Thị Hường", "birth": "12/04/1998", "sex": "Nữ", "unit": "DUK.01.01"}


def _step(kind: str, day: date, **more: Any) -> Row:
    return WHO | {"kind": kind, "day": day} | more


def _thread(world: World) -> list[Row]:
    dao, em = (world.members[key].card_number for key in ("dao", "em"))
    return [
        _step("Giấy chứng nhận lớp nhận thức về Đảng", date(2022, 5, 10), decision_number="112/GCN"),
        _step("Đơn xin vào Đảng", date(2022, 6, 1)),
        _step("Giới thiệu vào Đảng", date(2022, 9, 5), sponsor=dao, sponsor_name="Nguyễn Đức Đạo"),
        _step("Giới thiệu vào Đảng", date(2022, 9, 5), sponsor=em),
        _step("Có kết luận thẩm tra lý lịch", date(2022, 10, 20), decision_number="45-KL/BTC"),
        _step("Nghị quyết của chi bộ", date(2022, 11, 15), votes_for=12, votes_of=15, decision_number="07-NQ/CB"),
        _step("Quyết định kết nạp", date(2023, 1, 31), decision_number="21-QĐ/DUK", file_number="000777ALC"),
        _step("Lễ kết nạp", date(2023, 2, 17)),
    ]


def load(world: World, *rows: Mapping[str, Any], who: str = "", dry_run: bool = False) -> ImportResult:
    """Import rows at the console, or as a person who sits elsewhere."""
    act = world.act(who or "clerk", at_console=not who)
    return import_sheet(kind=CANDIDATES, file=csv_file(rows), act=act, dry_run=dry_run)


def told(result: ImportResult) -> list[tuple[int, str, str]]:
    """Return row, heading and message of all errors."""
    return [(error.row, error.heading, error.message) for error in result.errors]


def test_a_thread_comes_in_and_makes_a_member(world: World) -> None:
    result = load(world, *_thread(world))
    assert (result.rows, result.new, result.same, result.errors, result.written) == (8, 8, 0, (), True)
    one = Candidate.objects.get()
    assert (one.state, one.sex, one.unit.code) == (CandidateState.ADMITTED, "female", "DUK.01.01")
    member = Member.objects.get(file_number="000777ALC")
    assert one.member == member
    assert (member.admitted_on, member.ceremony_on) == (date(2023, 1, 31), date(2023, 2, 17))
    assert AuditRow.objects.filter(action="sheets.imported", object_kind="candidates").count() == 1


def test_the_same_file_twice_and_a_longer_one(world: World) -> None:
    rows = _thread(world)
    assert load(world, *rows[:5]).new == 5
    again = load(world, *rows)
    assert (again.new, again.same, again.written) == (3, 5, True)
    last = load(world, *rows)
    assert (last.new, last.same, last.written, last.errors) == (0, 8, False, ())
    assert Candidate.objects.count() == 1


def test_only_a_name_enters_the_person(world: World) -> None:
    assert load(world, WHO).new == 1
    assert not CandidateEntry.objects.exists()
    assert load(world, WHO).same == 1


def test_every_wrong_cell_is_named_and_nothing_is_written(world: World) -> None:
    rows = [
        _step("Đơn xin vào Đảng", date(2023, 5, 1)),
        WHO | {"full_name": "Hường", "kind": "Đơn xin vào Đảng", "day": date(2022, 5, 1)},
        WHO | {"unit": "XA.01", "full_name": "Trần Thị B", "day": date(2022, 5, 1)},
        _step("Nghị quyết của chi bộ", date(2022, 5, 1), full_name="Lê Thị C", votes_for="nhiều", votes_of=15),
        _step("Giới thiệu vào Đảng", date(2022, 5, 1), full_name="Lê Thị D", sponsor="99999999"),
        _step("Giới thiệu vào Đảng", date(2022, 5, 1), full_name="Lê Thị E"),
        _step("Đơn xin vào Đảng", date(2022, 5, 1), full_name="Lê Thị G", votes_for=3, sex=""),
        _step("Quyết định kết nạp", date(2022, 5, 1), full_name="Lê Thị H", decision_number="1"),
        WHO | {"unit": "DUK.01", "full_name": "Lê Thị I"},
    ]
    found = told(load(world, *rows, who="clerk"))
    assert found == [
        (2, "Ngày", "Ngày 01/05/2023 ở tương lai"),
        (3, "Họ và tên", "«Hường» chưa đủ họ và tên"),
        (4, "Chi bộ", "Không có đơn vị mang mã «XA.01»"),
        (4, "Bước", "Có ngày mà chưa có bước"),
        (5, "Số tán thành", "«nhiều» không phải là số phiếu"),
        (6, "Số thẻ người giới thiệu", "Không có đảng viên mang số «99999999»"),
        (7, "Số thẻ người giới thiệu", "Chưa biết ai giới thiệu"),
        (8, "Giới tính", "Người chưa có trong sổ cần giới tính"),
        (8, "Số tán thành", "Bước «Đơn xin vào Đảng» không dùng cột này"),
        (9, "Ngày", "Chưa có bước «Nghị quyết của chi bộ» đến ngày này"),
        (10, "Chi bộ", "Đảng viên không sinh hoạt trực tiếp tại «DUK.01»"),
    ]
    assert not Candidate.objects.exists()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({5: {"votes_for": 9}}, (7, "Ngày", "9/15 tán thành là 60 %")),
        ({2: {"sponsor_name": "Trần Thị Em"}}, (4, "Người giới thiệu", "là của «Nguyễn Đức Đạo», không phải")),
        ({3: {"sponsor": ""}}, (5, "Số thẻ người giới thiệu", "Chưa biết ai giới thiệu")),
        ({6: {"decision_number": ""}}, (8, "Ngày", "Chưa ghi số quyết định")),
        ({0: {"day": date(2017, 1, 1)}}, (7, "Ngày", "đã quá 60 tháng")),
        ({7: {"day": date(2023, 1, 1)}}, (9, "Ngày", "Chưa có bước «Quyết định kết nạp»")),
        ({key: {"sex": ""} for key in range(8)}, (2, "Giới tính", "Người chưa có trong sổ cần giới tính")),
        ({3: {"sponsor_body": "Đoàn cơ sở"}}, (5, "Đoàn thể giới thiệu", "Đã ghi đảng viên giới thiệu")),
    ],
)
def test_what_the_thread_refuses(change: dict[int, Row], expected: tuple[int, str, str], world: World) -> None:
    rows = [row | change.get(number, {}) for number, row in enumerate(_thread(world))]
    [(row, heading, message)] = told(load(world, *rows))
    assert (row, heading) == expected[:2]
    assert expected[2] in message
    assert not Candidate.objects.exists()


def test_what_is_recorded_otherwise_is_told(world: World) -> None:
    rows = _thread(world)
    load(world, *rows)
    changed = [rows[0] | {"decision_number": "113/GCN"}, rows[1] | {"day": date(2022, 6, 2)}]
    assert told(load(world, *changed)) == [
        (2, "Số văn bản", "Sổ đã ghi bước «Giấy chứng nhận lớp nhận thức về Đảng» với giá trị khác: «112/GCN»"),
        (3, "Ngày", "Sổ đã ghi bước «Đơn xin vào Đảng» với giá trị khác: «01/06/2022»"),
    ]


def test_what_the_register_of_members_refuses_names_the_row(world: World) -> None:
    rows = _thread(world)
    rows[6] |= {"file_number": world.members["dao"].file_number}
    [(row, _heading, message)] = told(load(world, *rows))
    assert row == 8 or row == 9
    assert "đã có trong sổ đảng viên" in message
    assert not Candidate.objects.exists(), "all or nothing"


def test_rights_are_asked_for_each_cell(world: World) -> None:
    rows = [WHO, WHO | {"unit": "DUK.02"}]
    assert told(load(world, *rows, who="secretary")) == [(3, "Chi bộ", "Không có đơn vị mang mã «DUK.02»")]
    assert "chưa được giao quyền" in told(load(world, WHO, who="deputy"))[0][2]


def test_a_workbook_says_the_same(world: World) -> None:
    act = world.act("clerk", at_console=True)
    result = import_sheet(kind=CANDIDATES, file=xlsx(_thread(world)), act=act, dry_run=True)
    assert (result.new, result.errors, result.written) == (8, (), False)


def test_what_was_taken_out_comes_in_again_without_a_change(world: World) -> None:
    steps_to(world, candidate(world), E.CEREMONY, file_number="000777ALC")
    candidate(world, "DUK.02", name="Trần Văn Mạnh", sex="male")
    for who in ("organizer", "clerk"):
        act = world.act(who)
        content = export_candidates(act=act, unit=world.units["DUK"])
        result = import_sheet(kind=CANDIDATES, file=SheetFile("xuat.xlsx", content), act=act)
        assert (result.rows, result.new, result.same, result.errors) == (12, 0, 12, ()), who
    [first, second] = AuditRow.objects.filter(action="members.candidates_exported").order_by("pk")
    assert (first.detail["numbers"], second.detail["numbers"]) == (True, False), "the clerk opens no personal files"
    with pytest.raises(NotAllowed):
        export_candidates(act=world.act("deputy"), unit=world.units["DUK"])


def test_a_secretary_takes_out_their_own_cell(world: World) -> None:
    candidate(world)
    candidate(world, "DUK.02", name="Trần Văn Mạnh", sex="male")
    content = export_candidates(act=world.act("secretary"), unit=world.units["DUK.01.01"])
    result = import_sheet(kind=CANDIDATES, file=SheetFile("xuat.xlsx", content), act=world.act("secretary"))
    assert (result.rows, result.same) == (1, 1)


def test_more_rows_ask_no_more_questions(world: World) -> None:
    def asked(*rows: Row) -> int:
        with CaptureQueriesContext(connection) as queries:
            load(world, *rows, dry_run=True)
        return len(queries)

    few = asked(*_thread(world))
    many = [row | {"full_name": f"Nguyễn Thị {letter}"} for letter in "ABCDEGHIK" for row in _thread(world)]
    assert asked(*many) == few
