"""The figures of a unit and period as a snapshot holds them: the same table as of now (``giaoban figures --as-of``)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from giaoban.apps.organizations.queries.chosen import cards_by_code
from giaoban.apps.reporting.models import Snapshot
from giaoban.apps.reporting.queries.figure_table import FigureRow, FigureTable, Part, TakenBy
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.apps.reporting.queries.snapshots import snapshot_digest
from giaoban.core.errors import Conflict, InvalidInput, NotFound
from giaoban.core.period import Period, Window
from giaoban.core.text_vi import quoted
from giaoban.figures import Coverage, Figure, FigureRequest, TargetResult


def frozen_table(
    as_of: str,
    unit_code: str,
    period: Period,
    *,
    measures: Sequence[str] = (),
    taken_by: TakenBy | None = None,
) -> FigureTable:
    """Return what was frozen, taken apart by child or sector where that is wanted.

    Raises:
        NotFound: no snapshot of that uid, of that unit and period. Conflict: it is not what it was when it was taken.
        InvalidInput: a measure that it does not hold, or parts that it does not have.
    """
    snapshot = _snapshot(as_of, unit_code, period)
    keys = tuple(dict.fromkeys(measures)) or tuple(key for key in snapshot.figures if key in catalogue())
    lacking = [key for key in keys if key not in snapshot.figures]
    if lacking:
        raise InvalidInput(
            f"Bản chốt không có {', '.join(lacking)}", where="--measure", expected=", ".join(snapshot.figures)
        )
    found = {key: _figure(FigureRequest(key, unit_code, period), snapshot.figures[key]) for key in keys}
    rows = tuple(
        FigureRow(catalogue()[key], figure, _parts(snapshot, figure, taken_by)) for key, figure in found.items()
    )
    window = Window(snapshot.first_day, snapshot.last_day + timedelta(days=1))
    name = snapshot.tree.get(unit_code, [unit_code])[0]
    return FigureTable(snapshot.unit, name, period, window, taken_by, rows, as_of=str(snapshot.uid))


def frozen_entries(as_of: str, unit_code: str, period: Period, measure: str) -> list[tuple[str, str, float]]:
    """Return the entries that stood behind a number: reference, unit and what each added.

    Raises:
        NotFound, Conflict: as ``frozen_table``. InvalidInput: the snapshot does not hold the measure.
    """
    snapshot = _snapshot(as_of, unit_code, period)
    if measure not in snapshot.figures:
        raise InvalidInput(f"Bản chốt không có {measure}", where="--explain", expected=", ".join(snapshot.figures))
    parts = (measure, f"{measure}/numerator", f"{measure}/denominator")
    return [(ref, unit, number) for part in parts for ref, unit, number in snapshot.entries.get(part, ())]


def _snapshot(as_of: str, unit_code: str, period: Period) -> Snapshot:
    try:
        wanted = uuid.UUID(as_of)
    except ValueError:
        wanted = None
    found = Snapshot.objects.select_related("unit").filter(uid=wanted).first() if wanted is not None else None
    if found is None or found.unit.code != unit_code or found.period != str(period):
        where = f" của {unit_code}, {period.name()}" if found is not None else ""
        raise NotFound(
            f"Không có bản chốt mang mã {quoted(as_of)}{where}",
            where="--as-of",
            expected="now (số liệu hiện có) hoặc mã bản chốt mà lệnh giaoban cycles list nêu",
        )
    if snapshot_digest(found) != found.digest:
        raise Conflict(
            f"Bản chốt {as_of} không còn nguyên như lúc chốt",
            where="--as-of",
            hint="Chạy giaoban verify để xem chi tiết",
        )
    return found


def _figure(request: FigureRequest, kept: Mapping[str, Any]) -> Figure:
    return Figure(
        request,
        kept["value"],
        Coverage(**kept["coverage"]),
        previous=kept["previous"],
        cumulative=kept["cumulative"],
        expected=kept["expected"],
        target=kept["target"],
        percent_of_target=kept["percent_of_target"],
        targets=tuple(TargetResult(**one) for one in kept["targets"]),
        growth_percent=kept["growth_percent"],
        breakdown=kept["breakdown"],
        breakdowns=kept["breakdowns"],
        children=kept["children"],
        mark=kept.get("mark", ""),
    )


def _parts(snapshot: Snapshot, figure: Figure, taken_by: TakenBy | None) -> tuple[Part, ...]:
    if taken_by is None:
        return ()
    if taken_by is TakenBy.CHILD:
        cards = cards_by_code(figure.children, day=snapshot.last_day)
        return tuple(
            Part(code, snapshot.tree.get(code, [cards[code].name if code in cards else code])[0], value)
            for code, value in figure.children.items()
        )
    if taken_by is TakenBy.SECTOR:
        return tuple(Part(code, code, value) for code, value in figure.breakdowns.get("sector", {}).items())
    raise InvalidInput(
        f"Bản chốt không giữ số liệu tách theo {taken_by}", where="--by", expected="child hoặc sector với --as-of"
    )
