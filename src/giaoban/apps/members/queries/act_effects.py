"""What an act on the tree does to people, in words: who follows where, who leaves an office, who is on the way."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import (
    Candidate,
    Member,
    MemberEntry,
    MemberEvent,
    MemberState,
    OfficeEntry,
    OfficeTerm,
    VisitAssignment,
)
from giaoban.apps.members.operations.following import CandidateFollower, MemberFollower, OfficeFollower, VisitFollower
from giaoban.apps.organizations.kinds import Office, kinds
from giaoban.apps.organizations.models import Unit, UnitEntry, on_day
from giaoban.apps.organizations.operations._replay import ends
from giaoban.apps.organizations.permissions import units_allowed
from giaoban.apps.organizations.queries.act_effects import Consequence, effects_of
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number


@dataclass(frozen=True, slots=True)
class Following:
    """The members who follow from one cell into another; ``names`` only for those who may see them."""

    origin: UnitCard
    goal: UnitCard
    count: int
    names: tuple[str, ...]


def followings(event: uuid.UUID, *, act: Act, scope: QuerySet[Unit], day: date) -> tuple[Following, ...]:
    """Return who follows from where to where, by the code of the cell they leave; one of the two lies in the scope."""
    refs = [one.ref for one in effects_of(event, MemberFollower.key)]
    pairs: dict[tuple[int, int], list[str]] = defaultdict(list)
    rows = MemberEntry.objects.filter(Q(from_unit__in=scope) | Q(to_unit__in=scope), uid__in=refs)
    rows = rows.order_by("from_unit__code", "to_unit__code", "member__sort_key")
    for origin, goal, name in rows.values_list("from_unit", "to_unit", "member__full_name"):
        if origin is not None and goal is not None:
            pairs[origin, goal].append(name)
    cards = place_cards({pk for pair in pairs for pk in pair}, day=day)
    allowed = _named(act, {goal for _origin, goal in pairs})
    return tuple(
        Following(cards[origin], cards[goal], len(names), tuple(names) if goal in allowed else ())
        for (origin, goal), names in pairs.items()
    )


def _named(act: Act, units: Collection[int]) -> set[int]:
    return set(units) if act.at_console else units_allowed(act.user, "members_view", units, today=act.today)


def people_consequences(event: uuid.UUID, *, act: Act, scope: QuerySet[Unit], day: date) -> tuple[Consequence, ...]:
    """Return offices that end, candidates and visits that follow, at units in the scope."""
    found = (
        Consequence("Chức vụ kết thúc", tuple(_offices(event, scope, day))),
        Consequence("Người đang được xem xét kết nạp", tuple(_candidates(event, act, scope, day))),
        Consequence("Phân công theo dõi kết thúc", tuple(_visits(event, scope, day))),
    )
    return tuple(one for one in found if one.lines)


def _offices(event: uuid.UUID, scope: QuerySet[Unit], day: date) -> Iterator[str]:
    refs = [one.ref for one in effects_of(event, OfficeFollower.key)]
    found = OfficeEntry.objects.filter(uid__in=refs, unit__in=scope).select_related("member")
    rows = list(found.order_by("unit__code", "pk"))
    cards = place_cards({row.unit_id for row in rows}, day=day)
    for row in rows:
        card = cards[row.unit_id]
        yield f"{_office(card, row.office)} {card.place}: {row.member.full_name}"


def _office(card: UnitCard, office: str) -> str:
    """Return what an office is called there: «Chi ủy viên» in a cell."""
    known = kinds().get(card.kind)
    return known.office_name(office) if known is not None else str(Office(office).label)


def _candidates(event: uuid.UUID, act: Act, scope: QuerySet[Unit], day: date) -> Iterator[str]:
    effects = {one.ref: one for one in effects_of(event, CandidateFollower.key)}
    people = Candidate.objects.filter(uid__in=effects, unit__in=scope).order_by("sort_key")
    goals = {one.detail["goal"] for one in effects.values()}
    cards, allowed = place_cards(goals, day=day), _named(act, goals)
    for person in people:
        goal = effects[str(person.uid)].detail["goal"]
        yield f"{person.full_name if goal in allowed else '1 người'}: tiếp tục tại {cards[goal].place}"


def _visits(event: uuid.UUID, scope: QuerySet[Unit], day: date) -> Iterator[str]:
    refs = [one.ref for one in effects_of(event, VisitFollower.key)]
    found = VisitAssignment.objects.filter(uid__in=refs, unit__in=scope)
    rows = list(found.select_related("member").order_by("pk"))
    cards = place_cards({row.unit_id for row in rows}, day=day)
    for row in rows:
        yield f"{row.member.full_name} theo dõi {cards[row.unit_id].place}"


def act_warnings(event: uuid.UUID, *, act: Act, scope: QuerySet[Unit], day: date) -> tuple[str, ...]:
    """Return what people must look after themselves: letters on the way, guests, offices of those who follow away."""
    rows = UnitEntry.objects.filter(event=event, void=False, subject__in=scope)
    entries = rows.values_list("subject", "kind", "unit_kind")
    ended = {unit for unit, kind, unit_kind in entries if ends(kind, unit_kind)}
    refs = [one.ref for one in effects_of(event, MemberFollower.key)]
    followed = MemberEntry.objects.filter(Q(from_unit__in=scope) | Q(to_unit__in=scope), uid__in=refs)
    return (
        *_letters(ended, set(followed.values_list("member", flat=True)), act, day),
        *_guests(ended, day),
        *_offices_left(followed.values_list("member", "from_unit"), ended, day),
    )


def _letters(ended: set[int], members: set[int], act: Act, day: date) -> Iterator[str]:
    answered = MemberEntry.objects.live().filter(sent__isnull=False).values("sent")
    rows = list(
        MemberEntry.objects.live()
        .filter(Q(to_unit__in=ended) | Q(from_unit__in=ended) | Q(member__in=members), kind=MemberEvent.TRANSFER_SENT)
        .exclude(pk__in=answered)
        .select_related("member")
        .in_order()
    )
    cards = place_cards({pk for row in rows for pk in (row.from_unit_id, row.to_unit_id) if pk}, day=day)
    allowed = _named(act, {row.member.unit_id for row in rows})
    for row in rows:
        name = row.member.full_name if row.member.unit_id in allowed else "một đảng viên"
        way = f"từ {cards[row.from_unit_id].place} đến {cards[row.to_unit_id].place}"
        yield (
            f"Giấy giới thiệu của {name} {way} ngày {format_date(row.effective_date)} chưa được tiếp nhận: "
            "nơi đến tiếp nhận ở đơn vị kế thừa, hoặc rút giấy."
        )


def _guests(ended: set[int], day: date) -> Iterable[str]:
    rows = Member.objects.filter(unit__in=ended, state=MemberState.GUEST)
    cards = place_cards(ended, day=day) if rows else {}
    for unit in sorted({row.unit_id for row in rows}):
        number = sum(row.unit_id == unit for row in rows)
        yield (
            f"{format_number(number)} người sinh hoạt tạm thời tại {cards[unit].place} không chuyển theo: "
            "ghi kết thúc sinh hoạt tạm thời hoặc nơi mới."
        )


def _offices_left(followed: Iterable[tuple[int, int | None]], ended: set[int], day: date) -> Iterator[str]:
    left = {(member, unit) for member, unit in followed if unit is not None and unit not in ended}
    terms = OfficeTerm.objects.filter(
        on_day(day), member__in={member for member, _unit in left}, unit__in={unit for _member, unit in left}
    ).select_related("member")
    cards = place_cards({unit for _member, unit in left}, day=day)
    for term in terms.order_by("unit__code", "pk"):
        if (term.member_id, term.unit_id) in left:
            card = cards[term.unit_id]
            yield (
                f"{term.member.full_name} chuyển sang đơn vị khác mà còn là {_office(card, term.office)} "
                f"{card.place}: kiện toàn cấp ủy."
            )
