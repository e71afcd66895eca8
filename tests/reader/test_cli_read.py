"""`giaoban read` from outside: the contract's keys, exit statuses, and no Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = """Số 12-BC/ĐU
BÁO CÁO
Kết quả quý I
I- KẾT QUẢ
1. Kết nạp
Thực hiện Nghị quyết số 12-NQ/TU ngày 28/11/2022 của Tỉnh ủy, kết nạp 446/450 đảng viên, đạt 99,1%.
"""

KEYS = {
    "header": {"issuer", "symbol", "number", "type", "place", "date", "title", "recipients", "signers"},
    "sections": {"path", "number", "title", "level", "start", "end"},
    "citations": {"start", "end", "text", "kind", "symbol", "number", "type", "issuer", "date", "refers_to"},
    "claims": {"start", "end", "text", "kind", "values", "holds", "explain"},
}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "giaoban", "read", *map(str, arguments)], capture_output=True, text=True, check=False
    )


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json_has_the_keys_of_the_contract(report: Path) -> None:
    done = run(report, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    (shown,) = json.loads(done.stdout)
    assert set(shown) == {
        "file", "characters", "header", "sections", "citations", "claims", "targets", "tasks", "repairs",
    }  # fmt: skip
    assert (shown["file"], shown["characters"]) == (str(report), len(TEXT))
    assert set(shown["header"]) == KEYS["header"]
    for name in ("sections", "citations", "claims"):
        assert shown[name]
        assert set(shown[name][0]) == KEYS[name]
    assert shown["citations"][0]["date"] == "2022-11-28"
    assert shown["claims"][0]["values"] == [446, 450, 99.1]


def test_with_text_gives_the_text_that_offsets_point_into(report: Path) -> None:
    (shown,) = json.loads(run(report, "--format", "json", "--with-text").stdout)
    assert shown["text"] == TEXT
    citation = shown["citations"][0]
    assert TEXT[citation["start"] : citation["end"]] == citation["text"] == "Nghị quyết số 12-NQ/TU"


def test_text_is_for_people(report: Path) -> None:
    done = run(report)
    assert done.returncode == 0
    assert "Số, ký hiệu: 12-BC/ĐU" in done.stdout
    assert "I.1  Kết nạp" in done.stdout
    assert "Nghị quyết số 12-NQ/TU; văn bản của Đảng; ngày 28/11/2022; Tỉnh ủy" in done.stdout


def test_a_file_that_cannot_be_read_is_one_line_and_status_2(tmp_path: Path) -> None:
    path = tmp_path / "tcvn3.txt"
    path.write_bytes(b"B\xb8o c\xb8o")
    done = run(path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert f"giaoban: {path}: Byte thứ 2 (0xB8) không phải UTF-8" in done.stderr


def test_several_files_make_one_list(report: Path) -> None:
    done = run(report, report, report, "--format", "json")
    assert len(json.loads(done.stdout)) == 3
    assert done.stderr == ""


def test_help_has_an_example() -> None:
    assert "Ví dụ:" in run("--help").stdout


def test_reading_loads_neither_django_nor_what_other_formats_need(report: Path) -> None:
    code = (
        "import sys\nfrom giaoban.cli import main\n"
        f"try:\n    main(['read', {str(report)!r}])\nexcept SystemExit as done:\n    assert done.code == 0\n"
        "loaded = {'django', 'docx', 'lxml', 'rich'} & set(sys.modules)\nassert not loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
