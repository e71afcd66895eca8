"""PDF by LibreOffice: the pages where it is installed, a clear word where it is not."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import time
from pathlib import Path

import pytest
from tests.writer.sample import report

from giaoban.core.errors import GiaobanError
from giaoban.writer.docx import to_docx
from giaoban.writer.pdf import COMMAND, to_pdf, to_pdfs


def script(folder: Path, lines: str) -> str:
    file = folder / "office"
    file.write_text(f"#!/bin/sh\n{lines}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


def test_pdf_of_the_report() -> None:
    """Where LibreOffice is missing, the error is what is tested here; ``make test`` installs it."""
    if shutil.which(COMMAND) is None:
        with pytest.raises(GiaobanError, match="LibreOffice"):
            to_pdf(to_docx(report()))
        return
    pdf = to_pdf(to_docx(report()))
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type/Page\n") + pdf.count(b"/Type/Page/") == 2


def test_missing_program_says_what_to_install() -> None:
    with pytest.raises(GiaobanError, match="«soffice-khong-co»") as caught:
        to_pdf(b"", command="soffice-khong-co")
    assert "apt install libreoffice-writer" in caught.value.hint


def test_own_profile_and_folder_that_are_gone_afterwards(tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = script(tmp_path, f'echo "$@" > {log}\nwhile [ $# -gt 2 ]; do shift; done\ncp "$2" "$1/van-ban.pdf"')
    assert to_pdf(b"noi dung", command=command) == b"noi dung"
    said = log.read_text()
    profile = said.split("-env:UserInstallation=file://")[1].split()[0]
    assert "giaoban-pdf-" in profile
    assert not Path(profile).parent.exists()


def test_many_documents_are_one_run_in_their_order(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    command = script(
        tmp_path,
        f'echo run >> {runs}\nwhile [ "$1" != --outdir ]; do shift; done\nto="$2"\nshift 2\n'
        'for one in "$@"; do cp "$one" "$to/$(basename "$one" .docx).pdf"; done',
    )
    assert to_pdfs([b"mot", b"hai", b"ba"], command=command) == [b"mot", b"hai", b"ba"]
    assert runs.read_text() == "run\n"
    assert to_pdfs([], command="soffice-khong-co") == []


def test_program_that_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(GiaobanError, match="source file could not be loaded"):
        to_pdf(b"", command=script(tmp_path, "echo 'source file could not be loaded' >&2"))
    with pytest.raises(GiaobanError, match="mã thoát 3"):
        to_pdf(b"", command=script(tmp_path, "exit 3"))


def test_program_that_cannot_be_run(tmp_path: Path) -> None:
    file = tmp_path / "office"
    file.write_text("#!/no/such/interpreter\n")
    file.chmod(0o755)
    with pytest.raises(GiaobanError, match="Không chạy được"):
        to_pdf(b"", command=str(file))


def test_program_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    child = tmp_path / "pid"
    command = script(tmp_path, f"sleep 60 &\necho $! > {child}\nwait")
    with pytest.raises(GiaobanError, match="sau 1 giây"):
        to_pdf(b"", command=command, timeout=1)
    pid = int(child.read_text())
    for _ in range(50):
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout
        if not state.strip() or state.startswith("Z"):
            return
        time.sleep(0.1)
    os.kill(pid, 9)
    pytest.fail("the child of the hanging program lives on")
