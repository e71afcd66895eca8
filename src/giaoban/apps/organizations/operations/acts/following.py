"""What follows from an act beside the tree is done, told and undone by followers; apps above register theirs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Protocol

from django.db import models

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import ActEffect, Unit, UnitEntry
from giaoban.apps.organizations.operations._replay import ends
from giaoban.apps.organizations.operations.acts.draft import ActDraft
from giaoban.apps.organizations.operations.endings import empties
from giaoban.apps.organizations.operations.tree import TreeDraft


class Effect(NamedTuple):
    """One thing done; ``mark`` tells it in a way that is the same each time the same act is tried."""

    follower: str
    ref: str
    detail: Mapping[str, Any]
    mark: str


class Hindrance(NamedTuple):
    """Something recorded later that needs what an act did: what, of which day."""

    day: date
    words: str


@dataclass(slots=True)
class Doing:
    """An act while it is done: followers read what happens and note what they did.

    ``ended`` are the units that end, ``emptied`` those of them in which nothing may be left (all but those handed
    over), ``heirs`` the unit that goes on for one of them where there is one; all by code. ``entries`` are there after
    the tree was written.
    """

    act: Act
    draft: ActDraft
    event: uuid.UUID
    events: Sequence[TreeDraft]
    entries: Sequence[UnitEntry] = ()
    effects: list[Effect] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day on which the act takes effect."""
        return self.draft.day

    @property
    def ended(self) -> list[str]:
        """The units that end."""
        return [one.code for one in self.events if ends(one.kind, one.unit_kind)]

    @property
    def emptied(self) -> list[str]:
        """The units that end and may keep nothing."""
        return [one.code for one in self.events if empties(one.kind, one.unit_kind)]

    @property
    def heirs(self) -> dict[str, str]:
        """What goes on for the units that end."""
        return {one.code: one.other for one in self.events if one.other and ends(one.kind, one.unit_kind)}

    def note(self, follower: str, row: models.Model, mark: str, **detail: Any) -> None:
        """Keep what was done to or with a row, with what it takes to undo it (dates as ISO texts)."""
        self.effects.append(Effect(follower, ref_of(row), detail, mark))


def ref_of(row: models.Model) -> str:
    """Return by what an effect names a row: its uid, else its table and key."""
    uid = getattr(row, "uid", None)
    return str(uid) if uid is not None else f"{row._meta.model_name}:{row.pk}"


def key_of(ref: str) -> int:
    """Return the key in a reference that holds one."""
    return int(ref.rpartition(":")[2])


class Follower(Protocol):
    """One kind of thing that hangs on units. ``key`` names its effects."""

    key: str

    def __init__(self, doing: Doing) -> None: ...

    def before(self) -> None:
        """Do what has to be done while the units still stand."""

    def after(self) -> None:
        """Do what can be done once the tree is as it will be."""

    @classmethod
    def undo(cls, act: Act, effects: Sequence[ActEffect]) -> None:
        """Undo effects; the tree is again as it was."""

    @classmethod
    def hindrances(cls, effects: Sequence[ActEffect]) -> Iterable[Hindrance]:
        """Give what has to be taken back before these effects can be."""


_followers: list[type[Follower]] = []


def follow_unit_acts(follower: type[Follower]) -> type[Follower]:
    """Register a follower; they work in the order in which they were registered and undo in the other."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def followers() -> tuple[type[Follower], ...]:
    """Return all followers."""
    return tuple(_followers)


def units_by_code(codes: Iterable[str]) -> dict[str, Unit]:
    """Return units by their codes."""
    return {unit.code: unit for unit in Unit.objects.filter(code__in=set(codes))}
