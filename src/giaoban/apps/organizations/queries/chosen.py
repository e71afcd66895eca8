"""What a person can choose to look at: the units of their grants, and any unit below them by its code."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef, Q

from giaoban.apps.accounts.models import User
from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.organizations.kinds import UnitKind, kinds
from giaoban.apps.organizations.models import (
    Ancestry,
    Grant,
    Group,
    Unit,
    UnitEntry,
    granted_ancestry,
    on_day,
)
from giaoban.core.errors import NotFound
from giaoban.core.period import Window
from giaoban.core.text_vi import quoted


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit as it was called on a day."""

    pk: int
    code: str
    name: str
    short_name: str
    kind: str
    above: str = ""

    @property
    def place(self) -> str:
        """The name with what stands above, where that was asked for: «Chi bộ Văn phòng, Sở Tư pháp»."""
        return f"{self.name}, {self.above}" if self.above else self.name

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        known = kinds().get(self.kind)
        return known.label if known else ""

    @property
    def holds_members(self) -> bool:
        """Whether members stand in a unit of this kind."""
        known = kinds().get(self.kind)
        return bool(known and known.members)


@dataclass(frozen=True, slots=True)
class Scope:
    """One grant that holds today."""

    role: str
    role_label: str
    unit: UnitCard


def unit_cards(unit_ids: Iterable[int], *, day: date) -> dict[int, UnitCard]:
    """Return the cards of units by key, with the name and kind of a day; one query whatever their number.

    A unit whose only act was taken back is told by the name that the act gave it: one query more.
    """
    return _cards(unit_ids, day, ())


def place_cards(unit_ids: Iterable[int], *, day: date) -> dict[int, UnitCard]:
    """Return the cards of units by key; those of cells below a committee of their own tell which (``UnitCard.place``).

    As many queries as ``unit_cards``.
    """
    return _cards(unit_ids, day, _PLACE)


def _cards(unit_ids: Iterable[int], day: date, place: tuple[str, ...]) -> dict[int, UnitCard]:
    wanted = set(unit_ids)
    if not wanted:
        return {}
    # A unit has few names, kinds and places in all its time: each beside each other is less work than a query for each.
    columns = ("pk", "code", *(f"names__{field}" for field in _NAME), "kind_spans__valid_from", "kind_spans__kind")
    told: dict[int, tuple[_Rank, UnitCard]] = {}
    stood: dict[int, tuple[_Rank, str]] = {}
    unnamed = set()
    rows = Unit.objects.filter(pk__in=wanted).values_list(*columns, *place)
    for pk, code, named, name, short_name, since, kind, *above in rows:
        rank = (*_near(named, day), *_near(since, day))
        if pk not in told or rank > told[pk][0]:
            told[pk] = rank, UnitCard(pk, code, name or code, short_name or "", kind or "")
        if name is None:
            unnamed.add(pk)
        if above:
            placed, parent_named, parent_name, parent_short = above
            rank = (*_near(placed, day), *_near(parent_named, day))
            if pk not in stood or rank > stood[pk][0]:
                stood[pk] = rank, parent_short or parent_name or ""
    found = {pk: card for pk, (_rank, card) in told.items()}
    for pk, (name, short_name) in names_taken_back(unnamed).items():
        found[pk] = replace(found[pk], name=name, short_name=short_name)
    for pk, (_rank, parent) in stood.items():
        if parent and found[pk].kind in (UnitKind.CELL, UnitKind.GROUP):
            found[pk] = replace(found[pk], above=parent)
    return found


_Rank = tuple[int, int, int, int]
_NAME = ("valid_from", "name", "short_name")
_PLACE = ("placements__valid_from", *(f"placements__parent__names__{field}" for field in _NAME))


def _near(since: date | None, day: date) -> tuple[int, int]:
    """Rank a row for a day: what began last until then comes before all, then what begins first after it."""
    if since is None:
        return 0, 0
    return (2, since.toordinal()) if since <= day else (1, -since.toordinal())


