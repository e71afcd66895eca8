"""Which units stand for units that ended: one step, the whole chain, both ways."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from giaoban.apps.organizations.models import Unit, UnitEntry, UnitEvent
from giaoban.apps.organizations.operations._replay import begins
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards


class Link(NamedTuple):
    """From ``day`` on the unit ``after`` goes on for the unit ``before``, wholly or (``split``) for a part of it."""

    before: int
    after: int
    day: date
    kind: str
    event: uuid.UUID

    @property
    def split(self) -> bool:
        """Whether ``before`` may have gone on itself."""
        return self.kind == UnitEvent.SPLIT


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit in the chain: ``steps`` links away, by what and when it is linked to the next nearer unit."""

    unit: UnitCard
    nearer: UnitCard
    day: date
    kind: str
    event: uuid.UUID
    steps: int

    @property
    def kind_label(self) -> str:
        """What happened, in words: «sáp nhập»."""
        return str(UnitEvent(self.kind).label).lower()


@dataclass(frozen=True, slots=True)
class Lineage:
    """The units for which a unit stands, and those that stand for it, the nearest first."""

    before: tuple[Succession, ...]
    after: tuple[Succession, ...]


def links(until: date | None = None) -> list[Link]:
    """Return all links between units, of acts up to a day (inclusive), in order; one query."""
    rows = UnitEntry.objects.live().filter(other__isnull=False).in_order()
    if until is not None:
        rows = rows.filter(effective_date__lte=until)
    found: dict[tuple[int, int, date], Link] = {}
    for subject, other, kind, unit_kind, day, event in rows.values_list(
        "subject_id", "other_id", "kind", "unit_kind", "effective_date", "event"
    ):
        before, after = (other, subject) if begins(kind, unit_kind) else (subject, other)
        found.setdefault((before, after, day), Link(before, after, day, kind, event))
    return list(found.values())


def successions(unit: Unit, *, day: date) -> Lineage:
    """Return what a unit goes on for and what goes on for it through all links up to a day; names are of that day."""
    known = links(day)
    before = _chain(unit.pk, known, lambda link: link.after, lambda link: link.before)
    after = _chain(unit.pk, known, lambda link: link.before, lambda link: link.after)
    ids = {pk for link, _steps in (*before, *after) for pk in (link.before, link.after)}
    cards = place_cards(ids, day=day) if ids else {}
    return Lineage(
        tuple(_told(cards, link, link.before, link.after, steps) for link, steps in before),
        tuple(_told(cards, link, link.after, link.before, steps) for link, steps in after),
    )


def _chain(
    start: int, known: Iterable[Link], near: Callable[[Link], int], far: Callable[[Link], int]
) -> list[tuple[Link, int]]:
    by_near: dict[int, list[Link]] = defaultdict(list)
    for link in known:
        by_near[near(link)].append(link)
    found: list[tuple[Link, int]] = []
    seen, level, steps = {start}, [start], 0
    while level:
        steps += 1
        taken = [link for pk in level for link in by_near[pk]]
        found += [(link, steps) for link in taken]
        level = [pk for pk in dict.fromkeys(far(link) for link in taken) if pk not in seen]
        seen.update(level)
    return found


def _told(cards: dict[int, UnitCard], link: Link, unit: int, nearer: int, steps: int) -> Succession:
    return Succession(cards[unit], cards[nearer], link.day, link.kind, link.event, steps)


class Heir(NamedTuple):
    """From ``day`` on, when ``unit`` ended, ``heir`` stands for it; by code. One row for each heir."""

    unit: str
    heir: str
    day: date


def heirs(codes: Collection[str]) -> list[Heir]:
    """Return the chains by which units that ended lead to any of ``codes``; one query.

    A unit of which nobody said what stands for it (one that was dissolved, say) leads to the one that stood above it:
    what happened in it happened there. One that was handed over leads nowhere.
    """
    ending = Q(kind__in=(UnitEvent.DISSOLVED, UnitEvent.MERGED)) | Q(kind=UnitEvent.SPLIT, unit_kind="")
    rows = UnitEntry.objects.live().filter(ending | Q(other__isnull=False)).in_order()
    ended: dict[str, date] = {}
    found: list[Heir] = []
    for unit, other, parent, kind, unit_kind, day in rows.values_list(
        "subject__code", "other__code", "from_parent__code", "kind", "unit_kind", "effective_date"
    ):
        if begins(kind, unit_kind):
            found.append(Heir(other, unit, day))
            continue
        ended[unit] = day
        heir = other or (parent if kind != UnitEvent.SPLIT else None)
        if heir is not None:
            found.append(Heir(unit, heir, day))
    # A unit that goes on after a part of it was split off has no heir.
    sound = [one for one in dict.fromkeys(found) if ended.get(one.unit) == one.day]
    wanted, more = set(codes), set(codes)
    while more:
        more = {one.unit for one in sound if one.heir in more} - wanted
        wanted |= more
    return [one for one in sound if one.unit in wanted and one.heir in wanted]
