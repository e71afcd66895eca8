"""The lists of a notice: who has not done what, as the board says it (design.md, law 2), ready to be kept as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from giaoban.apps.obligations.duties import DutyStatus
from giaoban.apps.obligations.queries.board import Board, BoardColumn
from giaoban.apps.obligations.queries.hand_ins import HANDED_IN
from giaoban.apps.obligations.standing_states import Cell

SCHEDULE, DELEGATES = "meetings.schedule", "conferences.delegates"
_S = DutyStatus
# What stands in the list of a paper that is owed once, and in that of a periodic one (decision D26).
_NOT_THERE = frozenset({_S.MISSING, _S.PARTIAL, _S.INSUFFICIENT})
_NOT_IN_ORDER = _NOT_THERE | {_S.LATE}
_NOT_SENT = frozenset({_S.EXCUSED, _S.MISSING, _S.PARTIAL})


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit in a list: its worst status, and of the units that owe it how many have not done it."""

    code: str
    name: str
    status: str
    undone: int
    expected: int


@dataclass(frozen=True, slots=True)
class NoticeList:
    """One list. ``obligation`` is the duty's code; ``kind`` is «paper», «report», «schedule», «delegates» or «other»;
    ``asked`` the number of rows of the board that owe it.
    """

    obligation: str
    kind: str
    title: str
    asked: int
    units: tuple[ListedUnit, ...]

    def count(self, *statuses: DutyStatus) -> int:
        """Return how many of its units stand so."""
        known = Counter(unit.status for unit in self.units)
        return sum(known[status.value] for status in statuses)

    @property
    def undone(self) -> int:
        """How many of those who owe it have not done it, in all units of the list."""
        return sum(unit.undone for unit in self.units)

    def as_json(self) -> dict[str, Any]:
        """Return the list ready for ``json.dumps``."""
        return asdict(self)


def list_from_json(data: dict[str, Any]) -> NoticeList:
    """Return a list from what ``as_json`` gave."""
    return NoticeList(**{**data, "units": tuple(ListedUnit(**unit) for unit in data["units"])})


def notice_lists(found: Board) -> tuple[NoticeList, ...]:
    """Return the lists of a board in the order of its duties; a duty that everybody did has none."""
    lists = (_list_of(found, column) for column in found.columns)
    return tuple(one for one in lists if one.units)


def _list_of(found: Board, column: BoardColumn) -> NoticeList:
    kind = _kind(column)
    belongs = _BELONGS.get(kind, _undone)
    cells = [(row.card, column.cell(row.card.pk)) for row in found.shown_rows]
    units = tuple(
        ListedUnit(card.code, card.name, cell.status.value, cell.expected - cell.done, cell.expected)
        for card, cell in cells
        if cell.expected and belongs(cell)
    )
    return NoticeList(column.code, kind, column.title, sum(cell.expected > 0 for _card, cell in cells), units)


def _kind(column: BoardColumn) -> str:
    if column.evidence == HANDED_IN:
        once = all(one.instance.rule.every is None for one in column.instances)
        return "paper" if once else "report"
    return {SCHEDULE: "schedule", DELEGATES: "delegates"}.get(column.evidence, "other")


def _undone(cell: Cell) -> bool:
    return cell.done < cell.expected


_BELONGS: dict[str, Callable[[Cell], bool]] = {
    "paper": lambda cell: cell.status in _NOT_THERE,
    "report": lambda cell: cell.status in _NOT_IN_ORDER,
    "delegates": lambda cell: cell.status in _NOT_SENT,
}
