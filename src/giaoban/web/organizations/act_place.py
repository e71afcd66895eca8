"""What stands around a unit that is to be acted upon, and where things can go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import ActDraft
from giaoban.apps.organizations.operations.acts.scene import fitting_kind
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.act_choices import Questions
from giaoban.apps.organizations.queries.chosen import UnitCard, find_unit, unit_cards
from giaoban.apps.organizations.queries.outline import OutlineNode, outline
from giaoban.core.errors import Conflict
from giaoban.web.access import Desk
from giaoban.web.organizations.act_fields import ActPlace
from giaoban.web.organizations.act_questions import Goals, Pairs


def named(card: UnitCard) -> tuple[str, str]:
    """Return a unit to choose from."""
    return card.code, card.place


def flat(node: OutlineNode | None, above: str = "") -> Iterator[UnitCard]:
    """Give all units of a tree; each tells what stands above it, for names repeat («Chi bộ Văn phòng»)."""
    if node is not None:
        yield replace(node.card, above=above)
        for child in node.children:
            yield from flat(child, node.card.short_name or node.card.name)


def all_units(desk: Desk, day: date) -> list[UnitCard]:
    """Return the units of the widest tree in which the person acts, on a day."""
    top = find_unit(desk.act.user, desk.scopes[0].unit.code, today=desk.act.today)
    return list(flat(outline(top, day=day)))


def act_place(desk: Desk, code: str) -> ActPlace:
    """Return the unit from which an act is begun.

    Raises:
        NotFound, NotAllowed: the unit is outside the scope, or the right ``organizations_manage`` is missing there.
        Conflict: it has ended: somebody else may have ended it while this person was about it.
    """
    unit = find_unit(desk.act.user, code, today=desk.act.today)
    if not unit.placements.filter(valid_to__gt=desk.act.today).exists():
        name = unit_cards([unit.pk], day=desk.act.today)[unit.pk].name
        raise Conflict(
            f"{name} không còn hoạt động, nên không ghi việc mới được",
            hint="Mở trang của tổ chức để xem việc nào đã được ghi, do ai ghi",
        )
    require(desk.act, "organizations_manage", [unit])
    day = desk.act.today
    cards = all_units(desk, day)
    own = next((card for card in cards if card.pk == unit.pk), None) or unit_cards([unit.pk], day=day)[unit.pk]
    parent = _parent(unit, day)
    siblings = _below(parent, day) if parent is not None else []
    above = unit_cards([parent.pk], day=day)[parent.pk] if parent is not None else None
    return ActPlace(
        code=code,
        name=own.name,
        short_name=own.short_name,
        kind=own.kind,
        day=day,
        beside=tuple(named(card) for card in siblings if card.code != code),
        children=tuple(named(card) for card in _below(unit, day)),
        goals=tuple(named(card) for card in cards if card.code != code),
        parents=_parents(own, parent, cards, day),
        below=tuple(sorted(kinds()[own.kind].children)) if own.kind else (),
        instead=_instead(own.kind, above.kind if above is not None else ""),
        above={card.code: card.above for card in cards},
    )


def _parent(unit: Unit, day: date) -> Unit | None:
    placed = unit.placements.filter(valid_from__lte=day, valid_to__gt=day).select_related("parent").first()
    return placed.parent if placed is not None else None


def _parents(own: UnitCard, parent: Unit | None, cards: list[UnitCard], day: date) -> Pairs:
    """Return where a unit could be moved: where its kind may stand, not below itself, not where it stands."""
    inside = {card.pk for card in flat(outline(Unit.objects.get(pk=own.pk), day=day))}
    return _fitting(own, [card for card in cards if card.pk not in inside and (not parent or card.pk != parent.pk)])


def _below(unit: Unit, day: date) -> list[UnitCard]:
    node = outline(unit, day=day)
    return [child.card for child in node.children] if node is not None else []


def _instead(kind: str, above: str) -> tuple[str, ...]:
    """Return the kinds that may stand where the unit stands, its own first."""
    allowed = kinds()[above].children if above in kinds() else frozenset()
    return (kind, *sorted(allowed - {kind})) if kind in allowed else tuple(sorted(allowed))


def act_goals(desk: Desk, draft: ActDraft, asked: Questions) -> Goals:
    """Return where what the act leaves open can go, on its day."""
    ending = {one.unit.code for one in asked.cells if one.needed or one.default}
    cards = [card for card in all_units(desk, draft.day) if card.code not in ending]
    new = tuple((one.code, f"Đơn vị mới {number}: {one.name}") for number, one in enumerate(draft.new, 1))
    kinds_of_new = {one.code: one.unit_kind for one in draft.new}
    cells = tuple(named(card) for card in cards if card.holds_members)
    heirs = {card.code: named(card) for card in cards} | {code: (code, name) for code, name in new}
    return Goals(
        new=new,
        new_cells=tuple((code, name) for code, name in new if kinds()[kinds_of_new[code]].members),
        cells=_near(draft, cards) or cells,
        # Where they stand already is no place to go to: it ends, or they stay by choosing nothing.
        units={
            one.unit.code: _fitting(one.unit, [card for card in cards if card.code not in draft.units])
            for one in asked.children
        },
        heirs=tuple(heirs[code] for code in asked.heirs if code in heirs),
        above={card.code: card.above for card in cards},
    )


def _near(draft: ActDraft, cards: list[UnitCard]) -> Pairs:
    """Return the cells at or under the unit that goes on, where there is one."""
    goal = Unit.objects.filter(code=draft.goal).first() if draft.goal else None
    if goal is None:
        return ()
    inside = {card.pk for card in flat(outline(goal, day=draft.day))}
    return tuple(named(card) for card in cards if card.holds_members and card.pk in inside)


def _fitting(child: UnitCard, cards: list[UnitCard]) -> Pairs:
    """Return the units under which one can stand, as what it is or as what it would be there."""
    found = []
    for card in cards:
        above = kinds().get(card.kind)
        if above is not None and card.code != child.code and fitting_kind(child.kind, card.kind) in above.children:
            found.append(named(card))
    return tuple(found)
