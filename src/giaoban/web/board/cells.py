"""Cells of the board in sign and word, never colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from giaoban.apps.obligations.duties import DutyStatus
from giaoban.apps.obligations.queries.board import Board, BoardColumn, BoardRow
from giaoban.apps.obligations.standing_states import Cell
from giaoban.apps.reporting.queries.board import Rates, cluster_rates
from giaoban.core.numbers_vi import format_number, percent
from giaoban.web.access import Desk
from giaoban.web.components.pieces import Sign

_SIGNS = {
    DutyStatus.ON_TIME: Sign("good", "●", "xong"),
    DutyStatus.EXCUSED: Sign("off", "○", "có lý do"),
    DutyStatus.NOT_DUE: Sign("off", "○", "chưa đến hạn"),
    DutyStatus.LATE_WITH_LEAVE: Sign("late", "◐", "được gia hạn"),
    DutyStatus.LATE: Sign("late", "◐", "muộn"),
    DutyStatus.INSUFFICIENT: Sign("bad", "✕", "phải bổ sung"),
    DutyStatus.PARTIAL: Sign("late", "◐", "một phần"),
    DutyStatus.MISSING: Sign("bad", "✕", "chưa"),
}

_OPEN = (DutyStatus.INSUFFICIENT, DutyStatus.PARTIAL, DutyStatus.MISSING)


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell; ``duty`` says which column it is where columns are not side by side. Empty: nobody there owes it."""

    duty: str
    sign: Sign | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """One unit with its cells."""

    name: str
    url: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class ClusterView:
    """A cluster with its units; ``sums``, column by column: what of, done of the turns that were due, their share in
    percent, that of those in time.
    """

    name: str
    count: str
    rows: tuple[RowView, ...]
    sums: tuple[tuple[str, str, str, str], ...]


def sign_of(status: DutyStatus) -> Sign:
    """Return a state in sign and word."""
    return _SIGNS[status]


def sign_of_cell(cell: Cell) -> Sign:
    """Return a cell in sign and word: of one unit its state, of several how many of them have done it."""
    plain = _SIGNS[cell.status]
    if cell.expected == 1:
        return plain
    words = f"{format_number(cell.done)}/{format_number(cell.expected)}"
    if cell.done == cell.expected or cell.status in (DutyStatus.NOT_DUE, DutyStatus.LATE_WITH_LEAVE):
        return Sign(plain.tone, plain.sign, words)
    return Sign("late", "◐", words) if cell.done else Sign("bad", "✕", words)


def is_open(board: Board, row: BoardRow) -> bool:
    """Tell whether something in a row was due and is not done, or was sent back."""
    return any(cell.status in _OPEN for column in board.columns if (cell := column.cells.get(row.card.pk)))


def cell_view(desk: Desk, column: BoardColumn, row: BoardRow) -> CellView:
    """Return a cell with the address of what is behind it."""
    cell = column.cell(row.card.pk)
    if not cell.expected:
        return CellView(column.short)
    query = {"viec": column.code, "hang": row.card.code} | carried(desk)
    return CellView(column.short, sign_of_cell(cell), desk.url("board:cell", query=query))


def carried(desk: Desk) -> dict[str, str]:
    """Return the choices that go with every address of the board: the day, and whether older work is shown too."""
    return {key: desk.request.GET.get(key, "") for key in ("den", "cu") if desk.request.GET.get(key)}


def cluster_views(desk: Desk, board: Board, rows: Iterable[BoardRow]) -> tuple[ClusterView, ...]:
    """Return rows by cluster in their order, those without a cluster last; the sums are of all units of a cluster."""
    by_name: dict[str, list[BoardRow]] = {}
    for row in rows:
        by_name.setdefault(row.cluster_name, []).append(row)
    rates, units = cluster_rates(board), board.clusters
    several = len(units) > 1
    return tuple(
        ClusterView(
            cluster_words(name, several=several),
            f"{format_number(len(units.get(name, listed)))} đơn vị",
            tuple(_row(desk, board, row) for row in listed),
            tuple(sum_words(column, rates[name][column.code]) for column in board.columns)
            if name in rates and (name or several)
            else (),
        )
        for name, listed in by_name.items()
    )


def own_view(desk: Desk, board: Board) -> ClusterView:
    """Return the asked unit's own row, which belongs to no cluster of its units."""
    return ClusterView("", "", (_row(desk, board, board.own),), ())


def cluster_words(name: str, *, several: bool) -> str:
    """Return what the units of a cluster stand under; those without one are named where there are others."""
    return name or ("Chưa thuộc cụm nào" if several else "")


def _row(desk: Desk, board: Board, row: BoardRow) -> RowView:
    cells = tuple(cell_view(desk, column, row) for column in board.columns)
    return RowView(row.card.name, desk.url("board:page", unit=row.card.code, query=carried(desk)), cells)


def sum_words(column: BoardColumn, rates: Rates) -> tuple[str, str, str, str]:
    """Return what of, done of the turns that were due, their share in percent, and that of those in time."""
    in_time = counts_words(rates.on_time, rates.expected)[1]
    return column.short, *counts_words(rates.done, rates.expected), in_time


def counts_words(done: int | None, expected: int | None) -> tuple[str, str]:
    """Write how many of how many, and the share in percent; nothing where nothing was due or nothing is known."""
    if not expected or done is None:
        return "", ""
    share = percent(done, expected)
    return f"{format_number(done)}/{format_number(expected)}", f"{format_number(share or 0)} %"
