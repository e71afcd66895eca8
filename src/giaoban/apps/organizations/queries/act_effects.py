"""What an act did beside the tree, in words: clusters and sectors, official codes, grants."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import (
    ActEffect,
    Ancestry,
    Grant,
    Group,
    OfficialCode,
    Unit,
    UnitEntry,
    UnitEvent,
    on_day,
)
from giaoban.apps.organizations.operations.acts.following import key_of
from giaoban.apps.organizations.operations.acts.places import CodeFollower, GrantFollower, GroupFollower
from giaoban.apps.organizations.queries.chosen import UnitCard, cards_by_code, place_cards, unit_cards
from giaoban.apps.organizations.queries.history import own_words
from giaoban.core.dates_vi import format_date


@dataclass(frozen=True, slots=True)
class Consequence:
    """One kind of thing that follows from an act, line by line."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What happens to one unit: «Sáp nhập vào Chi bộ Văn phòng»."""

    unit: UnitCard
    words: str


def effects_of(event: uuid.UUID, follower: str) -> list[ActEffect]:
    """Return what one follower did for an act, in order."""
    return list(ActEffect.objects.filter(event=event, follower=follower).order_by("pk"))


def visible_units(act: Act) -> QuerySet[Unit]:
    """Return the units of which a person may know: of an act that touches others too, only this much is told them."""
    return Unit.objects.all() if act.at_console else Unit.objects.visible_to(act.user, today=act.today)


def units_of_act(act: Act, event: uuid.UUID) -> QuerySet[Unit]:
    """Return the units of which a person may know when an act is told to them.

    A unit that began with an act that was taken back stands nowhere any more: who may know of a place where the act put
    something may read what it was.
    """
    seen = visible_units(act)
    entries = UnitEntry.objects.filter(event=event, void=False)
    if act.at_console or not entries.filter(Q(to_parent__in=seen) | Q(subject__in=seen)).exists():
        return seen
    nowhere = ~Exists(Ancestry.objects.filter(descendant=OuterRef("pk")))
    return Unit.objects.filter(Q(pk__in=seen.values("pk")) | (Q(pk__in=entries.values("subject")) & nowhere))


def unit_changes(event: uuid.UUID, *, scope: QuerySet[Unit], day: date) -> tuple[UnitChange, ...]:
    """Return what happens to each unit of an act, in the order of the act; entries that were taken back too."""
    entries = list(UnitEntry.objects.filter(event=event, void=False, subject__in=scope).in_order())
    ids = {
        pk
        for entry in entries
        for pk in (entry.subject_id, entry.from_parent_id, entry.to_parent_id, entry.other_id)
        if pk
    }
    cards = unit_cards(ids, day=day)
    # A unit that gets another name is the one that people know by the old one.
    renamed = {entry.subject_id for entry in entries if entry.kind == UnitEvent.RENAMED}
    known = cards | unit_cards(renamed, day=day - timedelta(days=1)) if renamed else cards
    return tuple(UnitChange(known[entry.subject_id], own_words(entry, cards)) for entry in entries)


def place_consequences(event: uuid.UUID, *, scope: QuerySet[Unit], day: date, grants: bool) -> tuple[Consequence, ...]:
    """Return what became of groups, official codes and grants; of grants only their number without the right."""
    groups, codes = effects_of(event, GroupFollower.key), effects_of(event, CodeFollower.key)
    named = {one.detail["unit"] for one in (*groups, *codes)}
    seen = set(scope.filter(code__in=named).values_list("code", flat=True)) if named else set()
    found = (
        Consequence("Cụm, khối", tuple(_groups([one for one in groups if one.detail["unit"] in seen], day))),
        Consequence("Mã chính thức", tuple(_codes([one for one in codes if one.detail["unit"] in seen]))),
        Consequence("Phân quyền", tuple(_grants(effects_of(event, GrantFollower.key), scope, day, named=grants))),
    )
    return tuple(one for one in found if one.lines)


def _groups(effects: list[ActEffect], day: date) -> Iterable[str]:
    groups = Group.objects.in_bulk({one.detail["group"] for one in effects})
    cards = cards_by_code({one.detail["unit"] for one in effects}, day=day)
    for one in effects:
        group = groups[one.detail["group"]]
        verb = "thôi thuộc" if one.detail["ended"] else "vào"
        yield f"{cards[one.detail['unit']].place} {verb} {group.name}"


def _codes(effects: list[ActEffect]) -> Iterable[str]:
    rows = OfficialCode.objects.in_bulk([key_of(one.ref) for one in effects])
    for one in effects:
        yield f"Mã {rows[key_of(one.ref)].code} của {one.detail['unit']} hết hiệu lực"


def _grants(effects: list[ActEffect], scope: QuerySet[Unit], day: date, *, named: bool) -> Iterable[str]:
    refs = [one.ref for one in effects]
    found = Grant.objects.filter(uid__in=refs, unit__in=scope).select_related("user", "unit") if refs else ()
    rows = {str(row.uid): row for row in found}
    if rows and not named:
        yield f"{len(rows)} phân quyền thay đổi"
        return
    cards = place_cards({row.unit_id for row in rows.values()}, day=day)
    roles = rights_table().roles
    for one in effects:
        row = rows.get(one.ref)
        if row is not None:
            role = roles[row.role].label if row.role in roles else row.role
            if one.detail["given"]:
                words = f"được giao từ {format_date(row.valid_from)}"
            else:
                words = f"kết thúc từ {format_date(date.fromisoformat(one.detail['end']))}"
            yield f"{row.user.full_name}: «{role}» tại {cards[row.unit_id].place} {words}"


def units_of(event: uuid.UUID) -> list[Unit]:
    """Return the units of an act: those it is about, those above them before and after, those that go on for them."""
    ids = set()
    rows = UnitEntry.objects.filter(event=event).values_list("subject", "from_parent", "to_parent", "other")
    for row in rows:
        ids |= {pk for pk in row if pk is not None}
    return list(Unit.objects.filter(pk__in=ids).order_by("code"))


def with_all_above(unit_ids: Iterable[int], *, day: date) -> list[Unit]:
    """Return units and all that stand above them on a day, by code."""
    wanted = set(unit_ids)
    above = Ancestry.objects.filter(on_day(day), descendant__in=wanted).values("ancestor")
    return list(Unit.objects.filter(Q(pk__in=wanted) | Q(pk__in=above)).order_by("code"))
