"""Bands of an item as lines that people type: «4: Từ 90 % [tỷ lệ dự >= 90; số vắng không lý do <= 0]»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from giaoban.apps.meetings.rubrics.facts import FACTS, SIDES
from giaoban.apps.meetings.rubrics.model import Band
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted

OTHERWISE = "còn lại"
_LINE = re.compile(r"(?P<points>[0-9.,]+)\s*(?:điểm\s*)?:\s*(?P<words>[^\[\]]*?)\s*(?:\[(?P<needs>[^\[\]]*)\])?\Z")
_NEED = re.compile(r"(?P<name>.+?)\s*(?P<side>>=|<=|≥|≤)\s*(?P<limit>[0-9.,]+)\Z")
_NAMES = {words: name for name, words in FACTS.items()}
_SIDES = {">=": "least", "≥": "least", "<=": "most", "≤": "most"}


def band_lines(bands: Iterable[Band]) -> str:
    """Return bands as lines, the first the best."""
    return "\n".join(_line(band) for band in bands)


def _line(band: Band) -> str:
    needs = [OTHERWISE] if band.otherwise else []
    for need, limit in band.needs:
        name, _, side = need.rpartition("_")
        needs.append(f"{FACTS[name]} {SIDES[side]} {format_number(limit)}")
    return f"{format_number(band.points)}: {band.words}" + (f" [{'; '.join(needs)}]" if needs else "")


def read_bands(text: str, *, where: str) -> list[dict[str, Any]]:
    """Return the bands that lines say, as ``read_rubric`` takes them; empty lines are left out.

    Raises:
        InvalidInput: a line that cannot be read, with its number.
    """
    rows = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    return [_band(line, number, where) for number, line in rows if line]


def _band(line: str, number: int, where: str) -> dict[str, Any]:
    found = _LINE.match(line)
    if found is None:
        raise InvalidInput(
            f"Dòng {number} không đọc được: {quoted(line[:60])}",
            where=where,
            expected="số điểm, dấu hai chấm, lời: «4: Khá»",
        )
    made: dict[str, Any] = {"points": _number(found["points"], number, where), "words": found["words"]}
    needs: dict[str, Any] = {}
    for part in (found["needs"] or "").split(";"):
        words = " ".join(part.split())
        if words == OTHERWISE:
            made["otherwise"] = True
        elif words:
            name, limit = _need(words, number, where)
            needs[name] = limit
    if needs:
        made["needs"] = needs
    return made


def _need(words: str, number: int, where: str) -> tuple[str, int | float]:
    found = _NEED.match(words)
    if found is None or found["name"].lower() not in _NAMES:
        raise InvalidInput(
            f"Dòng {number}, sổ không biết «{words[:60]}»",
            where=where,
            expected=f"«{OTHERWISE}», hoặc tên kèm >= hay <= và số: " + ", ".join(_NAMES),
        )
    return f"{_NAMES[found['name'].lower()]}_{_SIDES[found['side']]}", _number(found["limit"], number, where)


def _number(text: str, number: int, where: str) -> int | float:
    plain = text.replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", plain):
        raise InvalidInput(
            f"Dòng {number}: {quoted(text)} không phải số", where=where, expected="một số, ví dụ 4 hoặc 0,5"
        )
    value = Decimal(plain)
    return int(value) if value == value.to_integral_value() else float(value)
