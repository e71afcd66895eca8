"""`giaoban export`: a register out as a filled sheet, that comes in again without writing anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.world import World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Grade
from giaoban.apps.members.operations import RatingDraft, record_ratings
from giaoban.apps.organizations.models import UnitEntry, UnitEvent
from giaoban.apps.organizations.operations import TreeDraft, record_tree_events
from giaoban.apps.organizations.sheets import unit_rows
from giaoban.apps.reporting.operations import TAKEN, take_register
from giaoban.cli import main
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


def test_what_cannot_be_taken_is_told(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "so.xlsx"
    for argv, told in (
        (("members", str(path), "--unit", "DUK"), "Không lấy ra được loại 'members'"),
        (("ratings", str(tmp_path / "so.xls"), "--unit", "DUK"), "không phải .xlsx"),
        (("ratings", str(path), "--unit", "ABC"), "Không có đơn vị mang mã 'ABC'"),
        (("ratings", str(tmp_path / "khong-co" / "so.xlsx"), "--unit", "DUK"), "Không ghi được tệp"),
    ):
        status, out, err = run(capsys, "export", *argv, "--as", "lan")
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert told in err
    path.write_bytes(b"x")
    assert "Tệp đã có" in run(capsys, "export", "ratings", str(path), "--unit", "DUK", "--as", "lan")[2]
    assert run(capsys, "export", "ratings", str(path), "--unit", "DUK", "--as", "lan", "--force")[0] == 0
    with pytest.raises(InvalidInput, match="Không lấy ra được"):
        take_register(act=world.act("clerk"), kind="entries", unit=world.units["DUK"])
