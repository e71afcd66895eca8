"""Letters in pictures, recognised by the program Tesseract of this machine; nothing leaves it."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from giaoban.core.errors import InvalidInput

HINT = "Muốn đọc ảnh quét: cài phần bổ sung giaoban[ocr] và chương trình tesseract (docs/ocr.md), rồi bật nhận dạng chữ"
LANGUAGE = "vie"
_EXPECTED = "Tesseract với dữ liệu tiếng Việt trên máy này"
_INSTALL = "Hãy cài: apt install tesseract-ocr tesseract-ocr-vie (xem docs/ocr.md)"
# A page takes about 3 seconds on one core.
_SECONDS = 120.0
_ASK_SECONDS = 20.0
_BLANKS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program, found and known to read Vietnamese."""

    command: str

    def read(self, picture: Path, where: str, *, seconds: float = _SECONDS) -> str:
        """Return the text of a picture; a picture of several pages (TIFF) has form feeds between them.

        Raises:
            InvalidInput: the program failed or took too long; ``where`` names the file.
        """
        # Wide gaps between words are kept: they tell the two columns of a letterhead apart.
        options = ["-l", LANGUAGE, "-c", "preserve_interword_spaces=1"]
        done = _run([self.command, str(picture), "stdout", *options], where, seconds)
        if done.returncode:
            raise InvalidInput(
                "Tesseract không đọc được ảnh này", where=where, hint="Hãy quét lại, 300 dpi, PNG hoặc TIFF"
            )
        text = done.stdout.decode("utf-8", "replace").replace("\0", "")
        return _BLANKS.sub("\n\n", text.replace("\r\n", "\n")).strip("\n\f ")


def find(where: str) -> Tesseract:
    """Return the program of this machine.

    Raises:
        InvalidInput: the extra, the program or its Vietnamese data are not installed; the line says what to install.
    """
    if importlib.util.find_spec("PIL") is None:
        raise InvalidInput(
            "Chưa cài phần bổ sung để nhận dạng chữ",
            where=where,
            hint="Hãy cài: pip install 'giaoban[ocr]' (xem docs/ocr.md)",
        )
    command = shutil.which("tesseract")
    if command is None:
        raise InvalidInput("Máy này chưa có chương trình tesseract", where=where, expected=_EXPECTED, hint=_INSTALL)
    done = _run([command, "--list-langs"], where, _ASK_SECONDS)
    # Version 4 and later print the list on standard output, older ones on standard error.
    if LANGUAGE not in (done.stdout + done.stderr).decode("utf-8", "replace").split():
        raise InvalidInput("Tesseract chưa có dữ liệu tiếng Việt", where=where, expected=_EXPECTED, hint=_INSTALL)
    return Tesseract(command)


def _run(command: list[str], where: str, seconds: float) -> subprocess.CompletedProcess[bytes]:
    # More threads make Tesseract slower where the cores are busy.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise InvalidInput(
            "Nhận dạng chữ quá lâu, đã dừng", where=where, hint="Hãy quét lại, 300 dpi, từng trang"
        ) from None
    except OSError as error:
        raise InvalidInput(f"Không chạy được tesseract ({error.strerror})", where=where, hint=_INSTALL) from None
