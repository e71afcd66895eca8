"""Writes a file anew with its safe fixes, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from giaoban.checker import Rule, Suppression
from giaoban.checker.fixing import Made
from giaoban.checker.fixing_files import fix_bytes
from giaoban.core.errors import InvalidInput


def fix_file(
    path: Path, text: str, rules: Sequence[Rule], suppressions: Sequence[Suppression]
) -> tuple[tuple[Made, ...], str]:
    """Make the safe fixes of a file and write it, if there are any.

    Args:
        path: the file, which ``is_fixable``.
        text: what the reader made of it.
        rules: the rules whose fixes are wanted.
        suppressions: what is to stay as it is.

    Returns:
        the fixes and the text after them.

    Raises:
        InvalidInput: the file cannot be written, or not fixed; see ``fix_bytes``.
    """
    fixed = fix_bytes(path.read_bytes(), text, rules, suppressions, name=str(path))
    if fixed.made:
        _write(path.resolve(), fixed.data)
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
