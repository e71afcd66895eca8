"""Which loader reads which file, and what all of them refuse."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Protocol

from giaoban.core.errors import InvalidInput, NotFound

MODULES = {".txt": "txt", ".md": "txt", ".docx": "docx"}
READABLE = ".txt, .docx"
LARGEST_FILE = 100 * 1024 * 1024


class Loader(Protocol):
    """Turns the bytes of one format into text."""

    def __call__(self, data: bytes, where: str) -> str:
        """Return the text.

        Raises:
            InvalidInput: the bytes are not of this format, broken or protected; ``where`` names the file.
        """


def load(path: Path) -> str:
    """Read a file with the loader of its format, which its suffix tells.

    Raises:
        NotFound: there is no such file.
        InvalidInput: the format is not read, or the file is empty, too large, broken or protected.
    """
    where = str(path)
    module = MODULES.get(path.suffix.lower())
    if not path.exists():
        raise NotFound("Không có tệp này", where=where, expected="đường dẫn của một tệp có thật")
    if path.is_dir():
        raise InvalidInput("Đây là thư mục, không phải tệp", where=where, expected=f"tệp {READABLE}")
    if module is None:
        raise InvalidInput(
            f"Chưa đọc được định dạng {path.suffix or '(không đuôi)'}", where=where, expected=f"tệp {READABLE}"
        )
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
    return loader(data, where)
