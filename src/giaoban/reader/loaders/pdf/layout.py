"""From the words of pages to lines of text in reading order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from giaoban.reader.loaders.pdf.columns import Region, find_regions
from giaoban.reader.loaders.pdf.furniture import without_furniture
from giaoban.reader.loaders.pdf.grids import Box, find_grids, outside
from giaoban.reader.loaders.pdf.hyphens import join_broken
from giaoban.reader.loaders.pdf.rows import Row, make_rows
from giaoban.reader.loaders.pdf.words import Word

_NEW_PARAGRAPH = 1.35
_INDENT = 1.2
_CENTRED = 2.0
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_RAISED = str.maketrans("0123456789", _SUPERSCRIPTS)
_OF_NOTES = 0.9


@dataclass(frozen=True, slots=True)
class Page:
    """Words and drawn lines of one page; ``low`` and ``high`` are the places of its lower and upper edge."""

    words: list[Word]
    lines: list[Box]
    low: float
    high: float


def page_texts(pages: list[Page]) -> list[str]:
    """Return the text of each page: a line for each printed line, a blank line before a paragraph that shows.

    Page numbers and lines that the pages repeat are left out; columns are read one after the other, tables row by row.
    """
    rows = [make_rows(page.words) for page in pages]
    kept = without_furniture(rows, [(page.low, page.high) for page in pages])
    return ["\n".join(_page_lines(page, of_page)) for page, of_page in zip(pages, kept, strict=True)]


def _page_lines(page: Page, rows: list[Row]) -> list[str]:
    grids = [grid for grid in find_grids(page.lines) if any(grid.holds(word) for row in rows for word in row.words)]
    free = _with_raised_marks(make_rows(outside(rows, grids)))
    found: list[str] = []
    for grid in grids:
        above = [row for row in free if row.y > grid.box.top]
        free = free[len(above) :]
        found += _regions(above)
        inside = [word for row in rows for word in row.words if grid.holds(word)]
        found += ["", *grid.lines(inside), ""]
    found += _regions(free)
    return _single_blanks(found)


def _with_raised_marks(rows: list[Row]) -> list[Row]:
    """Return rows in which a note's own mark is raised as in the text that refers to it: LibreOffice prints it plain.

    A note stands below the text in smaller print.
    """
    marks = {
        word.text[len(word.text.rstrip(_SUPERSCRIPTS)) :]
        for row in rows
        for word in row.words
        if word.text[-1] in _SUPERSCRIPTS
    }
    if not marks:
        return rows
    usual = median(row.size for row in rows)
    found = []
    for row in rows:
        first = row.words[0]
        mark = first.text.translate(_TO_RAISED)
        is_note = mark in marks and first.text.isdecimal() and row.size < _OF_NOTES * usual and len(row.words) > 1
        found.append(Row((replace(first, text=mark), *row.words[1:])) if is_note else row)
    return found


def _regions(rows: list[Row]) -> list[str]:
    found: list[str] = []
    for region in find_regions(rows):
        if region.is_table:
            found += ["", *_table(region), ""]
            continue
        for column in region.columns:
            if len(region.columns) > 1:
                found.append("")
            found += join_broken(_paragraphs(list(column)))
        if len(region.columns) > 1:
            found.append("")
    return found


def _table(region: Region) -> list[str]:
    """Return the rows of a table without borders, the cells of each column apart by tabs."""
    edges = [min(row.left for row in column) for column in region.columns[1:]]
    lines = []
    for row in region.rows:
        cells: list[list[Word]] = [[] for _ in region.columns]
        for word in row.words:
            cells[sum(edge <= word.left + 0.1 for edge in edges)].append(word)
        lines.append("\t".join(Row(tuple(cell)).text if cell else "" for cell in cells))
    return lines


def _paragraphs(rows: list[Row]) -> list[str]:
    """Return the lines of a column; a blank line where a space or an indent shows a paragraph, or a note begins."""
    if not rows:
        return []
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    steps = [before.y - row.y for before, row in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    found = [rows[0].text]
    for (before, row), step in zip(pairwise(rows), steps, strict=True):
        is_wide = step > _NEW_PARAGRAPH * min(usual, 2 * row.size)
        is_indented = row.left - left > _INDENT * row.size and before.left - left < 0.5 * row.size
        is_centred = abs((row.left - left) - (right - row.right)) < _CENTRED * row.size
        is_note = row.text[0] in _SUPERSCRIPTS and before.text[0] not in _SUPERSCRIPTS
        if is_wide or is_note or (is_indented and not is_centred):
            found.append("")
        found.append(row.text)
    return found


def _single_blanks(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if line or (found and found[-1]):
            found.append(line)
    while found and not found[-1]:
        found.pop()
    return found
