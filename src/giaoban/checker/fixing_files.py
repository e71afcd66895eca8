"""Makes safe fixes in a file: a text keeps its encoding and line ends, a Word document its layout."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path

from giaoban.checker.base import Rule
from giaoban.checker.fixing import FixedFile, fix_text
from giaoban.checker.fixing_word import fix_word
from giaoban.checker.suppressions import Suppression
from giaoban.core.errors import InvalidInput

FIXABLE = (".txt", ".md", ".docx")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def is_fixable(name: str) -> bool:
    """Tell whether fixes can be made in a file of this name."""
    return Path(name).suffix.lower() in FIXABLE


def fix_bytes(
    data: bytes, text: str, rules: Sequence[Rule] | None = None, suppressions: Sequence[Suppression] = (), *, name: str
) -> FixedFile:
    """Make the safe fixes of a file; without any its bytes stay as they are.

    Args:
        data: what the file holds.
        text: what the reader made of it.
        rules: the rules whose fixes are wanted, all by default.
        suppressions: what is to stay as it is.
        name: the file's name, which ``is_fixable``.

    Raises:
        InvalidInput: its encoding cannot be kept, it bears a digital signature, or it cannot be fixed without changing
            more than the fixes.
    """
    if Path(name).suffix.lower() == ".docx":
        return fix_word(data, name, rules, suppressions)
    fixed = fix_text(text, rules, suppressions, name=name)
    if not fixed.made:
        return FixedFile(data, text, ())
    mark, encoding = next(((mark, known) for mark, known in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    if mark + text.encode(encoding, "surrogatepass") != data:
        raise InvalidInput(
            "Không sửa được vì không giữ nguyên được bảng mã của tệp",
            where=name,
            expected="tệp UTF-8 hoặc UTF-16",
            hint="Hãy lưu lại tệp với mã hóa UTF-8 rồi làm lại",
        )
    return FixedFile(mark + fixed.text.encode(encoding, "surrogatepass"), fixed.text, fixed.made)
