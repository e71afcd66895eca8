"""The sums of wide units: what they say is what the registers say, whatever is recorded and taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.organizations.histories import History
from tests.apps.organizations.state import UNITS
from tests.figures.database import write
from tests.figures.test_sql_against_memory import FOLDING, OF_A_PAGE, PERIODS
from tests.figures.world import World as RandomWorld
from tests.figures.world import examples, worlds
from tests.world import TODAY, World, build_world

from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import (
    EntryDraft,
    FirstEntry,
    MemberDraft,
    enrol_member,
    join_records,
    record_member_entries,
    undo_join,
)
from giaoban.apps.organizations.integrity import CHECKS
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import UnitEvent, UnitSum
from giaoban.apps.organizations.operations import (
    TreeDraft,
    record_tree_event,
    take_back,
)
from giaoban.apps.organizations.operations._sums import sum_everything_anew, units_summed_otherwise
from giaoban.apps.organizations.queries import sums
from giaoban.apps.reporting.queries.figures import compute_figures, sources
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import Conflict
from giaoban.core.period import Period
from giaoban.figures import VALUE_ONLY, Figure, FigureRequest, compute_many

SEEDS = st.integers(0, 2**32)
EVERYWHERE = tuple(kinds())


@pytest.fixture(params=[(EVERYWHERE, ()), (("upper",), EVERYWHERE)], ids=["everything", "stocks"])
def _wide(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Let every unit keep sums, so that worlds of twenty units show what happens in provinces and below them."""
    wide, stocked = request.param
    monkeypatch.setattr(sums, "WIDE", wide)
    monkeypatch.setattr(sums, "STOCKED", stocked)


@pytest.fixture
def summed(_wide: None, world: World) -> World:
    """The small world with sums of all its units."""
    with transaction.atomic():
        sum_everything_anew()
    return world


def _wrong() -> list[str]:
    check = next(one for one in CHECKS if one.name.startswith("Số cộng sẵn"))
    return list(check.rows())


def _rows() -> list[tuple[object, ...]]:
    """The sums, whatever rows they are made of."""
    found: dict[tuple[object, ...], int] = {}
    for *key, number in UnitSum.objects.values_list("unit__code", "series", "grain", "day", "number"):
        found[tuple(key)] = found.get(tuple(key), 0) + number
    return sorted((*key, number) for key, number in found.items() if number)


@examples(8)
@given(worlds, st.sampled_from(PERIODS), st.integers(0, 99), st.booleans())
@pytest.mark.django_db
@pytest.mark.usefixtures("_wide")
def test_figures_read_from_sums_are_those_of_the_registers(
    world: RandomWorld, period: Period, number: int, several: bool
) -> None:
    """Every second example asks about one unit alone: it and all its children are read from sums."""
    units = world.units[number % 7 :: 3] if several else [world.units[number % len(world.units)]]
    requests = [FigureRequest(key, unit, period) for key in FOLDING for unit in units]
    with transaction.atomic():
        write(world)
        sum_everything_anew()
        assert UnitSum.objects.exists()
        for parts in (OF_A_PAGE, VALUE_ONLY):
            expected = compute_many(world.sources(), requests, parts=parts)
            for one, other in zip(expected, compute_many(sources(), requests, parts=parts), strict=True):
                assert one == other, one.request
        transaction.set_rollback(True)


@pytest.mark.long
@examples(1)
@given(SEEDS)
@pytest.mark.django_db
def test_sums_follow_whatever_happens(summed: World, seed: int) -> None:
    """After each step of a random history, and after each act that is taken back, nothing has to be summed anew."""
    with transaction.atomic():
        history = History(summed, seed)
        for _ in range(16):
            history.play(1)
            assert units_summed_otherwise() == []
        for done in reversed(history.acts):
            try:
                take_back(act=history.act, event=done.event)
            except Conflict:
                continue
            assert units_summed_otherwise() == [], done.draft
        kept, told = _rows(), _figures()
        sum_everything_anew()
        assert _rows() == kept
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sums, "WIDE", ())
            assert _figures() == told
        UnitSum.objects.all().delete()
        assert _figures() != told, "the figures are not read from the sums at all"
        transaction.set_rollback(True)


def _figures() -> list[Figure]:
    """What the pages of units ask, each alone."""
    return [
        one
        for unit in UNITS[:3]
        for one in compute_figures(
            [FigureRequest(key, unit, Period.parse("2023-Q2")) for key in FOLDING], parts=OF_A_PAGE
        )
    ]


@pytest.mark.django_db
def test_a_backdated_entry_its_correction_and_joined_records_keep_the_sums(summed: World) -> None:
    cell, other = summed.units["DUK.01.01"], summed.units["DUK.02"]
    act = summed.act("clerk", at_console=True)
    sound = _rows()
    died = EntryDraft(summed.members["dao"], MemberEvent.DIED, date(2022, 8, 9), cell)
    (entry,) = record_member_entries(act=act, drafts=[died])
    assert ("DUK", "member:died", "d", date(2022, 8, 9), 1) in _rows()
    void = EntryDraft(died.member, died.kind, died.day, cell, corrects=entry.uid, void=True)
    record_member_entries(act=act, drafts=[void])
    assert _rows() == sound
    first = FirstEntry(MemberEvent.ADMITTED, date(2022, 5, 19), other)
    double = enrol_member(
        act=act, draft=MemberDraft("Nguyễn Đức Đạo", PartialDate(date(1970, 5, 1), Precision.DAY), first)
    )
    doubled = _rows()
    alias = join_records(act=summed.act("clerk"), kept=summed.members["dao"], other=double, takes_history=False)
    assert _rows() == sound
    undo_join(act=summed.act("clerk"), alias=alias)
    assert _rows() == doubled
    assert units_summed_otherwise() == []


