"""The people of the sample who sign in, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import check_password, make_password

from giaoban.apps.accounts.models import User
from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import GrantTerms, give_grant
from giaoban.apps.sample.facts import facts


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of the table that the demo prints.

    ``password`` is empty once the person has set another; ``sees`` says in a few words what they see.
    """

    key: str
    role: str
    full_name: str
    username: str
    password: str
    sees: str


def is_sample() -> bool:
    """Tell whether the current database holds the sample and not the data of an office."""
    names = {one.username for one in facts().people}
    there = User.objects.filter(username__in=names).count() == len(names)
    return there and Unit.objects.filter(code__in=("MAU", "PHUONG")).count() == 2


def sign_ins() -> tuple[SignIn, ...]:
    """Return the sample people with the password that all of them share; it is in use in the demo only."""
    known = facts()
    hashes = dict(User.objects.values_list("username", "password"))
    # As long as nobody changed anything all share one hash, and one slow check tells it.
    unchanged = {one for one in set(hashes.values()) if check_password(known.password, one)}
    return tuple(
        SignIn(
            one.key,
            rights_table().roles[one.role].label,
            one.name,
            one.username,
            known.password if hashes.get(one.username) in unchanged else "",
            one.sees,
        )
        for one in known.people
    )


def add_people(now: datetime) -> dict[str, User]:
    """This function will add the people, without rights yet; one hash of the shared password serves all."""
    known = facts()
    password = make_password(known.password)
    users = {
        one.key: User(username=one.username, full_name=one.name, password=password, created_at=now)
        for one in known.people
    }
    User.objects.bulk_create(users.values())
    write_trail(
        Act(users["administrator"], now, at_console=True),
        [
            Happening("accounts.added", "user", str(user.uid), detail={"username": user.username})
            for user in users.values()
        ],
    )
    return users


def give_rights(users: Mapping[str, User], units: Mapping[str, Unit], now: datetime) -> None:
    """This function will give each person their role, from the day on which the books of the committee were opened."""
    known = facts()
    act = Act(users["administrator"], now, at_console=True)
    for one in known.people:
        for code in filter(None, (one.unit, one.also)):
            start: date = known.table(code.partition(".")[0])["start"]
            give_grant(act=act, user=users[one.key], terms=GrantTerms(one.role, units[code], start))
