"""The register beside a list from another system: same, differs, missing on either side, unclear; nothing changes."""

from __future__ import annotations

import csv
import io

import pytest
from python_calamine import CalamineWorkbook
from tests.world import World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import MemberEntry
from giaoban.apps.reporting.operations import write_comparison
from giaoban.apps.sheets.source import SheetFile
from giaoban.core.errors import InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db
_ORDER = ["Khác", "Chưa rõ là ai", "Sổ không có", "Tệp không có", "Khớp"]
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số LL", "Số TĐV", "Ngày vào Đảng", "Dân tộc"]


def _file(*rows: list[str], head: list[str] = HEAD) -> SheetFile:
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return SheetFile("quoc-gia.csv", text.getvalue().encode())


def _compared(world: World, file: SheetFile, unit: str = "DUK.01.01") -> tuple[str, dict[str, tuple[str, str]]]:
    content = write_comparison(act=world.act("organizer"), unit=world.units[unit], file=file)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    ranks = [_ORDER.index(str(row[0])) for row in rows[3:]]
    assert ranks == sorted(ranks), "what is to be looked at comes first"
    return str(rows[1][0]), {str(row[2]): (str(row[0]), str(row[5])) for row in reversed(rows[3:])}


def test_who_agrees_who_differs_who_is_missing(world: World) -> None:
    dao, em = world.members["dao"], world.members["em"]
    before = MemberEntry.objects.count()
    head, found = _compared(
        world,
        _file(
            ["1", dao.full_name, "19/05/1970", "Nam", dao.file_number, dao.card_number, "", "Kinh"],
            ["2", "Trần Thị Êm", "27/07/1980", "Nữ", em.file_number, "99999999", "01/02/2003", "Kinh"],
            ["3", "Vũ Thị Lạ", "01/01/1990", "Nữ", "", "", "", "Kinh"],
            ["4", dao.full_name, "20/05/1970", "Nam", em.file_number, dao.card_number, "", "Kinh"],
        ),
    )
    assert found["Trần Thị Êm"][0] == "Khác"
    assert f"Họ và tên: Trần Thị Êm | {em.full_name}" in found["Trần Thị Êm"][1]
    assert "Số thẻ: 99999999 |" in found["Trần Thị Êm"][1]
    assert found["Vũ Thị Lạ"] == ("Sổ không có", "")
    assert found[dao.full_name][0] == "Chưa rõ là ai", "two numbers of two people"
    assert found["Đặng Thị Chi"][0] == "Tệp không có"
    assert "khớp 1, khác 1, sổ không có 1" in head
    assert MemberEntry.objects.count() == before
    row = AuditRow.objects.get(action="members.compared")
    assert (row.detail["same"], row.detail["unclear"]) == (1, 1)


def test_people_without_numbers_are_known_by_name_and_birth(world: World) -> None:
    _head, found = _compared(world, _file(["1", "dang thi CHI", "08/03/1995", "", "", "", "", ""]))
    assert found["dang thi Chi"][0] == "Khác"
    assert "Họ và tên: dang thi Chi | Đặng Thị Chi" in found["dang thi Chi"][1]


def test_a_birth_known_by_its_year_meets_the_whole_day_of_the_other_list(world: World) -> None:
    """Old rolls hold only a year; the national list holds the day: one person who differs, not two who are missing."""
    chi = world.members["chi"]
    head, found = _compared(world, _file(["1", "Đặng Thị Chi", "1995", "", "", "", "", ""]))
    assert found[chi.full_name] == ("Khác", "Ngày sinh: 1995 | 08/03/1995")
    assert "sổ không có" not in head
    _head, found = _compared(world, _file(["1", "Đặng Thị Chi", "04/1995", "", "", "", "", ""]))
    assert found[chi.full_name] == ("Chưa rõ là ai", "Ngày sinh: 04/1995 | 08/03/1995"), "another month"


def test_one_name_with_another_birth_is_for_a_person_to_decide(world: World) -> None:
    head, found = _compared(world, _file(["1", "Đặng Thị Chi", "03/08/1995", "", "", "", "", ""]))
    assert found["Đặng Thị Chi"] == ("Chưa rõ là ai", "Ngày sinh: 03/08/1995 | 08/03/1995")
    assert "sổ không có" not in head
    others = len(found) - 1
    assert f"tệp không có {others}" in head, "who may be in both lists is not missing from one"
    twins = [[str(place), "Đặng Thị Chi", birth, "", "", "", "", ""] for place, birth in enumerate(("1990", "1991"))]
    head, found = _compared(world, _file(*twins))
    assert f"sổ không có 2, tệp không có {others + 1}" in head, "of two nobody can say which"


def test_places_are_told_by_their_names(world: World) -> None:
    content = write_comparison(
        act=world.act("organizer"), unit=world.units["DUK.01.01"], file=_file(["1", "X", "1990"])
    )
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    places = {str(row[4]) for row in rows[3:] if row[0] == "Tệp không có"}
    assert all(place.startswith("Chi bộ Văn phòng") for place in places), places
    assert places


def test_a_name_in_capitals_is_the_same_name(world: World) -> None:
    head, _found = _compared(world, _file(["1", "ĐẶNG THỊ CHI", "08/03/1995", "", "", "", "", ""]))
    assert head.startswith("khớp 1, tệp không có")


def test_refusals(world: World) -> None:
    cell = world.units["DUK.01.01"]
    with pytest.raises(NotAllowed):
        write_comparison(act=world.act("clerk"), unit=cell, file=_file())
    act = world.act("organizer")
    for file in (
        _file(["x", "An"], head=["STT", "Họ và tên"]),
        _file(["1", "An", "31/02/1990", "Nam", "", "", "", ""]),
        SheetFile("x.csv", b"a,b\n1,2\n"),
    ):
        with pytest.raises(InvalidInput):
            write_comparison(act=act, unit=cell, file=file)
