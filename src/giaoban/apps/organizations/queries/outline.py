"""The tree on a day, the way up from a unit, and units found by name or code."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.models import (
    Ancestry,
    OfficialCode,
    Placement,
    Unit,
    UnitName,
    on_day,
)
from giaoban.apps.organizations.queries.chosen import UnitCard, unit_cards
from giaoban.apps.organizations.queries.scope import granted_units
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import fold, quoted


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """A unit on a day with what stood under it, in the order of codes."""

    card: UnitCard
    children: tuple[OutlineNode, ...]

    @property
    def size(self) -> int:
        """How many units stand below it."""
        return sum(1 + child.size for child in self.children)


def outline(unit: Unit, *, day: date, levels: int | None = None) -> OutlineNode | None:
    """Return a unit and all that stood under it on a day; None where it did not stand. A constant number of queries.

    ``levels`` cuts what stands deeper: 1 gives the unit and those directly below it.
    """
    placed = Placement.objects.filter(on_day(day))
    if levels == 1:
        # Asked by the place, not by the ancestry: that would read all that stands below to find what is near.
        rows = placed.filter(Q(unit=unit) | Q(parent=unit))
    else:
        ids = Ancestry.objects.filter(on_day(day), ancestor=unit)
        near = ids if levels is None else ids.filter(depth__lte=levels)
        rows = placed.filter(unit__in=near.values("descendant"))
    below: dict[int, list[int]] = defaultdict(list)
    stands = False
    for child, parent in rows.values_list("unit_id", "parent_id"):
        stands |= child == unit.pk
        if parent is not None and child != unit.pk:
            below[parent].append(child)
    if not stands:
        return None
    cards = unit_cards([unit.pk, *(child for children in below.values() for child in children)], day=day)

    def node(pk: int) -> OutlineNode:
        return OutlineNode(
            cards[pk], tuple(node(child) for child in sorted(below[pk], key=lambda one: cards[one].code))
        )

    return node(unit.pk)


def has_more_below(unit: Unit, most: int, *, day: date) -> bool:
    """Tell whether more units than so many stood at or under a unit on a day; no more than these are counted."""
    return Ancestry.objects.filter(on_day(day), ancestor=unit).order_by()[: most + 1].count() > most


def tree_begins(unit: Unit) -> date | None:
    """Return the first day on which anything stood at or under a unit; None where nothing ever did."""
    found: date | None = Ancestry.objects.filter(ancestor=unit).aggregate(first=Min("valid_from"))["first"]
    return found


def way_up(user: User, unit: Unit, *, day: date, today: date) -> tuple[UnitCard, ...]:
    """Return the units above a unit on a day that the person may see, the highest first, the unit itself last."""
    rows = list(
        Ancestry.objects.filter(on_day(day), descendant=unit).order_by("-depth").values_list("ancestor_id", flat=True)
    )
    above = set(rows) - {unit.pk}
    seen = {unit.pk}
    if above:
        # Asked of these few by the keys of the grants: PostgreSQL would go through all that stands below them, which
        # may be a whole country.
        granted = granted_units(user, today=today, right="organizations_view")
        below = Ancestry.objects.filter(ancestor__in=granted, descendant__in=above)
        seen |= set(below.values_list("descendant_id", flat=True))
    cards = unit_cards({*rows, unit.pk} & seen, day=day)
    return tuple(cards[pk] for pk in [*(pk for pk in rows if pk != unit.pk), unit.pk] if pk in cards)


def search_units(user: User, text: str, *, day: date, today: date, limit: int = 20) -> tuple[UnitCard, ...]:
    """Return units in the person's scope found by a code, their own or an official one whenever it held, or by name on
    the day with or without diacritics.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    named = UnitName.objects.filter(on_day(day), folded__contains=wanted).values("unit")
    coded = OfficialCode.objects.filter(code__iexact=text.strip()).values("unit")
    found = (
        Unit.objects.filter(Q(pk__in=named) | Q(pk__in=coded) | Q(code__iexact=text.strip()))
        .visible_to(user, today=today)
        .order_by("code")
        .values_list("pk", flat=True)[:limit]
    )
    ids = list(found)
    cards = unit_cards(ids, day=day)
    return tuple(cards[pk] for pk in ids)


def find_cell(code: str, *, today: date) -> Unit:
    """Return a unit by its code whoever asks: a letter may be addressed to any cell of the system.

    Only the code that stands on the letter finds it; nothing of the unit is shown.

    Raises:
        InvalidInput: no unit of that code stands today.
    """
    found = Unit.objects.standing(today).filter(code=code.strip()).first()
    if found is None:
        raise InvalidInput(
            f"Không có chi bộ nào mang mã {quoted(code)}",
            where="Mã chi bộ nơi đến",
            expected="đúng mã chi bộ nơi đến; nếu nơi đến ngoài hệ thống thì ghi tên ở ô dưới",
        )
    return found
