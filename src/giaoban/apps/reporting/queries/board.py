"""The counts under a board: figures, so that they are the same everywhere and open into what they count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.obligations.queries.board import Board
from giaoban.apps.obligations.standing_states import Cell
from giaoban.apps.reporting.queries.figures import sources
from giaoban.core.numbers_vi import percent
from giaoban.figures import FigureRequest, Parts, compute_many

KEYS = ("expected", "done", "on_time", "missing")


@dataclass(frozen=True, slots=True)
class Rates:
    """The five reporting rates of one duty: turns expected, done, done in time, and both in percent of the first.

    All are None where the register of duties was not kept.
    """

    expected: int | None
    done: int | None
    on_time: int | None
    missing: int | None

    @property
    def rate(self) -> float | None:
        """How many percent were done."""
        return None if self.done is None or self.expected is None else percent(self.done, self.expected)

    @property
    def rate_on_time(self) -> float | None:
        """How many percent were done in time."""
        return None if self.on_time is None or self.expected is None else percent(self.on_time, self.expected)

    def as_json(self) -> dict[str, int | float | None]:
        """Return the five and what is missing, ready for ``json.dumps``."""
        return {key: getattr(self, key) for key in (*KEYS, "rate", "rate_on_time")}


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """Figures of all duties together and of each, by code."""

    total: Rates
    by_duty: Mapping[str, Rates]


def cluster_rates(found: Board) -> dict[str, Mapping[str, Rates]]:
    """Return the same of each cluster of a board, by its name and the duty's code; "" of units without a cluster."""
    return {
        name: {column.code: _summed([column.cell(row.card.pk) for row in rows]) for column in found.columns}
        for name, rows in found.clusters.items()
    }


def _summed(cells: Sequence[Cell]) -> Rates:
    expected, done = sum(cell.turns for cell in cells), sum(cell.turns_done for cell in cells)
    return Rates(expected, done, sum(cell.turns_on_time for cell in cells), expected - done)


def board_figures(found: Board, today: date) -> BoardFigures:
    """Return the figures under a board: what was due in its period at or under its unit, done by the board's day.

    They are ``obligations.*`` of the unit and period; where the board was asked as of another day than the period's
    last they are these as of that day.
    """
    computed = compute_many(
        sources(today=today, as_of=found.as_of),
        [FigureRequest(f"obligations.{key}", found.card.code, found.period) for key in KEYS],
        parts=Parts(breakdown=True),
    )
    values = [figure.value for figure in computed]
    known = None not in values
    codes = {code for figure in computed for code in figure.breakdown} | {column.code for column in found.columns}

    def counts(code: str) -> Iterator[int | None]:
        return (int(figure.breakdown.get(code, 0)) if known else None for figure in computed)

    return BoardFigures(
        Rates(*(None if value is None else int(value) for value in values)),
        {code: Rates(*counts(code)) for code in sorted(codes)},
    )
