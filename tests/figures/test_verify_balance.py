"""`verify` finds a month that does not add up, in the unit where it happened and in those above it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.figures.database import write
from tests.figures.world import ROOT, Player, world

from giaoban.apps.members.models import MembershipSpell
from giaoban.apps.members.operations._roll import recount_everything
from giaoban.apps.reporting.integrity import CHECKS, unbalanced_months
from giaoban.core.period import Period

pytestmark = pytest.mark.django_db
MONTHS = Period.parse("2022").months()


def test_a_sound_office_balances() -> None:
    write(world(11, 80))
    assert list(unbalanced_months(MONTHS)) == []
    assert [line for check in CHECKS for line in check.rows()] == []


def test_a_spell_that_ends_without_an_entry_is_found() -> None:
    write(Player().result())
    spell = MembershipSpell.objects.filter(unit__code=f"{ROOT}.1.1").earliest("pk")
    MembershipSpell.objects.filter(pk=spell.pk).update(valid_to=date(2022, 5, 17))
    recount_everything()
    found = [(breach.request.unit, str(breach.request.period)) for breach in unbalanced_months(MONTHS)]
    assert found == [(ROOT, "2022-M05"), (f"{ROOT}.1", "2022-M05"), (f"{ROOT}.1.1", "2022-M05")]
