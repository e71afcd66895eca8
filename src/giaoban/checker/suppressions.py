"""Findings that a person lets stand, each with a reason: in a file beside the document, which itself carries no marks.

    [[suppress]]
    code = "GB202"
    quote = "108 đảng viên"
    reason = "Số theo biên bản bàn giao, đã đối chiếu ngày 02/4/2023"

The file has the document's name and the ending ``.giaoban.toml``. Without ``quote`` the whole document is meant.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

ENDING = ".giaoban.toml"
_KEYS = ("code", "quote", "reason")
_CODE = re.compile(r"GB\d\d\d\Z")
_LARGEST_FILE = 1024 * 1024
_EXAMPLE = 'mục [[suppress]] với code = "GB202", quote = "đoạn chữ", reason = "lý do"'


@dataclass(frozen=True, slots=True)
class Suppression:
    """Findings of one rule that stand at a quoted place, and why they are let stand; no quote: anywhere."""

    code: str
    reason: str
    quote: str = ""

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of the quote in a text, however its lines are wrapped."""
        words = self.quote.split()
        if words:
            for match in re.finditer(r"\s+".join(map(re.escape, words)), text):
                yield match.span()

    def covers(self, code: str, start: int, end: int, text: str) -> bool:
        """Tell whether a finding of a rule at ``text[start:end]`` is meant."""
        if code != self.code:
            return False
        return not self.quote or any(first < end and start < last for first, last in self.places(text))


def side_file(path: str | Path) -> Path:
    """Return where the suppressions of a document are kept: «bao-cao.giaoban.toml» beside «bao-cao.docx»."""
    return Path(path).with_suffix(ENDING)


def load_suppressions(path: str | Path, codes: Sequence[str]) -> tuple[Suppression, ...]:
    """Return the suppressions kept beside a document; none where there is no such file.

    Raises:
        InvalidInput: the file is no such list, names no rule of ``codes``, or gives no reason.
    """
    file = side_file(path)
    if not file.is_file():
        return ()
    try:
        data = file.read_bytes() if file.stat().st_size <= _LARGEST_FILE else None
    except OSError as error:
        raise InvalidInput(f"Không mở được tệp ({error.strerror})", where=str(file), expected=_EXAMPLE) from None
    if data is None:
        raise InvalidInput("Tệp bỏ qua quá lớn", where=str(file), expected="tệp không quá 1 MB")
    return parse_suppressions(data, str(file), codes)


def parse_suppressions(data: bytes, where: str, codes: Sequence[str]) -> tuple[Suppression, ...]:
    """Read suppressions from the bytes of a TOML file.

    Raises:
        InvalidInput: as for ``load_suppressions``; the message names the entry.
    """
    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInput(f"Không đọc được tệp bỏ qua: {error}", where=where, expected="tệp TOML, UTF-8") from None
    entries = content.pop("suppress", [])
    if content or not isinstance(entries, list):
        wrong = ", ".join(content) or "suppress"
        raise InvalidInput(f"Tệp bỏ qua có mục lạ: {wrong}", where=where, expected=_EXAMPLE)
    return tuple(_entry(entry, f"{where}, mục {number}", codes) for number, entry in enumerate(entries, 1))


def _entry(entry: Any, where: str, codes: Sequence[str]) -> Suppression:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise InvalidInput("Mục bỏ qua không đúng dạng", where=where, expected=_EXAMPLE)
    if unknown := sorted(set(entry) - set(_KEYS)):
        raise InvalidInput(f"Khóa lạ: {', '.join(unknown)}", where=where, expected=", ".join(_KEYS))
    code, quote, reason = (str(entry.get(key, "")).strip() for key in _KEYS)
    if code.upper() not in codes or not _CODE.match(code.upper()):
        raise InvalidInput(f"Không có quy tắc {quoted(code)}", where=where, expected="một mã đủ ba chữ số như GB202")
    if not any(letter.isalpha() for letter in reason):
        raise InvalidInput(f"Mục bỏ qua {code.upper()} chưa ghi lý do", where=where, expected='reason = "lý do"')
    return Suppression(code.upper(), reason, quote)
