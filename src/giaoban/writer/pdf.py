"""PDF of a written .docx, made by LibreOffice where it is installed, so that both show the same pages."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from giaoban.core.errors import GiaobanError
from giaoban.core.text_vi import quoted

COMMAND = "soffice"


def to_pdf(docx: bytes, *, command: str = COMMAND, timeout: float = 120) -> bytes:
    """Convert a .docx to PDF; see ``to_pdfs``."""
    return to_pdfs([docx], command=command, timeout=timeout)[0]


def to_pdfs(documents: Sequence[bytes], *, command: str = COMMAND, timeout: float = 120) -> list[bytes]:
    """Convert .docx to PDF, many in one run: starting the program takes longer than converting a page.

    LibreOffice runs without a window in a temporary folder with a profile of its own: it neither meets one that the
    user has open nor leaves anything behind.

    Args:
        documents: the bytes of each .docx.
        command: name or path of LibreOffice's program.
        timeout: seconds after which the conversion is given up; a second more for each further document.

    Raises:
        GiaobanError: LibreOffice is not installed, gave no file, or took too long.
    """
    if not documents:
        return []
    program = shutil.which(command)
    if program is None:
        raise GiaobanError(
            f"Không tìm thấy LibreOffice (lệnh {quoted(command)}) để tạo tệp PDF",
            expected="LibreOffice Writer cài trên máy này",
            hint="Cài bằng lệnh: sudo apt install libreoffice-writer fonts-croscore; hoặc xuất tệp .docx",
        )
    with tempfile.TemporaryDirectory(prefix="giaoban-pdf-") as folder:
        place = Path(folder)
        names = ["van-ban"] if len(documents) == 1 else [f"van-ban-{one:04}" for one in range(1, len(documents) + 1)]
        for name, content in zip(names, documents, strict=True):
            (place / f"{name}.docx").write_bytes(content)
        said = _run(program, place, [f"{name}.docx" for name in names], timeout + len(names) - 1)
        try:
            return [(place / f"{name}.pdf").read_bytes() for name in names]
        except FileNotFoundError:
            raise GiaobanError(
                f"LibreOffice không tạo được tệp PDF: {said}",
                expected="tệp .docx mở được bằng LibreOffice",
                hint="Mở tệp .docx bằng LibreOffice để xem lỗi",
            ) from None


def _run(program: str, place: Path, names: Sequence[str], timeout: float) -> str:
    """Run the conversion and return the last line that LibreOffice said."""
    order = [
        *(program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore"),
        *("--convert-to", "pdf", "--outdir", str(place), *(str(place / name) for name in names)),
    ]
    try:
        process = subprocess.Popen(
            order, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True
        )
    except OSError as error:
        raise GiaobanError(
            f"Không chạy được LibreOffice ({program}): {error.strerror}", hint="Cài lại LibreOffice"
        ) from None
    try:
        said, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        # The program is a script that starts the real one: the whole group has to end, or it would live on.
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise GiaobanError(
            f"LibreOffice chưa chuyển xong sau {timeout:g} giây", hint="Thử lại, hoặc xuất tệp .docx"
        ) from None
    lines = said.strip().splitlines()
    return lines[-1] if lines else f"mã thoát {process.returncode}"
