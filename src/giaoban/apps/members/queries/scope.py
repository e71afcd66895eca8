"""Who of the members at or under a unit a person may see."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import Member, MemberQuerySet
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.scope import seen_below


def members_under(user: User, unit: Unit, *, today: date, right: str = "members_view") -> MemberQuerySet:
    """Return the members whose unit stands at or under a unit today, of those that the person may see (D11)."""
    below = seen_below(user, unit, today=today, right=right)
    found: MemberQuerySet = Member.objects.filter(unit__in=below.values("descendant"))
    return found


def absent_under(user: User, unit: Unit, *, today: date) -> Q:
    """Return the condition that who is absent (`AbsenceSpan`) is one of these, and a member of a unit now."""
    return Q(now_at__in=seen_below(user, unit, today=today, right="members_view").values("descendant"))
