"""Tables whose last or first line gives totals: a column that does not come to what stands there.

Rows are judged by ``table_rows``. A column is judged only where the table is shown to be one that is added up: another
column comes to its total, or the table is a plain list of one column. Columns that do add up claim nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from giaoban.reader.claims.base.numbers import Number
from giaoban.reader.claims.base.passage import show
from giaoban.reader.claims.tables.cells import NO_AMOUNT, NOTHING, TOTAL, Cell, Row, cells_of, find_tables, makes
from giaoban.reader.claims.tables.rows import WrongRow, wrong_rows
from giaoban.reader.model import Claim, ClaimKind
from giaoban.reader.places import places_of

_GROUP = re.compile(r"[IVX]+\.?|trong đó.*|[-+•].*|.*:", re.IGNORECASE)
_MEASURED = re.compile(r"đồng|\bha\b|tấn|triệu|tỷ\b|\bkg\b|\bkm\b|m2|m²", re.IGNORECASE)
_FEWEST_ROWS, _FEWEST_OF_ONE = 2, 3
_MOST_ROWS = 200
_LONGEST_TITLE = 200
# A table that is farther off is read wrongly; one column alone must come nearer.
_FAR, _FAR_BESIDE_ONE, _FAR_OF_ONE = Fraction(3, 10), Fraction(3, 20), Fraction(1, 10)


@dataclass(slots=True)
class _Wrong:
    """The total of a column that is wrong: what it says, by how much its parts are more, where they stand."""

    claim: Claim
    off: Fraction
    cells: frozenset[int]


def find_table_claims(text: str) -> Iterator[Claim]:
    """Yield the totals of tables in a text that their columns or rows do not make.

    Where a cell is wrong in its row by as much as the total of its column is, the cell alone is.
    """
    tables = list(find_tables(text))
    rows = [wrong for table in tables for wrong in wrong_rows(table)]
    columns = list(_wrong_columns(text, tables))
    crossed = [(row, column, cell) for row in rows for column in columns if (cell := _common_cell(row, column))]
    for row, column, cell in crossed:
        yield _of_cell(text, row, column, cell)
    rows = [row for row in rows if not any(row is one for one, _, _ in crossed)]
    columns = [column for column in columns if not any(column is one for _, one, _ in crossed)]
    for column in columns:
        inside = sum(row.off for row in rows if row.cell.start in column.cells)
        if not inside or inside + column.off:
            yield column.claim
    # A line of totals is no more wrong than a total in it is.
    offs = {-column.off for column in columns}
    yield from (_of_row(text, row) for row in rows if not (row.is_below and row.off in offs))


def _common_cell(row: WrongRow, column: _Wrong) -> Cell | None:
    """Return the cell by which alone a row and a column are wrong, as much as each other."""
    if row.off != column.off or row.is_below:
        return None
    shared = [cell for start, cell in row.cells.items() if start in column.cells]
    return shared[0] if len(shared) == 1 and shared[0].number is not None else None


def _of_cell(text: str, row: WrongRow, column: _Wrong, cell: Cell) -> Claim:
    number = cell.number
    assert number is not None
    right = show(number.value - row.off)
    explain = (
        f"Theo tổng của hàng ({row.total.text}) và tổng của cột ({column.claim.text}) là {right}, ô ghi {cell.text}"
    )
    end = cell.start + len(cell.text)
    printed = (row.total.decimal, *(part.decimal for part in row.parts))
    return Claim(cell.start, end, text[cell.start : end], ClaimKind.SUM, printed, False, explain)


def _of_row(text: str, row: WrongRow) -> Claim:
    said = " + ".join(part.text for part in row.parts)
    explain = f"{said} = {show(row.off + row.total.value)}, cột tổng ghi {row.total.text}"
    end = row.cell.start + len(row.cell.text)
    printed = (row.total.decimal, *(part.decimal for part in row.parts))
    return Claim(row.cell.start, end, text[row.cell.start : end], ClaimKind.SUM, printed, False, explain)


def _wrong_columns(text: str, tables: list[list[Row]]) -> Iterator[_Wrong]:
    places = sorted([*places_of(text, "\t"), *places_of(text, "|")])
    rows: list[Row] = []
    first = done = -1
    for place in places:
        if place < done:
            continue
        start = text.rfind("\n", 0, place) + 1
        if rows and text[done:start].strip():
            rows = []
        done = text.find("\n", place)
        done = len(text) if done < 0 else done
        cells = cells_of(text[start:done], start)
        if not cells:
            continue
        first = first if rows else start
        rows.append(cells)
        if len(rows) > _FEWEST_ROWS and any(TOTAL.fullmatch(cell.text) for cell in cells[:2]):
            yield from _judge(text, _line_before(text, first), rows)
            rows = []
    for table in tables:
        # The totals stand in the first line below the head, and in no other.
        if (
            len(table) > 1
            and [row for row in table if any(TOTAL.fullmatch(cell.text) for cell in row[:2])] == table[1:2]
        ):
            yield from _judge(text, _line_before(text, table[0][0].start), [table[0], *table[2:], table[1]])


def _line_before(text: str, start: int) -> str:
    """Return the last line with words before a table."""
    above = text[max(0, start - _LONGEST_TITLE) : start].rstrip()
    return above[above.rfind("\n") + 1 :]


def _judge(text: str, title: str, rows: list[Row]) -> Iterator[_Wrong]:
    head, body, last = rows[0], rows[1:-1], rows[-1]
    if not _FEWEST_ROWS <= len(body) <= _MOST_ROWS or any(len(row) != len(head) for row in (*body, last)):
        return
    wrong: list[tuple[int, list[Number], Number]] = []
    right = 0
    for column, cell in enumerate(last):
        values = [row[column] for row in body]
        total = cell.number
        if total is None or NO_AMOUNT.search(head[column].text):
            continue
        numbers = [value.number for value in values]
        if any(number is None and value.text not in NOTHING for number, value in zip(numbers, values, strict=True)):
            continue
        parts = [number for number in numbers if number is not None]
        if len(parts) < _FEWEST_ROWS:
            continue
        if makes(parts, total, is_measured=_MEASURED.search(f"{title} {head[column].text}") is not None):
            right += 1
        else:
            wrong.append((column, parts, total))
    is_plain = len(body) >= _FEWEST_OF_ONE and not any(_GROUP.fullmatch(cell.text) for row in body for cell in row[:2])
    if right < len(wrong) and not (is_plain and not right and len(wrong) == 1):
        return
    far = _FAR if right > 1 else _FAR_BESIDE_ONE if right else _FAR_OF_ONE
    for column, parts, total in wrong:
        together = sum((Fraction(part.value) for part in parts), Fraction(0))
        off = abs(together - total.value)
        if total.value > max(part.value for part in parts) and off <= far * total.value:
            said = " + ".join(part.text for part in parts)
            explain = f"{said} = {show(together)}, dòng tổng ghi {total.text}"
            start, end = last[column].start, last[column].start + len(last[column].text)
            printed = (total.decimal, *(part.decimal for part in parts))
            claim = Claim(start, end, text[start:end], ClaimKind.SUM, printed, False, explain)
            yield _Wrong(claim, together - total.value, frozenset(row[column].start for row in body))
