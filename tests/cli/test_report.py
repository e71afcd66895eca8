"""`giaoban report` and `giaoban report-definition`: from the command line to files, and back from a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.apps.reporting.own_report.steps import issued
from tests.cli.test_figures import run
from tests.world import World

pytestmark = pytest.mark.django_db
ORDER = ("--unit", "DUK", "--period", "2023-Q1", "--as", "lan")


def test_the_workbook_is_written(world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "bieu.xlsx"
    status, told, _ = run(capsys, "report", "workbook", *ORDER, "--out", str(out))
    assert (status, told) == (0, f"Đã ghi {out} (quý I/2023)\n")
    assert CalamineWorkbook.from_path(str(out)).sheet_names[0] == "1. Tăng, giảm đảng viên"


def test_a_definition_is_taken_changed_and_used(
    world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "quy.toml"
    status, _, _ = run(capsys, "report-definition", "take", "quarter", "--unit", "DUK", "--out", str(file))
    assert status == 0
    own = file.read_text(encoding="utf-8").replace('title = "Công tác đảng viên"', 'title = "Xây dựng đội ngũ"')
    file.write_text(own, encoding="utf-8")
    status, told, _ = run(
        capsys, "report-definition", "set", str(file), "--unit", "DUK", "--from", "01/01/2023", "--as", "lan"
    )
    assert (status, told) == (0, "Mẫu quarter của DUK dùng từ 01/01/2023\n")
    status, listed, _ = run(capsys, "report-definition", "list", "--unit", "DUK")
    assert status == 0
    assert "quarter\tmẫu của DUK từ 01/01/2023" in listed
    assert "year\tmẫu có sẵn" in listed
    out = tmp_path / "q1.md"
    status, printed, _ = run(
        capsys, "report", "quarter", *ORDER, "--dated", "30/03/2023", "--out", str(out), "--format", "json"
    )
    assert status == 0
    assert all(number["measure"] for number in json.loads(printed)["numbers"])
    assert "Xây dựng đội ngũ" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("report", "workbook", *ORDER), "Chưa rõ tệp ghi ra"),
        (("report", "workbook", *ORDER, "--out", "bieu.docx"), "tệp .xlsx"),
        (("report", "year", *ORDER, "--format", "md"), "không lập cho quý I/2023"),
        (("report", "week", *ORDER, "--format", "md"), "Không có mẫu báo cáo «week»"),
        (("report-definition", "list", "--unit", "NOPE"), "«NOPE»"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    world: World, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], words: str
) -> None:
    status, _, told = run(capsys, *argv)
    assert status == 2
    assert words in told
    assert told.count("\n") == 1


def test_a_wrong_definition_is_told_with_its_place(
    world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "sai.toml"
    file.write_text('extends = "quarter"\nname = "quarter"\nclosing = "{kỳ}"\n', encoding="utf-8")
    status, _, told = run(capsys, "report-definition", "set", str(file), "--unit", "DUK", "--as", "lan")
    assert status == 2
    assert "sai.toml, dòng 3: Không có chỗ điền {kỳ}" in told
    file.write_bytes(b"\xff\xfe\x00")
    status, _, told = run(capsys, "report-definition", "set", str(file), "--unit", "DUK", "--as", "lan")
    assert (status, "Không đọc được tệp mẫu" in told) == (2, True)


def test_an_issued_edition_is_written_as_it_was_signed(
    world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    issued(world)
    out = tmp_path / "q1.md"
    status, _, _ = run(capsys, "report", "quarter", *ORDER, "--edition", "1", "--out", str(out))
    assert status == 0
    assert "Số 45-BC/" in out.read_text(encoding="utf-8")
    status, _, told = run(capsys, "report", "quarter", *ORDER, "--edition", "2", "--format", "md")
    assert (status, "Không có bản 2" in told) == (2, True)
    status, _, told = run(capsys, "report", "quarter", *ORDER, "--edition", "1", "--number", "7", "--format", "md")
    assert (status, "--number" in told) == (2, True)
