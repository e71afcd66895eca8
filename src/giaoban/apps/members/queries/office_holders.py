"""Who holds which office on a day, whether they are still a member there, and whose office is to be ended."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.models import MemberEntry, MemberEvent, OfficeEntry, OfficeEvent, OfficeTerm
from giaoban.apps.members.queries.standing import NOWHERE, Stand, Stands, stands_of
from giaoban.apps.organizations.kinds import UnitKind
from giaoban.apps.organizations.models import Ancestry, Placement, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.organizations.queries.standing import KindSpans, kind_on, kind_spans
from giaoban.core.dates_vi import format_date

_GONE = (MemberEvent.LEFT, MemberEvent.DIED, MemberEvent.TRANSFERRED)
_WORDS = {
    MemberEvent.LEFT: "Ra khỏi Đảng",
    MemberEvent.DIED: "Từ trần",
    MemberEvent.TRANSFERRED: "Chuyển sinh hoạt ra ngoài hệ thống",
}


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office that somebody holds on a day since ``since``.

    ``stand`` is where they are a member that day (None: nowhere), ``inside`` whether that is in the unit's subtree,
    ``came_from_inside`` whether it was when they came to the office; ``left_on`` the day from which they are not inside
    any more, None for those who are or never were. A temporary transfer takes nobody out (domain.md 2.7).
    """

    unit: int
    office: str
    member: int
    member_uid: uuid.UUID
    full_name: str
    sort_key: str
    since: date
    stand: Stand | None
    inside: bool
    came_from_inside: bool
    left_on: date | None

    @property
    def to_end(self) -> bool:
        """Whether the office is still held by somebody who has died, left or moved away since."""
        return not self.inside and (self.came_from_inside or self.stand is None)


@dataclass(frozen=True, slots=True)
class OfficeToEnd:
    """An office that a person should end, and why: «Từ trần ngày 30/01/2023»."""

    held: HeldOffice
    why: str


def offices_held(unit_ids: Iterable[int], day: date, *, spans: KindSpans | None = None) -> tuple[HeldOffice, ...]:
    """Return who holds the offices of units (by key) on a day; a fixed number of queries however many units.

    ``spans`` are the kinds of the units, where the caller has asked already.
    """
    wanted = set(unit_ids)
    terms = list(
        OfficeTerm.objects.filter(on_day(day), unit_id__in=wanted).select_related("member").order_by("valid_from", "pk")
    )
    stands = stands_of(term.member_id for term in terms)
    kin = _Kin(wanted, stands.values(), day, kind_spans(wanted) if spans is None else spans)
    return tuple(_held(term, stands.get(term.member_id, NOWHERE), kin, day) for term in terms)


def elected_not_approved(held: Sequence[HeldOffice]) -> tuple[HeldOffice, ...]:
    """Return those of the offices to which their holder was elected and in which nobody above has approved them yet."""
    entries = OfficeEntry.objects.live().filter(
        member__in={one.member for one in held},
        unit__in={one.unit for one in held},
        kind__in=(OfficeEvent.ELECTED, OfficeEvent.APPROVED),
    )
    days: dict[tuple[int, int, str, str], list[date]] = defaultdict(list)
    for member, unit, office, kind, day in entries.values_list("member", "unit", "office", "kind", "effective_date"):
        days[member, unit, office, kind].append(day)

    def known(one: HeldOffice, kind: OfficeEvent) -> bool:
        return any(day >= one.since for day in days[one.member, one.unit, one.office, kind])

    return tuple(one for one in held if known(one, OfficeEvent.ELECTED) and not known(one, OfficeEvent.APPROVED))


def offices_to_end(held: Sequence[HeldOffice], day: date) -> tuple[OfficeToEnd, ...]:
    """Return those of the offices whose holder died, left, or moved away for good, each with the reason."""
    due = [one for one in held if one.to_end]
    gone = {one.member for one in due if one.stand is None}
    entries = MemberEntry.objects.live().filter(member__in=gone, kind__in=_GONE, effective_date__lte=day).in_order()
    reasons = {
        (member, when): _WORDS[MemberEvent(kind)]
        for member, when, kind in entries.values_list("member_id", "effective_date", "kind")
    }
    cards = place_cards({one.stand.unit for one in due if one.stand is not None}, day=day)
    return tuple(OfficeToEnd(one, _why(one, reasons, cards)) for one in due)


def _why(one: HeldOffice, reasons: dict[tuple[int, date], str], cards: dict[int, UnitCard]) -> str:
    if one.left_on is None:
        return "Không có tên trong sổ đảng viên ngày này"
    if one.stand is None:
        return f"{reasons.get((one.member, one.left_on), 'Thôi sinh hoạt')} ngày {format_date(one.left_on)}"
    return f"Sinh hoạt tại {cards[one.stand.unit].place} từ ngày {format_date(one.left_on)}"


class _Kin:
    """Answers whether a unit was in the subtree of another; a Party group's people stand in the cell above it."""

    def __init__(self, units: set[int], stands: Iterable[Stands], day: date, spans: KindSpans) -> None:
        groups = [unit for unit in units if (kind := kind_on(spans.get(unit, ()), day)) and kind.code == UnitKind.GROUP]
        placed = Placement.objects.filter(on_day(day), unit_id__in=groups, parent__isnull=False)
        self._base = dict(placed.values_list("unit_id", "parent_id"))
        places = {stand.unit for one in stands for stand in one.rows}
        self._rows: dict[tuple[int, int], list[tuple[date, date]]] = defaultdict(list)
        tops = {self._base.get(unit, unit) for unit in units}
        rows = Ancestry.objects.filter(ancestor_id__in=tops, descendant_id__in=places)
        for top, unit, start, end in rows.values_list("ancestor_id", "descendant_id", "valid_from", "valid_to"):
            self._rows[top, unit].append((start, end))

    def inside(self, unit: int, place: int, day: date) -> bool:
        return any(start <= day < end for start, end in self._rows.get((self._base.get(unit, unit), place), ()))

    def last_inside(self, unit: int, place: int, day: date) -> date | None:
        """Return the first day on which a place was not in the subtree any more, at most ``day``."""
        ends = [end for _start, end in self._rows.get((self._base.get(unit, unit), place), ()) if end <= day]
        return max(ends, default=None)


def _held(term: OfficeTerm, stands: Stands, kin: _Kin, day: date) -> HeldOffice:
    now, then = stands.on(day), stands.on_or_first(term.valid_from)
    inside = now is not None and kin.inside(term.unit_id, now.unit, day)
    came = then is not None and kin.inside(term.unit_id, then.unit, max(term.valid_from, then.start))
    return HeldOffice(
        term.unit_id,
        term.office,
        term.member_id,
        term.member.uid,
        term.member.full_name,
        term.member.sort_key,
        term.valid_from,
        now,
        inside,
        came,
        None if inside else _left_on(term, stands, kin, day),
    )


def _left_on(term: OfficeTerm, stands: Stands, kin: _Kin, day: date) -> date | None:
    now, last = stands.on(day), stands.on_or_last(day)
    if now is None:
        return last.end if last is not None and last.end <= day else None
    # The place itself may have gone elsewhere, with those who stand in it.
    return max(now.start, kin.last_inside(term.unit_id, now.unit, day) or now.start)
