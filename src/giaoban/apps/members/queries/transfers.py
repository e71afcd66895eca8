"""Members on the way between two cells or elsewhere for a time, and single entries to accept or to correct."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import (
    STANDING,
    Member,
    MemberEntry,
    MemberEntryQuerySet,
    MemberEvent,
    MemberState,
    WaitingLetter,
)
from giaoban.apps.members.queries.parts import WHOLE, Part, inside, same_days
from giaoban.apps.members.queries.stays import END_A_STAY
from giaoban.apps.obligations.queries.calendars import calendars_of
from giaoban.apps.organizations.models import Ancestry, Unit, granted_ancestry, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.organizations.queries.rulebook import rule_book
from giaoban.apps.organizations.queries.scope import granted_units
from giaoban.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A letter that the receiving cell has not answered; ``coming`` and ``leaving`` are seen from the unit asked about.

    ``days`` are calendar days; ``due`` is the day by which the letter is to be handed in, in working days of the
    receiving unit (294-QĐ/TW, mục 6.3.1).
    """

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
    due: date
    until: date | None
    leaving: bool

    def overdue(self, today: date) -> bool:
        """Tell whether the letter should have been handed in by now."""
        return today > self.due


@dataclass(frozen=True, slots=True)
class TemporaryStay:
    """A member who takes part elsewhere for a time; ``home`` and ``host`` are cells or named places outside.

    ``guest``: their home is outside the system, so that no stock here counts them.
    """

    member_uid: uuid.UUID
    full_name: str
    since: date
    until: date | None
    home: str
    host: str
    guest: bool


HAND_IN = "transfer_hand_in_days"


def _letters(user: User, today: date) -> MemberEntryQuerySet:
    """Letters that are visible from either end: the receiving cell must see who is coming before they are there."""
    below = granted_ancestry(user, today=today, right="members_view").filter(on_day(OuterRef("effective_date")))
    either = Exists(below.filter(descendant=OuterRef("to_unit"))) | Exists(
        below.filter(descendant=OuterRef("from_unit"))
    )
    return MemberEntry.objects.live().filter(either, kind=MemberEvent.TRANSFER_SENT)


def _seen(granted: Collection[int]) -> Q:
    """The same of letters that wait, by the units (by key) on which somebody holds the right."""
    above = Ancestry.objects.filter(on_day(OuterRef("sent_on")), ancestor__in=granted)
    either: Q = Exists(above.filter(descendant=OuterRef("to_unit"))) | Exists(
        above.filter(descendant=OuterRef("from_unit"))
    )
    return either


def count_on_the_way(user: User, unit: Unit, *, today: date) -> tuple[int, date | None]:
    """Return how many letters from or to a unit and what stands under it wait, and the day of the oldest one.

    Two queries.
    """
    told = _waiting(user, unit, today).aggregate(number=Count("pk"), oldest=Min("sent_on"))
    return told["number"], told["oldest"]


def waiting_between(
    user: User, unit: Unit, branches: Collection[int], *, today: date
) -> list[tuple[int | None, int | None, int]]:
    """Return from which to which of the units directly below (by key, None for elsewhere) how many of these letters go;
    two queries.
    """
    rows = _waiting(user, unit, today).order_by().values_list("from_unit_id", "to_unit_id")
    statement, values = rows.query.sql_with_params()
    places, day = ", ".join(["%s"] * len(branches)), connection.ops.adapt_datefield_value(today)
    above = f"ancestor_id IN ({places}) AND valid_from <= %s AND valid_to > %s"
    with connection.cursor() as cursor:
        # The letters are found first: they are few, and meet the tree once for each of their ends.
        cursor.execute(
            f"WITH found (origin, goal) AS MATERIALIZED ({statement}), "
            f"below AS MATERIALIZED (SELECT ancestor_id, descendant_id FROM organizations_ancestry WHERE {above}) "
            "SELECT one.ancestor_id, other.ancestor_id, COUNT(*) FROM found "
            "LEFT JOIN below one ON one.descendant_id = found.origin "
            "LEFT JOIN below other ON other.descendant_id = found.goal "
            "GROUP BY one.ancestor_id, other.ancestor_id",
            [*values, *branches, day, day],
        )
        return list(cursor.fetchall())


def _waiting(user: User, unit: Unit, today: date) -> QuerySet[WaitingLetter]:
    """Letters that wait and may be seen; the grants are read first, so that each letter only looks up its own place."""
    seen = _seen(granted_units(user, today=today, right="members_view"))
    return _from_or_to(Ancestry.objects.filter(on_day(today), ancestor=unit)).filter(seen)


def _from_or_to(places: QuerySet[Ancestry]) -> QuerySet[WaitingLetter]:
    below = places.values("descendant")
    return WaitingLetter.objects.filter(Q(from_unit__in=below) | Q(to_unit__in=below), standing=True)


