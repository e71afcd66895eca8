"""Two people at two ends record a transfer of one member at the same moment: one wins, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from tests.world import build_world

from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MembershipSpell
from giaoban.apps.members.operations import EntryDraft, record_member_entries
from giaoban.core.errors import GiaobanError


@pytest.mark.django_db(transaction=True)
def test_of_two_transfers_of_one_member_at_once_the_second_is_told() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's writers are one after another")
    world = build_world()
    dao, first, day = world.members["dao"], world.units["DUK.01.01"], date(2023, 4, 3)
    start = threading.Barrier(2)
    told: list[GiaobanError] = []
    written: list[str] = []

    def move(goal: str, who: str) -> Callable[[], None]:
        def run() -> None:
            member = Member.objects.get(pk=dao.pk)
            to_unit = world.units[goal]
            draft = EntryDraft(member, MemberEvent.TRANSFERRED, day, to_unit, from_unit=first, to_unit=to_unit)
            start.wait(timeout=20)
            try:
                record_member_entries(act=world.act(who), drafts=[draft])
                written.append(goal)
            except GiaobanError as error:
                told.append(error)
            finally:
                connection.close()

        return run

    people = [threading.Thread(target=move("DUK.01.02", "clerk")), threading.Thread(target=move("DUK.02", "organizer"))]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=60)
    assert len(written) == len(told) == 1
    assert dao.full_name in f"{told[0].message} {told[0].where}"
    moves = MemberEntry.objects.live().filter(member=dao, kind=MemberEvent.TRANSFERRED)
    assert [entry.to_unit.code for entry in moves.select_related("to_unit") if entry.to_unit] == written
    spells = MembershipSpell.objects.filter(member=dao).order_by("valid_from").values_list("unit__code", flat=True)
    assert list(spells) == ["DUK.01.01", written[0]]