def names_taken_back(unit_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return the name and short name under which units were recorded that never came to stand."""
    if not unit_ids:
        return {}
    rows = UnitEntry.objects.filter(subject__in=unit_ids, void=False).exclude(name="").in_order()
    return {pk: (name, short) for pk, name, short in rows.values_list("subject", "name", "short_name")}


def scopes_of(user: User, *, today: date) -> tuple[Scope, ...]:
    """Return the grants that a person holds today, the widest unit first."""
    grants = list(
        Grant.objects.filter(on_day(today), user=user).order_by("unit__code", "role").values_list("role", "unit_id")
    )
    if not grants or not user.is_active:
        return ()
    ids = {pk for _, pk in grants}
    cards = unit_cards(ids, day=today)
    # Of one unit nothing has to be told apart.
    rows = Ancestry.objects.filter(on_day(today), descendant__in=ids).order_by("depth") if len(ids) > 1 else ()
    depths = {row.descendant_id: row.depth for row in rows}
    roles = rights_table().roles
    scopes = [Scope(role, roles[role].label if role in roles else role, cards[pk]) for role, pk in grants]
    return tuple(sorted(scopes, key=lambda scope: depths.get(scope.unit.pk, 0)))


def find_unit(user: User, code: str, *, today: date) -> Unit:
    """Return a unit that the person may see.

    Raises:
        NotFound: there is no such unit, or it never stood in their scope (the two are not told apart).
    """
    # Asked of the one unit: `visible_to` would let PostgreSQL list all that stands under the grant to find it there.
    stood = granted_ancestry(user, today=today, right="organizations_view").filter(descendant=OuterRef("pk"))
    unit = Unit.objects.filter(code=code).annotate(seen=Exists(stood)).first()
    if unit is None or not unit.seen:  # type: ignore[attr-defined]
        raise NotFound(f"Không tìm thấy đơn vị {quoted(code)} trong phạm vi của đồng chí")
    return unit


# What is read of a period: where the unit stood under the grant within it. Everything else asks for the unit of today.
_OF_A_PERIOD = frozenset({"figures_view", "inspection_view", "reports_write"})


def rights_at(user: User, unit: Unit, *, today: date, window: Window | None = None) -> frozenset[str]:
    """Return all rights that a person's grants of today give on a unit.

    A unit that stands, or will stand, below the grant gives them all. Of one that stood there only earlier the unit
    itself can be read, and its figures where it stood there within ``window`` (design.md, law 4): what is recorded and
    the files of persons belong to those above the unit today.
    """
    if not user.is_active:
        return frozenset()
    held = Grant.objects.filter(on_day(today), user=user)
    below = Ancestry.objects.filter(ancestor=OuterRef("unit"), descendant=unit)
    within = Q(pk__in=())
    if window is not None:
        within = Q(valid_from__lt=window.end, valid_to__gt=window.start)
    rows = held.filter(Exists(below)).values_list(
        "role", Exists(below.filter(valid_to__gt=today)), Exists(below.filter(within))
    )
    roles = rights_table().roles
    found: set[str] = set()
    for role, stands, stood_within in rows:
        rights = roles[role].rights if role in roles else frozenset()
        found |= rights if stands else rights & {"organizations_view"}
        found |= rights & _OF_A_PERIOD if stood_within else frozenset()
    return frozenset(found)


def last_day_below(user: User, unit: Unit, *, today: date, right: str) -> date | None:
    """Return the last day, at most today, on which a unit stood where they hold a right; None if there is none."""
    rows = granted_ancestry(user, today=today, right=right).filter(descendant=unit, valid_from__lte=today)
    end: date | None = rows.aggregate(end=Max("valid_to"))["end"]
    return None if end is None else min(end - timedelta(days=1), today)


def group_names(unit: Unit) -> dict[tuple[str, str], str]:
    """Return the names of the clusters and sectors of a unit and of those above and below it, by kind and code."""
    above = Ancestry.objects.filter(descendant=unit).values("ancestor")
    below = Ancestry.objects.filter(ancestor=unit).values("descendant")
    rows = Group.objects.filter(Q(owner__in=above) | Q(owner__in=below)).values_list("kind", "code", "name")
    return {(kind, code): name for kind, code, name in rows}


def cards_by_code(codes: Iterable[str], *, day: date) -> dict[str, UnitCard]:
    """Return the cards of units by their code, with the name, kind and place of a day."""
    ids = Unit.objects.filter(code__in=set(codes)).values_list("pk", flat=True)
    return {card.code: card for card in place_cards(ids, day=day).values()}
