"""The cells of tables in plain text: columns parted by tabs or by «|»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from giaoban.reader.claims.base.numbers import Number, read_number
from giaoban.reader.places import places_of

_CELL = re.compile(r"[^\t|]*")
_RULE = re.compile(r"[\s|:+=-]*")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
NOTHING = ("", "-", "–", "—")
TOTAL = re.compile(r"(?:tổng cộng|tổng số|tổng|cộng)(?: chung)?:?", re.IGNORECASE)
# Numbers that are no amounts, or that are not added up.
NO_AMOUNT = re.compile(
    r"số tt|thứ tự"
    # «Trích lại (30%)» is an amount.
    r"|(?<![0-9])(?<![0-9] )%|tỷ lệ|tỉ lệ|bình quân|trung bình|điểm|mật độ|năng suất|so với"
    r"|\bhạng\b(?! mục)|\bmức\b|\bgiá\b(?! trị)|stt|^tt$|năm sinh|chỉ số|hệ số",
    re.IGNORECASE,
)
_FEWEST_CELLS = 3


@dataclass(slots=True)
class Cell:
    """A cell with its place in the text."""

    start: int
    text: str

    @property
    def number(self) -> Number | None:
        """The number that it holds, if it holds nothing else."""
        return read_number(self.text) if _NUMBER.fullmatch(self.text) else None


Row = list[Cell]


def find_tables(text: str) -> Iterator[list[Row]]:
    """Yield the tables of a text: lines with cells that follow each other."""
    rows: list[Row] = []
    done = -1
    for place in sorted([*places_of(text, "\t"), *places_of(text, "|")]):
        if place < done:
            continue
        start = text.rfind("\n", 0, place) + 1
        if rows and text[done:start].strip("\n\r") + "\n" * (text.count("\n", done, start) > 1):
            yield rows
            rows = []
        done = text.find("\n", place)
        done = len(text) if done < 0 else done
        if cells := cells_of(text[start:done], start):
            rows.append(cells)
    if rows:
        yield rows


def cells_of(line: str, at: int) -> Row:
    """Return the cells of a line; none for one that is no row of a table."""
    if line.count("\t") < _FEWEST_CELLS - 1 and line.count("|") < _FEWEST_CELLS - 1:
        return []
    if _RULE.fullmatch(line):
        return []
    found: Row = []
    for match in _CELL.finditer(line):
        if match.start() and match.start() == match.end() and line[match.start() - 1 : match.start()] not in "\t|":
            continue
        shown = match[0]
        found.append(Cell(at + match.start() + len(shown) - len(shown.lstrip()), shown.strip()))
    if line.lstrip().startswith("|"):
        found = found[1:]
    return found[:-1] if line.rstrip().endswith("|") else found


def makes(parts: list[Number], total: Number, *, is_measured: bool) -> bool:
    """Tell whether parts come to a total, each rounded where they are measured."""
    off = abs(sum((Fraction(part.value) for part in parts), Fraction(-total.value)))
    scale = max(number.scale for number in (total, *parts))
    may_be_rounded = is_measured or scale > 1
    return off * scale <= len(parts) + 1 if may_be_rounded else not off
