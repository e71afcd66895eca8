"""Tables with drawn borders: which lines form a grid, and which words stand in which cell."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from giaoban.reader.loaders.pdf.rows import Row, make_rows
from giaoban.reader.loaders.pdf.words import Word, turn

_THIN = 3.0
_TOUCH = 3.0
_SHORTEST = 6.0
_MOST_LINES = 4_000
_FAR = 1.0e5


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points."""

    left: float
    bottom: float
    right: float
    top: float

    def touches(self, other: Box) -> bool:
        return (
            self.left - _TOUCH <= other.right
            and other.left - _TOUCH <= self.right
            and self.bottom - _TOUCH <= other.top
            and other.bottom - _TOUCH <= self.top
        )

    def around(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its place, the heights of its horizontal lines from the top, and its vertical lines."""

    box: Box
    levels: tuple[float, ...]
    verticals: tuple[Box, ...]

    def holds(self, word: Word) -> bool:
        middle, height = (word.left + word.right) / 2, word.y + word.size * 0.3
        return self.box.left <= middle <= self.box.right and self.box.bottom <= height <= self.box.top

    def lines(self, words: Iterable[Word]) -> list[str]:
        """Return one line for each row of the table, tabs between its cells."""
        bands: list[list[Word]] = [[] for _ in range(len(self.levels) + 1)]
        for word in words:
            bands[sum(level > word.y + word.size * 0.3 for level in self.levels)].append(word)
        return [self._line(number, band) for number, band in enumerate(bands) if band]

    def _line(self, number: int, band: list[Word]) -> str:
        top = self.levels[number - 1] if number else self.box.top
        bottom = self.levels[number] if number < len(self.levels) else self.box.bottom
        middle = (top + bottom) / 2
        edges = _distinct(line.left for line in self.verticals if line.bottom <= middle <= line.top)[::-1]
        cells: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
        for word in band:
            cells[sum(edge < (word.left + word.right) / 2 for edge in edges)].append(word)
        inside = cells[1:-1] if len(cells) > 2 else cells
        for outer, place in ((cells[0], 0), (cells[-1], -1)):
            if len(cells) > 2:
                inside[place] += outer
        return "\t".join(" ".join(row.text for row in make_rows(cell)) for cell in inside)


def page_lines(page: pdfium.PdfPage, direction: int) -> list[Box]:
    """Return the thin lines and the rectangles' sides that a page draws, turned as its text is."""
    found: list[Box] = []
    sides = [ctypes.c_float() for _ in range(4)]
    references = [ctypes.byref(side) for side in sides]
    for number in range(raw.FPDFPage_CountObjects(page.raw)):
        item = raw.FPDFPage_GetObject(page.raw, number)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(item, *references):
            continue
        corners = turn(sides[0].value, sides[1].value, direction), turn(sides[2].value, sides[3].value, direction)
        (left, right), (bottom, top) = (sorted(pair) for pair in zip(*corners, strict=True))
        box = Box(left, bottom, right, top)
        if max(map(abs, (box.left, box.bottom, box.right, box.top))) < _FAR:
            found.extend(_sides(box))
        if len(found) > _MOST_LINES:
            # A drawing or a map, no table.
            return []
    return found


def _sides(box: Box) -> list[Box]:
    width, height = box.right - box.left, box.top - box.bottom
    if width <= _THIN or height <= _THIN:
        return [box] if max(width, height) >= _SHORTEST else []
    return [
        Box(box.left, box.bottom, box.left, box.top),
        Box(box.right, box.bottom, box.right, box.top),
        Box(box.left, box.bottom, box.right, box.bottom),
        Box(box.left, box.top, box.right, box.top),
    ]


def find_grids(lines: list[Box]) -> list[Grid]:
    """Join lines that touch; those with rows and columns are tables. Given from top to bottom."""
    groups: list[tuple[Box, list[Box]]] = []
    closed: list[tuple[Box, list[Box]]] = []
    for line in sorted(lines, key=lambda line: -line.top):
        box, members, apart = line, [line], []
        for other_box, others in groups:
            if other_box.bottom - _TOUCH > line.top:
                closed.append((other_box, others))
            elif box.touches(other_box):
                box, members = box.around(other_box), others + members
            else:
                apart.append((other_box, others))
        groups = [*apart, (box, members)]
    found = [grid for box, members in [*closed, *groups] if (grid := _grid(box, members))]
    return sorted(found, key=lambda grid: -grid.box.top)


def _grid(box: Box, members: list[Box]) -> Grid | None:
    verticals = tuple(line for line in members if line.top - line.bottom > line.right - line.left)
    levels = _distinct(line.top for line in members if line.top - line.bottom <= line.right - line.left)
    if len(_distinct(line.left for line in verticals)) < 3 or len(levels) < 3:
        return None
    return Grid(box, tuple(levels), verticals)


def _distinct(values: Iterable[float]) -> list[float]:
    """Return values from high to low, close ones once."""
    found: list[float] = []
    for value in sorted(values, reverse=True):
        if not found or found[-1] - value > _TOUCH:
            found.append(value)
    return found


def outside(rows: list[Row], grids: list[Grid]) -> list[Word]:
    """Return the words of rows that stand in no table."""
    return [word for row in rows for word in row.words if not any(grid.holds(word) for grid in grids)]
