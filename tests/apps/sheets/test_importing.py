"""The steps around a register: what others record meanwhile, what an operation refuses after all, templates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum
from tests.apps.sheets.books import csv_file, xlsx
from tests.world import START, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Member
from giaoban.apps.members.operations import FirstEntry, MemberDraft, enrol_member
from giaoban.apps.members.sheets.roll import MemberSheet, RollKnown
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import record_tree_events
from giaoban.apps.organizations.sheets.units import UnitSheet
from giaoban.apps.reporting.sheet_kinds import SHEET_KINDS, sheet_kind
from giaoban.apps.sheets.importing import ImportNote, import_sheet, refusing
from giaoban.apps.sheets.reading import Progress, SheetRow
from giaoban.apps.sheets.source import GUIDE, SheetFile
from giaoban.apps.sheets.template import write_template
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import Conflict, InvalidInput

_PERSON = {
    "full_name": "Lò Văn An",
    "birth": date(1980, 5, 19),
    "sex": "Nam",
    "unit": "DUK.02",
    "day": START,
    "file_number": "1",
}


class _Overtaken(MemberSheet):
    """Somebody else enters the same person between the first look and the lock."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._looks = 0

    def look(self, act: Any, rows: Sequence[SheetRow]) -> RollKnown:
        found = super().look(act, rows)
        self._looks += 1
        if self._looks == 1:
            first = FirstEntry(SHEET_KINDS["members"].columns[8].read("Kết nạp"), START, self._world.units["DUK.02"])
            birth = PartialDate(date(1980, 5, 19), Precision.DAY)
            enrol_member(act=act, draft=MemberDraft("Lò Văn Khác", birth, first, file_number="1"))
        return found


def test_what_others_recorded_meanwhile_is_judged_again(world: World) -> None:
    act = world.act("clerk", at_console=True)
    result = import_sheet(kind=_Overtaken(world), file=csv_file([_PERSON]), act=act)
    assert not result.written
    assert ("Họ và tên", "Sổ đã có «Lò Văn Khác» với giá trị khác: «Lò Văn Khác»") in [
        (error.heading, error.message) for error in result.errors
    ]
    assert Member.objects.filter(file_number="1").count() == 1


class _Careless(MemberSheet):
    """A judge that lets everything pass: what the operation refuses must still point to its row."""

    def record(self, act: Any, plan: tuple[SheetRow, ...], note: ImportNote, progress: Progress | None) -> None:
        for row in plan:
            row.values["file_number"] = "1"
        super().record(act, plan, note, progress)


def test_a_refusal_of_the_operation_points_to_its_row_and_leaves_nothing(world: World) -> None:
    before = (Member.objects.count(), AuditRow.objects.count())
    rows = [_PERSON, _PERSON | {"full_name": "Lò Văn Ba", "file_number": "2"}]
    result = import_sheet(kind=_Careless(), file=csv_file(rows), act=world.act("clerk", at_console=True))
    assert [(error.row, error.column) for error in result.errors] == [(3, 0)]
    assert "Số lý lịch" in result.errors[0].message
    assert not result.written
    assert (Member.objects.count(), AuditRow.objects.count()) == before


class _Blind(UnitSheet):
    """Records twice in one call what may be recorded once."""

    def record(self, act: Any, plan: Any, note: ImportNote, progress: Progress | None) -> None:
        with refusing([*plan.rows, plan.rows[0]]):
            record_tree_events(act=act, drafts=[*plan.drafts, plan.drafts[0].__class__(**_nameless(plan.drafts[0]))])


def _nameless(draft: Any) -> dict[str, Any]:
    return {"kind": draft.kind, "day": draft.day, "code": draft.code, "unit_kind": draft.unit_kind}


def test_a_refusal_of_the_tree_points_to_its_row(world: World) -> None:
    row = {"code": "T", "day": START, "name": "Đảng bộ T", "unit_kind": "Đảng bộ cấp trên trực tiếp cơ sở"}
    result = import_sheet(kind=_Blind(), file=csv_file([row]), act=world.act("clerk", at_console=True))
    assert [str(error) for error in result.errors] == [
        "tep.csv, dòng 2: T, có từ trước khi dùng sổ: Thiếu tên đơn vị; "
        "cần: tên đầy đủ, ví dụ «Chi bộ cơ quan Sở Nội vụ»"
    ]
    assert not Unit.objects.filter(code="T").exists()


def test_a_refusal_without_a_row_is_passed_on() -> None:
    with pytest.raises(Conflict), refusing([2, 3]):
        raise Conflict("Không rõ của dòng nào")


def test_steps_are_told_on_the_way(world: World) -> None:
    steps: list[tuple[str, int, int]] = []
    act = world.act("clerk", at_console=True)
    import_sheet(
        kind=sheet_kind("members"), file=csv_file([_PERSON]), act=act, progress=lambda *step: steps.append(step)
    )
    assert steps == [("Đối chiếu với sổ", 1, 1), ("Ghi vào sổ", 0, 1), ("Ghi vào sổ", 1, 1)]


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(InvalidInput, match="Không có loại tệp «users»; cần: một trong: units, members, entries"):
        sheet_kind("users")


@pytest.mark.parametrize("key", SHEET_KINDS)
def test_the_template_has_headings_a_guide_and_lists(key: str) -> None:
    kind = SHEET_KINDS[key]
    data = write_template(kind)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    assert shown == [kind.label, GUIDE]
    headings = book.get_sheet_by_name(kind.label).to_python()[0]
    assert headings == [f"{column.heading} *" if column.required else column.heading for column in kind.columns]
    guide = {row[1]: row for row in book.get_sheet_by_name(GUIDE).to_python()}
    for column in kind.columns:
        assert guide[column.key][3:6] == [column.what, column.form, column.example]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    assert page.count('type="list"') == sum(bool(column.choices) for column in kind.columns)
    assert 'state="frozen"' in page


@pytest.mark.parametrize("key", SHEET_KINDS)
def test_the_examples_of_the_guide_are_themselves_right(key: str) -> None:
    for column in SHEET_KINDS[key].columns:
        column.read(column.example)
        assert all(column.read(label) is not None for label in column.choices)


@pytest.mark.parametrize("key", SHEET_KINDS)
def test_an_empty_template_says_that_it_is_empty(key: str, world: World) -> None:
    file = SheetFile("mau.xlsx", write_template(SHEET_KINDS[key]))
    with pytest.raises(InvalidInput, match="Chỉ có dòng tiêu đề"):
        import_sheet(kind=SHEET_KINDS[key], file=file, act=world.act("clerk", at_console=True))


def test_a_filled_template_comes_in(world: World) -> None:
    """The headings of the template with the keys' values: what a person would send back."""
    labels = {column.key: column.heading for column in SHEET_KINDS["members"].columns}
    rows = [{labels[key]: value for key, value in _PERSON.items()}]
    result = import_sheet(
        kind=SHEET_KINDS["members"], file=xlsx(rows, "Đảng viên"), act=world.act("clerk", at_console=True)
    )
    assert result.written
