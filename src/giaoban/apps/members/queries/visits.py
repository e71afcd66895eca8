"""Who follows which unit of a committee on a day, unit by unit and person by person."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import VisitAssignment
from giaoban.apps.organizations.models import OPEN_END, Placement, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Visit:
    """One assignment; ``last_day`` belongs to it, None: until somebody ends it."""

    uid: uuid.UUID
    unit: UnitCard
    member_uid: uuid.UUID
    full_name: str
    sort_key: str
    first_day: date
    last_day: date | None
    decision: str


@dataclass(frozen=True, slots=True)
class VisitBoard:
    """What holds on a day; ``without`` are the units directly below the committee that nobody follows."""

    by_unit: tuple[tuple[UnitCard, tuple[Visit, ...]], ...]
    by_person: tuple[tuple[str, uuid.UUID, tuple[Visit, ...]], ...]
    without: tuple[UnitCard, ...]


def visit_board(owner: Unit, day: date) -> VisitBoard:
    """Return who follows which unit of a committee on a day; a fixed number of queries."""
    rows = list(VisitAssignment.objects.filter(on_day(day), owner=owner).select_related("member").order_by("pk"))
    children = set(Placement.objects.filter(on_day(day), parent=owner).values_list("unit_id", flat=True))
    cards = place_cards(children | {row.unit_id for row in rows}, day=day)
    by_unit: dict[int, list[Visit]] = defaultdict(list)
    by_person: dict[int, list[Visit]] = defaultdict(list)
    for row in rows:
        visit = Visit(
            row.uid,
            cards[row.unit_id],
            row.member.uid,
            row.member.full_name,
            row.member.sort_key,
            row.valid_from,
            None if row.valid_to == OPEN_END else row.valid_to - timedelta(days=1),
            row.decision,
        )
        by_unit[row.unit_id].append(visit)
        by_person[row.member_id].append(visit)
    people = sorted(by_person.values(), key=lambda visits: visits[0].sort_key)
    return VisitBoard(
        tuple(
            (cards[unit], tuple(sorted(by_unit[unit], key=lambda visit: visit.sort_key)))
            for unit in sorted(by_unit, key=lambda unit: cards[unit].code)
        ),
        tuple(
            (visits[0].full_name, visits[0].member_uid, tuple(sorted(visits, key=lambda visit: visit.unit.code)))
            for visits in people
        ),
        tuple(sorted((cards[unit] for unit in children - by_unit.keys()), key=lambda card: card.code)),
    )


def find_visit(user: User, uid: uuid.UUID, *, today: date) -> VisitAssignment:
    """Return an assignment of a committee that the person may see.

    Raises:
        NotFound: there is none, or the committee lies outside the scope.
    """
    seen = Unit.objects.visible_to(user, today=today)
    found = VisitAssignment.objects.filter(uid=uid, owner__in=seen).select_related("owner", "unit", "member").first()
    if found is None:
        raise NotFound("Không tìm thấy phân công này trong phạm vi của đồng chí")
    return found
