"""Freezing (design.md, law 5; decision D8): values, the entries behind them, the tree and the text in one moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import OperationalError, connection, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.organizations.models import Ancestry, Placement, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, unit_cards
from giaoban.apps.reporting.models import Snapshot, SnapshotKind
from giaoban.apps.reporting.queries.figures import compute_figures, sources
from giaoban.apps.reporting.queries.snapshots import DIGEST_VERSION, entries_of, snapshot_digest
from giaoban.core.errors import Conflict
from giaoban.core.period import Period
from giaoban.figures import FigureRequest
from giaoban.figures.model import Number

_SERIALIZATION_FAILURE = "40001"


@contextmanager
def freezing() -> Iterator[None]:
    """Everything inside sees one moment: REPEATABLE READ on PostgreSQL, the writers' lock on SQLite (decision D8).

    Inside a transaction that is open already, its own isolation holds.

    Raises:
        Conflict: somebody changed meanwhile what is changed here.
    """
    outermost = not connection.in_atomic_block
    try:
        with transaction.atomic():
            if outermost and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != _SERIALIZATION_FAILURE:
            raise
        raise Conflict("Người khác vừa thay đổi báo cáo này", hint="Mở lại trang rồi làm lại") from None


def take_snapshot(
    *,
    act: Act,
    unit: Unit,
    period: Period,
    kind: SnapshotKind,
    measures: Sequence[str],
    texts: Mapping[str, str] | None = None,
    edition: int = 1,
    replaces: Snapshot | None = None,
) -> Snapshot:
    """This function will freeze a unit's figures of a period with all that stands behind them.

    The caller asks for the right, writes the audit and holds the transaction (``freezing``).

    Raises:
        InvalidInput: there is no such measure.
    """
    frozen = Frozen(unit, texts or {}, edition, replaces)
    return take_snapshots(act=act, period=period, kind=kind, measures=measures, frozen=[frozen])[0]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A unit to be frozen, with its texts; ``edition`` and ``replaces`` as in ``Snapshot``."""

    unit: Unit
    texts: Mapping[str, str] = field(default_factory=dict)
    edition: int = 1
    replaces: Snapshot | None = None


def take_snapshots(
    *, act: Act, period: Period, kind: SnapshotKind, measures: Sequence[str], frozen: Sequence[Frozen]
) -> list[Snapshot]:
    """This function will freeze many units at once, in the same order; the number of its queries does not depend on
    how many. See ``take_snapshot``.
    """
    units = {one.unit.code: one.unit for one in frozen}
    bounds = sources().calendar.bounds([(code, period) for code in units])
    asked = [FigureRequest(measure, code, period) for code in units for measure in dict.fromkeys(measures)]
    figures: dict[str, dict[str, Any]] = {code: {} for code in units}
    values: dict[FigureRequest, Number | None] = {}
    for figure in compute_figures(asked):
        figures[figure.request.unit][figure.request.measure] = figure.as_json()
        values[figure.request] = figure.value
    entries = entries_of(values)
    days = {code: bounds[code, period].window for code in units}
    trees = _trees({unit.pk: days[code].last_day for code, unit in units.items()})
    rows = []
    for one in frozen:
        code = one.unit.code
        row = Snapshot(
            unit=one.unit,
            period=str(period),
            first_day=days[code].start,
            last_day=days[code].last_day,
            kind=kind,
            edition=one.edition,
            replaces=one.replaces,
            taken_at=act.now,
            taken_by=act.user,
            figures=figures[code],
            entries=entries[code],
            tree=trees[one.unit.pk],
            texts=dict(one.texts),
            digest_version=DIGEST_VERSION,
        )
        row.digest = snapshot_digest(row)
        rows.append(row)
    insert_objects(rows)
    return rows


def _trees(days: Mapping[int, date]) -> dict[int, dict[str, list[str]]]:
    """Return for units (keys) what stood at or under them on a day: code -> name, kind, code of the unit above."""
    found: dict[int, dict[str, list[str]]] = {}
    for day in set(days.values()):
        tops = [pk for pk, of_day in days.items() if of_day == day]
        rows = Ancestry.objects.filter(on_day(day), ancestor__in=tops)
        below: dict[int, list[int]] = {pk: [] for pk in tops}
        for top, unit in rows.values_list("ancestor_id", "descendant_id"):
            below[top].append(unit)
        placed = dict(
            Placement.objects.filter(on_day(day), unit__in=rows.values("descendant")).values_list(
                "unit_id", "parent_id"
            )
        )
        cards = unit_cards({*placed, *(parent for parent in placed.values() if parent)}, day=day)
        for top, units in below.items():
            named = sorted((cards[pk].code, pk) for pk in units if pk in placed)
            found[top] = {code: _line(cards, pk, placed[pk]) for code, pk in named}
    return found


def _line(cards: Mapping[int, UnitCard], unit: int, parent: int | None) -> list[str]:
    return [cards[unit].name, cards[unit].kind, cards[parent].code if parent else ""]
