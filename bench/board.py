"""The board: 100 units x 12 duties x half a year, and a province for a month; evidence read from the register."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from bench.office import open_office
from bench.rows import Row

if TYPE_CHECKING:
    from giaoban.apps.organizations.models import Unit

_DUTIES = 12
_BEGIN = date(2020, 1, 1)
_DAY = date(2025, 1, 1)
_GRASSROOTS, _CELLS = 1_256, 9_593
_OPEN_END = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class _Node:
    """A unit to be made; ``above`` is the place of its parent in the list, -1 at the top."""

    code: str
    kind: str
    above: int


def run() -> list[Row]:
    """Measure both, and the queries of a small board beside the large one."""
    open_office()
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from giaoban.apps.obligations.queries.board import Board, board
    from giaoban.core.period import Period

    office = [_Node("BANG", "upper", -1), *(_Node(f"BANG.{n:03}", "grassroots_cell", 0) for n in range(100))]
    tiny = [_Node("NHO", "upper", -1), *(_Node(f"NHO.{n}", "grassroots_cell", 0) for n in range(3))]
    half, month = Period.parse("2024-H1"), Period.parse("2024-M03")
    with transaction.atomic():  # outside of one each row is a commit of its own, and waits for the disk
        large = make_tree(office, half.months())
        small = make_tree(tiny, month.months())
        province = make_tree(province_nodes("TINH"), month.months())

    def look(unit: Unit, period: Period) -> Board:
        return board(None, unit, period, today=_DAY)

    counts = []
    for unit, period in ((small, month), (large, half), (province, month)):
        with CaptureQueriesContext(connection) as asked:
            found = look(unit, period)
        counts.append(len(asked))
        turns = sum(cell.turns_on_time for column in found.columns for cell in column.cells.values())
        assert turns, "a board without evidence measures nothing"
    seconds = _work_seconds(lambda: look(large, half), 5)
    whole = _work_seconds(lambda: look(province, month), 3)
    return [
        Row(f"board: 100 units x {_DUTIES} duties x half a year", seconds * 1000, "ms", limit=150),
        Row(
            f"board of a province: {_GRASSROOTS:,} grassroots, {_CELLS:,} cells x {_DUTIES} duties, a month",
            whole * 1000,
            "ms",
            limit=1000,
        ),
        Row(
            "queries of the office's board; of 3 units and a month",
            counts[1],
            "queries",
            counts[0],
            limit=1,
            ratio=counts[1] / counts[0],
        ),
        Row(
            "queries of the province's board; of 3 units",
            counts[2],
            "queries",
            counts[0],
            limit=1,
            ratio=counts[2] / counts[0],
        ),
    ]


def _work_seconds(work: Callable[[], object], repeats: int) -> float:
    """Return the shortest work in seconds; SQLite works inside the process, so nothing is missed."""
    best = float("inf")
    for _ in range(repeats):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def province_nodes(code: str) -> list[_Node]:
    """Return a province of 1,256 grassroots committees and their cells, the top first."""
    nodes = [_Node(code, "provincial", -1)]
    nodes += [_Node(f"{code}.{n:04}", "grassroots_committee", 0) for n in range(_GRASSROOTS)]
    nodes += [_Node(f"{code}.{n % _GRASSROOTS:04}.{n:05}", "cell", 1 + n % _GRASSROOTS) for n in range(_CELLS)]
    return nodes


def make_tree(nodes: Sequence[_Node], months: Sequence[Any]) -> Unit:
    """Write a tree into the projections, and what nine of ten units did for each duty and month; return its top."""
    from giaoban.apps.audit.bulk import insert_objects, insert_rows
    from giaoban.apps.obligations.models import Rhythm, StandingDuty
    from giaoban.apps.organizations.models import Ancestry, Placement, Unit, UnitKindSpan, UnitName

    units = [Unit(code=node.code) for node in nodes]
    insert_objects(units)
    dates = {"valid_from": _BEGIN, "valid_to": _OPEN_END}
    keys = [unit.pk for unit in units]
    insert_rows(
        UnitName,
        ["unit_id", "name", "short_name", "folded"],
        [(pk, f"Đơn vị {node.code}", node.code, node.code.lower()) for pk, node in zip(keys, nodes, strict=True)],
        dates,
    )
    insert_rows(
        UnitKindSpan, ["unit_id", "kind"], [(pk, node.kind) for pk, node in zip(keys, nodes, strict=True)], dates
    )
    parents = [keys[node.above] if node.above >= 0 else None for node in nodes]
    insert_rows(Placement, ["unit_id", "parent_id"], list(zip(keys, parents, strict=True)), dates)
    insert_rows(Ancestry, ["ancestor_id", "descendant_id", "depth"], list(_paths(nodes, keys)), dates)
    by, now = _somebody(), datetime.now(tz=UTC)
    owing = ["cell", "grassroots_cell"]
    duties = [
        StandingDuty(
            owner=units[0], code=f"duty-{number}", title=f"Việc {number}", short=f"Việc {number}",
            evidence="handed-in", rhythm=Rhythm.MONTH, kinds=owing, due_days=-3, set_by=by, set_at=now, **dates,
        )
        for number in range(_DUTIES)
    ]  # fmt: skip
    StandingDuty.objects.bulk_create(duties)
    cells = [pk for pk, node in zip(keys, nodes, strict=True) if node.kind in owing]
    _hand_in(duties, cells, months, by.pk, now)
    return units[0]


def _hand_in(duties: Sequence[Any], cells: Sequence[int], months: Sequence[Any], by: int, now: datetime) -> None:
    from giaoban.apps.audit.bulk import insert_rows
    from giaoban.apps.obligations.models import HandInEntry

    rows = [
        (cell, duty.code, month.window.last_day, month.start.replace(day=20 + (cell + number) % 9))
        for number, duty in enumerate(duties)
        for month in months
        for cell in cells
        if (cell + number) % 10
    ]
    insert_rows(
        HandInEntry,
        ["unit_id", "code", "within", "effective_date"],
        rows,
        {"owner_id": duties[0].owner_id, "kind": "received", "recorded_at": now, "actor_id": by},
    )


def _paths(nodes: Sequence[_Node], keys: Sequence[int]) -> Any:
    for number in range(len(nodes)):
        above, depth = number, 0
        while above >= 0:
            yield keys[above], keys[number], depth
            above, depth = nodes[above].above, depth + 1


def _somebody() -> Any:
    from giaoban.apps.accounts.models import User

    return User.objects.order_by("pk").first()
