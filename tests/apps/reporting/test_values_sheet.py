"""The sheet of reported numbers: all or nothing, every wrong cell named, twice the same changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.apps.reporting.test_values import draft, figure, tell
from tests.apps.sheets.books import csv_text, xlsx
from tests.world import World

from giaoban.apps.reporting.models import ValueEntry
from giaoban.apps.reporting.operations import take_register
from giaoban.apps.reporting.sheet_kinds import sheet_kind
from giaoban.apps.sheets.importing import ImportResult, import_sheet
from giaoban.apps.sheets.source import SheetFile

ROWS: list[Mapping[str, Any]] = [
    {"Mã đơn vị": "DUK", "Kỳ": "2023-Q1", "Chỉ tiêu": "training.learners", "Tách theo": "đảng viên mới", "Số": "67"},
    {"Mã đơn vị": "DUK", "Kỳ": "2023-Q1", "Chỉ tiêu": "Học viên các lớp bồi dưỡng", "Tách theo": "awareness", "Số": 68},
    {"Mã đơn vị": "DUK.01", "Kỳ": "2023-Q1", "Chỉ tiêu": "welfare.gifts", "Số": "1.250", "Dấu": "ước", "Tổng số": 2000},
]


def bring(world: World, file: SheetFile, who: str = "clerk", *, dry_run: bool = False) -> ImportResult:
    return import_sheet(kind=sheet_kind("values"), file=file, act=world.act(who), dry_run=dry_run)


def as_csv(rows: list[Mapping[str, Any]]) -> SheetFile:
    return SheetFile("tep.csv", csv_text(rows).encode())


@pytest.mark.parametrize("write", [xlsx, as_csv])
def test_a_file_comes_in_once(world: World, write: Any) -> None:
    assert not bring(world, write(ROWS), dry_run=True).written
    first = bring(world, write(ROWS))
    assert (first.written, first.new, first.same, first.errors) == (True, 3, 0, ())
    learners, gifts = figure("training.learners"), figure("welfare.gifts")
    assert dict(learners.breakdown) == {"awareness": 68, "new_members": 67}
    assert (gifts.value, gifts.expected, gifts.mark) == (1250, 2000, "estimated")
    second = bring(world, write(ROWS))
    assert (second.written, second.new, second.same) == (False, 0, 3)
    assert ValueEntry.objects.count() == 4
    changed = bring(world, write([{**ROWS[0], "Số": "70", "Ghi chú": "đếm lại"}]))
    assert changed.written
    assert figure("training.learners").value == 138


def test_every_wrong_cell_is_named_and_nothing_is_written(world: World) -> None:
    tell(world, draft(world, 5, measure="welfare.people"))
    rows: list[Mapping[str, Any]] = [
        ROWS[0],
        {**ROWS[0], "Mã đơn vị": "KHONG"},
        {**ROWS[0], "Kỳ": "quý một"},
        {**ROWS[0], "Chỉ tiêu": "khong.co"},
        {**ROWS[0], "Tách theo": "lớp học"},
        {**ROWS[0], "Tách theo": "", "Số": "nhiều"},
        {**ROWS[0], "Tách theo": "cấp ủy viên cơ sở", "Số": "1,5"},
        {**ROWS[0], "Chỉ tiêu": "members.admitted", "Tách theo": ""},
        {**ROWS[0], "Kỳ": "2023-M02", "Chỉ tiêu": "welfare.people", "Tách theo": ""},
        ROWS[0],
        {**ROWS[0], "Kỳ": ""},
    ]
    result = bring(world, xlsx(rows))
    assert not result.written
    told = [(fault.row, fault.heading, fault.message) for fault in result.errors]
    assert [(row, heading) for row, heading, _ in told] == [
        (3, "Mã đơn vị"),
        (4, "Kỳ"),
        (5, "Chỉ tiêu"),
        (6, "Tách theo"),
        (7, "Số"),
        (8, "Số"),
        (9, "Chỉ tiêu"),
        (10, ""),
        (11, ""),
        (12, "Kỳ"),
    ]
    assert "lấy từ sổ" in told[6][2]
    assert "trong sổ, 01/01/2023 - 31/03/2023" in told[7][2]
    assert ValueEntry.objects.count() == 1


def test_each_reports_where_they_may(world: World) -> None:
    own = {**ROWS[2], "Mã đơn vị": "DUK.01.01"}
    assert bring(world, xlsx([own]), who="secretary").written
    refused = bring(world, xlsx([ROWS[2]]), who="secretary")
    assert "Không có đơn vị" in refused.errors[0].message, "they do not see it"
    refused = bring(world, xlsx([ROWS[2]]), who="deputy")
    assert "chưa được giao quyền" in refused.errors[0].message


def test_what_is_taken_away_changes_nothing_when_it_comes_back(world: World) -> None:
    bring(world, xlsx(ROWS))
    content = take_register(act=world.act("clerk"), kind="values", unit=world.units["DUK"])
    again = bring(world, SheetFile("lay-ra.xlsx", content))
    assert (again.errors, again.new, again.same) == ((), 0, 3)
