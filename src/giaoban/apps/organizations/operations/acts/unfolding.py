"""From an act to the events of the tree, in order: new units first, then what moves, then what ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from giaoban.apps.organizations.kinds import UnitKind, kinds
from giaoban.apps.organizations.models import UnitEvent, UnitName, on_day
from giaoban.apps.organizations.operations.acts.draft import END, ActDraft, ActKind, NewUnit
from giaoban.apps.organizations.operations.acts.scene import Scene, fitting_kind
from giaoban.apps.organizations.operations.tree import TreeDraft
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import tidy


def scene_of(draft: ActDraft) -> Scene:
    """Return the units that an act names, as they stand before it."""
    whole = {*draft.units, *draft.children}
    beside = {draft.goal, draft.parent, *(one.parent for one in draft.new), *draft.children.values()} - whole
    return Scene(whole, draft.day, beside=beside)


def with_parents(draft: ActDraft, scene: Scene) -> ActDraft:
    """Return the act with a place for each new unit: where nobody said one, it follows from the kind of act."""
    if not draft.new:
        return draft
    first = draft.new[0].code
    default = ""
    if draft.kind in (ActKind.SPLIT, ActKind.CONSOLIDATE) and draft.units:
        default = scene.parent(draft.units[0])
    elif draft.kind is ActKind.CHANGE_KIND and draft.units:
        default = draft.units[0]
    elif draft.kind in (ActKind.ESTABLISH, ActKind.RECEIVE):
        default = draft.parent
    # Further units of a consolidation are cells of the new one, where members of those consolidated come to stand.
    below = first if draft.kind is ActKind.CONSOLIDATE else default
    new = (replace(one, parent=one.parent or (default if one.code == first else below)) for one in draft.new)
    return replace(draft, new=tuple(new))


def unfold(draft: ActDraft, scene: Scene) -> tuple[TreeDraft, ...]:
    """Return the events of an act whose new units have their codes and parents.

    Raises:
        InvalidInput: something is not said that this kind of act needs, or a unit does not stand on the day.
    """
    return tuple(_Unfolding(draft, scene).events())


class _Unfolding:
    def __init__(self, draft: ActDraft, scene: Scene) -> None:
        self.draft = draft
        self.scene = scene
        # The kinds that units have after the act, where it says so.
        self._kinds = {one.code: one.unit_kind for one in draft.new}
        self._event: Callable[..., TreeDraft] = partial(
            TreeDraft, day=draft.day, note=draft.note, decision=draft.decision
        )

    def events(self) -> Iterator[TreeDraft]:
        """Give the events of the act, checked for what its kind needs."""
        draft = self.draft
        match draft.kind:
            case ActKind.ESTABLISH:
                return self._establish()
            case ActKind.RENAME:
                return self._rename()
            case ActKind.CHANGE_KIND:
                return self._change_kind()
            case ActKind.MOVE:
                return self._move()
            case ActKind.SPLIT:
                return self._split()
            case ActKind.MERGE:
                return self._merge()
            case ActKind.CONSOLIDATE:
                return self._consolidate()
            case ActKind.HAND_OVER:
                return self._hand_over()
            case ActKind.RECEIVE:
                return self._receive()
            case ActKind.DISSOLVE:
                return self._dissolve()

    def _one(self) -> str:
        return self.scene.need(self._units()[0])

    def _units(self) -> tuple[str, ...]:
        if not self.draft.units:
            raise InvalidInput("Chưa chọn tổ chức", where="Tổ chức", expected="ít nhất một tổ chức đang hoạt động")
        for code in self.draft.units:
            self.scene.need(code)
        return self.draft.units

    def _kind(self, code: str) -> str:
        return self._kinds.get(code) or self.scene.kind(code)

    def _begin(self, kind: UnitEvent, one: NewUnit, **more: object) -> TreeDraft:
        unit_kind = fitting_kind(one.unit_kind, self._kind(one.parent))
        return self._event(
            kind,
            code=one.code,
            parent=one.parent,
            name=one.name,
            short_name=one.short_name,
            unit_kind=unit_kind,
            **more,
        )

    def _need_new(self, least: int = 1) -> None:
        if not self.draft.new:
            raise InvalidInput("Chưa ghi đơn vị mới", where="Đơn vị mới", expected="tên, loại hình của đơn vị mới")
        if len(self.draft.new) < least:
            raise InvalidInput(
                f"Mới có {len(self.draft.new)} đơn vị mới", where="Đơn vị mới", expected=f"từ {least} đơn vị trở lên"
            )

    def _placed(self, code: str, goal: str) -> Iterator[TreeDraft]:
        """A unit comes to stand under another, as what it can be there."""
        if goal not in self._kinds:
            self.scene.need(goal)
        if self.scene.parent(code) != goal:
            yield self._event(UnitEvent.MOVED, code=code, parent=goal)
        kind = fitting_kind(self.scene.kind(code), self._kind(goal))
        if kind != self.scene.kind(code):
            yield self._event(UnitEvent.KIND_CHANGED, code=code, unit_kind=kind)

    def _children(self, code: str, default: str) -> Iterator[TreeDraft]:
        """What stands below a unit that ends goes where it is said, else to ``default``; what is to end, ends."""
        for child in self.scene.children(code):
            goal = self.draft.children.get(child, default)
            if not goal:
                raise InvalidInput(
                    f"Chưa định nơi đến của {child}", where=child, expected=f"một cấp trên mới, vì {code} kết thúc"
                )
            if goal == END:
                yield from self._children(child, default)
                yield self._event(UnitEvent.DISSOLVED, code=child)
            else:
                yield from self._placed(child, goal)

    def _moved_out(self) -> Iterator[TreeDraft]:
        """Children that are named leave a unit that goes on."""
        for child, goal in self.draft.children.items():
            yield from self._placed(self.scene.need(child), goal)

    def _establish(self) -> Iterator[TreeDraft]:
        self._need_new()
        for one in self.draft.new:
            yield self._begin(UnitEvent.ESTABLISHED, one)
        yield from self._moved_out()

    def _rename(self) -> Iterator[TreeDraft]:
        unit, draft = self._one(), self.draft
        named = UnitName.objects.filter(on_day(draft.day), unit__code=unit).first()
        if named is not None and (named.name, named.short_name) == (tidy(draft.name), tidy(draft.short_name)):
            raise InvalidInput("Tên mới trùng với tên đang dùng", where="Tên mới", expected="một tên khác")
        yield self._event(UnitEvent.RENAMED, code=unit, name=draft.name, short_name=draft.short_name)

    def _change_kind(self) -> Iterator[TreeDraft]:
        unit, draft = self._one(), self.draft
        self._kinds[unit] = draft.unit_kind
        if draft.unit_kind == self.scene.kind(unit):
            label = kinds()[draft.unit_kind].label
            raise InvalidInput(f"{unit} đang là {label}", where="Loại hình mới", expected="một loại hình khác")
        yield self._event(
            UnitEvent.KIND_CHANGED,
            code=unit,
            unit_kind=draft.unit_kind,
            name=draft.name,
            short_name=draft.short_name,
            counts_as_established=draft.counts_as_established,
        )
        for one in draft.new:
            yield self._begin(UnitEvent.ESTABLISHED, one)
        allowed = kinds()[draft.unit_kind].children if draft.unit_kind in kinds() else frozenset()
        for child in self.scene.children(unit):
            goal = draft.children.get(child, "")
            if goal:
                yield from self._placed(child, goal)
            elif self.scene.kind(child) not in allowed:
                # A committee becomes a cell: the cells below it are no more; their party groups stand in it.
                yield from self._absorbed(child, unit)

    def _absorbed(self, code: str, unit: str) -> Iterator[TreeDraft]:
        for child in self.scene.children(code):
            if self.scene.kind(child) == UnitKind.GROUP:
                yield self._event(UnitEvent.MOVED, code=child, parent=unit)
            else:
                yield from self._absorbed(child, unit)
        yield self._event(UnitEvent.MERGED, code=code, other=unit)

    def _move(self) -> Iterator[TreeDraft]:
        goal = self.draft.parent
        if not goal:
            raise InvalidInput("Chưa chọn cấp trên mới", where="Cấp trên mới", expected="một tổ chức đang hoạt động")
        for code in self._units():
            if self.scene.parent(code) == self.scene.need(goal):
                raise InvalidInput(f"{code} đang trực thuộc {goal}", where="Cấp trên mới", expected="một cấp trên khác")
            yield from self._placed(code, goal)

    def _split(self) -> Iterator[TreeDraft]:
        unit = self._one()
        self._need_new(1 if self.draft.goes_on else 2)
        for one in self.draft.new:
            yield self._begin(
                UnitEvent.SPLIT,
                one,
                other=unit,
                counts_as_established=self.draft.counts_as_established,
            )
        if self.draft.goes_on:
            yield from self._moved_out()
        else:
            yield from self._children(unit, "")
            yield self._event(UnitEvent.SPLIT, code=unit)

    def _merge(self) -> Iterator[TreeDraft]:
        goal = self.draft.goal
        if not goal:
            raise InvalidInput(
                "Chưa chọn đơn vị nhận sáp nhập", where="Sáp nhập vào", expected="một tổ chức đang hoạt động"
            )
        self.scene.need(goal)
        for code in self._units():
            self._refuse_inside(code, goal)
            yield from self._children(code, goal)
            yield self._event(UnitEvent.MERGED, code=code, other=goal)

    def _refuse_inside(self, code: str, goal: str) -> None:
        if code == goal or goal in self.scene.below(code):
            raise InvalidInput(
                f"{goal} là {code} hoặc ở dưới {code}",
                where="Sáp nhập vào",
                expected="một tổ chức ngoài các tổ chức được sáp nhập",
            )

    def _consolidate(self) -> Iterator[TreeDraft]:
        units = self._units()
        self._need_new()
        if len(units) < 2:
            raise InvalidInput(
                "Hợp nhất cần ít nhất hai tổ chức", where="Các tổ chức hợp nhất", expected="từ hai tổ chức trở lên"
            )
        first, *cells = self.draft.new
        counts = self.draft.counts_as_established
        yield self._begin(UnitEvent.CONSOLIDATED, first, other=units[0], counts_as_established=counts)
        for one in cells:
            yield self._begin(UnitEvent.ESTABLISHED, one)
        for code in units:
            yield from self._children(code, first.code)
            yield self._event(UnitEvent.CONSOLIDATED, code=code, other=first.code)

    def _hand_over(self) -> Iterator[TreeDraft]:
        if not self.draft.outside.strip():
            raise InvalidInput("Chưa ghi nơi nhận", where="Chuyển giao đến", expected="tên tổ chức đảng nơi nhận")
        handed: dict[str, None] = {}
        for code in self._units():
            handed |= dict.fromkeys((code, *self.scene.below(code)))
        for code in handed:
            yield self._event(UnitEvent.HANDED_OVER, code=code, outside=self.draft.outside.strip())

    def _receive(self) -> Iterator[TreeDraft]:
        self._need_new()
        if not self.draft.outside.strip():
            raise InvalidInput("Chưa ghi nơi chuyển đến", where="Tiếp nhận từ", expected="tên tổ chức đảng nơi giao")
        for one in self.draft.new:
            yield self._begin(UnitEvent.RECEIVED, one, outside=self.draft.outside.strip())

    def _dissolve(self) -> Iterator[TreeDraft]:
        for code in self._units():
            yield from self._children(code, "")
            yield self._event(UnitEvent.DISSOLVED, code=code)
