"""What was frozen, and what has changed since: a difference of entries, never a silent other number (decision D8)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import cards_by_code
from giaoban.apps.reporting.models import Snapshot
from giaoban.apps.reporting.queries.figures import catalogue, sources
from giaoban.core.period import Period
from giaoban.figures import Evidence, FigureRequest, Line, Measure, explain_many
from giaoban.figures.model import Number

# An entry as a snapshot keeps it: its reference, the code of the unit where it counts, what it adds.
Entry = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """An entry that counts now and did not then, or the other way round.

    ``line`` is the entry as the register tells it; None for one that is no longer counted.
    """

    unit: str
    number: float
    line: Line | None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A measure that says something else now than when it was frozen, with the entries that make the difference."""

    measure: Measure
    frozen: Number | None
    now: Number | None
    came: tuple[ChangedEntry, ...]
    went: tuple[ChangedEntry, ...]


# What a new snapshot's digest covers; older snapshots keep theirs.
DIGEST_VERSION = 2


def snapshot_digest(row: Snapshot) -> str:
    """Return the SHA-256 over all that a snapshot holds, of its canonical JSON, as its ``digest_version`` says.

    Version 1 covers unit, period, days, figures, entries, tree and texts; version 2 also which kind of snapshot it is,
    its edition, the one that it replaces, when and by whom it was taken.
    """
    held: dict[str, Any] = {
        "unit": row.unit.code,
        "period": row.period,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "figures": row.figures,
        "entries": row.entries,
        "tree": row.tree,
        "texts": row.texts,
    }
    if row.digest_version >= 2:
        held |= {
            "uid": str(row.uid),
            "kind": str(row.kind),
            "edition": row.edition,
            "replaces": None if row.replaces is None else str(row.replaces.uid),
            "taken_at": row.taken_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "taken_by": str(row.taken_by.uid),
        }
    canonical = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def entries_now(unit: Unit, period: Period, measures: Iterable[str]) -> dict[str, list[list[Any]]]:
    """Return what stands behind each measure now, as ``Snapshot.entries`` has it.

    A rate has two rows, «measure/numerator» and «measure/denominator».
    """
    asked = [FigureRequest(measure, unit.code, period) for measure in dict.fromkeys(measures)]
    return _entries(explain_many(sources(), asked))[unit.code]


def entries_of(values: Mapping[FigureRequest, Number | None]) -> dict[str, dict[str, list[list[Any]]]]:
    """Return the same for many units by code, whose values are known; the number of queries does not depend on how
    many.
    """
    return _entries(explain_many(sources(), list(values), values=list(values.values())))


def _entries(proofs: Iterable[Evidence]) -> dict[str, dict[str, list[list[Any]]]]:
    found: dict[str, dict[str, list[list[Any]]]] = {}
    for evidence in proofs:
        held = found.setdefault(evidence.request.unit, {})
        for key, lines in _parts(evidence):
            held[key] = sorted([line.ref, line.unit or "", line.number] for line in lines)
    return found


def adjustments(snapshot: Snapshot) -> tuple[Adjustment, ...]:
    """Return what would be otherwise if it were frozen now, in the order of the catalogue's measures."""
    period = Period.parse(snapshot.period)
    keys = list(snapshot.figures)
    measures = catalogue()
    known = [key for key in keys if key in measures]
    proofs = explain_many(sources(), [FigureRequest(key, snapshot.unit.code, period) for key in known])
    found = (_adjustment(snapshot, measures[proof.request.measure], proof) for proof in proofs)
    return tuple(one for one in found if one is not None)


def _adjustment(snapshot: Snapshot, measure: Measure, proof: Evidence) -> Adjustment | None:
    key, now, lines = measure.key, proof.value, dict(_parts(proof))
    frozen = snapshot.figures[key]["value"]
    came: list[ChangedEntry] = []
    went: list[ChangedEntry] = []
    for part in (key, f"{key}/numerator", f"{key}/denominator"):
        then = Counter((ref, unit, number) for ref, unit, number in snapshot.entries.get(part, ()))
        here = Counter((line.ref, line.unit or "", line.number) for line in lines.get(part, ()))
        new = here - then
        for line in lines.get(part, ()):
            entry = (line.ref, line.unit or "", line.number)
            if new[entry] > 0:
                new[entry] -= 1
                came.append(ChangedEntry(entry[1], line.number, line))
        went += [ChangedEntry(unit, number, None) for _, unit, number in sorted((then - here).elements())]
    if not came and not went and frozen == now:
        return None
    return Adjustment(measure, frozen, now, tuple(came), tuple(went))


def unit_names(codes: Iterable[str], *, day: date) -> dict[str, str]:
    """Return the names of units on a day by their codes; a code that is not known stands for itself."""
    wanted = {code for code in codes if code}
    cards = cards_by_code(wanted, day=day)
    return {code: cards[code].name if code in cards else code for code in wanted}


def _parts(evidence: Evidence) -> Iterator[tuple[str, Sequence[Line]]]:
    measure = evidence.request.measure
    for part, found in (("numerator", evidence.numerator), ("denominator", evidence.denominator)):
        if isinstance(found, Evidence):
            yield f"{measure}/{part}", found.lines
    yield measure, evidence.lines
