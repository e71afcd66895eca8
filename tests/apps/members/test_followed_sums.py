"""What wide units keep of what is followed up: it is what the registers tell, whatever happens and is taken back."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.members.test_followed_below import people_near_a_badge, same_as_listed
from tests.apps.organizations.histories import History
from tests.figures.world import examples
from tests.world import TODAY, World, build_world

from giaoban.apps.members.integrity import CHECKS
from giaoban.apps.members.models import FollowedSum, HonourEvent, Member, MemberEvent
from giaoban.apps.members.operations import (
    EntryDraft,
    FirstEntry,
    HonourDraft,
    MemberDraft,
    enrol_member,
    exempt_member,
    join_records,
    member_goes_away,
    record_honour,
    record_member_entries,
    undo_join,
)
from giaoban.apps.members.operations._counting import count_everything_anew
from giaoban.apps.members.operations._followed import tell_followed_anew, units_followed_otherwise
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import UnitEvent
from giaoban.apps.organizations.operations import TreeDraft, record_tree_event, take_back
from giaoban.apps.organizations.queries import sums
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import Conflict, InvalidInput

SEEDS = st.integers(0, 2**32)


@pytest.fixture
def kept(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The small world, every unit of which keeps what is followed up under it."""
    monkeypatch.setattr(sums, "WIDE", tuple(kinds()))
    with transaction.atomic():
        tell_followed_anew()
    return world


def _rows() -> list[tuple[object, ...]]:
    """The sums, whatever rows they are made of."""
    found: dict[tuple[object, ...], int] = {}
    for *key, number in FollowedSum.objects.values_list("unit__code", "what", "mark", "day", "since", "number"):
        found[tuple(key)] = found.get(tuple(key), 0) + number
    return sorted((*key, number) for key, number in found.items() if number)


def _stock(code: str, what: str, day: date) -> int:
    """How many cases a unit has on a day."""
    return sum(row[5] for row in _rows() if row[:2] == (code, what) and row[4] <= day)  # type: ignore[misc, operator]


def _wrong() -> list[str]:
    check = next(one for one in CHECKS if one.name.startswith("Số trường hợp cần theo dõi"))
    return list(check.rows())


def _absent(world: World) -> None:
    for place, name in enumerate(("dao", "em", "minh", "phong", "quy")):
        day = date(2022, 6, 1) + timedelta(days=40 * place)
        act, member = world.act("clerk"), world.members[name]
        exempt_member(act=act, member=member, day=day, until=day + timedelta(days=200))
        member_goes_away(act=act, member=member, day=day, place="Bình Dương")


@examples(4)
@given(SEEDS)
@pytest.mark.django_db
def test_what_is_kept_follows_whatever_happens(kept: World, seed: int) -> None:
    """After each step of a random history, and after each act that is taken back, nothing has to be told anew."""
    with transaction.atomic():
        _absent(kept)
        history = History(kept, seed)
        for _ in range(14):
            history.play(2, papers=True)
            assert units_followed_otherwise() == []
        same_as_listed(kept, history.act.today)
        for done in reversed(history.acts):
            try:
                take_back(act=history.act, event=done.event)
            except Conflict:
                continue
            assert units_followed_otherwise() == [], done.draft
        same_as_listed(kept, history.act.today)
        told = _rows()
        count_everything_anew()
        assert _rows() == told
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_lists_are_counted_from_what_is_kept(kept: World) -> None:
    """On all days of a year, as the lists of the units below have it; and nothing else is asked."""
    _absent(kept)
    people = people_near_a_badge(kept, 40)
    for member in people[::2]:
        draft = HonourDraft(HonourEvent.BADGE_AWARDED, TODAY, member, level="provincial", years=30, round="3/2/2023")
        with contextlib.suppress(InvalidInput):
            record_honour(act=kept.act("clerk", at_console=True), draft=draft)
    assert Member.objects.filter(badge_years=30).count() > 5
    assert units_followed_otherwise() == []
    seen = [same_as_listed(kept, TODAY + timedelta(days=30 * month)) for month in range(12)]
    for key in ("probation", "letters", "badges", "exempt", "away"):
        assert any(one[key] for one in seen), key
    FollowedSum.objects.all().delete()
    with pytest.raises(AssertionError):
        same_as_listed(kept, TODAY)


@pytest.mark.django_db
def test_a_letter_within_a_unit_is_one_and_ends_with_its_answer(kept: World) -> None:
    act, cell, other = kept.act("clerk", at_console=True), kept.units["DUK.01.01"], kept.units["DUK.01.02"]
    before = [_stock(code, "l", TODAY) for code in ("DUK.01.01", "DUK.01.02", "DUK.01", "DUK", "DUK.02")]
    member = kept.members["dao"]
    sent = EntryDraft(member, MemberEvent.TRANSFER_SENT, date(2023, 4, 3), cell, from_unit=cell, to_unit=other)
    (letter,) = record_member_entries(act=act, drafts=[sent])
    after = [_stock(code, "l", TODAY) for code in ("DUK.01.01", "DUK.01.02", "DUK.01", "DUK", "DUK.02")]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1, 1, 1, 0]
    void = EntryDraft(member, sent.kind, sent.day, cell, from_unit=cell, to_unit=other, corrects=letter.uid, void=True)
    record_member_entries(act=act, drafts=[void])
    assert [_stock(code, "l", TODAY) for code in ("DUK.01.01", "DUK.01.02", "DUK.01", "DUK", "DUK.02")] == before
    assert units_followed_otherwise() == []


