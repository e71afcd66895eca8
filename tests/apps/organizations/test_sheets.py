"""Units from a sheet: what comes in, what is refused and where, and that the same file changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.sheets.books import csv_file, xlsx
from tests.world import World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.organizations.models import (
    Ancestry,
    GroupMembership,
    RegisterUse,
    Unit,
    UnitEntry,
    UnitEvent,
    on_day,
)
from giaoban.apps.organizations.operations import REGISTERS, TreeDraft, record_tree_event
from giaoban.apps.organizations.sheets import UNITS
from giaoban.apps.sheets.importing import ImportResult, import_sheet

_DAY = date(2022, 1, 1)
Row = dict[str, Any]


def unit(code: str, parent: str = "T", kind: str = "Đảng bộ cơ sở", **more: Any) -> Row:
    """A unit of the first list."""
    return {"code": code, "day": _DAY, "parent": parent, "name": f"Đơn vị {code}", "unit_kind": kind} | more


TOP = unit("T", "", "Đảng bộ cấp trên trực tiếp cơ sở", in_use_from=_DAY)
LIST = [
    unit("T.1.1", "T.1", "Chi bộ trực thuộc"),  # below a unit that only a later row brings
    TOP,
    unit("T.1", cluster="Cụm Một", sector="Hành chính"),
    unit("T.2", cluster="Cụm Hai", sector="Hành chính"),
    {"code": "T.1.1", "event": "Chuyển trực thuộc", "day": date(2022, 3, 1), "parent": "T.2"},
    {"code": "T.2", "event": "Đổi tên", "day": date(2022, 4, 1), "name": "Đảng bộ Sở Mới", "decision_number": "7-QĐ/T"},
]


def load(world: World, *rows: Mapping[str, Any], who: str = "", **options: Any) -> ImportResult:
    """Import rows from a .csv at the console, or as a person who sits elsewhere."""
    act = world.act(who or "clerk", at_console=not who)
    return import_sheet(kind=UNITS, file=csv_file(rows), act=act, **options)


def told(result: ImportResult) -> list[tuple[int, str, str]]:
    """Return row, heading and message of all errors."""
    return [(error.row, error.heading, error.message) for error in result.errors]


def test_a_first_list_with_what_happened_since(world: World) -> None:
    result = load(world, *LIST)
    assert (result.rows, result.new, result.same, result.errors, result.written) == (6, 6, 0, (), True)
    above = Ancestry.objects.filter(on_day(date(2022, 3, 1)), descendant__code="T.1.1").order_by("depth")
    assert list(above.values_list("ancestor__code", flat=True)) == ["T.1.1", "T.2", "T"]
    moved = UnitEntry.objects.get(kind="moved", subject__code="T.1.1")
    assert (moved.from_parent and moved.from_parent.code, moved.to_parent and moved.to_parent.code) == ("T.1", "T.2")
    groups = GroupMembership.objects.filter(unit__code__startswith="T.").order_by("unit__code", "group__kind")
    assert list(groups.values_list("unit__code", "group__name", "group__owner__code")) == [
        ("T.1", "Cụm Một", "T"),
        ("T.1", "Hành chính", "T"),
        ("T.2", "Cụm Hai", "T"),
        ("T.2", "Hành chính", "T"),
    ]
    assert set(RegisterUse.objects.filter(unit__code="T").values_list("register", "in_use_from")) == {
        (register, _DAY) for register in REGISTERS
    }


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    file = xlsx(LIST)
    act = world.act("clerk", at_console=True)
    import_sheet(kind=UNITS, file=file, act=act)
    before = (UnitEntry.objects.count(), AuditRow.objects.count(), GroupMembership.objects.count())
    again = import_sheet(kind=UNITS, file=file, act=act)
    assert (again.new, again.same, again.errors, again.written) == (0, 6, (), False)
    assert (UnitEntry.objects.count(), AuditRow.objects.count(), GroupMembership.objects.count()) == before


def test_one_audit_row_names_the_file(world: World) -> None:
    load(world, *LIST)
    row = AuditRow.objects.get(action="sheets.imported")
    assert row.object_kind == "units"
    assert row.detail == {"file": "tep.csv", "sha256": csv_file(LIST).sha256, "new": 6, "same": 0}


def test_a_dry_run_writes_nothing(world: World) -> None:
    result = load(world, *LIST, dry_run=True)
    assert (result.new, result.written) == (6, False)
    assert not Unit.objects.filter(code="T").exists()


# rows after a good list -> (row, heading, part of the message)
_WRONG: list[tuple[str, Row, str, str]] = [
    ("no such parent", unit("T.9", "Q"), "Cấp trên", "Không có đơn vị mang mã «Q»"),
    ("no such unit", {"code": "Q", "event": "Giải thể", "day": _DAY}, "Mã đơn vị", "Không có đơn vị mang mã «Q»"),
    ("under itself", unit("T.9", "T.9"), "Cấp trên", "«T.9» không thể trực thuộc chính nó"),
    ("a space", unit("T 9"), "Mã đơn vị", "không dùng được"),
    ("a stroke", unit("T/9"), "Mã đơn vị", "không dùng được"),
    ("a kind in its wrong place", unit("T.9", kind="Chi bộ trực thuộc"), "Cấp trên", "không thể trực thuộc"),
    ("no name", unit("T.9", name=""), "Tên", "Chưa điền"),
    ("no kind", unit("T.9", unit_kind=""), "Loại hình", "Chưa điền"),
    ("begins twice", unit("T.2", event="Thành lập", day=date(2022, 5, 1)), "Mã đơn vị", "đang hoạt động"),
    (
        "ends before it begins",
        {"code": "T.1", "event": "Giải thể", "day": date(2021, 1, 1)},
        "Ngày",
        "không hoạt động vào ngày này",
    ),
    ("parent not there yet", unit("T.9", day=date(2021, 1, 1)), "Cấp trên", "«T» không hoạt động ngày 01/01/2021"),
    ("a row twice", unit("T.1", cluster="Cụm Một", sector="Hành chính"), "", "Lặp lại dòng 4"),
    (
        "what an event does not take",
        {"code": "T.1", "event": "Giải thể", "day": date(2023, 1, 1), "name": "Tên"},
        "Tên",
        "không dùng cột này",
    ),
    ("group at the top", unit("T9", "", "Đảng bộ tỉnh, thành phố", cluster="A"), "Cụm", "không có cấp trên"),
]


@pytest.mark.parametrize(("row", "heading", "message"), [wrong[1:] for wrong in _WRONG], ids=[w[0] for w in _WRONG])
def test_one_wrong_row_keeps_everything_out(world: World, row: Row, heading: str, message: str) -> None:
    before = UnitEntry.objects.count()
    result = load(world, *LIST, row)
    assert [error[:2] for error in told(result)] == [(8, heading)]
    assert message in result.errors[0].message
    assert not result.written
    assert UnitEntry.objects.count() == before
    assert not Unit.objects.filter(code="T").exists()


def test_a_circle_names_both_rows(world: World) -> None:
    group = unit("T.3", kind="Đảng bộ cấp trên trực tiếp cơ sở", parent="P"), unit("P", "", "Đảng bộ tỉnh, thành phố")
    rows = [
        *group,
        {"code": "P", "event": "Chuyển trực thuộc", "day": date(2022, 6, 1), "parent": "T.3"},
    ]
    result = load(world, *rows)
    assert (4, "Cấp trên") in [error[:2] for error in told(result)]
    assert any("đi thành vòng" in error.message for error in result.errors)
    assert not result.written


def test_all_faults_are_told_at_once_in_order(world: World) -> None:
    rows = [TOP, unit("T.9", "Q"), unit("T.8", day="31/02/2022"), unit("T.7", kind="Chi hội"), unit("T.6", name="")]
    assert [error[:2] for error in told(load(world, *rows))] == [
        (3, "Cấp trên"),
        (4, "Ngày"),
        (5, "Loại hình"),
        (6, "Tên"),
    ]


def test_what_the_register_says_otherwise_is_named(world: World) -> None:
    load(world, *LIST)
    changed = [unit("T.1", name="Tên khác"), LIST[3] | {"cluster": "Cụm Một"}, LIST[4] | {"parent": "T"}]
    result = load(world, *changed)
    assert told(result) == [
        (2, "Tên", "Sổ đã ghi việc này (mã, sự kiện, ngày như dòng này) với «Tên» khác: «Đơn vị T.1»"),
        (3, "Cụm", "Sổ đã ghi việc này (mã, sự kiện, ngày như dòng này) với «Cụm» khác: «Cụm Hai»"),
        (4, "Cấp trên", "Sổ đã ghi việc này (mã, sự kiện, ngày như dòng này) với «Cấp trên» khác: «T.2»"),
    ]


def test_an_unknown_group_is_refused_where_the_committee_has_groups(world: World) -> None:
    load(world, *LIST)
    result = load(world, unit("T.5", cluster="Cụm Ba"))
    assert told(result) == [(2, "Cụm", "T không có cụm «Cụm Ba»")]
    assert result.errors[0].expected == "một trong: «Cụm Một», «Cụm Hai»"


def test_what_was_corrected_is_not_brought_back(world: World) -> None:
    load(world, *LIST)
    renamed = UnitEntry.objects.get(kind="renamed", subject__code="T.2")
    act = world.act("clerk", at_console=True)
    record_tree_event(
        act=act,
        draft=TreeDraft(UnitEvent.RENAMED, renamed.effective_date, "T.2", corrects=renamed.uid, void=True, name="x"),
    )
    result = load(world, *LIST)
    assert told(result) == [(7, "", "Lần ghi ngày 01/04/2022 này đã được đính chính")]


def test_a_person_brings_in_only_what_is_theirs(world: World) -> None:
    good = unit("DUK.09", "DUK", day=date(2023, 1, 1))
    assert load(world, good, who="clerk").written
    rows = [unit("DUK.10", "XA"), unit("T", "", "Đảng bộ tỉnh, thành phố"), unit("XA.01", "DUK")]
    assert told(load(world, *rows, who="clerk")) == [
        (2, "Cấp trên", "Không có đơn vị mang mã «XA»"),  # outside the scope nothing is known
        (3, "Cấp trên", "Chưa điền"),
        (4, "Mã đơn vị", "Mã «XA.01» đã được dùng"),
    ]
    assert told(load(world, unit("DUK.11", "DUK"), who="deputy")) == [
        (2, "Cấp trên", "Đồng chí chưa được giao quyền ghi tại đơn vị «DUK»")
    ]


def test_the_number_of_queries_does_not_grow_with_the_rows(world: World) -> None:
    counts = []
    for top, many in (("A", 3), ("B", 60)):
        rows = [TOP | {"code": top}, *(unit(f"{top}.{number}", top) for number in range(many))]
        rows += [{"code": f"{top}.{number}", "event": "Giải thể", "day": date(2023, 1, 1)} for number in range(many)]
        with CaptureQueriesContext(connection) as queries:
            assert load(world, *rows).written
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_unit_ends_only_when_it_is_empty(world: World) -> None:
    end = {"event": "Giải thể", "day": date(2022, 5, 1)}
    result = load(world, *LIST, {"code": "T.2"} | end)
    assert told(result) == [(8, "Mã đơn vị", "Còn 1 đơn vị trực thuộc: T.1.1")]
    assert load(world, *LIST, {"code": "T.2"} | end, {"code": "T.1.1"} | end).written
    held = load(world, {"code": "DUK.02"} | end)
    assert [row for row, _heading, _message in told(held)] == [2]
    assert "Còn 5 đảng viên sinh hoạt tại DUK.02" in told(held)[0][2]
    assert not held.written
