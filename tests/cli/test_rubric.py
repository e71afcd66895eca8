"""`giaoban rubric`: a rubric is taken as a file, changed, and set as the office's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.test_figures import run
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_rubric_is_taken_changed_and_used(world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "phieu.toml"
    assert run(capsys, "rubric", "take", "b", "--unit", "DUK", "--out", str(file))[0] == 0
    own = file.read_text(encoding="utf-8").replace('code = "b"', 'code = "phieu"', 1)
    file.write_text(own.replace("good = 90", "good = 85"), encoding="utf-8")
    argv = ("rubric", "set", str(file), "--unit", "DUK", "--from", "01/03/2023", "--as", "lan")
    assert run(capsys, *argv)[:2] == (0, "Mẫu phieu của DUK dùng từ 01/03/2023\n")
    listed = run(capsys, "rubric", "list", "--unit", "DUK.01.01", "--on", "05/04/2023")[1]
    assert "* phieu\tMẫu chấm điểm chi tiết cấp phường\tmẫu của DUK từ 01/03/2023" in listed
    assert "  c\tMẫu chấm điểm bốn phần\tmẫu có sẵn" in listed
    assert "* c\t" in run(capsys, "rubric", "list", "--unit", "DUK.01.01", "--on", "28/02/2023")[1]
    again = tmp_path / "lai.toml"
    assert run(capsys, "rubric", "take", "phieu", "--unit", "DUK.02", "--out", str(again))[0] == 0
    assert "good = 85" in again.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("most = 5", "most = 6"), "Mức cao nhất 5 điểm, nội dung tối đa 6 điểm"),
        (('code = "b"', 'code = "c"'), "là của mẫu có sẵn"),
        (("good = 90", "good = "), "không đọc được theo TOML"),
    ],
)
def test_a_wrong_file_is_told(
    world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    file = tmp_path / "phieu.toml"
    run(capsys, "rubric", "take", "b", "--unit", "DUK", "--out", str(file))
    file.write_text(file.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    status, _, said = run(capsys, "rubric", "set", str(file), "--unit", "DUK", "--as", "lan")
    assert status == 2
    assert told in said


def test_no_such_rubric(world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, _, said = run(capsys, "rubric", "take", "z", "--unit", "DUK", "--out", str(tmp_path / "z.toml"))
    assert status == 2
    assert "Không có mẫu chấm điểm «z»; cần: một trong a, b, c" in said
