"""What the register of units knows before a sheet is judged: plain values, read by a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import (
    Group,
    GroupMembership,
    OfficialCode,
    Placement,
    RegisterUse,
    Unit,
    UnitEntry,
    UnitKindSpan,
    granted_ancestry,
)
from giaoban.apps.organizations.operations._replay import Span
from giaoban.apps.sheets.reading import SheetRow

CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """One entry of a unit's journal."""

    subject: int
    kind: str
    day: date
    seq: int
    pk: int
    ref: str
    parent: int | None
    name: str
    short_name: str
    unit_kind: str
    outside: str
    note: str
    counts_as_established: bool
    decision_number: str
    decision_date: date | None
    decision_issuer: str
    void: bool
    corrected_by: int | None

    @property
    def corrected(self) -> bool:
        """Tell whether a later entry replaces or removes it."""
        return self.corrected_by is not None


_ENTRY_FIELDS = (
    "subject_id",
    "kind",
    "effective_date",
    "seq",
    "pk",
    "ref",
    "to_parent_id",
    "name",
    "short_name",
    "unit_kind",
    "outside",
    "note",
    "counts_as_established",
    "decision_number",
    "decision_date",
    "decision_issuer",
    "void",
    "corrected_by",
)


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A cluster or sector."""

    pk: int
    owner: int
    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A unit's place in a group, half-open."""

    unit: int
    group: int
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class KnownCode:
    """An official code of a unit, half-open."""

    unit: int
    code: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class UnitsKnown:
    """Everything that the rows are held against.

    ``manage`` are the units at which the person may record, ``seen`` those they may know of; None at the console, where
    both are all.
    """

    codes: dict[str, int]
    entries: dict[int, tuple[KnownEntry, ...]]
    placements: dict[int, list[Span[int | None]]]
    kinds: dict[int, list[Span[str]]]
    groups: tuple[KnownGroup, ...]
    places: tuple[KnownPlace, ...]
    official: tuple[KnownCode, ...]
    in_use: dict[int, date]
    manage: frozenset[int] | None
    seen: frozenset[int] | None


def look(act: Act, rows: Sequence[SheetRow]) -> UnitsKnown:
    """Return what is known. Placements and kinds are read whole: who stands under whom concerns the tree, not a row."""
    codes = dict(Unit.objects.values_list("code", "pk"))
    subjects = sorted({codes[row["code"]] for row in rows if row["code"] in codes})
    placements: dict[int, list[Span[int | None]]] = defaultdict(list)
    for pk, parent, start, end in Placement.objects.order_by("unit_id", "valid_from").values_list(
        "unit_id", "parent_id", "valid_from", "valid_to"
    ):
        placements[pk].append(Span(parent, start, end))
    kinds: dict[int, list[Span[str]]] = defaultdict(list)
    for pk, kind, start, end in UnitKindSpan.objects.order_by("unit_id", "valid_from").values_list(
        "unit_id", "kind", "valid_from", "valid_to"
    ):
        kinds[pk].append(Span(kind, start, end))
    entries: dict[int, list[KnownEntry]] = defaultdict(list)
    places: list[KnownPlace] = []
    in_use: dict[int, date] = {}
    for chunk in (subjects[start : start + CHUNK] for start in range(0, len(subjects), CHUNK)):
        row: tuple[Any, ...]
        for row in UnitEntry.objects.filter(subject__in=chunk).in_order().values_list(*_ENTRY_FIELDS):
            entry = KnownEntry(*row)
            entries[entry.subject].append(entry)
        found = GroupMembership.objects.filter(unit__in=chunk).order_by("pk")
        places += [KnownPlace(*row) for row in found.values_list("unit_id", "group_id", "valid_from", "valid_to")]
        in_use |= dict(RegisterUse.objects.filter(unit__in=chunk).order_by("pk").values_list("unit_id", "in_use_from"))
    return UnitsKnown(
        codes,
        {pk: tuple(found) for pk, found in entries.items()},
        dict(placements),
        dict(kinds),
        tuple(
            KnownGroup(*row)
            for row in Group.objects.order_by("position", "pk").values_list("pk", "owner_id", "kind", "code", "name")
        ),
        tuple(places),
        tuple(
            KnownCode(*row)
            for row in OfficialCode.objects.order_by("pk").values_list("unit_id", "code", "valid_from", "valid_to")
        ),
        in_use,
        *scope_of(act),
    )


def scope_of(act: Act) -> tuple[frozenset[int] | None, frozenset[int] | None]:
    """Return the units at which the person may record, and those they may know of; None at the console: all."""
    if act.at_console:
        return None, None
    later = Q(valid_to__gt=act.today)
    manage = granted_ancestry(act.user, today=act.today, right="organizations_manage").filter(later)
    seen = granted_ancestry(act.user, today=act.today, right="organizations_view")
    return (
        frozenset(manage.values_list("descendant_id", flat=True)),
        frozenset(seen.values_list("descendant_id", flat=True)),
    )
