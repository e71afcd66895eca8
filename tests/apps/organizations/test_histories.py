"""What holds whatever happens to the tree (D3 to D5): the books balance, the past stays, taking back restores."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import example, given
from hypothesis import strategies as st
from tests.apps.organizations.histories import History
from tests.apps.organizations.state import UNITS, everything, figures
from tests.figures.world import examples
from tests.world import World

from giaoban.apps.members.integrity import CHECKS as MEMBER_CHECKS
from giaoban.apps.members.models import HonourEntry, HonourEvent, Member, MemberEntry, MemberEvent, WaitingLetter
from giaoban.apps.organizations.integrity import CHECKS as TREE_CHECKS
from giaoban.apps.organizations.operations import take_back
from giaoban.apps.reporting.integrity import unbalanced_months
from giaoban.core.errors import Conflict
from giaoban.core.period import Period

SEEDS = st.integers(0, 2**32)
MONTHS = [month for year in ("2023", "2024") for month in Period.parse(year).months()]

pytestmark = pytest.mark.long


@examples(5)
@given(SEEDS)
def test_the_books_balance_and_the_past_stays_what_it_was(world: World, seed: int) -> None:
    """Opening + in - out = closing for every unit and month; a past quarter is the same after everything later."""
    with transaction.atomic():
        past = figures(UNITS, ("2022", "2023-Q1"))
        history = History(world, seed)
        history.play(40)
        assert len(history.acts) >= 5, history.refused
        assert list(unbalanced_months(MONTHS)) == []
        assert figures(UNITS, ("2022", "2023-Q1")) == past
        assert [line for check in (*TREE_CHECKS, *MEMBER_CHECKS) for line in check.rows()] == []
        transaction.set_rollback(True)


@examples(3)
@given(SEEDS)
def test_letters_and_badges_are_noted_as_the_journals_tell_them(world: World, seed: int) -> None:
    """Who is on the way and who has which badge is kept beside the journals: it is what they tell, whatever happens."""
    with transaction.atomic():
        history = History(world, seed)
        history.play(60, papers=True)
        assert [line for check in MEMBER_CHECKS for line in check.rows()] == []
        waiting = set(WaitingLetter.objects.values_list("entry__member", flat=True))
        answered = set(MemberEntry.objects.live().filter(sent__isnull=False).values_list("sent", flat=True))
        letters = MemberEntry.objects.live().filter(kind=MemberEvent.TRANSFER_SENT)
        assert waiting == {one.member_id for one in letters if one.pk not in answered}
        awards = HonourEntry.objects.live().filter(kind=HonourEvent.BADGE_AWARDED).values_list("member", "years")
        assert dict(Member.objects.filter(badge_years__gt=0).values_list("pk", "badge_years")) == dict(
            sorted(awards, key=lambda award: award[1])
        )
        transaction.set_rollback(True)


@examples(3)
@given(SEEDS)
def test_acts_taken_back_from_the_last_to_the_first_leave_nothing(world: World, seed: int) -> None:
    """Only acts, so that nothing hinders: each that is taken back restores every row and every figure before it."""
    with transaction.atomic():
        history = History(world, seed)
        states = []
        while len(history.acts) < 4 and len(history.refused) < 60:
            before, known = everything(), len(history.acts)
            history.step(history.on_tree)
            if len(history.acts) > known:
                states.append(before)
        assert len(history.acts) == 4, history.refused
        for done, before in zip(reversed(history.acts), reversed(states), strict=True):
            take_back(act=history.act, event=done.event)
            assert everything() == before, done.draft
        transaction.set_rollback(True)


@examples(3)
@example(2089786)  # a cell that left a committee which became a cell since
@given(SEEDS)
def test_an_act_is_taken_back_or_what_needs_it_is_named(world: World, seed: int) -> None:
    """After a random history each act either goes, and all still balances, or what hinders is told with its day."""
    with transaction.atomic():
        history = History(world, seed)
        history.play(25)
        refused = []
        for done in reversed(history.acts):
            try:
                take_back(act=history.act, event=done.event)
            except Conflict as error:
                refused.append(str(error))
        assert [said for said in refused if "sau đó đã ghi" not in said] == []
        assert len(refused) < len(history.acts)
        assert list(unbalanced_months(MONTHS)) == []
        assert [line for check in (*TREE_CHECKS, *MEMBER_CHECKS) for line in check.rows()] == []
        transaction.set_rollback(True)
