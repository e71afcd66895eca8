"""Numbers that Word counts by itself: «I-», «1.», «1.1.», «a)» stand in no paragraph's text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip

# Beyond these a number is printed in digits: thousands of letters before each paragraph would fill the memory.
_LAST_ROMAN, _LAST_LETTERS = 3_999, 780
_MOST_DIGITS, _LONGEST_PATTERN = 6, 100


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    pattern: str


class Numbering:
    """Counts the paragraphs of every list as Word does.

    Args:
        numbering: root of ``word/numbering.xml``, if the document has lists.
        styles: root of ``word/styles.xml``: a style may number its paragraphs.
    """

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        abstract = {_value(item, "abstractNumId"): _levels(item) for item in _all(numbering, "abstractNum")}
        self._lists: dict[str, dict[int, _Level]] = {}
        self._family: dict[str, str] = {}
        for item in _all(numbering, "num"):
            number, shape = _value(item, "numId"), _child_value(item, "abstractNumId")
            self._lists[number] = abstract.get(shape, {})
            self._family[number] = shape
        self._styles = {_value(style, "styleId"): _list_place(style.find(f"{W}pPr")) for style in _all(styles, "style")}
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, properties: Element | None) -> str:
        """Return what Word prints before a paragraph with these properties, with a blank; nothing outside a list."""
        place = _list_place(properties)
        if place is None and properties is not None:
            place = self._styles.get(_child_value(properties, "pStyle"))
        if place is None or place[0] not in self._lists:
            return ""
        number, depth = place
        levels = self._lists[number]
        level = levels.get(depth)
        if level is None or level.form == "none":
            return ""
        counts = self._counts.setdefault(self._family[number], {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return "- "
        return _PLACE.sub(lambda match: self._shown(levels, counts, int(match[1]) - 1), level.pattern) + " "

    @staticmethod
    def _shown(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth)
        return _written(counts.get(depth, level.start if level else 1), level.form if level else "decimal")


def _all(root: Element | None, name: str) -> list[Element]:
    return list(root.iter(f"{W}{name}")) if root is not None else []


def _value(item: Element, name: str) -> str:
    return item.get(f"{W}{name}", "")


def _child_value(item: Element, name: str) -> str:
    child = item.find(f"{W}{name}")
    return _value(child, "val") if child is not None else ""


def _levels(item: Element) -> dict[int, _Level]:
    found = {}
    for level in item.findall(f"{W}lvl"):
        depth, start = _whole(_value(level, "ilvl")), _whole(_child_value(level, "start"))
        if depth is not None:
            form = _child_value(level, "numFmt") or "decimal"
            pattern = _child_value(level, "lvlText")[:_LONGEST_PATTERN]
            found[depth] = _Level(1 if start is None else start, form, pattern)
    return found


def _whole(text: str) -> int | None:
    """Return a number of the file; None for what is none, or larger than Word writes."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def _list_place(properties: Element | None) -> tuple[str, int] | None:
    """Return list and depth of a paragraph, as its properties give them."""
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    if numbered is None:
        return None
    return _child_value(numbered, "numId"), _whole(_child_value(numbered, "ilvl")) or 0


def _written(value: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman") and 0 < value <= _LAST_ROMAN:
        text = ""
        for size, letters in _ROMAN:
            text += letters * (value // size)
            value %= size
        return text if form == "upperRoman" else text.lower()
    if form in ("upperLetter", "lowerLetter") and 0 < value <= _LAST_LETTERS:
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    return f"{value:02}" if form == "decimalZero" else str(value)