@pytest.mark.django_db
def test_what_is_followed_up_goes_with_the_unit_from_the_day_of_its_move(kept: World) -> None:
    before, day = _stock("DUK", "b", TODAY), date(2023, 5, 2)
    own = _stock("DUK.01", "b", TODAY)
    assert before > own > 0
    act = kept.act("clerk", at_console=True)
    entry = record_tree_event(act=act, draft=TreeDraft(UnitEvent.MOVED, day, "DUK.01", parent="XA"))
    assert _stock("DUK", "b", day - timedelta(days=1)) == before
    assert _stock("DUK", "b", day) == before - own
    assert _stock("XA", "b", day) == own + _stock("XA", "b", day - timedelta(days=1))
    assert units_followed_otherwise() == []
    void = TreeDraft(UnitEvent.MOVED, day, "DUK.01", parent="XA", corrects=entry.uid, void=True)
    record_tree_event(act=act, draft=void)
    assert _stock("DUK", "b", day) == before
    assert units_followed_otherwise() == []


@pytest.mark.django_db
def test_joined_records_are_followed_up_once(kept: World) -> None:
    sound = _rows()
    first = FirstEntry(MemberEvent.ADMITTED, date(2022, 5, 19), kept.units["DUK.02"])
    draft = MemberDraft("Nguyễn Đức Đạo", PartialDate(date(1970, 5, 1), Precision.DAY), first)
    double = enrol_member(act=kept.act("clerk", at_console=True), draft=draft)
    doubled = _rows()
    assert doubled != sound
    alias = join_records(act=kept.act("clerk"), kept=kept.members["dao"], other=double, takes_history=False)
    assert _rows() == sound
    undo_join(act=kept.act("clerk"), alias=alias)
    assert _rows() == doubled
    assert units_followed_otherwise() == []


@pytest.mark.django_db
def test_a_unit_that_becomes_wide_keeps_what_stands_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "WIDE", ("grassroots_committee",))
    tell_followed_anew()
    assert set(FollowedSum.objects.values_list("unit__code", flat=True)) == {"DUK.01"}
    draft = TreeDraft(UnitEvent.KIND_CHANGED, date(2023, 4, 4), "DUK.02", unit_kind="grassroots_committee")
    record_tree_event(act=world.act("clerk", at_console=True), draft=draft)
    assert set(FollowedSum.objects.values_list("unit__code", flat=True)) == {"DUK.01", "DUK.02"}
    assert units_followed_otherwise() == []


@pytest.mark.django_db
def test_a_wrong_sum_is_named_and_mended(kept: World) -> None:
    letter = EntryDraft(
        kept.members["dao"],
        MemberEvent.TRANSFER_SENT,
        date(2023, 4, 3),
        kept.units["DUK.01.01"],
        from_unit=kept.units["DUK.01.01"],
        to_unit=kept.units["DUK.02"],
    )
    record_member_entries(act=kept.act("clerk", at_console=True), drafts=[letter])
    assert _wrong() == []
    sound = _rows()
    row = FollowedSum.objects.filter(unit__code="DUK.01", what="b").earliest("pk")
    FollowedSum.objects.filter(pk=row.pk).update(number=row.number + 1)
    FollowedSum.objects.filter(unit__code="DUK.02", what="l").delete()
    named = _wrong()
    assert [line.split(":")[0] for line in named] == ["Đơn vị DUK.01", "Đơn vị DUK.02"]
    count_everything_anew()
    assert _wrong() == []
    assert _rows() == sound


@pytest.mark.django_db
def test_where_no_unit_is_wide_nothing_is_kept(world: World) -> None:
    _absent(world)
    tell_followed_anew()
    assert not FollowedSum.objects.exists()
    assert units_followed_otherwise() == []


@pytest.mark.django_db
def test_many_rows_of_one_key_become_one(kept: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("giaoban.apps.organizations.operations._folding._FOLDED_AT", 3)
    act, cell, day = kept.act("clerk", at_console=True), kept.units["DUK.01.01"], date(2023, 4, 3)
    for number in range(5):
        birth = PartialDate(date(1980 + number, 2, 3), Precision.DAY)
        enrol_member(act=act, draft=MemberDraft(f"Lê Văn {number}", birth, FirstEntry(MemberEvent.ADMITTED, day, cell)))
    rows = FollowedSum.objects.filter(unit__code="DUK", what="p", day=day)
    assert sum(rows.values_list("number", flat=True)) == 5
    assert len(rows) < 4
    assert units_followed_otherwise() == []


@pytest.mark.django_db(transaction=True)
def test_an_absence_and_a_move_of_its_unit_at_once_leave_it_right(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's writers are one after another")
    monkeypatch.setattr(sums, "WIDE", tuple(kinds()))
    world = build_world()
    count_everything_anew()
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

    def goes(name: str) -> Callable[[], object]:
        act = world.act("clerk", at_console=True)
        return lambda: member_goes_away(act=act, member=world.members[name], day=date(2023, 1, 3), place="Bình Dương")

    move = TreeDraft(UnitEvent.MOVED, date(2023, 4, 2), "DUK.01", parent="XA")
    works = [
        goes("dao"),
        goes("em"),
        lambda: record_tree_event(act=world.act("clerk", at_console=True), draft=move),
    ]
    people = [threading.Thread(target=run, args=[work]) for work in works]
    for one in people:
        one.start()
    for one in people:
        one.join(timeout=60)
    assert not failed
    assert units_followed_otherwise() == []
    assert sum(_stock(code, "a", TODAY) for code in ("DUK", "XA")) == 2
