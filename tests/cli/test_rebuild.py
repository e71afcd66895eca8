"""`giaoban rebuild`: what `verify` finds counted wrongly is counted anew."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cli.test_people import run
from tests.world import World

from giaoban.apps.members.models import RollCount
from giaoban.apps.organizations.models import UnitSum
from giaoban.apps.organizations.queries import sums


def test_what_verify_finds_wrong_is_counted_anew(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sums, "WIDE", ("upper",))
    RollCount.objects.filter(unit__code="DUK.02").delete()
    UnitSum.objects.create(unit=world.units["DUK"], series="member:admitted", grain="d", day=date(2023, 1, 1), number=7)
    status, out, _ = run(capsys, "verify")
    assert status == 1
    assert "SAI   Số cộng sẵn của cấp trên khớp các sổ" in out
    assert "Chạy giaoban rebuild" in out
    status, out, _ = run(capsys, "rebuild")
    assert (status, out) == (0, "Đã đếm lại từ các sổ. Kiểm tra: giaoban verify\n")
    status, out, _ = run(capsys, "verify")
    assert status == 0
    assert UnitSum.objects.filter(unit__code="DUK", series="roll:official").exists()
