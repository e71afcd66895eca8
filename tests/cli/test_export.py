"""`giaoban export`: a register out as a filled sheet, that comes in again without writing anything."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.world import World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Grade, Member, MemberEntry, MemberEvent, Trait
from giaoban.apps.members.operations import FirstEntry, MemberDraft, RatingDraft, enrol_member, record_ratings
from giaoban.apps.organizations.models import UnitEntry, UnitEvent
from giaoban.apps.organizations.operations import TreeDraft, record_tree_events
from giaoban.apps.organizations.permissions import may
from giaoban.apps.organizations.sheets import unit_rows
from giaoban.apps.reporting.operations import TAKEN, take_register
from giaoban.cli import main
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import InvalidInput

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    """Run one command as a shell would; returns status, stdout, stderr."""
    with pytest.raises(SystemExit) as left:
        main(list(argv))
    told = capsys.readouterr()
    return int(left.value.code or 0), told.out, told.err


@pytest.mark.parametrize("kind", TAKEN)
def test_every_register_comes_out(kind: str, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "so.xlsx"
    status, out, _ = run(capsys, "export", kind, str(path), "--unit", "DUK", "--as", "lan")
    assert (status, path.read_bytes()[:2]) == (0, b"PK")
    assert out.startswith(f"Đã lấy sổ {kind} của DUK")
    assert AuditRow.objects.filter(action__endswith="_exported", unit_code="DUK").count() == 1


def test_out_and_in_again(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = RatingDraft(2022, Grade.GOOD, date(2022, 12, 20), world.members["dao"])
    record_ratings(act=world.act("clerk"), drafts=[draft])
    path = tmp_path / "xep-loai.xlsx"
    assert run(capsys, "export", "ratings", str(path), "--unit", "DUK", "--as", "lan")[0] == 0
    status, out, _ = run(capsys, "import", "ratings", str(path), "--as", "lan")
    assert status == 0
    assert "0 dòng mới, 1 dòng đã có" in out


@pytest.mark.parametrize("kind", TAKEN)
def test_every_register_comes_out_as_csv_and_changes_nothing_when_it_comes_in_again(
    kind: str, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record_ratings(
        act=world.act("clerk"), drafts=[RatingDraft(2022, Grade.GOOD, date(2022, 12, 20), world.members["dao"])]
    )
    path = tmp_path / "so.csv"
    assert run(capsys, "export", kind, str(path), "--unit", "DUK", "--as", "lan")[0] == 0
    text = path.read_bytes().decode("utf-8-sig")
    assert re.match(r'"?# DUK: \d+ dòng, .* lấy lúc \d\d:\d\d ngày ', text)
    count = sum(1 for line in text.splitlines() if not line.lstrip('"').startswith("# ")) - 1
    status, out, err = run(capsys, "import", kind, str(path), "--as", "lan")
    told = f"0 dòng mới, {count} dòng đã có" if count else "không có dòng nào để nhập"
    assert (status == 0, told in out + err) == (count > 0, True), out + err


def test_a_name_that_ends_otherwise_is_refused_before_anything_is_taken(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "so.ods"
    status, _, err = run(capsys, "export", "ratings", str(path), "--unit", "DUK", "--as", "lan")
    assert (status != 0, "«so.ods» không phải .xlsx hoặc .csv" in err, path.exists()) == (True, True, False)


def test_units_out_and_in_again(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change = TreeDraft(UnitEvent.RENAMED, date(2023, 3, 1), "DUK.01", name="Đảng bộ Sở Thử", short_name="ĐB Sở Thử")
    record_tree_events(act=world.act("clerk"), drafts=[change])
    path = tmp_path / "to-chuc.xlsx"
    assert run(capsys, "export", "units", str(path), "--unit", "DUK", "--as", "lan")[0] == 0
    status, out, _ = run(capsys, "import", "units", str(path))
    assert (status, "0 dòng mới" in out) == (0, True), out
    rows, left = unit_rows(world.units["DUK"])
    assert left == 0
    assert len(rows) == UnitEntry.objects.live().filter(subject__code__startswith="DUK").count()
    assert "Đảng bộ Sở Thử" in {cell for row in rows for cell in row}


def _cells(content: bytes | Path, sheet: int = 0) -> list[list[str]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content if isinstance(content, bytes) else content.read_bytes()))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(sheet).to_python()]


def _numbered(world: World) -> None:
    """Give everybody in DUK a file number, as an office has them."""
    for number, member in enumerate(world.members.values()):
        Member.objects.filter(pk=member.pk, file_number="").update(file_number=f"{4000 + number} KCQ")


def test_members_and_what_happened_to_them_out_and_in_again(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _numbered(world)
    act = world.act("clerk", at_console=True)
    first = FirstEntry(MemberEvent.ADMITTED, date(2023, 2, 1), world.units["DUK.02"], official=False)
    birth = PartialDate(date(1990, 4, 1), Precision.MONTH)
    woman = ((Trait.SEX, "female"),)
    draft = MemberDraft("Lê Thị Sáng", birth, first, identity_number="001190012345", phone="0912345678", traits=woman)
    enrol_member(act=act, draft=draft)
    people = tmp_path / "dang-vien.xlsx"
    assert run(capsys, "export", "members", str(people), "--unit", "DUK", "--as", "lan")[0] == 0
    rows = _cells(people)
    assert len(rows) - 1 == Member.objects.filter(unit__code__startswith="DUK").count()
    (sang,) = (row for row in rows if row[0] == "Lê Thị Sáng")
    assert sang[1] == "04/1990"
    assert "001190012345" in sang
    work = tmp_path / "viec.xlsx"
    assert run(capsys, "export", "entries", str(work), "--unit", "DUK", "--as", "lan")[0] == 0
    kinds = {row[4] for row in _cells(work)[1:]}
    assert kinds >= {"Công nhận chính thức", "Phát thẻ", "Chuyển trong hệ thống", "Từ trần"}
    before = MemberEntry.objects.count()
    for kind, path in (("members", people), ("entries", work)):
        status, out, err = run(capsys, "import", kind, str(path), "--as", "lan")
        assert (status, err) == (0, ""), out
        assert f"0 dòng mới, {len(_cells(path)) - 1} dòng đã có" in out
    assert MemberEntry.objects.count() == before


def test_numbers_are_for_those_who_may_open_files(world: World) -> None:
    """The clerk of an office records of members, and opens no personal file."""
    _numbered(world)
    unit = world.units["DUK.01.01"]
    act = world.act("clerk")
    assert not may(act.user, "members_file", unit, today=act.today)
    for kind in ("members", "entries"):
        content = take_register(act=act, kind=kind, unit=unit)
        rows = _cells(content)
        assert len(rows) > 1
        assert not {cell for row in rows for cell in row if "KCQ" in cell or cell.isdigit()}
        assert any("chưa được giao quyền đọc hồ sơ" in row[0] for row in _cells(content, 1))
        row = AuditRow.objects.filter(action=f"members.{kind}_exported").get()
        assert (row.unit_code, row.detail["numbers"], row.detail["rows"]) == (unit.code, False, len(rows) - 1)


def test_the_questions_do_not_grow_with_the_people(world: World) -> None:
    act = world.act("clerk", at_console=True)
    for kind in ("members", "entries"):
        counts = []
        for code in ("DUK.02", "DUK"):
            with CaptureQueriesContext(connection) as asked:
                take_register(act=act, kind=kind, unit=world.units[code])
            counts.append(len(asked))
        assert counts[0] == counts[1]


def test_what_cannot_be_taken_is_told(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "so.xlsx"
    for argv, told in (
        (("notices", str(path), "--unit", "DUK"), "Không lấy ra được loại «notices»"),
        (("ratings", str(tmp_path / "so.xls"), "--unit", "DUK"), "không phải .xlsx"),
        (("ratings", str(path), "--unit", "ABC"), "Không có đơn vị mang mã «ABC»"),
        (("ratings", str(tmp_path / "khong-co" / "so.xlsx"), "--unit", "DUK"), "Không ghi được tệp"),
    ):
        status, out, err = run(capsys, "export", *argv, "--as", "lan")
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert told in err
    path.write_bytes(b"x")
    assert "Tệp đã có" in run(capsys, "export", "ratings", str(path), "--unit", "DUK", "--as", "lan")[2]
    assert run(capsys, "export", "ratings", str(path), "--unit", "DUK", "--as", "lan", "--force")[0] == 0
    with pytest.raises(InvalidInput, match="Không lấy ra được"):
        take_register(act=world.act("clerk"), kind="notices", unit=world.units["DUK"])
