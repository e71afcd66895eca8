"""A rubric written back: as the data that an office keeps, and as a file that people edit."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from giaoban.apps.meetings.rubrics.model import Band, Item, Rubric


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def rubric_body(rubric: Rubric) -> dict[str, Any]:
    """Return a rubric as ``read_rubric`` takes it: text and numbers only."""
    return {
        "code": rubric.code,
        "title": rubric.title,
        "source": rubric.source,
        "confirmed": rubric.confirmed,
        "minutes": rubric.minutes,
        "minutes_large": rubric.minutes_large,
        "large_from": rubric.large_from,
        "without_thematic": rubric.without_thematic,
        "limits": {code: _number(least) for code, least in rubric.limits},
        "sections": [
            {"code": one.code, "title": one.title, "items": [_item(item) for item in one.items]}
            for one in rubric.sections
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    made: dict[str, Any] = {"code": item.code, "title": item.title, "most": _number(item.most)}
    if item.thematic:
        made["thematic"] = True
    if item.hint:
        made["hint"] = item.hint
    made["bands"] = [_band(band) for band in item.bands]
    return made


def _band(band: Band) -> dict[str, Any]:
    made: dict[str, Any] = {"points": _number(band.points), "words": band.words}
    if band.needs:
        made["needs"] = {name: _number(limit) for name, limit in band.needs}
    if band.otherwise:
        made["otherwise"] = True
    return made


def _value(value: Any) -> str:
    """Write a value of one line; a JSON string is a TOML string but for the sign DEL."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def rubric_toml(rubric: Rubric) -> str:
    """Return a rubric as the text of a TOML file: a line for each band."""
    body = rubric_body(rubric)
    sections = body.pop("sections")
    lines = [f"{key} = {_value(value)}" for key, value in body.items()]
    for section in sections:
        lines += ["", "[[sections]]", f"code = {_value(section['code'])}", f"title = {_value(section['title'])}"]
        for item in section["items"]:
            bands = item.pop("bands")
            lines.append("[[sections.items]]")
            lines += [f"{key} = {_value(value)}" for key, value in item.items()]
            lines += ["bands = [", *(f"  {_value(band)}," for band in bands), "]"]
    return "\n".join(lines) + "\n"
