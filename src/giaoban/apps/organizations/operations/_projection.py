"""Writes the projections of the tree after its journal has grown: the units touched and everything below them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from giaoban.apps.audit.bulk import insert_rows
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Placement, Unit, UnitEntry, UnitKindSpan, UnitName
from giaoban.apps.organizations.operations._ancestry import rebuild_ancestry
from giaoban.apps.organizations.operations._replay import Span, TreeFact, UnitLife, replay_unit
from giaoban.apps.organizations.operations._tree_sums import SumsBefore
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
    before = _spans(Placement, "parent_id", touched), _spans(UnitKindSpan, "kind", touched)
    sums = SumsBefore.of(touched)
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
    # A new name moves nobody: what hangs below a unit that stays where it was, of the kind that it was, stays as well.
    moved = {pk for pk, life in lives.items() if set(life.placements) != before[0].get(pk, set())}
    sums.follow(rebuild_ancestry(moved))
    _check_places(moved | {pk for pk, life in lives.items() if set(life.kinds) != before[1].get(pk, set())})


def _spans(model: type[Placement | UnitKindSpan], field: str, units: set[int]) -> dict[int, set[Span[Any]]]:
    found: dict[int, set[Span[Any]]] = defaultdict(set)
    rows = model.objects.filter(unit_id__in=units).values_list("unit_id", field, "valid_from", "valid_to")
    for pk, value, start, end in rows:
        found[pk].add(Span(value, start, end))
    return found


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


def _check_places(touched: set[int]) -> None:
    """A unit may only stand under a kind that allows it, and only while that parent stands."""
    rows = Placement.objects.filter(Q(unit__in=touched) | Q(parent__in=touched), parent__isnull=False)
    pairs = [
        (pk, parent, Span(parent, start, end))
        for pk, parent, start, end in rows.values_list("unit_id", "parent_id", "valid_from", "valid_to")
        if parent is not None
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
