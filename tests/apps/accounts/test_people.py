"""People and codes below the operations that ask for rights; and the trail that they leave."""

from __future__ import annotations

import pytest
from tests.world import World

from giaoban.apps.accounts.models import OneTimeCode
from giaoban.apps.accounts.operations import add_person, print_code
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.core.errors import Conflict


def test_a_person_is_added_without_a_password(world: World) -> None:
    person = add_person(act=world.act("clerk"), username=" Moi.Nguyen ", full_name="Nguyễn  Thị Mới")
    assert (person.user.username, person.user.full_name) == ("moi.nguyen", "Nguyễn Thị Mới")
    assert not person.user.has_usable_password()
    with pytest.raises(Conflict):
        add_person(act=world.act("clerk"), username="moi.nguyen", full_name="Nguyễn Văn Mới")


def test_a_new_code_ends_the_one_before(world: World) -> None:
    user = world.users["stranger"]
    first = print_code(act=world.act("clerk"), user=user)
    second = print_code(act=world.act("clerk"), user=user)
    assert first != second
    assert OneTimeCode.objects.filter(user=user, used_at=None).count() == 1


def test_the_trail_says_who_did_what_and_holds_no_code(world: World) -> None:
    code = print_code(act=world.act("clerk"), user=world.users["stranger"])
    write_trail(world.act("deputy"), [Happening("test.seen", "unit", "x", "DUK", {"n": 1})])
    row = AuditRow.objects.get(action="test.seen")
    assert (row.actor, row.unit_code, row.detail) == (world.users["deputy"], "DUK", {"n": 1})
    assert not AuditRow.objects.filter(detail__icontains=code).exists()
