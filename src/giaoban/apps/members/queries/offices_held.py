"""Which offices a member holds on a day."""

from __future__ import annotations

from datetime import date

from giaoban.apps.members.models import Member, OfficeTerm
from giaoban.apps.organizations.models import on_day
from giaoban.apps.organizations.queries.chosen import unit_cards


def offices_held(member: Member, *, day: date) -> tuple[str, ...]:
    """Return the offices of a member with their units, in words: «Bí thư Chi bộ Văn phòng»."""
    terms = list(OfficeTerm.objects.filter(on_day(day), member=member).order_by("valid_from", "pk"))
    cards = unit_cards({term.unit_id for term in terms}, day=day)
    return tuple(f"{term.get_office_display()} {cards[term.unit_id].name}" for term in terms)