def letters_unseen(user: User, unit: Unit, *, today: date) -> list[tuple[int | None, int | None]] | None:
    """Return from where to where those letters from or to a unit and what stands under it go that the person may not
    see: sent before their unit came under the person's. Four queries, whatever the number of letters.

    They are looked for among the letters of units that came to stand there since the oldest was sent; None where the
    person has not the whole unit today.
    """
    granted = granted_units(user, today=today, right="members_view")
    oldest = WaitingLetter.objects.aggregate(oldest=Min("sent_on"))["oldest"]
    covering = Ancestry.objects.filter(on_day(today), descendant=unit, ancestor__in=granted)
    above = sorted(covering.values_list("ancestor_id", flat=True))
    if not above:
        return None
    new = Ancestry.objects.filter(on_day(today), ancestor__in=above, valid_from__gt=oldest or today)
    here = Ancestry.objects.filter(on_day(today), ancestor=unit).values("descendant")
    letters = _from_or_to(new).filter(Q(from_unit__in=here) | Q(to_unit__in=here))
    return list(letters.exclude(_seen(granted)).values_list("from_unit_id", "to_unit_id"))


def waiting_letters(user: User, unit: Unit, *, today: date, rows: slice = WHOLE) -> Part[OnTheWay]:
    """Return the unanswered letters from or to a unit and what stands under it today, by the day they are to be handed
    in and by name; in full only the ``rows`` that are wanted. A fixed number of queries.
    """
    known = list(_waiting(user, unit, today).values_list("entry_id", "to_unit_id", "sent_on"))
    goals = {goal for _pk, goal, _day in known if goal is not None}
    calendars, book = calendars_of(goals), rule_book([HAND_IN], goals)

    def due(goal: int, day: date) -> date:
        return calendars[goal].after(day, book.value(HAND_IN, goal, day).whole)

    # Names are read of those alone that are due on the days of the wanted rows: of a province few of many.
    dues = sorted((due(goal, day), pk) for pk, goal, day in known)
    near = same_days(dues, rows)
    due_on = {pk: day for day, pk in dues[near]}
    order = MemberEntry.objects.filter(pk__in=due_on).values_list("pk", "member__full_name", "effective_date", "seq")
    named = sorted((due_on[pk], name, day, seq, pk) for pk, name, day, seq in order)
    wanted = named[inside(near, rows, len(dues))]
    letters = MemberEntry.objects.select_related("member").in_bulk([pk for *_order, pk in wanted])
    ends = {pk for one in letters.values() for pk in (one.from_unit_id, one.to_unit_id) if pk}
    below = Ancestry.objects.filter(on_day(today), ancestor=unit, descendant__in=ends)
    under = set(below.values_list("descendant", flat=True))
    cards = place_cards(ends, day=today)
    lines = (
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
            day,
            letter.until,
            letter.from_unit_id in under,
        )
        for day, *_order, pk in wanted
        for letter in [letters[pk]]
    )
    return Part(tuple(lines), len(known))


def temporary_stays(user: User, unit: Unit, *, today: date) -> tuple[TemporaryStay, ...]:
    """Return who of a unit and what stands under it is elsewhere for a time, or here as a guest, the oldest first."""
    below = Ancestry.objects.filter(on_day(today), ancestor=unit).values("descendant")
    after = Q(effective_date__gt=OuterRef("effective_date")) | Q(
        effective_date=OuterRef("effective_date"), pk__gt=OuterRef("pk")
    )
    ended = MemberEntry.objects.live().filter(after, member=OuterRef("member"), kind__in=END_A_STAY)
    begun = (
        MemberEntry.objects.visible_to(user, today=today)
        .live()
        .filter(
            Q(from_unit__in=below) | Q(to_unit__in=below),
            kind=MemberEvent.TRANSFERRED,
            temporary=True,
            member__state__in=(*STANDING, MemberState.GUEST),
        )
    )
    entries = list(begun.exclude(Exists(ended)).select_related("member").in_order())
    ends = {pk for one in entries for pk in (one.member.unit_id, one.to_unit_id) if pk}
    cards = place_cards(ends, day=today)
    return tuple(
        TemporaryStay(
            entry.member.uid,
            entry.member.full_name,
            entry.effective_date,
            entry.until,
            entry.outside if guest else cards[entry.member.unit_id].place,
            cards[entry.to_unit_id].place if entry.to_unit_id else entry.outside,
            guest,
        )
        for entry in entries
        for guest in [entry.member.state == MemberState.GUEST]
    )


def elsewhere_for_a_time(member: Member) -> bool:
    """Tell whether a temporary transfer of a member is still running."""
    last = (
        MemberEntry.objects.live()
        .filter(member=member, kind__in=END_A_STAY)
        .in_order()
        .values_list("kind", "temporary")
        .last()
    )
    return last == (MemberEvent.TRANSFERRED, True)


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
