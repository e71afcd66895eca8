"""Who leads a unit on a day."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.models import OfficeTerm
from giaoban.apps.organizations.kinds import Kind, Office
from giaoban.apps.organizations.models import Unit, on_day
from giaoban.apps.organizations.queries.standing import kind_on, kind_spans


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """A person in an office; ``member_uid`` leads to their page for those who may open it."""

    office: str
    full_name: str
    member_uid: uuid.UUID
    since: date


def officers(unit: Unit, *, day: date) -> tuple[OfficeHolder, ...]:
    """Return who held the offices of a unit's committee on a day, in the order of the offices."""
    order = {office: index for index, office in enumerate(Office.values)}
    kind = kind_on(kind_spans([unit.pk])[unit.pk], day)
    terms = OfficeTerm.objects.filter(on_day(day), unit=unit).select_related("member").order_by("valid_from", "pk")
    found = sorted(terms, key=lambda term: order[term.office])
    return tuple(
        OfficeHolder(_name(kind, term), term.member.full_name, term.member.uid, term.valid_from) for term in found
    )


def _name(kind: Kind | None, term: OfficeTerm) -> str:
    return kind.office_name(term.office) if kind is not None else str(term.get_office_display())
