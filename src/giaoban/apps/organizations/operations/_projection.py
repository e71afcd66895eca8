"""Writes the projections of the tree after its journal has grown: the units touched and everything below them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from giaoban.apps.audit.bulk import insert_rows
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import (
    Ancestry,
    Placement,
    Unit,
    UnitEntry,
    UnitKindSpan,
    UnitName,
)
from giaoban.apps.organizations.operations._replay import Span, TreeFact, UnitLife, ancestry_of, replay_unit
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import fold


def rebuild_units(unit_ids: Iterable[int]) -> None:
    """This function will rebuild placements, names, kinds and ancestry of units and of all that ever stood below them.

    The caller holds the transaction and the lock on the tree.

    Raises:
        InvalidInput: the journal of a unit cannot be, the tree runs in a circle, or a kind stands where it may not.
    """
    touched = set(unit_ids)
    lives = _replay(touched)
    for model in (Placement, UnitName, UnitKindSpan):
        model.objects.filter(unit_id__in=touched).delete()
    insert_rows(
        Placement,
        ("unit_id", "parent_id", "valid_from", "valid_to"),
        ((pk, span.value, span.start, span.end) for pk, life in lives.items() for span in life.placements),
    )
    insert_rows(
        UnitName,
        ("unit_id", "name", "short_name", "folded", "valid_from", "valid_to"),
        (
            (pk, *span.value, fold(" ".join(span.value)), span.start, span.end)
            for pk, life in lives.items()
            for span in life.names
        ),
    )
    insert_rows(
        UnitKindSpan,
        ("unit_id", "kind", "valid_from", "valid_to"),
        ((pk, span.value, span.start, span.end) for pk, life in lives.items() for span in life.kinds),
    )
    _rebuild_ancestry(touched)


def _replay(touched: set[int]) -> dict[int, UnitLife]:
    facts: dict[int, list[TreeFact]] = {pk: [] for pk in touched}
    entries = UnitEntry.objects.live().filter(subject_id__in=touched).in_order()
    for entry in entries:
        facts[entry.subject_id].append(
            TreeFact(
                entry.kind,
                entry.effective_date,
                entry.to_parent_id,
                entry.name,
                entry.short_name,
                entry.unit_kind,
            )
        )
    codes = dict(Unit.objects.filter(pk__in=touched).values_list("pk", "code"))
    return {pk: replay_unit(codes[pk], rows) for pk, rows in facts.items()}


def _rebuild_ancestry(touched: set[int]) -> None:
    affected = _with_all_below(touched)
    placements = _placements_upward(affected)
    rows = [row for pk in affected for row in ancestry_of(pk, placements)]
    _check_places(placements, touched)
    Ancestry.objects.filter(descendant_id__in=affected).delete()
    insert_rows(
        Ancestry,
        ("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to"),
        ((row.ancestor, row.descendant, row.depth, row.start, row.end) for row in rows),
    )


def _with_all_below(touched: set[int]) -> set[int]:
    """Level by level (decision D17): one query a level, however wide it is."""
    found, level = set(touched), set(touched)
    while level:
        below = set(Placement.objects.filter(parent_id__in=level).values_list("unit_id", flat=True))
        level = below - found
        found |= level
    return found


def _placements_upward(affected: set[int]) -> dict[int, list[Span[int | None]]]:
    placements: dict[int, list[Span[int | None]]] = defaultdict(list)
    level = set(affected)
    while level:
        parents: set[int] = set()
        for pk, parent, start, end in Placement.objects.filter(unit_id__in=level).values_list(
            "unit_id", "parent_id", "valid_from", "valid_to"
        ):
            placements[pk].append(Span(parent, start, end))
            if parent is not None:
                parents.add(parent)
        level = parents - placements.keys()
    return placements


def _check_places(placements: dict[int, list[Span[int | None]]], touched: set[int]) -> None:
    """A unit may only stand under a kind that allows it, and only while that parent stands."""
    pairs = [
        (pk, span.value, span)
        for pk, spans in placements.items()
        for span in spans
        if span.value is not None and (pk in touched or span.value in touched)
    ]
    of_interest = {pk for unit, parent, _span in pairs for pk in (unit, parent)}
    kinds_of: dict[int, list[Span[str]]] = defaultdict(list)
    for pk, kind, start, end in UnitKindSpan.objects.filter(unit_id__in=of_interest).values_list(
        "unit_id", "kind", "valid_from", "valid_to"
    ):
        kinds_of[pk].append(Span(kind, start, end))
    codes = dict(Unit.objects.filter(pk__in=of_interest).values_list("pk", "code"))
    for unit, parent, span in pairs:
        changes = {one.start for pk in (unit, parent) for one in kinds_of[pk] if span.start < one.start < span.end}
        for day in (span.start, *sorted(changes)):
            if unit in touched or _kind_on(kinds_of[parent], day) is not None:
                # What was there already when its parent ended is told with the end.
                _check_place(codes, kinds_of, unit, parent, day)


def _check_place(
    codes: dict[int, str], kinds_of: dict[int, list[Span[str]]], unit: int, parent: int, day: date
) -> None:
    where = f"{codes[unit]} ngày {format_date(day)}"
    below = _kind_on(kinds_of[unit], day)
    above = _kind_on(kinds_of[parent], day)
    if above is None:
        raise InvalidInput(
            f"Cấp trên {codes[parent]} không hoạt động vào ngày này",
            where=where,
            expected="một đơn vị đang hoạt động",
        )
    if below is not None and below not in kinds()[above].children:
        allowed = ", ".join(sorted(kinds()[code].label for code in kinds()[above].children)) or "không có"
        raise InvalidInput(
            f"{kinds()[below].label} không thể trực thuộc {kinds()[above].label} {codes[parent]}",
            where=where,
            expected=f"cấp dưới là: {allowed}",
        )


def _kind_on(spans: list[Span[str]], day: date) -> str | None:
    return next((span.value for span in spans if span.start <= day < span.end), None)
