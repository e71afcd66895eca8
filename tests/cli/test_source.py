"""`giaoban source`: a register is taken into use, a measure reported meanwhile and counted afterwards."""

from __future__ import annotations

import pytest
from tests.apps.reporting.test_values import draft, figure, tell
from tests.cli.test_figures import run
from tests.world import World

from giaoban.apps.organizations.models import RegisterUse

pytestmark = pytest.mark.django_db


def test_a_register_is_taken_into_use_once(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    RegisterUse.objects.filter(register="conferences").delete()
    assert "conferences\tSổ hội nghị\tchưa dùng" in run(capsys, "source", "list", "--unit", "DUK.01")[1]
    argv = ("source", "use", "conferences", "--unit", "DUK", "--as", "lan", "--from")
    assert run(capsys, *argv, "01/02/2023")[:2] == (0, "Sổ hội nghị của DUK: dùng từ 01/02/2023\n")
    status, _, said = run(capsys, *argv, "01/01/2023")
    assert status == 2
    assert "đã được dùng từ 01/02/2023" in said
    assert run(capsys, *argv, "01/01/2023", "--reason", "nhập bù")[0] == 0
    assert (
        "conferences\tSổ hội nghị\ttừ 01/01/2023\ttheo DUK"
        in run(capsys, "source", "list", "--unit", "DUK.01", "--on", "05/04/2023")[1]
    )


@pytest.mark.parametrize(("register", "told"), [("khac", "Không có sổ «khac»"), ("meetings", "chưa có ngày riêng")])
def test_what_cannot_be_corrected(world: World, capsys: pytest.CaptureFixture[str], register: str, told: str) -> None:
    argv = ("source", "use", register, "--unit", "DUK.01", "--as", "lan", "--from", "01/01/2023", "--reason", "nhầm")
    status, _, said = run(capsys, *argv)
    assert status == 2
    assert told in said


def test_a_measure_is_reported_and_then_counted(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    place = ("members.commended", "--unit", "DUK", "--as", "lan", "--from")
    assert run(capsys, "source", "report", *place, "01/01/2023")[0] == 0
    tell(world, draft(world, 5, measure="members.commended"))
    assert figure("members.commended").value == 5
    assert (
        "nhập số báo cáo từ 01/01/2023\ttheo DUK"
        in run(capsys, "source", "list", "--unit", "DUK.01.01", "--on", "05/04/2023")[1]
    )
    assert run(capsys, "source", "count", *place, "01/04/2023")[:2] == (
        0,
        "Khen thưởng đảng viên của DUK: đếm từ sổ từ 01/04/2023\n",
    )
    status, _, said = run(capsys, "source", "count", *place, "01/05/2023")
    assert status == 2
    assert "không đang nhập số báo cáo" in said
