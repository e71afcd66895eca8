"""Who holds which role where, for those who manage people there."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.apps.accounts.models import User
from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.organizations.models import OPEN_END, Grant, granted_ancestry
from giaoban.apps.organizations.queries.chosen import UnitCard, unit_cards
from giaoban.core.errors import NotFound
from giaoban.core.text_vi import name_sort_key


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One grant; ``last_day`` belongs to it, None: until somebody ends it."""

    uid: uuid.UUID
    role_label: str
    unit: UnitCard
    first_day: date
    last_day: date | None
    decision: str
    holds: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person with the grants that the asking person manages."""

    uid: uuid.UUID
    username: str
    full_name: str
    is_active: bool
    grants: tuple[GrantLine, ...]


def people_managed_by(user: User, *, today: date, person: uuid.UUID | None = None) -> tuple[PersonLine, ...]:
    """Return the people with a grant, past or present, on a unit where ``user`` manages people; by given name."""
    below = granted_ancestry(user, today=today, right="accounts_manage").filter(valid_to__gt=today)
    grants = Grant.objects.filter(unit__in=below.values("descendant")).select_related("user").order_by("-valid_from")
    if person is not None:
        grants = grants.filter(user__uid=person)
    rows = list(grants)
    cards = unit_cards({grant.unit_id for grant in rows}, day=today)
    roles = rights_table().roles
    held: dict[int, list[GrantLine]] = defaultdict(list)
    people: dict[int, User] = {}
    for grant in rows:
        people[grant.user_id] = grant.user
        held[grant.user_id].append(
            GrantLine(
                grant.uid,
                roles[grant.role].label if grant.role in roles else grant.role,
                cards[grant.unit_id],
                grant.valid_from,
                None if grant.valid_to == OPEN_END else grant.valid_to - timedelta(days=1),
                grant.decision,
                grant.valid_from <= today < grant.valid_to,
            )
        )
    lines = [
        PersonLine(one.uid, one.username, one.full_name, one.is_active, tuple(held[pk])) for pk, one in people.items()
    ]
    return tuple(sorted(lines, key=lambda line: name_sort_key(line.full_name)))


def find_person(user: User, uid: uuid.UUID, *, today: date) -> User:
    """Return a person who has, or had, a grant where ``user`` manages people.

    Raises:
        NotFound: nobody of that kind is in the scope.
    """
    below = granted_ancestry(user, today=today, right="accounts_manage").filter(valid_to__gt=today)
    found = User.objects.filter(uid=uid, grants__unit__in=below.values("descendant")).distinct().first()
    if found is None:
        raise NotFound("Không tìm thấy người dùng này trong phạm vi của đồng chí")
    return found


def find_grant(user: User, uid: uuid.UUID, *, today: date) -> Grant:
    """Return a grant on a unit where ``user`` manages people.

    Raises:
        NotFound: none of that kind is in the scope.
    """
    below = granted_ancestry(user, today=today, right="accounts_manage").filter(valid_to__gt=today)
    found = Grant.objects.filter(uid=uid, unit__in=below.values("descendant")).select_related("user", "unit").first()
    if found is None:
        raise NotFound("Không tìm thấy phân quyền này trong phạm vi của đồng chí")
    return found
