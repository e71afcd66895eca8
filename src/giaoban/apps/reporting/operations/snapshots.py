"""Freezing (design.md, law 5; decision D8): values, the entries behind them, the tree and the text in one moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import Ancestry, Placement, Unit, on_day
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.apps.reporting.models import Snapshot, SnapshotKind
from giaoban.apps.reporting.queries.figures import compute_figures, sources
from giaoban.apps.reporting.queries.snapshots import entries_now, snapshot_digest
from giaoban.core.period import Period
from giaoban.figures import FigureRequest


@contextmanager
def freezing() -> Iterator[None]:
    """Everything inside sees one moment: REPEATABLE READ on PostgreSQL, the writers' lock on SQLite (decision D8).

    Inside a transaction that is open already, its own isolation holds.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


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
    window = sources().calendar.bounds([(unit.code, period)])[unit.code, period].window
    figures = compute_figures([FigureRequest(measure, unit.code, period) for measure in dict.fromkeys(measures)])
    row = Snapshot(
        unit=unit,
        period=str(period),
        first_day=window.start,
        last_day=window.last_day,
        kind=kind,
        edition=edition,
        replaces=replaces,
        taken_at=act.now,
        taken_by=act.user,
        figures={figure.request.measure: figure.as_json() for figure in figures},
        entries=entries_now(unit, period, measures),
        tree=_tree(unit, window.last_day),
        texts=dict(texts or {}),
    )
    row.digest = snapshot_digest(row)
    row.save(force_insert=True)
    return row


def _tree(unit: Unit, day: date) -> dict[str, list[str]]:
    """Return the units that stand at or under a unit on a day: code -> name, kind, code of the unit above."""
    below = Ancestry.objects.filter(on_day(day), ancestor=unit).values("descendant")
    placed = dict(Placement.objects.filter(on_day(day), unit__in=below).values_list("unit_id", "parent_id"))
    cards = unit_cards({*placed, *(parent for parent in placed.values() if parent)}, day=day)
    return {
        cards[pk].code: [cards[pk].name, cards[pk].kind, cards[parent].code if parent else ""]
        for pk, parent in sorted(placed.items(), key=lambda item: cards[item[0]].code)
    }
