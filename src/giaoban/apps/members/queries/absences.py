"""Who is exempt or away: of one member now, and the two lists that a committee follows up."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import AbsenceKind, AbsenceSpan, Member
from giaoban.apps.members.queries.scope import members_under
from giaoban.apps.organizations.models import Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards


@dataclass(frozen=True, slots=True)
class AbsenceState:
    """One absence that holds on a day; ``until`` is the last day that was meant, None where none was."""

    kind: AbsenceKind
    since: date
    until: date | None
    place: str
    abroad: bool
    last_contact: date | None

    @property
    def where(self) -> str:
        """The place in words: «Bình Dương», «Nhật Bản (ngoài nước)»."""
        return f"{self.place} (ngoài nước)" if self.abroad else self.place


@dataclass(frozen=True, slots=True)
class AbsentMember:
    """A line of a list."""

    member_uid: uuid.UUID
    full_name: str
    unit: UnitCard
    state: AbsenceState
    days_without_contact: int


def _state(span: AbsenceSpan) -> AbsenceState:
    kind = AbsenceKind(span.kind)
    return AbsenceState(kind, span.valid_from, span.until, span.place, span.abroad, span.last_contact)


def absence_of(member: Member, kind: AbsenceKind, *, today: date) -> AbsenceState | None:
    """Return how a member is exempt, or away, on a day; None where they are not."""
    span = AbsenceSpan.objects.filter(on_day(today), member=member, kind=kind).first()
    return _state(span) if span is not None else None


def absences_of(member_ids: Iterable[int], *, day: date) -> dict[int, tuple[AbsenceState, ...]]:
    """Return the absences of members on a day by primary key; those who are there are left out. One query."""
    found: dict[int, tuple[AbsenceState, ...]] = {}
    for span in AbsenceSpan.objects.filter(on_day(day), member__in=list(member_ids)).order_by("kind"):
        found[span.member_id] = (*found.get(span.member_id, ()), _state(span))
    return found


def away_members(user: User, unit: Unit, *, today: date) -> tuple[AbsentMember, ...]:
    """Return the members at or under a unit who are away today, those longest without contact first."""
    found = _absent(user, unit, AbsenceKind.AWAY, today=today)
    return tuple(sorted(found, key=lambda one: -one.days_without_contact))


def ending_exemptions(user: User, unit: Unit, *, today: date, days: int) -> tuple[AbsentMember, ...]:
    """Return the members at or under a unit whose exemption ends within so many days, the soonest first."""
    found = _absent(user, unit, AbsenceKind.EXEMPT, today=today, until=today + timedelta(days=days))
    return tuple(sorted(found, key=lambda one: one.state.until or date.max))


def _absent(
    user: User, unit: Unit, kind: AbsenceKind, *, today: date, until: date | None = None
) -> tuple[AbsentMember, ...]:
    members = members_under(user, unit, today=today).standing()
    spans = AbsenceSpan.objects.filter(on_day(today), kind=kind, member__in=members)
    if until is not None:
        spans = spans.filter(until__lte=until)
    return tuple(_told(list(spans.select_related("member").order_by("member__sort_key", "pk")), today).values())


def absent_by_key(span_ids: Iterable[int], *, today: date) -> dict[int, AbsentMember]:
    """Return lines by the key of their span; the caller has asked who may see them."""
    return _told(list(AbsenceSpan.objects.filter(pk__in=list(span_ids)).select_related("member")), today)


def _told(rows: list[AbsenceSpan], today: date) -> dict[int, AbsentMember]:
    cards = place_cards({row.member.unit_id for row in rows}, day=today)
    return {
        row.pk: AbsentMember(
            row.member.uid,
            row.member.full_name,
            cards[row.member.unit_id],
            _state(row),
            (today - (row.last_contact or row.valid_from)).days,
        )
        for row in rows
    }
