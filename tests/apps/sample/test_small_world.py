"""The small world of the fast tests holds what its docstring says, so that tests may lean on its numbers."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import NOW, World

from giaoban.apps.members.models import MemberEntry, MemberEvent, MembershipSpell, MemberState
from giaoban.apps.organizations.models import Ancestry, on_day


@pytest.mark.parametrize(
    ("unit", "members", "probationary"),
    [("DUK", 15, 2), ("DUK.01", 10, 2), ("DUK.01.01", 4, 1), ("DUK.01.02", 6, 1), ("DUK.02", 5, 0), ("XA", 5, 0)],
)
def test_members_stand_where_the_docstring_says(world: World, unit: str, members: int, probationary: int) -> None:
    day = date(2023, 3, 31)
    below = Ancestry.objects.filter(on_day(day), ancestor=world.units[unit]).values("descendant")
    spells = MembershipSpell.objects.filter(on_day(day), unit__in=below)
    assert spells.count() == members
    assert spells.filter(official=False).count() == probationary


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (MemberEvent.ADMITTED, 2),
        (MemberEvent.RECOGNISED, 1),
        (MemberEvent.CARD_ISSUED, 1),
        (MemberEvent.TRANSFERRED, 3),
        (MemberEvent.TRANSFER_SENT, 2),
        (MemberEvent.DIED, 1),
    ],
)
def test_the_first_quarter_of_2023_holds_these_entries(world: World, kind: MemberEvent, number: int) -> None:
    entries = MemberEntry.objects.live().filter(kind=kind, effective_date__range=(date(2023, 1, 1), date(2023, 3, 31)))
    assert entries.count() == number


def test_each_person_sees_their_own_tree(world: World) -> None:
    from giaoban.apps.organizations.models import Unit

    def seen(who: str) -> set[str]:
        units = Unit.objects.visible_to(world.users[who], today=NOW.date())
        return set(units.values_list("code", flat=True))

    assert seen("clerk") == {"DUK", "DUK.01", "DUK.01.01", "DUK.01.02", "DUK.02"}
    assert seen("secretary") == {"DUK.01.01"}
    assert seen("outsider") == {"XA", "XA.01", "XA.02"}
    assert seen("stranger") == set()
    assert world.refresh("hung").state == MemberState.GONE_OUT
