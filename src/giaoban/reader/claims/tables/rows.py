"""Tables that are added up from left to right: a row whose total is not what its cells come to.

Which columns make which is not said anywhere: it is seen where most rows add up, as only rows do that are meant to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from giaoban.reader.claims.base.numbers import Number
from giaoban.reader.claims.tables.cells import NO_AMOUNT, NOTHING, TOTAL, Cell, Row, makes

_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 24
_FEWEST_ROWS, _MOST_ROWS = 3, 200
_FEWEST_PARTS = 2
_FEWEST_RIGHT = 2
# Without a word that says «tổng», more rows must show it.
_FEWEST_UNNAMED = 3
_FAR = Fraction(3, 10)


@dataclass(slots=True)
class WrongRow:
    """A total of a row that is wrong: its cell, its number, the parts, by how much they are more, whether the row is
    the table's line of totals, and the cells of the parts by their places."""

    cell: Cell
    total: Number
    parts: tuple[Number, ...]
    off: Fraction
    is_below: bool
    cells: dict[int, Cell]


@dataclass(slots=True)
class _Reading:
    """One way to read a table: how many rows it explains, those that it does not, and lines of totals among these."""

    right: int
    wrong: list[WrongRow]
    below: list[WrongRow]


def wrong_rows(table: list[Row]) -> Iterator[WrongRow]:
    """Yield the totals of rows of a table that their cells do not make."""
    head = table[0]
    rows = [row for row in table[1:] if len(row) == len(head)]
    if not _FEWEST_COLUMNS <= len(head) <= _MOST_COLUMNS or not _FEWEST_ROWS <= len(rows) <= _MOST_ROWS:
        return
    amounts = [column for column in range(len(head)) if _is_amount(head, rows, column)]
    for column in amounts:
        readings = [_read(head, rows, column, block) for block in _blocks(amounts, column)]
        best = max(readings, key=lambda reading: (reading.right, -len(reading.wrong)), default=None)
        if best is None:
            continue
        named = TOTAL.search(head[column].text) is not None
        fewest = _FEWEST_RIGHT if named else _FEWEST_UNNAMED
        if best.right < max(fewest, 2 * len(best.wrong)):
            continue
        yield from (row for row in best.wrong if abs(row.off) <= _FAR * row.total.value)
        # The line of totals goes on with what is wrong above it.
        carried = sum(row.off for row in best.wrong)
        yield from (row for row in best.below if abs(row.off) <= _FAR * row.total.value and row.off != carried)


def _is_amount(head: Row, rows: list[Row], column: int) -> bool:
    if NO_AMOUNT.search(head[column].text) or not head[column].text:
        return False
    cells = [row[column] for row in rows]
    numbers = sum(cell.number is not None for cell in cells)
    is_clean = all(cell.number is not None or cell.text in NOTHING for cell in cells)
    return is_clean and numbers >= _FEWEST_ROWS and not _counts_up([cell.number for cell in cells])


def _counts_up(numbers: list[Number | None]) -> bool:
    """Tell whether a column only numbers the rows."""
    values = [number.value for number in numbers if number is not None]
    return values == list(range(1, len(values) + 1))


def _blocks(amounts: list[int], column: int) -> Iterator[tuple[int, ...]]:
    """Yield the runs of columns beside one that may make it, on either side, the longest first."""
    at = amounts.index(column)
    before, after = amounts[:at], amounts[at + 1 :]
    for size in range(len(before), _FEWEST_PARTS - 1, -1):
        yield tuple(before[-size:])
    for size in range(len(after), _FEWEST_PARTS - 1, -1):
        yield tuple(after[:size])


def _read(head: Row, rows: list[Row], column: int, block: tuple[int, ...]) -> _Reading:
    reading = _Reading(0, [], [])
    for row in rows:
        total = row[column].number
        parts = tuple(number for at in block if (number := row[at].number) is not None)
        counted = [part for part in parts if part.digits]
        if total is None or not total.digits or len(counted) < _FEWEST_PARTS:
            continue
        if makes(list(parts), total, is_measured=False):
            reading.right += 1
        else:
            off = sum((Fraction(part.value) for part in parts), Fraction(-total.value))
            is_below = any(TOTAL.fullmatch(cell.text) for cell in row[:2])
            cells = {row[at].start: row[at] for at in block}
            (reading.below if is_below else reading.wrong).append(
                WrongRow(row[column], total, parts, off, is_below, cells)
            )
    return reading
