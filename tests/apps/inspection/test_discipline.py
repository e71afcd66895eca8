"""Recording discipline."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import TODAY, World

from giaoban.apps.inspection.models import DecidingLevel, DisciplineEntry, DisciplineForm
from giaoban.apps.inspection.operations import DisciplineDraft, record_discipline
from giaoban.apps.members.models import MemberState
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound


def draft(world: World, who: str, form: DisciplineForm, day: date = TODAY, **extra: object) -> DisciplineDraft:
    return DisciplineDraft(world.members[who], form, DecidingLevel.CELL, day, **extra)  # type: ignore[arg-type]


def test_it_is_recorded_where_the_member_stood_on_the_day(world: World) -> None:
    [entry] = record_discipline(
        act=world.act("inspector"), drafts=[draft(world, "khoa", DisciplineForm.WARNING, date(2023, 3, 1))]
    )
    assert entry.unit.code == "DUK.01.01"


def test_an_expulsion_ends_the_membership(world: World) -> None:
    record_discipline(
        act=world.act("inspector", at_console=True), drafts=[draft(world, "dao", DisciplineForm.EXPULSION)]
    )
    assert world.refresh("dao").state == MemberState.LEFT


def test_a_probationary_member_is_not_removed_from_office(world: World) -> None:
    with pytest.raises(InvalidInput, match="Đảng viên dự bị không bị cách chức"):
        record_discipline(act=world.act("inspector"), drafts=[draft(world, "an", DisciplineForm.REMOVAL)])


def test_nobody_is_disciplined_before_they_came(world: World) -> None:
    with pytest.raises(InvalidInput, match="Không có tên"):
        record_discipline(
            act=world.act("inspector"), drafts=[draft(world, "an", DisciplineForm.WARNING, date(2022, 5, 5))]
        )


def test_a_correction_is_unique(world: World) -> None:
    entry = DisciplineEntry.objects.get()
    void = draft(world, "minh", DisciplineForm.REPRIMAND, entry.effective_date, corrects=entry.uid, void=True)
    record_discipline(act=world.act("inspector"), drafts=[void])
    assert not DisciplineEntry.objects.live().exists()
    with pytest.raises(Conflict):
        record_discipline(act=world.act("inspector"), drafts=[void])


@pytest.mark.parametrize(("who", "refused"), [("clerk", NotAllowed), ("outsider", NotFound)])
def test_only_the_inspection_commission_records(world: World, who: str, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        record_discipline(act=world.act(who), drafts=[draft(world, "dao", DisciplineForm.WARNING)])


@pytest.mark.parametrize(("who", "number"), [("inspector", 1), ("deputy", 1), ("clerk", 0), ("outsider", 0)])
def test_names_are_seen_by_those_with_the_right(world: World, who: str, number: int) -> None:
    assert DisciplineEntry.objects.visible_to(world.users[who], today=TODAY).count() == number


def test_nobody_is_disciplined_tomorrow(world: World) -> None:
    with pytest.raises(InvalidInput, match=r"Ngày 06/04/2023 ở tương lai"):
        record_discipline(
            act=world.act("inspector"), drafts=[draft(world, "khoa", DisciplineForm.WARNING, date(2023, 4, 6))]
        )
    assert DisciplineEntry.objects.count() == 1
