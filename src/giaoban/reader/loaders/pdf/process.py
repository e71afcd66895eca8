"""Asks the worker process, with limits on its time; what it cannot do becomes one clear line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from giaoban.core.errors import InvalidInput
from giaoban.reader.loaders.sniff import mismatch

# A page takes 5 to 30 ms, so this is a hundred times what 300 pages need; drawing a page takes up to a second.
TEXT_SECONDS = 120.0
RENDER_SECONDS = 120.0
_EXPECTED = "tệp .pdf không đặt mật khẩu"
_REASONS = {
    "password": ("Tệp được đặt mật khẩu", "Hãy bỏ mật khẩu rồi lưu lại"),
    "broken": ("Tệp PDF bị hỏng hoặc bị cắt cụt", "Hãy lấy lại tệp gốc"),
    "pages": ("Tệp PDF có quá nhiều trang", "Hãy tách tệp, mỗi tệp không quá 3.000 trang"),
    "characters": ("Tệp PDF có trang dày đặc chữ khác thường", "Hãy in lại thành tệp PDF mới rồi đọc"),
}
_SLOW = ("Tệp PDF quá phức tạp, đọc không xong trong thời gian cho phép", "Hãy in lại thành tệp PDF mới rồi đọc")


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page; ``scanned`` if it holds a picture in place of text."""

    text: str
    scanned: bool


def read_pages(data: bytes, where: str, *, seconds: float = TEXT_SECONDS) -> list[PageText]:
    """Return the pages of a PDF file.

    Raises:
        InvalidInput: no PDF, protected, damaged, too large or too slow.
    """
    if b"%PDF-" not in data[:1024]:
        message, hint = mismatch(data, ".pdf")
        raise InvalidInput(message, where=where, expected=_EXPECTED, hint=hint)
    answer = _ask(data, where, seconds, "text")
    pages = answer.get("pages")
    if not isinstance(pages, list):
        raise _refusal(str(answer.get("error")), where)
    return [PageText(page["text"], page["scanned"]) for page in pages]


def render_page(data: bytes, where: str, number: int, folder: Path, *, seconds: float = RENDER_SECONDS) -> Path:
    """Draw a page, counted from 0, into a folder and return the picture.

    Raises:
        InvalidInput: the page cannot be drawn.
    """
    answer = _ask(data, where, seconds, "render", str(folder), str(number))
    picture = folder / f"page-{number:04}.png"
    if not picture.exists():
        raise _refusal(str(answer.get("error")), where)
    return picture


def _ask(data: bytes, where: str, seconds: float, *arguments: str) -> dict[str, object]:
    # -P: a file named like a library in the current folder must not be taken for it.
    command = [sys.executable, "-P", "-m", "giaoban.reader.loaders.pdf.worker", *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "ignore"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, env=environment, check=False)
    except subprocess.TimeoutExpired:
        message, hint = _SLOW
        raise InvalidInput(message, where=where, expected=_EXPECTED, hint=hint) from None
    except OSError as error:
        raise InvalidInput(f"Không chạy được phần đọc PDF ({error.strerror})", where=where) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        # Killed, out of memory, or crashed inside PDFium.
        answer = {"error": "broken"}
    return answer if isinstance(answer, dict) else {"error": "broken"}


def _refusal(code: str, where: str) -> InvalidInput:
    message, hint = _REASONS.get(code, _REASONS["broken"])
    return InvalidInput(message, where=where, expected=_EXPECTED, hint=hint)
