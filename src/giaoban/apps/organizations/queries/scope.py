"""Which of the units at or under a unit a person may see."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.models import Ancestry, Grant, Unit, granted_ancestry, on_day


def seen_below(user: User, unit: Unit, *, today: date, right: str) -> QuerySet[Ancestry]:
    """Return ancestry rows whose ``descendant`` stands at or under a unit today, where the person holds the right.

    Where the unit itself stands today under a grant of the right, all that stands under it does: the grants are not
    joined then, since joining a whole province with itself misleads PostgreSQL about the rest. One query is asked here.
    """
    below = Ancestry.objects.filter(on_day(today), ancestor=unit)
    granted = granted_ancestry(user, today=today, right=right).filter(on_day(today))
    if granted.filter(descendant=unit).exists():
        return below
    return granted.filter(descendant__in=below.values("descendant"))


def granted_units(user: User, *, today: date, right: str) -> list[int]:
    """Return the units (by key) on which a person holds a right today: what stands under them is theirs. One query."""
    grants = Grant.objects.holding(user, today=today, right=right)
    return sorted(set(grants.values_list("unit_id", flat=True)))
