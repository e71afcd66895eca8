"""Bringing a sheet into a register, all or nothing: read, look up, judge; then, under the lock, look again and record.

A kind of sheet is a register's own module; this one knows none of them. The three steps of a kind are kept apart so
that «look» asks a number of questions that does not grow with the rows, «judge» is pure and finds every fault, and
«record» is the register's own plural operation, which checks once more.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

from django.db import connection, transaction

from giaoban.apps.sheets.cells import CellFault, in_order
from giaoban.apps.sheets.columns import Column
from giaoban.apps.sheets.mapping import SheetMapping, apply
from giaoban.apps.sheets.own_layout import open_own
from giaoban.apps.sheets.reading import Place, Progress, SheetRow, read_table
from giaoban.apps.sheets.source import SheetFile, open_sheet
from giaoban.core.errors import GiaobanError

_IMPORT_LOCK = 0x7368_6565  # one number for PostgreSQL's advisory lock: imports happen one after another

ActT = TypeVar("ActT", contravariant=True)
StateT = TypeVar("StateT")
PlanT = TypeVar("PlanT")


@dataclass(frozen=True, slots=True)
class RowFault:
    """A fault that a kind finds: at a row, in the column with this key; «» for the row as a whole."""

    row: int
    key: str
    message: str
    expected: str = ""


class RowRefused(Exception):
    """The register's operation refused one row after all: something changed while the sheet was judged."""

    def __init__(self, fault: RowFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@contextmanager
def refusing(rows: Sequence[int]) -> Iterator[None]:
    """Let an operation's refusal of one of its drafts name the row that the draft came from; ``rows`` by draft."""
    try:
        yield
    except GiaobanError as error:
        if error.index is None or error.index >= len(rows):
            raise
        message = f"{error.where}: {error.message}" if error.where else error.message
        raise RowRefused(RowFault(rows[error.index], "", message, error.expected)) from None


@dataclass(frozen=True, slots=True)
class Judgement(Generic[PlanT]):
    """What is to be recorded, how many rows are new and how many are in the register already, and what is wrong."""

    plan: PlanT
    new: int
    same: int
    faults: Sequence[RowFault] = ()


@dataclass(frozen=True, slots=True)
class ImportNote:
    """What the audit keeps of an import."""

    file: str
    sha256: str
    kind: str
    new: int
    same: int


class SheetKind(Protocol[ActT, StateT, PlanT]):
    """One kind of sheet.

    ``guide`` holds sentences for the sheet «Hướng dẫn». ``look`` returns what the register knows of these rows as plain
    values that can be compared; its number of queries does not depend on the number of rows (a lookup of tens of
    thousands of values goes in chunks). ``judge`` is pure. ``record`` writes, inside a transaction; it may raise
    ``RowRefused``.
    """

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def columns(self) -> tuple[Column, ...]: ...

    @property
    def guide(self) -> tuple[str, ...]: ...

    def look(self, act: ActT, rows: Sequence[SheetRow]) -> StateT: ...

    def judge(self, act: ActT, rows: Sequence[SheetRow], state: StateT) -> Judgement[PlanT]: ...

    def record(self, act: ActT, plan: PlanT, note: ImportNote, progress: Progress | None) -> None: ...


AnyKind = SheetKind[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import. With ``errors`` nothing was written; ``new`` counts what would be new."""

    kind: str
    rows: int
    new: int
    same: int
    errors: tuple[CellFault, ...] = field(default=())
    written: bool = False


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Hold the search for cycles back: rows and drafts all live to the end, and looking through them is a fifth of the
    time of a large import.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_without_collecting()
def import_sheet(
    *,
    kind: AnyKind,
    file: SheetFile,
    act: Any,
    dry_run: bool = False,
    progress: Progress | None = None,
    mapping: SheetMapping | None = None,
) -> ImportResult:
    """This function will bring a sheet into a register, or say of every cell what keeps it out.

    Args:
        kind: what the sheet is a list of.
        file: an .xlsx or .csv.
        act: under whose name; rights are asked for each unit concerned.
        dry_run: judge only.
        progress: called with (step, done, total) now and then.
        mapping: how an office's own file is read; without it the headings are those of the template.

    Raises:
        InvalidInput: the file as a whole cannot be read as this kind of sheet.
        GiaobanError: the register's operation refuses for a reason that no row shows.
    """
    if mapping is None:
        sheet = open_sheet(file)
    else:
        sheet = apply(open_own(file, kind.columns).sheet, mapping, kind.columns)
    table = read_table(sheet, kind.columns, where=file.name, progress=progress)
    state = kind.look(act, table.rows)
    verdict = kind.judge(act, table.rows, state)
    if progress is not None:
        progress("Đối chiếu với sổ", len(table.rows), len(table.rows))
    common = _common(kind, mapping)
    result = _result(kind, table.place, len(table.rows), verdict, table.faults, common)
    if dry_run or result.errors or not result.new:
        return result
    try:
        with transaction.atomic():
            _lock()
            fresh = kind.look(act, table.rows)
            if fresh != state:
                # Somebody recorded something between the first look and the lock.
                verdict = kind.judge(act, table.rows, fresh)
                result = _result(kind, table.place, len(table.rows), verdict, (), common)
                if result.errors or not result.new:
                    return result
            note = ImportNote(file.name, file.sha256, kind.key, verdict.new, verdict.same)
            kind.record(act, verdict.plan, note, progress)
    except RowRefused as refused:
        errors = (_cell(table.place, refused.fault),)
        return ImportResult(kind.key, result.rows, result.new, result.same, errors)
    return ImportResult(kind.key, result.rows, result.new, result.same, (), True)


def _lock() -> None:
    """SQLite's writers are one after another anyway (IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])


def _result(
    kind: AnyKind,
    place: Place,
    rows: int,
    verdict: Judgement[Any],
    cell_faults: Iterable[CellFault],
    common: frozenset[str],
) -> ImportResult:
    faults = [*cell_faults, *(_cell(place, fault) for fault in verdict.faults)]
    return ImportResult(kind.key, rows, verdict.new, verdict.same, in_order(_told_once(faults, common, rows)))


def _common(kind: AnyKind, mapping: SheetMapping | None) -> frozenset[str]:
    """The headings of columns that the file lacks, where one value was given for all rows."""
    if mapping is None:
        return frozenset()
    given = {key for key, value in mapping.constants.items() if value} - set(mapping.headings.values())
    return frozenset(column.heading for column in kind.columns if column.key in given)


def _told_once(faults: Sequence[CellFault], common: frozenset[str], rows: int) -> list[CellFault]:
    """Tell what is wrong with a value given for all rows once, where most rows say the same; it is in no column."""
    if not common:
        return list(faults)
    alike = Counter((one.heading, one.message, one.expected) for one in faults if one.heading in common)
    return [
        one
        if one.heading not in common
        else replace(one, column=0, row=0 if alike[one.heading, one.message, one.expected] * 2 > rows else one.row)
        for one in faults
    ]


def _cell(place: Place, fault: RowFault) -> CellFault:
    if fault.key:
        return place.fault(fault.row, fault.key, fault.message, fault.expected)
    return CellFault(place.sheet, fault.row, 0, "", fault.message, fault.expected)


__all__ = [
    "AnyKind",
    "ImportNote",
    "ImportResult",
    "Judgement",
    "RowFault",
    "RowRefused",
    "SheetKind",
    "import_sheet",
    "refusing",
]
