"""An office's own file comes in as it was looked over, and the next one like it is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.world import TODAY, World

from giaoban.apps.members.models import Member
from giaoban.apps.reporting.models import HeadingMemory
from giaoban.apps.reporting.operations import OwnFile, import_own_file
from giaoban.apps.reporting.queries.own_files import read_own_file
from giaoban.apps.reporting.sheet_kinds import sheet_kind
from giaoban.apps.sheets.source import SheetFile
from giaoban.core.errors import InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db
_TEXT = """Họ tên,NTNS,Phái,Chi bộ,Số TĐV,Ngày vào sổ
Phạm Thị Ước,31/03/1987,Nữ,Chi bộ Thanh tra,12340001,01/01/2022
"""
FILE = SheetFile("cua-minh.csv", _TEXT.encode())


def test_a_file_is_read_brought_in_and_remembered(world: World) -> None:
    act, duk = world.act("clerk"), world.units["DUK"]
    reading = read_own_file(act.user, duk, sheet_kind("members"), FILE, today=TODAY)
    assert not reading.remembered
    assert reading.units == {"Chi bộ Thanh tra": "DUK.01.02"}
    own = OwnFile(duk, "members", FILE)
    tried = import_own_file(act=act, own=own, mapping=reading.mapping, dry_run=True)
    assert (tried.errors, tried.new, tried.written) == ((), 1, False)
    assert import_own_file(act=act, own=own, mapping=reading.mapping).written
    assert Member.objects.get(card_number="12340001").unit == world.units["DUK.01.02"]
    assert HeadingMemory.objects.count() == 1
    again = read_own_file(act.user, duk, sheet_kind("members"), FILE, today=TODAY)
    assert again.remembered
    assert import_own_file(act=act, own=own, mapping=again.mapping).same == 1


_LACKING = "Họ tên,NTNS,Phái,Số TĐV\nPhạm Thị Ước,31/03/1987,Nữ,12340001\nLê Văn Mơ,01/02/1990,Nam,12340002\n"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"unit": "DUK.01.02", "day": "31/02/2022"}, "31/02/2022"),
        ({"unit": "DUK.77", "day": "01/01/2022"}, "DUK.77"),
    ],
)
def test_a_wrong_value_for_all_rows_is_told_once_and_in_no_column(
    world: World, given: dict[str, str], told: str
) -> None:
    act, file = world.act("clerk"), SheetFile("thieu-cot.csv", _LACKING.encode())
    mapping = read_own_file(act.user, world.units["DUK"], sheet_kind("members"), file, today=TODAY).mapping
    own = OwnFile(world.units["DUK"], "members", file)
    (error,) = import_own_file(act=act, own=own, mapping=replace(mapping, constants=given), dry_run=True).errors
    assert str(error).startswith("thieu-cot.csv, giá trị chung cho mọi dòng, cột «")
    assert told in str(error)


def test_refusals(world: World) -> None:
    act, duk = world.act("clerk"), world.units["DUK"]
    mapping = read_own_file(act.user, duk, sheet_kind("members"), FILE, today=TODAY).mapping
    with pytest.raises(InvalidInput):
        import_own_file(act=act, own=OwnFile(duk, "salaries", FILE), mapping=mapping)
    with pytest.raises(NotAllowed):
        import_own_file(act=world.act("deputy"), own=OwnFile(duk, "members", FILE), mapping=mapping)
    assert not HeadingMemory.objects.exists()
