"""Clusters and sectors of a committee with their units on a day, and the units that are in none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.models import Group, GroupKind, GroupMembership, Placement, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, unit_cards
from giaoban.core.errors import NotFound
from giaoban.core.text_vi import quoted


@dataclass(frozen=True, slots=True)
class GroupedUnit:
    """A unit in a group since a day."""

    card: UnitCard
    since: date


@dataclass(frozen=True, slots=True)
class GroupView:
    """A cluster or sector with its units, in the order of their codes."""

    code: str
    name: str
    position: int
    units: tuple[GroupedUnit, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All groups of one kind; ``without`` are the units directly below the committee that are in none of them."""

    kind: GroupKind
    groups: tuple[GroupView, ...]
    without: tuple[UnitCard, ...]


def arrangements(owner: Unit, day: date) -> tuple[Arrangement, ...]:
    """Return clusters and sectors of a committee on a day; a fixed number of queries."""
    groups = list(Group.objects.filter(owner=owner).order_by("position", "code"))
    places: dict[int, list[tuple[int, date]]] = defaultdict(list)
    rows = GroupMembership.objects.filter(on_day(day), group__owner=owner)
    for group, unit, since in rows.values_list("group_id", "unit_id", "valid_from"):
        places[group].append((unit, since))
    children = set(Placement.objects.filter(on_day(day), parent=owner).values_list("unit_id", flat=True))
    cards = unit_cards(children | {unit for found in places.values() for unit, _since in found}, day=day)
    told = []
    for kind in GroupKind:
        own = [group for group in groups if group.kind == kind]
        grouped = {unit for group in own for unit, _since in places[group.pk]}
        views = tuple(
            GroupView(
                group.code,
                group.name,
                group.position,
                tuple(
                    GroupedUnit(cards[unit], since)
                    for unit, since in sorted(places[group.pk], key=lambda place: cards[place[0]].code)
                ),
            )
            for group in own
        )
        without = sorted((cards[unit] for unit in children - grouped), key=lambda card: card.code)
        told.append(Arrangement(kind, views, tuple(without)))
    return tuple(told)


def find_group(user: User, owner: Unit, kind: str, code: str, *, today: date) -> Group:
    """Return a group of a committee that the person may see.

    Raises:
        NotFound: the committee has none of that kind and code, or lies outside the scope.
    """
    seen = Unit.objects.visible_to(user, today=today)
    found = Group.objects.filter(owner=owner, owner__in=seen, kind=kind, code=code).select_related("owner").first()
    if found is None:
        raise NotFound(f"Không có nhóm mang mã {quoted(code)}")
    return found
