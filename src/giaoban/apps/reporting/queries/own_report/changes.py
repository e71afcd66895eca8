"""What is otherwise: between two editions, and between the chốt and what the registers say now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest

from giaoban.apps.reporting.models import OwnReport, Snapshot
from giaoban.apps.reporting.queries.figures import catalogue, explain_figure
from giaoban.apps.reporting.queries.own_report.document import live_document, own_document
from giaoban.core.period import Period
from giaoban.figures import FigureRequest, Line, Measure
from giaoban.figures.model import Number as Value
from giaoban.writer.anchors import block_text
from giaoban.writer.blocks import Number, OfficialDocument, placed_numbers


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line of the document that is otherwise in the newer one; «» where one side has none.

    ``place`` is the block of the newer document's body (of what stands there now where the line was taken out).
    """

    place: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A measure whose figure is otherwise in the newer edition."""

    measure: Measure
    old: Value | None
    new: Value | None


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A printed number that would be otherwise now."""

    number: Number
    now: str


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """An entry that was counted when figures were frozen.

    ``line`` is the entry as the register tells it now; None where it was corrected or taken away since.
    """

    unit: str
    number: float
    line: Line | None


@dataclass(frozen=True, slots=True)
class FrozenEntries:
    """What stood behind a frozen number, and the entries that came since and are not counted in it."""

    measure: Measure
    value: Value | None
    parts: tuple[tuple[str, tuple[FrozenLine, ...]], ...]
    later: tuple[Line, ...]


def document_changes(old: OfficialDocument, new: OfficialDocument) -> tuple[LineChange, ...]:
    """Return the lines of the body that two documents do not share, in the order of the newer one."""
    mine, theirs = ([block_text(block) for block in document.body] for document in (old, new))
    changes: list[LineChange] = []
    for kind, first, last, start, end in SequenceMatcher(a=mine, b=theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        before, after = mine[first:last], theirs[start:end]
        changes += [
            LineChange(min(start + step, len(theirs) - 1), one, other)
            for step, (one, other) in enumerate(zip_longest(before, after, fillvalue=""))
        ]
    return tuple(changes)


def edition_changes(
    old: OwnReport, new: OwnReport, *, today: date, rights: frozenset[str] | None = None
) -> tuple[tuple[ValueChange, ...], tuple[LineChange, ...]]:
    """Return the figures and the lines in which two editions differ, for somebody with these rights on the unit.

    Raises:
        InvalidInput: no register was in use in the period.
    """
    lines = document_changes(
        own_document(old, today=today, rights=rights), own_document(new, today=today, rights=rights)
    )
    return value_changes(old.signed or old.cutoff, new.signed or new.cutoff), lines


def value_changes(old: Snapshot | None, new: Snapshot | None) -> tuple[ValueChange, ...]:
    """Return the measures whose values two snapshots have otherwise; nothing where one is not there."""
    if old is None or new is None:
        return ()
    known = catalogue()
    keys = [key for key in dict.fromkeys((*old.figures, *new.figures)) if key in known]
    pairs = [(key, old.figures.get(key, {}).get("value"), new.figures.get(key, {}).get("value")) for key in keys]
    return tuple(ValueChange(known[key], before, after) for key, before, after in pairs if before != after)


def numbers_otherwise_now(
    report: OwnReport, *, today: date, rights: frozenset[str] | None = None
) -> tuple[NumberChange, ...]:
    """Return the printed numbers of a report after its chốt that the registers would give otherwise now.

    Only those that somebody with these rights on the unit may read; all where ``rights`` is None.
    """
    if report.cutoff is None:
        return ()
    now = {_key(one.number): one.number.text for one in placed_numbers(live_document(report, today=today))}
    numbers = {_key(one.number): one.number for one in placed_numbers(own_document(report, today=today, rights=rights))}
    return tuple(
        NumberChange(number, now[key]) for key, number in numbers.items() if key in now and now[key] != number.text
    )


def _key(number: Number) -> tuple[str, str, str, str]:
    return number.measure, number.role.value, number.part, number.period


def frozen_entries(snapshot: Snapshot, key: str) -> FrozenEntries | None:
    """Return what stands behind a frozen number; None for a measure that was not frozen.

    As many lines as the number says: an entry that was corrected since stays among them.
    """
    if key not in snapshot.figures or key not in catalogue():
        return None
    request = FigureRequest(key, snapshot.unit.code, Period.parse(snapshot.period))
    proof = explain_figure(request)
    halves = [("numerator", proof.numerator), ("denominator", proof.denominator)]
    now = {key: proof.lines} | {f"{key}/{part}": found.lines for part, found in halves if found is not None}
    measure = catalogue()[key]
    rate = measure.rate
    titles = {key: measure.label}
    if rate is not None:
        titles = {f"{key}/numerator": rate.numerator_words, f"{key}/denominator": rate.denominator_words}
    parts = []
    later: list[Line] = []
    for part, title in titles.items():
        kept, came = _matched(snapshot.entries.get(part, ()), now.get(part, ()))
        parts.append((title, kept))
        later += came
    return FrozenEntries(measure, snapshot.figures[key]["value"], tuple(parts), tuple(later))


def _matched(entries: Sequence[Sequence[object]], lines: Sequence[Line]) -> tuple[tuple[FrozenLine, ...], list[Line]]:
    """Put beside each frozen entry its line in the register, and return the lines that are left over."""
    left = Counter((str(ref), str(unit), float(str(number))) for ref, unit, number in entries)
    kept: list[FrozenLine] = []
    came: list[Line] = []
    for line in lines:
        entry = (line.ref, line.unit or "", float(line.number))
        if left[entry] > 0:
            left[entry] -= 1
            kept.append(FrozenLine(entry[1], line.number, line))
        else:
            came.append(line)
    kept += [FrozenLine(unit, number, None) for _, unit, number in sorted(left.elements())]
    return tuple(kept), came
