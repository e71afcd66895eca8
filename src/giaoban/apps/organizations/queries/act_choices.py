"""What an act leaves open: where units that hung on others go, what becomes of groups and grants of units that end."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Grant, GroupMembership, on_day
from giaoban.apps.organizations.operations.acts.draft import ActDraft, ActKind
from giaoban.apps.organizations.operations.acts.scene import Scene, fitting_kind
from giaoban.apps.organizations.operations.acts.unfolding import scene_of, with_parents
from giaoban.apps.organizations.permissions import units_allowed
from giaoban.apps.organizations.queries.chosen import UnitCard, cards_by_code

_MOVING_MEMBERS = (ActKind.SPLIT, ActKind.MERGE, ActKind.CONSOLIDATE, ActKind.CHANGE_KIND, ActKind.DISSOLVE)
_ENDING = (ActKind.MERGE, ActKind.CONSOLIDATE, ActKind.DISSOLVE, ActKind.HAND_OVER)


@dataclass(frozen=True, slots=True)
class ChildQuestion:
    """A unit whose parent is acted upon; ``needed``: it cannot stay. ``default`` is where it goes unless said."""

    unit: UnitCard
    needed: bool
    default: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class CellQuestion:
    """A cell whose members may follow into another; ``needed``: they cannot stay. ``default``: where they go anyway."""

    unit: UnitCard
    needed: bool
    default: str


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """A place in a cluster or sector that ends with its unit, unless another takes it."""

    key: str
    unit: UnitCard
    group: str


@dataclass(frozen=True, slots=True)
class GrantQuestion:
    """A grant on a unit that ends."""

    uid: uuid.UUID
    person: str
    role: str
    unit: UnitCard


@dataclass(frozen=True, slots=True)
class Questions:
    """All that is asked about an act; ``unasked_grants`` are those about which the person may decide nothing."""

    children: tuple[ChildQuestion, ...]
    cells: tuple[CellQuestion, ...]
    groups: tuple[GroupQuestion, ...]
    grants: tuple[GrantQuestion, ...]
    unasked_grants: int
    heirs: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.children or self.cells or self.groups or self.grants)


def questions(act: Act, draft: ActDraft) -> Questions:
    """Return what is to be asked about an act whose units are chosen; a constant number of questions to the database.

    Raises:
        InvalidInput: a unit does not stand on the day.
    """
    scene = scene_of(draft)
    draft = with_parents(draft, scene)
    for code in draft.units:
        scene.need(code)
    return _Asking(act, draft, scene).questions()


class _Asking:
    def __init__(self, act: Act, draft: ActDraft, scene: Scene) -> None:
        self.act = act
        self.draft = draft
        self.scene = scene
        self.new = {one.code: one.unit_kind for one in draft.new}
        below = [child for code in draft.units for child in scene.below(code)]
        self.cards = cards_by_code({*draft.units, *below, draft.goal}, day=draft.day)

    def questions(self) -> Questions:
        ended = self._ended()
        groups, (grants, unasked) = self._groups(ended), self._grants(ended)
        return Questions(tuple(self._children()), tuple(self._cells()), groups, grants, unasked, self._heirs())

    def _heirs(self) -> tuple[str, ...]:
        if self.draft.kind is ActKind.MERGE:
            return (self.draft.goal,)
        return tuple(self.new) if self.draft.kind in (ActKind.SPLIT, ActKind.CONSOLIDATE) else ()

    def _kind(self, code: str) -> str:
        if self.draft.kind is ActKind.CHANGE_KIND and code in self.draft.units:
            return self.draft.unit_kind
        return self.new.get(code) or self.scene.kind(code)

    def _holds(self, code: str) -> bool:
        known = kinds().get(self._kind(code))
        return known is not None and known.members

    def _ended(self) -> list[str]:
        draft = self.draft
        units = list(draft.units)
        if draft.kind in (ActKind.HAND_OVER, ActKind.DISSOLVE):
            return list(dict.fromkeys([*units, *(child for code in units for child in self.scene.below(code))]))
        if draft.kind in _ENDING or (draft.kind is ActKind.SPLIT and not draft.goes_on):
            return units
        if draft.kind is ActKind.CHANGE_KIND:
            return self._absorbed()
        return []

    def _absorbed(self) -> list[str]:
        """The cells of a committee that becomes a cell."""
        allowed = kinds()[self.draft.unit_kind].children if self.draft.unit_kind in kinds() else frozenset()
        below = [child for code in self.draft.units for child in self.scene.below(code)]
        return [child for child in below if self.scene.kind(child) not in allowed]

    def _children(self) -> list[ChildQuestion]:
        draft = self.draft
        found = []
        for code in draft.units:
            for child in self.scene.below(code) if draft.kind is ActKind.DISSOLVE else self.scene.children(code):
                question = self._child(child)
                if question is not None:
                    found.append(question)
        return found

    def _child(self, child: str) -> ChildQuestion | None:
        draft, card = self.draft, self.cards[child]
        match draft.kind:
            case ActKind.DISSOLVE:
                return ChildQuestion(card, needed=True, default="", may_end=True)
            case ActKind.SPLIT:
                return ChildQuestion(card, needed=not draft.goes_on, default="", may_end=False)
            case ActKind.MERGE | ActKind.CONSOLIDATE:
                heir = self._heirs()[0] if self._heirs() else ""
                fits = self._fits(child, heir)
                return ChildQuestion(card, needed=not fits, default=heir if fits else "", may_end=False)
            case ActKind.CHANGE_KIND if self._kind(draft.units[0]) and not self._holds(draft.units[0]):
                return None if self._fits(child, draft.units[0]) else ChildQuestion(card, True, "", False)
        return None

    def _fits(self, child: str, parent: str) -> bool:
        above = kinds().get(self._kind(parent))
        return above is not None and fitting_kind(self.scene.kind(child), above.code) in above.children

    def _cells(self) -> list[CellQuestion]:
        draft = self.draft
        if draft.kind not in _MOVING_MEMBERS or (draft.kind is ActKind.CHANGE_KIND and self._holds(draft.units[0])):
            return []
        units = self._ended() if draft.kind is ActKind.DISSOLVE else list(draft.units)
        heirs = [code for code in self._heirs() if self._holds(code)]
        default = heirs[0] if heirs and draft.kind in (ActKind.MERGE, ActKind.CONSOLIDATE) else ""
        needed = not (draft.kind is ActKind.SPLIT and draft.goes_on) and not default
        return [CellQuestion(self.cards[code], needed, default) for code in units if self.scene.holds_members(code)]

    def _groups(self, ended: list[str]) -> tuple[GroupQuestion, ...]:
        if not self._heirs():
            return ()
        rows = GroupMembership.objects.filter(on_day(self.draft.day), unit__code__in=ended)
        return tuple(
            GroupQuestion(str(row.pk), self.cards[row.unit.code], row.group.name)
            for row in rows.select_related("unit", "group").order_by("unit__code", "group__kind")
        )

    def _grants(self, ended: list[str]) -> tuple[tuple[GrantQuestion, ...], int]:
        until = max(self.draft.day, self.act.today)
        rows = list(
            Grant.objects.filter(unit__code__in=ended, valid_to__gt=until)
            .select_related("unit", "user")
            .order_by("unit__code", "user__full_name", "role")
        )
        allowed = {row.unit_id for row in rows}
        if not self.act.at_console:
            allowed = units_allowed(self.act.user, "accounts_manage", allowed, today=self.act.today)
        roles = rights_table().roles
        asked = tuple(
            GrantQuestion(
                row.uid,
                row.user.full_name,
                roles[row.role].label if row.role in roles else row.role,
                self.cards[row.unit.code],
            )
            for row in rows
            if row.unit_id in allowed
        )
        return asked, len(rows) - len(asked)
