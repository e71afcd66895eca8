"""Each field of the JSON of ``giaoban read``: its type, its form, and that its offsets point at its text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from giaoban.reader import read_text
from giaoban.reader.output import as_json

DATA = Path(__file__).parents[2] / "corpus" / "data"
READ = sorted(DATA.glob("fifth/*.txt"))[::4] + sorted(DATA.glob("wide/*.txt"))[::4] + sorted(DATA.glob("o*/*.txt"))[:3]

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
# A day, or a period as the contract writes it.
_DEADLINE = re.compile(r"\d{4}-\d\d-\d\d|\d{4}(-M\d\d|-Q[1-4]|-H[12]|-9M)?|\d{4}\.\.\d{4}")


def text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def maybe(is_right: Any) -> Any:
    return lambda value: value is None or is_right(value)


def number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def texts(value: object) -> bool:
    return isinstance(value, list) and all(map(text, value))


def day(value: object) -> bool:
    return isinstance(value, str) and bool(_DATE.fullmatch(value))


def deadline(value: object) -> bool:
    return isinstance(value, str) and bool(_DEADLINE.fullmatch(value))


def index(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def goal(value: object) -> bool:
    return number(value) or (isinstance(value, list) and len(value) == 2 and all(map(number, value)))


SPAN = {"start": index, "end": index, "text": text}
FIELDS: dict[str, dict[str, Any]] = {
    "sections": {"path": text, "number": text, "title": lambda v: isinstance(v, str), "level": index,
                 "start": index, "end": index},
    "citations": SPAN | {
        "kind": {"party", "state", "standard", "short", "unnumbered"}.__contains__, "symbol": maybe(text),
        "number": maybe(text), "type": maybe(text), "issuer": maybe(text), "date": maybe(day),
        "refers_to": maybe(index)},
    "claims": SPAN | {
        "kind": {"ratio", "sum", "percent_of", "growth", "anniversary"}.__contains__,
        "values": lambda v: isinstance(v, list) and all(map(number, v)),
        "holds": (True, False, None).__contains__, "explain": lambda v: isinstance(v, str)},
    "targets": SPAN | {
        "name": text, "op": {">=", ">", "=", "<=", "<", "range", "keep"}.__contains__, "value": maybe(goal),
        "unit": maybe(text), "deadline": maybe(deadline), "section": maybe(text), "parent": maybe(index)},
    "tasks": SPAN | {"assignees": texts, "deadline": maybe(deadline), "recurrence": maybe(text),
                     "section": maybe(text)},
    "repairs": {"start": index, "end": index, "printed": text, "suggested": text,
                "confidence": lambda v: number(v) and 0 <= v <= 1},
}  # fmt: skip
HEADER = {
    "issuer": maybe(text), "symbol": maybe(text), "number": maybe(text), "type": maybe(text), "place": maybe(text),
    "date": maybe(day), "title": maybe(text), "recipients": texts, "signers": lambda v: isinstance(v, list),
}  # fmt: skip


def is_signer(value: dict[str, Any]) -> bool:
    return list(value) == ["capacity", "position", "name"] and all(map(maybe(text), value.values()))


def faults(shown: dict[str, Any], source: str) -> list[str]:
    """What of one file's JSON is not as the contract says."""
    found = [f"header.{key}: {shown['header'][key]!r}" for key, ok in HEADER.items() if not ok(shown["header"][key])]
    found += [f"signer: {one}" for one in shown["header"]["signers"] if not is_signer(one)]
    for name, checks in FIELDS.items():
        for item in shown[name]:
            if set(item) != set(checks):
                found.append(f"{name}: keys {set(item) ^ set(checks)}")
            found += [f"{name}.{key}: {item[key]!r}" for key, ok in checks.items() if not ok(item[key])]
            printed = item.get("text", item.get("printed"))
            if printed is not None and source[item["start"] : item["end"]] != printed:
                found.append(f"{name}: {printed!r} does not stand at {item['start']}")
            found += links(name, item, shown)
    return found


def links(name: str, item: dict[str, Any], shown: dict[str, Any]) -> list[str]:
    """What of an item's relations to others does not fit."""
    if name == "citations" and (meant := item["refers_to"]) is not None:
        first = shown["citations"][meant]
        # A repeat without its date may stand before the first full citation.
        if first is item or first["refers_to"] is not None:
            return [f"citation {item['text']!r} refers to {first['text']!r}, which is no first full one"]
    if name == "targets":
        wants = {"range": list, "keep": type(None)}.get(item["op"], (int, float))
        if not isinstance(item["value"], wants):
            return [f"target {item['text']!r}: {item['op']} with {item['value']!r}"]
    if "section" in item and item["section"] and item["section"] not in {one["path"] for one in shown["sections"]}:
        return [f"{name}: no section {item['section']!r}"]
    return []


@pytest.mark.parametrize("file", READ, ids=lambda file: file.stem)
def test_each_field_is_as_the_contract_says(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    shown = json.loads(json.dumps(as_json(read_text(source, name=str(file)), with_text=True)))
    assert list(shown) == [
        "file", "characters", "text", "header", "sections", "citations", "claims", "targets", "tasks", "repairs",
    ]  # fmt: skip
    assert (shown["text"], shown["characters"]) == (source, len(source))
    assert faults(shown, source) == []


def test_the_files_read_show_each_kind_of_thing() -> None:
    shown = [as_json(read_text(file.read_text(encoding="utf-8"))) for file in READ]
    assert {name for one in shown for name in FIELDS if one[name]} == set(FIELDS)
