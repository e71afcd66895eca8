"""The layout of an office's own list made plain: the right sheet, one row of headings, no row of sums at the end.

Pure but for the reading of the file. What is left out is named, so that a person sees it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from giaoban.apps.sheets.cells import Cell
from giaoban.apps.sheets.columns import Column, shown
from giaoban.apps.sheets.mapping import best_row, heading_key, propose, texts_of
from giaoban.apps.sheets.source import RawSheet, SheetFile, open_sheet
from giaoban.core.text_vi import fold

_Row = tuple[int, Sequence[Cell]]
_NUMBER_OF_COLUMN = re.compile(r"\(?([0-9]{1,2}|[a-z])\)?", re.IGNORECASE)
_SUM = re.compile(r"(tổng cộng|tổng số|tổng|cộng)\b\s*[:.]?(\s*[0-9(].*)?$", re.IGNORECASE)
_FEW = 3  # a signature, a place and date: no more cells than this hold anything
_SEXES = ["nam", "nu"]


class OwnSheet(NamedTuple):
    """A file of an office as a plain list; ``left_out`` names the rows after its end."""

    sheet: RawSheet
    left_out: tuple[str, ...]


def open_own(file: SheetFile, columns: Sequence[Column]) -> OwnSheet:
    """Read the visible sheet in which most headings are known, as a plain list.

    Raises:
        InvalidInput: as ``open_sheet``.
    """
    return lay_out(open_sheet(file, score=lambda rows: best_row(rows, columns)[0]), columns)


def lay_out(sheet: RawSheet, columns: Sequence[Column]) -> OwnSheet:
    """Return the list from its headings on: two rows of headings joined, a row that only numbers the columns and what
    follows the last person left out. Rows keep their numbers. A sheet without known headings comes back as it was.
    """
    hits, start = best_row(sheet.rows, columns)
    if not hits:
        return OwnSheet(sheet, ())
    number, cells = sheet.rows[start]
    body = list(sheet.rows[start + 1 :])
    heads = texts_of(cells)
    joined = _joined(sheet.rows[start], body[0], columns) if body else None
    if joined is not None:
        body = body[1:]
        heads, body = _sexes_joined(*joined, body)
    if body and _numbers_columns(body[0][1]):
        body = body[1:]
    end = _end(RawSheet(sheet.name, [(number, heads), *body], {}), columns)
    left_out = tuple(f"dòng {row} {_first(row_cells)}" for row, row_cells in body[end:])
    return OwnSheet(RawSheet(sheet.name, [(number, heads), *body[:end]], sheet.broken), left_out)


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


def _sexes_joined(heads: list[str], groups: list[str], body: list[_Row]) -> tuple[list[str], list[_Row]]:
    """Two columns «Nam» and «Nữ» under one group become one, with the sex beside it where they held something else."""
    for place in range(len(heads) - 1):
        pair = [fold(heads[at].rpartition(", ")[2]) for at in (place, place + 1)]
        if pair != _SEXES or not groups[place] or groups[place] != groups[place + 1]:
            continue
        only_sex = fold(groups[place]).startswith(("gioi", "nam"))
        heads[place], heads[place + 1] = groups[place], "" if only_sex else "Nam, nữ"
        body = [(number, _one_of(cells, place, only_sex=only_sex)) for number, cells in body]
    return heads, body


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


def _numbers_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row only counts the columns: (1), (2), (3); A, B, 1, 2."""
    found = [_NUMBER_OF_COLUMN.fullmatch(text) for text in texts_of(cells) if text]
    if len(found) < _FEW or not all(found):
        return False
    numbers = [int(one.group(1)) for one in found if one is not None and one.group(1).isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False


def _end(sheet: RawSheet, columns: Sequence[Column]) -> int:
    """How many rows of the body are of the list: sums, signatures and dates after it are not."""
    meant = propose(sheet, columns).mapping.headings
    needed = {column.key for column in columns if column.required}
    heads = texts_of(sheet.rows[0][1])
    places = [place for place, text in enumerate(heads) if meant.get(text) in needed]
    end = len(sheet.rows) - 1
    while end and _after_the_list(sheet.rows[end][1], places):
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
