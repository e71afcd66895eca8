"""Which records are second records of a person (decision D12), and likely pairs that nobody has joined yet."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import Member, MemberAlias, MemberState
from giaoban.apps.members.queries.scope import members_under
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import NotFound

_MANY = 500


def standing_aliases(ids: Collection[int] | None = None) -> dict[int, int]:
    """Return the kept record by second record, for all or for those that touch one of the keys."""
    rows = MemberAlias.objects.filter(undone_at__isnull=True)
    if ids is not None:
        # An import names thousands, twice: where nobody is joined with anybody that need not be asked.
        if len(ids) > _MANY and not rows.exists():
            return {}
        rows = rows.filter(Q(other__in=ids) | Q(kept__in=ids))
    return dict(rows.values_list("other_id", "kept_id"))


def with_aliases(ids: Iterable[int]) -> set[int]:
    """Return the keys with those of the same persons: what is written of one record may change the other."""
    found = set(ids)
    for other, kept in standing_aliases(found).items():
        found |= {other, kept}
    return found


def records_of(member: Member) -> list[int]:
    """Return the keys of the records that tell a person's life: their own, and those joined as a part of it."""
    joined = MemberAlias.objects.filter(kept=member, undone_at__isnull=True, takes_history=True)
    return [member.pk, *joined.order_by("other").values_list("other", flat=True)]


def kept_record(member: Member) -> Member:
    """Return the record by which a person is known: the kept one where this one is joined to it."""
    alias = MemberAlias.objects.filter(other=member, undone_at__isnull=True).select_related("kept__unit").first()
    return alias.kept if alias is not None else member


@dataclass(frozen=True, slots=True)
class Side:
    """One record of a likely pair, beside the other."""

    uid: uuid.UUID
    full_name: str
    birth: PartialDate
    unit: UnitCard
    state_label: str
    file_number: str
    card_number: str
    identity_tail: str
    admitted_on: date | None
    recognised_on: date | None
    entries: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person, and why; ``alias`` where they are joined."""

    first: Side
    second: Side
    reason: str
    alias: uuid.UUID | None = None
    takes_history: bool = False


def likely_pairs(user: User, unit: Unit, *, today: date, most: int = 100) -> tuple[Pair, ...]:
    """Return records below a unit that may belong to one person: the same name without diacritics and birth.

    A birth of which only the year is known fits every day of that year. Records that are joined already, or whose
    identity numbers differ, are left out. Five queries however many there are.
    """
    below = Ancestry.objects.filter(on_day(today), ancestor=unit).values("descendant")
    shown = (
        Member.objects.visible_to(user, today=today)
        .filter(unit__in=below)
        .exclude(state__in=(MemberState.ALIAS, MemberState.VOIDED))
    )
    rows = shown.order_by().values_list("pk", "folded_name", "birth_date", "birth_precision", "identity_index")
    groups: dict[tuple[str, int], list[tuple[int, date, str, str]]] = defaultdict(list)
    for pk, name, born, precision, identity in rows.iterator():
        groups[name, born.year].append((pk, born, precision, identity))
    found: list[tuple[int, int, str]] = []
    for people in groups.values():
        for index, one in enumerate(people):
            found += [(one[0], other[0], reason) for other in people[index + 1 :] if (reason := _alike(one, other))]
    return tuple(_pairs(found[:most], today))


def alike_members(user: User, member: Member, *, today: date) -> tuple[tuple[Member, str], ...]:
    """Return the other records, of those that a person may see, which may be this person's too, each with the reason.

    Asked after a name or a birth was changed: then somebody may turn out to be in the register twice.
    """
    rows = Member.objects.visible_to(user, today=today).filter(
        folded_name=member.folded_name, birth_date__year=member.birth_date.year
    )
    others = rows.exclude(pk=member.pk).exclude(state__in=(MemberState.ALIAS, MemberState.VOIDED)).order_by("pk")
    found = ((other, _alike(_known(member), _known(other))) for other in others)
    return tuple((other, reason) for other, reason in found if reason)


def _known(member: Member) -> tuple[int, date, str, str]:
    return member.pk, member.birth_date, member.birth_precision, member.identity_index


def _alike(one: tuple[int, date, str, str], other: tuple[int, date, str, str]) -> str:
    if one[3] and other[3] and one[3] != other[3]:
        return ""  # two identity numbers are two people
    if one[1] == other[1] and one[2] == other[2] == Precision.DAY:
        return "trùng họ tên và ngày sinh"
    if Precision.DAY in (one[2], other[2]) and one[2] != other[2]:
        return "trùng họ tên và năm sinh (một hồ sơ chỉ ghi năm hoặc tháng)"
    return "trùng họ tên và năm sinh" if one[2] == other[2] != Precision.DAY else ""


def joined_pairs(user: User, unit: Unit, *, today: date) -> tuple[Pair, ...]:
    """Return the pairs below a unit that are joined now, the newest first."""
    shown = members_under(user, unit, today=today).values("pk")
    rows = list(MemberAlias.objects.filter(undone_at__isnull=True, kept__in=shown).order_by("-joined_at"))
    sides = _sides({pk for row in rows for pk in (row.kept_id, row.other_id)}, today)
    return tuple(Pair(sides[row.kept_id], sides[row.other_id], "đã nối", row.uid, row.takes_history) for row in rows)


def find_alias(user: User, uid: uuid.UUID, *, today: date) -> MemberAlias:
    """Return a standing alias of which the person may see the kept record.

    Raises:
        NotFound: there is none, or it lies outside the scope.
    """
    shown = Member.objects.visible_to(user, today=today).values("pk")
    found = (
        MemberAlias.objects.filter(uid=uid, undone_at__isnull=True, kept__in=shown)
        .select_related("kept__unit", "other__unit")
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy hai hồ sơ đã nối này trong phạm vi của đồng chí")
    return found


def _pairs(found: list[tuple[int, int, str]], today: date) -> Iterable[Pair]:
    sides = _sides({pk for first, second, _reason in found for pk in (first, second)}, today)
    return (Pair(sides[first], sides[second], reason) for first, second, reason in found)


def _sides(ids: Collection[int], today: date) -> dict[int, Side]:
    members = list(Member.objects.filter(pk__in=ids).prefetch_related("entries"))
    cards = place_cards({one.unit_id for one in members}, day=today)
    return {
        one.pk: Side(
            one.uid,
            one.full_name,
            PartialDate(one.birth_date, Precision(one.birth_precision)),
            cards[one.unit_id],
            str(one.get_state_display()),
            one.file_number,
            one.card_number,
            one.identity_tail,
            one.admitted_on,
            one.recognised_on,
            len(one.entries.all()),
        )
        for one in members
    }
