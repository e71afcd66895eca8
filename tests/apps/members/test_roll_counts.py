"""The roll counts of units follow every change of a spell, and stocks read from them are those of the spells."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection
from tests.world import TODAY, World, build_world

from giaoban.apps.members.integrity import CHECKS
from giaoban.apps.members.models import Member, MemberEvent, MembershipSpell, RollCount
from giaoban.apps.members.operations import (
    EntryDraft,
    FirstEntry,
    MemberDraft,
    enrol_member,
    join_records,
    record_member_entries,
    undo_join,
)
from giaoban.apps.members.operations._roll import recount_everything, recount_units, units_counted_otherwise
from giaoban.apps.organizations.models import on_day
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.period import Period
from giaoban.figures import VALUE_ONLY, FigureRequest


def _counts(code: str, day: date) -> dict[bool, int]:
    rows = RollCount.objects.filter(on_day(day), unit__code=code)
    return dict(rows.values_list("official", "members"))


def _wrong() -> list[str]:
    check = next(one for one in CHECKS if one.name.startswith("Số đảng viên đếm sẵn"))
    return list(check.rows())


@pytest.mark.django_db
def test_counts_follow_entries_corrections_and_joined_records(world: World) -> None:
    cell, other = world.units["DUK.01.01"], world.units["DUK.02"]
    assert _wrong() == []
    before = _counts("DUK.01.01", TODAY)
    act = world.act("clerk", at_console=True)
    draft = EntryDraft(
        world.members["dao"], MemberEvent.TRANSFERRED, date(2023, 3, 20), other, from_unit=cell, to_unit=other
    )
    (moved,) = record_member_entries(act=act, drafts=[draft])
    assert _counts("DUK.01.01", TODAY)[True] == before[True] - 1
    assert _counts("DUK.01.01", date(2023, 3, 19))[True] == before[True]
    assert _wrong() == []
    void = EntryDraft(
        draft.member, draft.kind, draft.day, other, from_unit=cell, to_unit=other, corrects=moved.uid, void=True
    )
    record_member_entries(act=act, drafts=[void])
    assert _counts("DUK.01.01", TODAY) == before
    first = FirstEntry(MemberEvent.OPENING, date(2022, 1, 1), other)
    double = enrol_member(
        act=act, draft=MemberDraft("Nguyễn Đức Đạo", PartialDate(date(1970, 5, 1), Precision.DAY), first)
    )
    doubled = _counts("DUK.02", TODAY)
    alias = join_records(act=world.act("clerk"), kept=world.members["dao"], other=double, takes_history=False)
    assert _counts("DUK.02", TODAY)[True] == doubled[True] - 1
    undo_join(act=world.act("clerk"), alias=alias)
    assert _counts("DUK.02", TODAY) == doubled
    assert _wrong() == []


@pytest.mark.django_db
def test_who_comes_as_somebody_goes_begins_no_new_stretch(world: World) -> None:
    spell = MembershipSpell.objects.filter(unit__code="DUK.02", official=True).earliest("pk")
    day = date(2023, 3, 27)
    rows = RollCount.objects.filter(unit__code="DUK.02", official=True).count()
    MembershipSpell.objects.filter(pk=spell.pk).update(valid_to=day)
    MembershipSpell.objects.create(
        member=spell.member, unit=spell.unit, official=True, origin=spell.origin, valid_from=day
    )
    recount_units([spell.unit_id])
    assert RollCount.objects.filter(unit__code="DUK.02", official=True).count() == rows


@pytest.mark.django_db
def test_a_wrong_count_is_found_and_counted_anew(world: World) -> None:
    del world
    sound = sorted(RollCount.objects.values_list("unit", "official", "valid_from", "valid_to", "members"))
    wrong = RollCount.objects.filter(unit__code="DUK.01.02").earliest("pk")
    RollCount.objects.filter(pk=wrong.pk).update(members=wrong.members + 1)
    assert _wrong() == ["Đơn vị DUK.01.02: số đảng viên đếm sẵn khác với thời gian sinh hoạt"]
    RollCount.objects.filter(unit__code="DUK.02").delete()
    assert len(_wrong()) == 2
    recount_everything()
    assert units_counted_otherwise() == []
    assert sorted(RollCount.objects.values_list("unit", "official", "valid_from", "valid_to", "members")) == sound


@pytest.mark.django_db
def test_the_stock_of_a_committee_reads_no_spell(world: World) -> None:
    """The number comes from the counts; what it opens into, and its parts by sex, from the spells."""
    del world
    ask = [FigureRequest("members.total", "DUK", Period.parse("2023-Q1"))]
    (whole,) = compute_figures(ask, parts=VALUE_ONLY)
    MembershipSpell.objects.filter(unit__code="DUK.02").delete()
    (again,) = compute_figures(ask, parts=VALUE_ONLY)
    assert again.value == whole.value != 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enrol_in_one_cell_at_once_both_are_counted() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's writers are one after another")
    world = build_world()
    before = _counts("DUK.02", TODAY)[True]
    start = threading.Barrier(2)
    failed: list[BaseException] = []

    def enrol(name: str) -> None:
        first = FirstEntry(MemberEvent.OPENING, date(2022, 1, 1), world.units["DUK.02"])
        draft = MemberDraft(name, PartialDate(date(1980, 1, 2), Precision.DAY), first)
        start.wait(timeout=20)
        try:
            enrol_member(act=world.act("clerk", at_console=True), draft=draft)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    people = [threading.Thread(target=enrol, args=[name]) for name in ("Lê Thị Sáng", "Phạm Văn Chiều")]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=60)
    assert not failed
    assert Member.objects.filter(full_name__in=("Lê Thị Sáng", "Phạm Văn Chiều")).count() == 2
    assert _counts("DUK.02", TODAY)[True] == before + 2
    assert units_counted_otherwise() == []
