"""Members on the way between two cells, and single entries to accept or to correct."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import MemberEntry, MemberEntryQuerySet, MemberEvent
from giaoban.apps.organizations.models import Ancestry, Unit, granted_ancestry, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A letter that the receiving cell has not answered; ``coming`` is seen from the unit that was asked."""

    uid: uuid.UUID
    member_uid: uuid.UUID
    full_name: str
    sent_on: date
    days: int
    origin: UnitCard | None
    goal: UnitCard | None
    temporary: bool
    coming: bool
    decision_number: str


def _letters(user: User, today: date) -> MemberEntryQuerySet:
    """Letters that are visible from either end: the receiving cell must see who is coming before they are there."""
    below = granted_ancestry(user, today=today, right="members_view").filter(on_day(OuterRef("effective_date")))
    either = Exists(below.filter(descendant=OuterRef("to_unit"))) | Exists(
        below.filter(descendant=OuterRef("from_unit"))
    )
    return MemberEntry.objects.live().filter(either, kind=MemberEvent.TRANSFER_SENT)


def on_the_way(user: User, unit: Unit, *, today: date) -> tuple[OnTheWay, ...]:
    """Return the unanswered letters from or to a unit and what stands under it today, the oldest first."""
    below = Ancestry.objects.filter(on_day(today), ancestor=unit).values("descendant")
    answered = MemberEntry.objects.live().filter(sent__isnull=False).values("sent")
    letters = list(
        _letters(user, today)
        .filter(Q(from_unit__in=below) | Q(to_unit__in=below))
        .exclude(pk__in=answered)
        .select_related("member")
        .in_order()
    )
    under = set(
        below.filter(descendant__in={letter.to_unit_id for letter in letters}).values_list("descendant", flat=True)
    )
    cards = place_cards({pk for one in letters for pk in (one.from_unit_id, one.to_unit_id) if pk}, day=today)
    return tuple(
        OnTheWay(
            letter.uid,
            letter.member.uid,
            letter.member.full_name,
            letter.effective_date,
            (today - letter.effective_date).days,
            cards.get(letter.from_unit_id),
            cards.get(letter.to_unit_id),
            letter.temporary,
            letter.to_unit_id in under,
            letter.decision_number,
        )
        for letter in letters
    )


def find_entry(user: User, uid: uuid.UUID, *, today: date) -> MemberEntry:
    """Return an entry whose unit stood, on its day, in the person's scope; also one that was corrected.

    Raises:
        NotFound: there is none, or it lies outside the scope.
    """
    found: MemberEntry | None = (
        MemberEntry.objects.visible_to(user, today=today)
        .filter(uid=uid)
        .select_related("member__unit", "unit", "from_unit", "to_unit", "actor", "corrected_by__actor")
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy lần ghi này trong phạm vi của đồng chí")
    return found


def find_letter(user: User, uid: uuid.UUID, *, today: date) -> MemberEntry:
    """Return the letter of a transfer that the person may see from either end.

    Raises:
        NotFound: there is none, it was taken back, or it lies outside the scope.
    """
    found: MemberEntry | None = (
        _letters(user, today).filter(uid=uid).select_related("member", "unit", "from_unit", "to_unit").first()
    )
    if found is None:
        raise NotFound("Không tìm thấy giấy giới thiệu này trong phạm vi của đồng chí")
    return found
