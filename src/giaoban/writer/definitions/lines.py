"""Where in its file each table and key of a definition stands, so that an error can name the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from giaoban.core.errors import InvalidInput

# A key that no TOML file can hold: under it each table keeps its own line («») and those of its keys.
LINES = "\0lines"

_HEADER = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?\Z")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*=""")
_SYNTAX = re.compile(r"\(at line (\d+), column (\d+)\)\Z")
_QUOTES = ('"""', "'''")


def read_toml(text: str, where: str) -> dict[str, Any]:
    """Return the tables of a text, each with its lines under ``LINES``.

    Raises:
        InvalidInput: it is no TOML; the line is named.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX.search(str(error))
        place = f"{where}, dòng {found[1]}, cột {found[2]}" if found else where
        said = [*text.splitlines(), ""][int(found[1]) - 1].strip() if found else ""
        raise InvalidInput(
            f"Không đọc được mẫu báo cáo: sai cú pháp{f' ở «{said}»' if said else ''}",
            where=place,
            expected='tệp TOML: mỗi dòng một mục như title = "Công tác đảng viên", đầu phần như [[sections]]',
            hint="Xem dòng nêu ở trên và dòng ngay trước nó: thường thiếu dấu ngoặc kép, dấu phẩy hay dấu ngoặc vuông",
        ) from None
    _note(text, data)
    return data


def at(where: str, lines: Mapping[str, int], key: str = "") -> str:
    """Return the place with its line: that of the key, else that of its table."""
    line = lines.get(key) or lines.get("")
    return f"{where}, dòng {line}" if line else where


def _note(text: str, data: dict[str, Any]) -> None:
    """Write into each table where it stands; what stands inside a string of several lines is no key."""
    seen: dict[str, int] = {}
    table = data
    table[LINES] = {"": 1}
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = "" if line.count(inside) % 2 else inside
            continue
        if header := _HEADER.match(line):
            table = _table(data, header[1], seen, repeated=line.lstrip().startswith("[["))
            table[LINES] = {"": number}
        elif key := _KEY.match(line):
            table[LINES][key[1] or key[2] or key[3]] = number
        inside = next((quotes for quotes in _QUOTES if line.count(quotes) % 2), "")


def _table(data: dict[str, Any], path: str, seen: dict[str, int], *, repeated: bool) -> dict[str, Any]:
    """Return the table that a header begins; ``seen`` counts those of each list since the one above it began."""
    if repeated:
        seen[path] = seen.get(path, -1) + 1
        for below in [name for name in seen if name.startswith(f"{path}.")]:
            del seen[below]
    node: Any = data
    whole = ""
    for part in path.split("."):
        whole = f"{whole}.{part}" if whole else part
        node = node[part]
        if isinstance(node, list):
            node = node[seen.get(whole, 0)]
    found: dict[str, Any] = node
    return found