@pytest.mark.django_db
def test_what_happened_after_a_move_that_is_told_late_goes_with_the_unit(summed: World) -> None:
    died = EntryDraft(summed.members["dao"], MemberEvent.DIED, date(2023, 3, 9), summed.units["DUK.01.01"])
    record_member_entries(act=summed.act("clerk", at_console=True), drafts=[died])
    assert ("DUK", "member:died", "d", date(2023, 3, 9), 1) in _rows()
    move = TreeDraft(UnitEvent.MOVED, date(2023, 3, 1), "DUK.01", parent="XA")
    record_tree_event(act=summed.act("clerk", at_console=True), draft=move)
    assert ("DUK", "member:died", "d", date(2023, 3, 9), 1) not in _rows()
    assert units_summed_otherwise() == []


@pytest.mark.django_db
def test_a_unit_that_becomes_wide_is_summed_from_its_first_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "WIDE", ("grassroots_committee",))
    monkeypatch.setattr(sums, "STOCKED", ())
    sum_everything_anew()
    assert set(UnitSum.objects.values_list("unit__code", flat=True)) == {"DUK.01"}
    act = world.act("clerk", at_console=True)
    draft = TreeDraft(UnitEvent.KIND_CHANGED, date(2023, 4, 4), "DUK.02", unit_kind="grassroots_committee")
    # The members of the cell would have to go first; here it is the kind alone that matters.
    entry = record_tree_event(act=act, draft=draft)
    assert "DUK.02" in set(UnitSum.objects.values_list("unit__code", flat=True))
    assert units_summed_otherwise() == []
    record_tree_event(act=act, draft=replace(draft, corrects=entry.uid, void=True))
    assert set(UnitSum.objects.values_list("unit__code", flat=True)) == {"DUK.01"}


@pytest.mark.django_db
def test_with_the_first_wide_unit_the_committees_below_keep_what_stands(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sums, "WIDE", ("section",))
    sum_everything_anew()
    assert not UnitSum.objects.exists(), "an upper committee keeps nothing where no unit is wide"
    name, day = "Đảng bộ bộ phận Kho vận", date(2023, 4, 4)
    draft = TreeDraft(UnitEvent.ESTABLISHED, day, "DUK.01.09", parent="DUK.01", name=name, unit_kind="section")
    record_tree_event(act=world.act("clerk", at_console=True), draft=draft)
    series = set(UnitSum.objects.filter(unit__code="DUK").values_list("series", flat=True))
    assert {"units", "roll:official"} <= series
    assert not any(one.startswith("member:") for one in series)
    assert units_summed_otherwise() == []


@pytest.mark.django_db
def test_a_wrong_sum_is_found_and_mended(summed: World) -> None:
    assert summed
    assert _wrong() == []
    sound = _rows()
    row = UnitSum.objects.filter(unit__code="DUK.01", series="roll:official").earliest("pk")
    UnitSum.objects.filter(pk=row.pk).update(number=row.number + 1)
    UnitSum.objects.filter(unit__code="DUK").first().delete()  # type: ignore[union-attr]
    assert len(_wrong()) == 2
    assert "DUK.01" in "".join(_wrong())
    sum_everything_anew()
    assert _wrong() == []
    assert _rows() == sound


@pytest.mark.django_db
def test_many_rows_of_one_day_become_one(summed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("giaoban.apps.organizations.operations._folding._FOLDED_AT", 3)
    act, cell, day = summed.act("clerk", at_console=True), summed.units["DUK.01.01"], date(2023, 4, 3)
    for number in range(4):
        birth = PartialDate(date(1980 + number, 2, 3), Precision.DAY)
        enrol_member(act=act, draft=MemberDraft(f"Lê Văn {number}", birth, FirstEntry(MemberEvent.ADMITTED, day, cell)))
    rows = UnitSum.objects.filter(unit__code="DUK", series="member:admitted", grain="d", day=day)
    assert sum(rows.values_list("number", flat=True)) == 4
    assert len(rows) < 4
    assert units_summed_otherwise() == []


@pytest.mark.django_db
def test_where_no_unit_is_wide_nothing_is_summed(world: World) -> None:
    enrol_member(
        act=world.act("clerk", at_console=True),
        draft=MemberDraft(
            "Lê Thị Mới",
            PartialDate(date(1990, 1, 2), Precision.DAY),
            FirstEntry(MemberEvent.ADMITTED, TODAY, world.units["DUK.02"]),
        ),
    )
    assert not UnitSum.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_and_a_move_of_its_unit_at_once_leave_the_sums_right(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's writers are one after another")
    monkeypatch.setattr(sums, "WIDE", EVERYWHERE)
    world = build_world()
    sum_everything_anew()
    start = threading.Barrier(3)
    failed: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        start.wait(timeout=20)
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    def enrol(name: str) -> Callable[[], object]:
        first = FirstEntry(MemberEvent.ADMITTED, date(2023, 4, 3), world.units["DUK.01.01"])
        draft = MemberDraft(name, PartialDate(date(1980, 1, 2), Precision.DAY), first)
        return lambda: enrol_member(act=world.act("clerk", at_console=True), draft=draft)

    move = TreeDraft(UnitEvent.MOVED, date(2023, 4, 2), "DUK.01", parent="XA")
    works = [
        enrol("Lê Thị Sáng"),
        enrol("Phạm Văn Chiều"),
        lambda: record_tree_event(act=world.act("clerk", at_console=True), draft=move),
    ]
    people = [threading.Thread(target=run, args=[work]) for work in works]
    for one in people:
        one.start()
    for one in people:
        one.join(timeout=60)
    assert not failed
    assert units_summed_otherwise() == []
    assert ("XA", "member:admitted", "d", date(2023, 4, 3), 2) in _rows()
