"""Who of the members at or under a unit a person may see."""

from __future__ import annotations

from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import Member, MemberQuerySet
from giaoban.apps.organizations.models import Ancestry, Unit, granted_ancestry, on_day


def members_under(user: User, unit: Unit, *, today: date, right: str = "members_view") -> MemberQuerySet:
    """Return the members whose unit stands at or under a unit today, of those that the person may see (D11).

    Where the unit itself stands today under a grant of the right, all that stands under it does: ``visible_to`` would
    keep everybody, and is not asked, since joining a whole province with itself misleads PostgreSQL about the rest.
    """
    below = Ancestry.objects.filter(on_day(today), ancestor=unit).values("descendant")
    found: MemberQuerySet = Member.objects.filter(unit__in=below)
    granted = granted_ancestry(user, today=today, right=right).filter(on_day(today), descendant=unit)
    return found if granted.exists() else found.visible_to(user, today=today, right=right)
