"""The layout of an office's own list made plain: the right sheet, one row of headings, nothing but people below.

Pure but for the reading of the file. What is left out is named, so that a person sees it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from giaoban.apps.sheets.cells import Cell
from giaoban.apps.sheets.columns import Column, shown
from giaoban.apps.sheets.mapping import best_row, heading_key, propose, texts_of
from giaoban.apps.sheets.own_sections import numbers_columns, without_sections
from giaoban.apps.sheets.source import RawSheet, SheetFile, open_sheet
from giaoban.core.text_vi import fold

_Row = tuple[int, Sequence[Cell]]
_SUM = re.compile(r"(tổng cộng|tổng số|tổng|cộng)\b\s*[:.]?(\s*[0-9(].*)?$", re.IGNORECASE)
_FEW = 3  # a signature, a place and date: no more cells than this hold anything
_SEXES = ["nam", "nu"]


class OwnSheet(NamedTuple):
    """A file of an office as a plain list; ``left_out`` names the rows after its end, ``sections`` those inside it
    that are nobody: headings in between, subtotals.
    """

    sheet: RawSheet
    left_out: tuple[str, ...]
    sections: tuple[str, ...] = ()


def open_own(file: SheetFile, columns: Sequence[Column]) -> OwnSheet:
    """Read the visible sheet in which most headings are known, as a plain list.

    Raises:
        InvalidInput: as ``open_sheet``.
    """
    return lay_out(open_sheet(file, score=lambda rows: best_row(rows, columns)[0]), columns)


def lay_out(sheet: RawSheet, columns: Sequence[Column]) -> OwnSheet:
    """Return the list from its headings on: two rows of headings joined, a row that only numbers the columns, headings
    and subtotals between the people, and what follows the last of them left out. Rows keep their numbers. A sheet
    without known headings comes back as it was.
    """
    hits, start = best_row(sheet.rows, columns)
    if not hits:
        return OwnSheet(sheet, ())
    number, cells = sheet.rows[start]
    body = list(sheet.rows[start + 1 :])
    heads = texts_of(cells)
    moved: dict[tuple[int, int], int] = {}
    joined = _joined(sheet.rows[start], body[0], columns) if body else None
    if joined is not None:
        body = body[1:]
        heads, body, moved = _sexes_joined(*joined, body, sheet.broken)
    if body and numbers_columns(texts_of(body[0][1])):
        body = body[1:]
    meant = propose(RawSheet(sheet.name, [(number, heads), *body], {}), columns).mapping.headings
    end = _end(heads, body, columns, meant)
    left_out = tuple(f"dòng {row} {_first(row_cells)}" for row, row_cells in body[end:])
    found = without_sections(heads, body[:end], columns, meant)
    sections = tuple(f"dòng {row} «{words[:60]}»" for row, words in found.left_out)
    # What was laid into another column keeps its broken formula.
    laid = {to: sheet.broken[to[0], at] for to, at in moved.items() if (to[0], at) in sheet.broken}
    broken = {**sheet.broken, **laid}
    return OwnSheet(RawSheet(sheet.name, [(number, found.heads), *found.rows], broken, moved), left_out, sections)


def _at(texts: Sequence[str], place: int) -> str:
    return texts[place] if place < len(texts) else ""


def _joined(first: _Row, second: _Row, columns: Sequence[Column]) -> tuple[list[str], list[str]] | None:
    """The headings of a row over which groups stand, and the group of each column; None where no second row is."""
    above, below = texts_of(first[1]), texts_of(second[1])
    width = max(len(above), len(below))
    filled = [place for place in range(width) if _at(below, place)]
    if second[0] != first[0] + 1 or any(any(one.isdigit() for one in below[place]) for place in filled):
        return None
    # Under a group some heading stands where nothing stands above; a person's row fills the known columns.
    if all(_at(above, place) for place in filled):
        return None
    groups, group = [], ""
    for place in range(width):
        group = _at(above, place) or (group if _at(below, place) else "")
        groups.append(group if _at(below, place) else "")
    alone = [
        place
        for place in filled
        if heading_key(_at(above, place), columns) and (_at(above, place + 1) or not _at(below, place + 1))
    ]
    if alone or not all(groups[place] for place in filled):
        return None
    heads = [f"{groups[place]}, {_at(below, place)}" if groups[place] else _at(above, place) for place in range(width)]
    return heads, groups


def _sexes_joined(
    heads: list[str], groups: list[str], body: list[_Row], broken: Mapping[tuple[int, int], str]
) -> tuple[list[str], list[_Row], dict[tuple[int, int], int]]:
    """Two columns «Nam» and «Nữ» under one group become one, with the sex beside it where they held something else;
    and from which column each value of a woman came.
    """
    moved: dict[tuple[int, int], int] = {}
    for place in range(len(heads) - 1):
        pair = [fold(heads[at].rpartition(", ")[2]) for at in (place, place + 1)]
        if pair != _SEXES or not groups[place] or groups[place] != groups[place + 1]:
            continue
        only_sex = fold(groups[place]).startswith(("gioi", "nam"))
        heads[place], heads[place + 1] = groups[place], "" if only_sex else "Nam, nữ"
        moved |= {
            (number, place + 1): place + 2
            for number, cells in body
            if _at_cell(cells, place) == "" and (_at_cell(cells, place + 1) != "" or (number, place + 2) in broken)
        }
        body = [(number, _one_of(cells, place, only_sex=only_sex)) for number, cells in body]
    return heads, body, moved


def _at_cell(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else ""


def _one_of(cells: Sequence[Cell], place: int, *, only_sex: bool) -> list[Cell]:
    values = [*cells, *[""] * (place + 2 - len(cells))]
    man, woman = values[place], values[place + 1]
    sex = "Nam" if man != "" else "Nữ" if woman != "" else ""
    both = man != "" and woman != ""
    if only_sex:
        values[place], values[place + 1] = ("Nam, Nữ" if both else sex), ""
    else:
        value = f"{shown(man)} {shown(woman)}" if both else man if man != "" else woman
        values[place], values[place + 1] = value, sex
    return values


def _end(heads: Sequence[str], body: Sequence[_Row], columns: Sequence[Column], meant: Mapping[str, str]) -> int:
    """How many rows of the body are of the list: sums, signatures and dates after it are not."""
    needed = {column.key for column in columns if column.required}
    places = [place for place, text in enumerate(heads) if meant.get(text) in needed]
    end = len(body)
    while end and _after_the_list(body[end - 1][1], places):
        end -= 1
    return end


def _after_the_list(cells: Sequence[Cell], places: Sequence[int]) -> bool:
    filled = sum(place < len(cells) and cells[place] != "" for place in places)
    texts = [text for text in texts_of(cells) if text]
    if filled < len(places) and any(_SUM.match(text) for text in texts[:2]):
        return True
    return len(places) > 1 and filled * 2 < len(places) and len(texts) <= _FEW


def _first(cells: Sequence[Cell]) -> str:
    return next((f"«{text[:40]}»" for text in texts_of(cells) if text), "")
