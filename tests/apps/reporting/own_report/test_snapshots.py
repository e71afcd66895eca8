"""Freezing: what is kept, what its digest covers, and what shows as an adjustment afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import EntryDraft, record_member_entries
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.models import Snapshot, SnapshotKind
from giaoban.apps.reporting.operations.snapshots import freezing, take_snapshot
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.apps.reporting.queries.snapshots import adjustments, snapshot_digest
from giaoban.core.period import Period
from giaoban.figures import FigureRequest

if TYPE_CHECKING:
    from tests.world import World

PERIOD = Period.parse("2023-Q1")
START_OF_TIME = datetime(2020, 1, 1, tzinfo=UTC)
MEASURES = ("members.total", "members.died", "members.admitted", "members.admission_rate")


def _taken(world: World) -> Snapshot:
    with freezing():
        return take_snapshot(
            act=world.act("clerk"),
            unit=world.units["DUK"],
            period=PERIOD,
            kind=SnapshotKind.CUTOFF,
            measures=MEASURES,
            texts={"tasks": "Triển khai nhiệm vụ."},
        )


def _somebody_died(world: World, member: str, day: date) -> None:
    draft = EntryDraft(world.members[member], MemberEvent.DIED, day, world.units["DUK.01.02"])
    record_member_entries(act=world.act("organizer"), drafts=[draft])


def test_it_holds_values_entries_tree_and_text(world: World) -> None:
    held = _taken(world)
    figures = compute_figures([FigureRequest(key, "DUK", PERIOD) for key in MEASURES])
    assert held.figures == {figure.request.measure: figure.as_json() for figure in figures}
    for key in MEASURES[:3]:
        assert sum(number for _, _, number in held.entries[key]) == held.figures[key]["value"]
    assert held.tree["DUK.01.01"] == ["Chi bộ Văn phòng", "cell", "DUK.01"]
    assert held.tree["DUK"][2] == ""
    assert set(held.tree) == {"DUK", "DUK.01", "DUK.01.01", "DUK.01.02", "DUK.02"}
    assert (held.first_day, held.last_day) == (date(2023, 1, 1), date(2023, 3, 31))


def test_the_digest_covers_all_of_it(world: World) -> None:
    held = Snapshot.objects.get(pk=_taken(world).pk)
    assert snapshot_digest(held) == held.digest
    held.texts = {"tasks": "Triển khai nhiệm vụ!"}
    assert snapshot_digest(held) != held.digest


@pytest.mark.parametrize(
    ("name", "value"),
    [("kind", SnapshotKind.SIGNED), ("edition", 7), ("digest_version", 1), ("taken_at", START_OF_TIME)],
)
def test_the_digest_covers_which_snapshot_it_is(world: World, name: str, value: object) -> None:
    held = Snapshot.objects.get(pk=_taken(world).pk)
    setattr(held, name, value)
    assert snapshot_digest(held) != held.digest


def test_a_digest_of_before_still_holds() -> None:
    """Version 1 as it was computed when it was the only one: kind, edition and moment were no part of it."""
    unit = Unit(code="DUK")
    old = Snapshot(unit=unit, period="2023-Q1", first_day=PERIOD.start, last_day=date(2023, 3, 31), edition=2)
    old.figures, old.entries, old.tree = {"members.total": {"value": 1}}, {"members.total": [["a", "DUK", 1]]}, {}
    old.texts = {"tasks": "Triển khai nhiệm vụ."}
    assert old.digest_version == 1
    assert snapshot_digest(old) == "4e9a7dee02dd185b41f51e59e1149227800328f2a1d849a8526a881728d97c70"


def test_the_database_refuses_to_change_it(world: World) -> None:
    held = _taken(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        Snapshot.objects.filter(pk=held.pk).update(edition=2)


def test_nothing_is_adjusted_while_nothing_was_recorded(world: World) -> None:
    assert adjustments(_taken(world)) == ()


def test_what_is_recorded_later_shows_with_its_entries(world: World) -> None:
    held = _taken(world)
    _somebody_died(world, "phong", date(2023, 3, 20))
    found = {one.measure.key: one for one in adjustments(held)}
    assert set(found) == {"members.total", "members.died"}
    died = found["members.died"]
    assert (died.frozen, died.now, died.went) == (1, 2, ())
    (came,) = died.came
    assert came.unit == "DUK.01.02"
    assert came.line is not None
    assert came.line.day == date(2023, 3, 20)
    total = found["members.total"]
    assert (total.frozen, total.now) == (15, 14)
    assert [(one.unit, one.number, one.line) for one in total.went] == [("DUK.01.02", 1, None)]


def test_what_is_recorded_for_later_days_is_no_adjustment(world: World) -> None:
    held = _taken(world)
    _somebody_died(world, "phong", date(2023, 4, 2))
    assert adjustments(held) == ()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one person write at a time")
def test_postgresql_reads_one_moment() -> None:
    with freezing(), connection.cursor() as cursor:
        cursor.execute("SHOW TRANSACTION ISOLATION LEVEL")
        assert cursor.fetchone() == ("repeatable read",)
