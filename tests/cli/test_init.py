"""`giaoban init`: an office begins once, and its administrator goes on from there."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from tests.world import NOW, World

from giaoban.apps.accounts.models import User
from giaoban.apps.accounts.operations import set_password_with_code
from giaoban.apps.organizations.models import Grant, RegisterUse, Unit, UnitEvent
from giaoban.apps.organizations.operations import REGISTERS, TreeDraft, begin_office
from giaoban.cli import main
from giaoban.core.errors import InvalidInput

BEGIN = (
    *("init", "DUK", "Đảng bộ Khối các cơ quan tỉnh", "--from", "01/01/2023"),
    *("--admin", "lan.nguyen", "--admin-name", "Nguyễn Thị Lan"),
)


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(list(argv))
    told = capsys.readouterr()
    return int(left.value.code or 0), told.out, told.err


@pytest.fixture(autouse=True)
def _no_new_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert connection.settings_dict["NAME"]
    monkeypatch.setattr("giaoban.cli.init.ensure_office_dir", lambda folder: None)
    monkeypatch.setattr("django.core.management.call_command", lambda *args, **options: None)


def test_it_makes_the_top_the_registers_and_the_first_person(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, *BEGIN)
    assert status == 0
    assert Unit.objects.get().code == "DUK"
    assert RegisterUse.objects.count() == len(REGISTERS)
    assert set(Grant.objects.values_list("role", flat=True)) == {"administrator", "office_clerk"}
    user = User.objects.get()
    code = next(line.rsplit(": ", 1)[1] for line in out.splitlines() if line.startswith("Mã một lần"))
    assert user.created_at is not None
    set_password_with_code(username="lan.nguyen", code=code, password="bưởi chua 2023", now=user.created_at)
    assert run(capsys, "people", "list")[1].count("lan.nguyen") == 2


def test_an_office_begins_once(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    before = Unit.objects.count(), User.objects.count()
    status, _, err = run(capsys, *BEGIN)
    assert status == 2
    assert "đã có dữ liệu" in err
    assert (Unit.objects.count(), User.objects.count()) == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"--from": "32/01/2023"}, "Không có ngày"), ({"--admin-name": "Lan"}, "chưa đủ"), ({"--kind": "club"}, "«club»")],
)
def test_a_slip_leaves_nothing_behind(
    db: None, capsys: pytest.CaptureFixture[str], changes: dict[str, str], said: str
) -> None:
    argv = list(BEGIN)
    for option, value in changes.items():
        if option in argv:
            argv[argv.index(option) + 1] = value
        else:
            argv += [option, value]
    status, _, err = run(capsys, *argv)
    assert status == 2
    assert said in err
    assert not Unit.objects.exists()
    assert not User.objects.exists()


def test_the_first_unit_stands_at_the_top(db: None) -> None:
    top = TreeDraft(UnitEvent.OPENING, date(2023, 1, 1), "DUK.01", parent="DUK", name="Chi bộ", unit_kind="cell")
    with pytest.raises(InvalidInput, match="đứng đầu cây"):
        begin_office(now=NOW, top=top, username="lan", full_name="Nguyễn Thị Lan")
