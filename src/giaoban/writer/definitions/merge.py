"""A definition that says only what is different from another: ``extends = "quarter"``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted
from giaoban.writer.definitions.lines import LINES, at

_Table = dict[str, Any]


def merged(base: Mapping[str, Any], own: Mapping[str, Any], where: str) -> _Table:
    """Return the base with what ``own`` changes.

    Single values and the title replace the base's. A section or an appendix of the same id changes what it names; its
    ``more`` is added to the paragraphs (groups) of the base, ``remove = true`` takes it away. A new one needs
    ``after``: the id behind which, and behind all that stands below which, it comes; an appendix comes last.

    Raises:
        InvalidInput: it removes, or stands after, what is not there.
    """
    found = {**base, **{key: value for key, value in own.items() if key not in ("extends", "sections", "appendices")}}
    found["sections"] = _changed(base, own, "sections", "paragraphs", where)
    found["appendices"] = _changed(base, own, "appendices", "groups", where)
    return found


def _changed(base: Mapping[str, Any], own: Mapping[str, Any], what: str, inner: str, where: str) -> list[_Table]:
    entries = [dict(entry) for entry in base.get(what, [])]
    for change in own.get(what, []):
        if not isinstance(change, dict):
            raise InvalidInput(f"Mục {quoted(what)} không phải danh sách bảng", where=where, expected=f"[[{what}]]")
        change = dict(change)
        here = at(where, change.get(LINES, {}), "")
        place = next((order for order, entry in enumerate(entries) if entry.get("id") == change.get("id")), None)
        if change.pop("remove", False):
            _need(place, change.get("id"), entries, here)
            del entries[place or 0]
        elif place is None:
            entries.insert(_behind(entries, change, what, here), change)
        else:
            more = change.pop("more", [])
            entries[place] |= change
            if more:
                entries[place][inner] = [*entries[place].get(inner, []), *more]
    return entries


def _behind(entries: list[_Table], change: _Table, what: str, where: str) -> int:
    after = change.pop("after", None)
    if what == "appendices" and after is None:
        return len(entries)
    if after is None:
        raise InvalidInput(
            f"Phần {quoted(change.get('id'))} là phần mới nhưng chưa nói đứng sau phần nào",
            where=where,
            expected=f'mục after = "...", một trong {", ".join(str(entry.get("id")) for entry in entries)}',
        )
    found = next((order for order, entry in enumerate(entries) if entry.get("id") == after), None)
    _need(found, after, entries, where)
    place = (found or 0) + 1
    while place < len(entries) and entries[place].get("level", 0) > change.get("level", 0):
        place += 1
    return place


def _need(place: int | None, name: object, entries: list[_Table], where: str) -> None:
    if place is None:
        known = ", ".join(str(entry.get("id")) for entry in entries)
        raise InvalidInput(f"Mẫu gốc không có phần {quoted(name)}", where=where, expected=f"một trong {known}")
