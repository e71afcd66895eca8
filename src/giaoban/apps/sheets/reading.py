"""From raw cells to rows of values: headings are matched, every cell is read, every wrong one is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from giaoban.apps.sheets.cells import BadCell, Cell, CellFault, column_letter
from giaoban.apps.sheets.columns import Column, read_text, shown
from giaoban.apps.sheets.source import RawSheet
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import fold

Progress = Callable[[str, int, int], None]
_STEP = 2_000


@dataclass(slots=True)
class SheetRow:
    """One row: its number in the sheet, its values by key, and the keys whose cells could not be read."""

    number: int
    values: dict[str, Any]
    broken: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> Any:
        return self.values[key]


@dataclass(frozen=True, slots=True)
class Place:
    """Turns (row, key) into a place that a person finds; ``moved`` as in ``RawSheet``."""

    sheet: str
    positions: dict[str, int]
    headings: dict[str, str]
    moved: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def fault(self, row: int, key: str, message: str, expected: str = "") -> CellFault:
        """Return a fault at a cell; the file may lack the column that is meant."""
        column = self.positions.get(key, 0)
        column = self.moved.get((row, column), column)
        return CellFault(self.sheet, row, column, self.headings[key], message, expected)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a sheet. A row with a fault is still here: its good values are looked up and judged too."""

    place: Place
    rows: list[SheetRow]
    faults: list[CellFault] = field(default_factory=list)


def read_table(sheet: RawSheet, columns: Sequence[Column], *, where: str, progress: Progress | None = None) -> Table:
    """Return the rows below the headings.

    Raises:
        InvalidInput: a heading is unknown, missing or there twice, or no row follows.
    """
    (first, names), body = sheet.rows[0], sheet.rows[1:]
    found = _headings(names, columns, where=f"{where}, dòng {first}")
    place = Place(
        sheet.name,
        {column.key: position + 1 for position, column in found.items()},
        {column.key: column.heading for column in columns},
        sheet.moved,
    )
    if not body:
        raise InvalidInput("Chỉ có dòng tiêu đề, không có dòng nào để nhập", where=where)
    table = Table(place, [])
    blank = {column.key: column.blank for column in columns}
    readers = [(position, column) for position, column in found.items()]
    width = max(found) + 1
    for count, (number, cells) in enumerate(body, start=1):
        table.rows.append(_row(sheet, table, number, cells, readers, blank))
        _refuse_strays(table, number, cells, found, width)
        if progress is not None and count % _STEP == 0:
            progress("Đọc dòng", count, len(body))
    return table


def _headings(names: Sequence[Cell], columns: Sequence[Column], *, where: str) -> dict[int, Column]:
    known = {_plain(column.heading): column for column in columns} | {column.key: column for column in columns}
    found: dict[int, Column] = {}
    for position, name in enumerate(names):
        if name == "":
            continue
        cell = f"ô {column_letter(position + 1)}, tiêu đề {shown(name)}"
        try:
            column = known.get(_plain(read_text(name)))
        except BadCell:
            column = None
        if column is None:
            raise InvalidInput(
                f"Không có cột này trong mẫu: {cell}",
                where=where,
                expected=", ".join(f"«{column.heading}»" for column in columns),
            )
        if column in found.values():
            raise InvalidInput(f"Cột xuất hiện hai lần: {cell}", where=where, expected="mỗi tiêu đề một lần")
        found[position] = column
    missing = [column.heading for column in columns if column.required and column not in found.values()]
    if missing:
        raise InvalidInput("Thiếu cột " + ", ".join(f"«{heading}»" for heading in missing), where=where)
    return found


def _plain(heading: str) -> str:
    return fold(heading).rstrip(" *")


def _row(
    sheet: RawSheet,
    table: Table,
    number: int,
    cells: Sequence[Cell],
    readers: Iterable[tuple[int, Column]],
    blank: dict[str, Any],
) -> SheetRow:
    values = blank.copy()
    broken: set[str] = set()
    last = len(cells)
    for position, column in readers:
        value = cells[position] if position < last else ""
        try:
            if value == "" or (type(value) is str and value.isspace()):
                if sheet.broken and (name := sheet.broken.get((number, position + 1))):
                    raise BadCell(f"Ô có lỗi công thức {name}", column.form)
                if column.required:
                    raise BadCell("Chưa điền", column.form)
                continue
            values[column.key] = column.read(value)
        except BadCell as error:
            broken.add(column.key)
            table.faults.append(table.place.fault(number, column.key, error.message, error.expected))
    return SheetRow(number, values, frozenset(broken))


def _refuse_strays(table: Table, number: int, cells: Sequence[Cell], found: dict[int, Column], width: int) -> None:
    """A value under no heading would be lost without a word."""
    if len(found) == width and (len(cells) <= width or not any(cells[width:])):
        return
    for position, value in enumerate(cells):
        if position not in found and value != "":
            message = f"{shown(value)} nằm ở cột không có tiêu đề"
            table.faults.append(CellFault(table.place.sheet, number, position + 1, "không tiêu đề", message, "ô trống"))
