"""Which loader reads which file, and what all of them refuse."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from giaoban.core.errors import InvalidInput, NotFound

MODULES = {
    ".txt": "txt",
    ".md": "txt",
    ".docx": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
}
READABLE = ".txt, .docx, .pdf, .html"
LARGEST_FILE = 100 * 1024 * 1024
_OLD_WORD = "Hãy mở bằng Word hoặc LibreOffice và lưu lại thành .docx"

_MACRO = "Hãy mở bằng Word và lưu lại thành .docx (loại không macro)"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file holds.

    ``text`` is what all offsets point into; ``notes`` are Vietnamese sentences, one a line, about what was left out or
    read with doubt (tracked changes, comments, scanned pages), for the person and not part of the text.
    """

    text: str
    notes: tuple[str, ...] = ()


class Loader(Protocol):
    """Turns the bytes of one format into text."""

    def __call__(self, data: bytes, where: str, *, ocr: bool) -> Loaded:
        """Return the text and the notes; ``ocr`` allows to recognise the letters of scanned pages on this machine.

        Raises:
            InvalidInput: the bytes are not of this format, broken or protected; ``where`` names the file.
        """


def load(path: Path, *, ocr: bool = False) -> str:
    """Return the text of a file: ``load_with_notes`` without the notes."""
    return load_with_notes(path, ocr=ocr).text


def load_with_notes(path: Path, *, ocr: bool = False) -> Loaded:
    """Read a file with the loader of its format, which its suffix tells.

    Args:
        path: the file.
        ocr: read scanned pages and pictures with the Tesseract of this machine (the extra ``ocr``).

    Raises:
        NotFound: there is no such file.
        InvalidInput: the format is not read, or the file is too large, broken or protected, or holds scanned pages
            only and ``ocr`` is off or not installed.
    """
    where = str(path)
    module = _module(path, where)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        raise InvalidInput(
            f"Không mở được tệp ({error.strerror})", where=where, expected="tệp mà người dùng có quyền đọc"
        ) from None
    if size > LARGEST_FILE:
        raise InvalidInput(f"Tệp {size / 1e6:.0f} MB quá lớn", where=where, expected="tệp không quá 100 MB")
    loader: Loader = importlib.import_module(f"giaoban.reader.loaders.{module}").load
    return loader(data, where, ocr=ocr)


def _module(path: Path, where: str) -> str:
    """Return the name of the module that reads a file, which must be there."""
    try:
        is_there, is_folder = path.exists(), path.is_dir()
    except (OSError, ValueError):
        # A name that no file can have: too long, or with a NUL.
        is_there = is_folder = False
    if not is_there:
        raise NotFound("Không có tệp này", where=where, expected="đường dẫn của một tệp có thật")
    if is_folder:
        raise InvalidInput("Đây là thư mục, không phải tệp", where=where, expected=f"tệp {READABLE}")
    suffix = path.suffix.lower()
    if suffix in (".doc", ".dot"):
        raise InvalidInput(f"Đây là tệp Word dạng cũ ({suffix})", where=where, expected="tệp .docx", hint=_OLD_WORD)
    if suffix in (".docm", ".dotm"):
        raise InvalidInput(
            f"Tệp {suffix} là loại có macro, không được mở", where=where, expected="tệp .docx", hint=_MACRO
        )
    if suffix not in MODULES:
        raise InvalidInput(
            f"Chưa đọc được định dạng {path.suffix or '(không đuôi)'}", where=where, expected=f"tệp {READABLE}"
        )
    return MODULES[suffix]
