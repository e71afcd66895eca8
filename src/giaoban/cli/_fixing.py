"""Writes a file anew with its safe fixes: a text in the same encoding, a Word document with the same layout."""

from __future__ import annotations

import codecs
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from giaoban.checker import Rule, Suppression
from giaoban.checker.fixing import Made, fix_text
from giaoban.checker.fixing_word import fix_word
from giaoban.core.errors import InvalidInput

FIXABLE = (".txt", ".md", ".docx")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def fix_file(
    path: Path, text: str, rules: Sequence[Rule], suppressions: Sequence[Suppression]
) -> tuple[tuple[Made, ...], str]:
    """Make the safe fixes of a file and write it, if there are any.

    Args:
        path: the file; one of ``FIXABLE``.
        text: what the reader made of it.
        rules: the rules whose fixes are wanted.
        suppressions: what is to stay as it is.

    Returns:
        the fixes and the text after them.

    Raises:
        InvalidInput: the file cannot be written, its encoding cannot be kept, or it bears a digital signature.
    """
    if path.suffix.lower() == ".docx":
        word = fix_word(path.read_bytes(), str(path), rules, suppressions)
        if word.made:
            _write(path.resolve(), word.data)
        return word.made, word.text
    fixed = fix_text(text, rules, suppressions, name=str(path))
    if fixed.made:
        data = path.read_bytes()
        mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
        if mark + text.encode(encoding, "surrogatepass") != data:
            raise InvalidInput(
                "Không sửa được vì không giữ nguyên được bảng mã của tệp",
                where=str(path),
                expected="tệp UTF-8 hoặc UTF-16",
                hint="Hãy lưu lại tệp với mã hóa UTF-8 rồi chạy lại",
            )
        _write(path.resolve(), mark + fixed.text.encode(encoding, "surrogatepass"))
    return fixed.made, fixed.text


def _write(path: Path, data: bytes) -> None:
    """Replace a file whole or not at all; its rights stay."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
            new = Path(stream.name)
            stream.write(data)
        try:
            shutil.copymode(path, new)
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InvalidInput(
            f"Không ghi được tệp ({error.strerror})", where=str(path), expected="tệp mà người dùng có quyền ghi"
        ) from None
