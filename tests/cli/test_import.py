"""`giaoban template` and `giaoban import`: files in, files out, exit statuses, nothing written by half."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.apps.sheets.books import csv_text, xlsx
from tests.world import World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Member
from giaoban.cli import main

_PERSON = {
    "Họ và tên": "Lò Văn An",
    "Ngày sinh": "1957",
    "Giới tính": "Nam",
    "Đơn vị": "DUK.02",
    "Số lý lịch": "000123 AL",
    "Ngày vào sổ": date(2022, 1, 1),
}


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    """Run one command as a shell would; returns status, stdout, stderr."""
    with pytest.raises(SystemExit) as left:
        main(list(argv))
    told = capsys.readouterr()
    return int(left.value.code or 0), told.out, told.err


@pytest.mark.parametrize(
    "kind", ["units", "members", "entries", "absences", "honours", "ratings", "vetting", "offices"]
)
def test_a_template_is_written_once(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mau.xlsx"
    status, out, _ = run(capsys, "template", kind, str(path))
    assert status == 0
    assert out.startswith("Đã viết mẫu «")
    first = path.read_bytes()
    status, out, err = run(capsys, "template", kind, str(path))
    assert (status, out) == (2, "")
    assert "Tệp đã có" in err
    assert path.read_bytes() == first
    assert run(capsys, "template", kind, str(path), "--force")[0] == 0


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("users", "a.xlsx"), "Không có loại tệp «users»"),
        (("units", "a.xls"), "không phải .xlsx"),
        (("units", "khong-co/a.xlsx"), "Không ghi được tệp"),
    ],
)
def test_a_template_that_cannot_be(
    argv: tuple[str, str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "template", argv[0], str(tmp_path / argv[1]))
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert told in err


@pytest.mark.parametrize("name", ["dv.xlsx", "dv.csv"])
def test_a_file_comes_in_once(name: str, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_bytes(xlsx([_PERSON]).data if name == "dv.xlsx" else csv_text([_PERSON]).encode())
    status, out, err = run(capsys, "import", "members", str(path), "--dry-run")
    assert (status, err) == (0, "")
    assert "kiểm tra xong, chưa ghi; 1 dòng, trong đó 1 dòng mới, 0 dòng đã có." in out
    assert not Member.objects.filter(full_name="Lò Văn An").exists()
    status, out, err = run(capsys, "import", "members", str(path), "--as", "lan")
    assert (status, err) == (0, "")
    assert "đã ghi; 1 dòng, trong đó 1 dòng mới, 0 dòng đã có." in out
    assert "dòng/giây" in out
    row = AuditRow.objects.get(action="sheets.imported")
    assert (row.actor and row.actor.username, row.detail["file"]) == ("lan", name)
    status, out, _ = run(capsys, "import", "members", str(path))
    assert status == 0
    assert "không có gì để ghi; 1 dòng, trong đó 0 dòng mới, 1 dòng đã có." in out


def test_every_wrong_cell_is_printed_and_nothing_written(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "dv.xlsx"
    path.write_bytes(xlsx([_PERSON, _PERSON | {"Ngày sinh": "31/02/1957", "Đơn vị": "Q"}], "Đảng viên").data)
    status, out, err = run(capsys, "import", "members", str(path))
    assert (status, err) == (1, "")
    assert out.splitlines()[:4] == [
        "Đảng viên, dòng 3, cột B (Ngày sinh): Không có ngày «31/02/1957» trong lịch; cần: ngày dạng 31/03/1957, hoặc "
        "03/1957, 1957 nếu chỉ biết tháng, năm",
        "Đảng viên, dòng 3, cột D (Đơn vị): Không có đơn vị mang mã «Q»; cần: mã của một chi bộ đã có trong sổ tổ chức",
        "Đảng viên, dòng 3, cột E (Số lý lịch): Số lý lịch «000123 AL» đã có ở dòng 2; cần: mỗi người một dòng",
        "Đảng viên: 3 chỗ sai trong 2 dòng; chưa ghi gì vào sổ.",
    ]
    assert not Member.objects.filter(full_name="Lò Văn An").exists()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.xlsx", b"PK\x03\x04...", "hỏng"),
        ("a.csv", b"code;day\x00\n", "byte NUL"),
        ("a.csv", "Họ và tên;Nơi sinh\nA;B\n".encode(), "Không có cột này trong mẫu"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("a.csv", b"", "Tệp trống"),
    ],
)
def test_an_unfit_file_is_one_line_and_status_two(
    name: str, data: bytes, told: str, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    status, out, err = run(capsys, "import", "members", str(path))
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_a_file_that_is_not_there(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, told in ((tmp_path / "khong-co.csv", "Không có tệp này"), (tmp_path, "Không đọc được tệp")):
        status, out, err = run(capsys, "import", "units", str(path))
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert told in err
