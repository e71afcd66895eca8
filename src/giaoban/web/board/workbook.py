"""What stands in the board's workbook: its rows with the sums of each cluster, and the five rates as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from giaoban.apps.obligations.duties import STATUS_WORDS
from giaoban.apps.obligations.queries.board import Board
from giaoban.apps.reporting.queries.board import BoardFigures, Rates, cluster_rates
from giaoban.apps.sheets.listing import Cell
from giaoban.web.board.cells import cluster_words, is_open, sum_words

SUM_HEADINGS = (
    "Cụm",
    "Việc",
    "Đã đến hạn (lượt)",
    "Đã làm (lượt)",
    "Đúng hạn (lượt)",
    "Đã làm (%)",
    "Đúng hạn (%)",
)
Rows = list[tuple[Cell, ...]]


def export_rows(found: Board, rates: BoardFigures, *, open_only: bool) -> tuple[Rows, Rows]:
    """Return the rows of both sheets: the board as on the screen, and its sums as numbers.

    Args:
        open_only: only units with something undone; the sums are of all units all the same, as on the screen.
    """
    sums = dict(_sums(found, rates))
    rows: Rows = []
    if found.owes_itself and found.rows and (not open_only or is_open(found, found.own)):
        rows.append(_row(found, found.own.card.pk, "", found.card.code, found.card.name))
    for name, units in (found.clusters or {"": (found.own,)}).items():
        for row in units:
            if not open_only or is_open(found, row):
                rows.append(_row(found, row.card.pk, row.cluster_name, row.card.code, row.card.name))
        words = cluster_words(name, several=len(found.clusters) > 1)
        if words:
            rows.append((words, None, f"Cộng {words}", *_said(found, sums[words])))
    whole = f"Cả {found.card.code}"
    rows.append((None, None, whole, *_said(found, sums[whole])))
    numbers: Rows = [
        (
            words,
            column.title,
            one.expected,
            one.done,
            one.on_time,
            one.rate,
            one.rate_on_time,
        )
        for words, by_duty in sums.items()
        for column in found.columns
        for one in (by_duty[column.code],)
    ]
    return rows, numbers


def _sums(found: Board, rates: BoardFigures) -> Iterator[tuple[str, Mapping[str, Rates]]]:
    by_cluster = cluster_rates(found)
    for name, by_duty in by_cluster.items():
        words = cluster_words(name, several=len(by_cluster) > 1)
        if words:
            yield words, by_duty
    yield f"Cả {found.card.code}", rates.by_duty


def _row(found: Board, key: int, *head: str) -> tuple[Cell, ...]:
    cells = [column.cell(key) for column in found.columns]
    return *head, *(
        f"{cell.done}/{cell.expected} {STATUS_WORDS[cell.status]}" if cell.expected else "" for cell in cells
    )


def _said(found: Board, by_duty: Mapping[str, Rates]) -> Iterator[str]:
    """Write «27/30 lượt đã làm (90 %), đúng hạn 80 %»; nothing where nothing was due."""
    for column in found.columns:
        _short, done, share, in_time = sum_words(column, by_duty[column.code])
        yield f"{done} lượt đã làm ({share}), đúng hạn {in_time}" if done else ""
