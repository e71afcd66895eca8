"""PDF of a written .docx, made by LibreOffice where it is installed, so that both show the same pages."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from giaoban.core.errors import GiaobanError

COMMAND = "soffice"


def to_pdf(docx: bytes, *, command: str = COMMAND, timeout: float = 120) -> bytes:
    """Convert a .docx to PDF.

    LibreOffice runs without a window in a temporary folder with a profile of its own: it neither meets one that the
    user has open nor leaves anything behind.

    Args:
        docx: the bytes of the .docx.
        command: name or path of LibreOffice's program.
        timeout: seconds after which the conversion is given up.

    Raises:
        GiaobanError: LibreOffice is not installed, gave no file, or took too long.
    """
    program = shutil.which(command)
    if program is None:
        raise GiaobanError(
            f"Không tìm thấy LibreOffice (lệnh {command!r}) để tạo tệp PDF",
            expected="LibreOffice Writer cài trên máy này",
            hint="Cài bằng lệnh: sudo apt install libreoffice-writer fonts-croscore; hoặc xuất tệp .docx",
        )
    with tempfile.TemporaryDirectory(prefix="giaoban-pdf-") as folder:
        place = Path(folder)
        (place / "van-ban.docx").write_bytes(docx)
        said = _run(program, place, timeout)
        try:
            return (place / "van-ban.pdf").read_bytes()
        except FileNotFoundError:
            raise GiaobanError(
                f"LibreOffice không tạo được tệp PDF: {said}",
                expected="tệp .docx mở được bằng LibreOffice",
                hint="Mở tệp .docx bằng LibreOffice để xem lỗi",
            ) from None


def _run(program: str, place: Path, timeout: float) -> str:
    """Run the conversion and return the last line that LibreOffice said."""
    order = [
        *(program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore"),
        *("--convert-to", "pdf", "--outdir", str(place), str(place / "van-ban.docx")),
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
