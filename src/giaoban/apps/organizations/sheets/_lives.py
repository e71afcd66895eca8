"""Replays the journals that a sheet of units would leave, as the operation will, and says which row breaks what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import UnitEvent
from giaoban.apps.organizations.operations import TreeDraft
from giaoban.apps.organizations.operations._replay import Span, TreeFact, UnitLife, UnitWalk, ancestry_of, begins
from giaoban.apps.organizations.operations.endings import (
    MOVE_CHILDREN,
    Ending,
    empties,
    told_children,
    until_next_start,
)
from giaoban.apps.organizations.sheets.known import UnitsKnown
from giaoban.apps.sheets.importing import RowFault
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput

Step = tuple[date, int, int, TreeFact, SheetRow | None]
_AFTER = 2**31


class Lives:
    """The lives of all units that the rows touch; a unit that is new has a negative number here."""

    def __init__(self, known: UnitsKnown, fresh: Sequence[tuple[SheetRow, TreeDraft]], doubtful: set[str]) -> None:
        self._known = known
        self._doubtful = doubtful
        self._ids = dict(known.codes)
        for _row, draft in fresh:
            self._ids.setdefault(draft.code, -len(self._ids) - 1)
        self._codes = {pk: code for code, pk in self._ids.items()}
        self._steps = self._ordered([(row, draft) for row, draft in fresh if draft.code not in doubtful])
        self._lives: dict[int, UnitLife] = {}
        self._faults: list[RowFault] = []

    def faults(self) -> list[RowFault]:
        """Return every fault: events that cannot be, places that do not fit, circles."""
        sound = set()
        for unit, steps in self._steps.items():
            before = len(self._faults)
            self._lives[unit] = self._walk(unit, steps)
            if len(self._faults) == before:
                sound.add(unit)
        for unit in sound:
            self._check_places(unit)
        self._check_circles(sound)
        self._check_empty(sound)
        return self._faults

    def _ordered(self, fresh: Sequence[tuple[SheetRow, TreeDraft]]) -> dict[int, list[Step]]:
        steps: dict[int, list[Step]] = defaultdict(list)
        for seq, (row, draft) in enumerate(fresh):
            # A parent that is nowhere was told already; the unit's own life is judged all the same.
            parent = self._ids.get(draft.parent) if draft.parent else None
            fact = TreeFact(draft.kind, draft.day, parent, draft.name, draft.short_name, draft.unit_kind)
            # What is recorded now comes after what the register has of the same day.
            steps[self._ids[draft.code]].append((draft.day, _AFTER + seq, 2**62, fact, row))
        for unit, found in steps.items():
            found += [
                (
                    entry.day,
                    entry.seq,
                    entry.pk,
                    TreeFact(entry.kind, entry.day, entry.parent, entry.name, entry.short_name, entry.unit_kind),
                    None,
                )
                for entry in self._known.entries.get(unit, ())
                if not entry.void and not entry.corrected
            ]
            found.sort(key=lambda step: step[:3])
        return steps

    def _walk(self, unit: int, steps: Sequence[Step]) -> UnitLife:
        walk = UnitWalk(self._codes[unit])
        last: SheetRow | None = None
        for _day, _seq, _pk, fact, row in steps:
            last = row or last
            try:
                walk.apply(fact)
            except InvalidInput as error:
                self._blame(row, last or self._first_row(steps), fact, error)
        return walk.life()

    def _blame(self, row: SheetRow | None, near: SheetRow, fact: TreeFact, error: InvalidInput) -> None:
        if row is not None:
            key = "code" if begins(fact.kind, fact.unit_kind) else "day"
            self._faults.append(RowFault(row.number, key, error.message, error.expected))
            return
        what = f"{UnitEvent(fact.kind).label.lower()} ngày {format_date(fact.day)}"
        message = f"Cùng với dòng này, lần ghi đã có trong sổ ({what}) không còn đúng: {error.message}"
        self._faults.append(RowFault(near.number, "day", message, error.expected))

    def _first_row(self, steps: Sequence[Step]) -> SheetRow:
        return next(row for *_rest, row in steps if row is not None)

    def _check_places(self, unit: int) -> None:
        for span in self._lives[unit].placements:
            parent = span.value
            if parent is None or self._codes[parent] in self._doubtful:
                continue
            row = self._row_of(unit, span.start)
            above = _on(self._kinds(parent), span.start)
            below = _on(self._kinds(unit), span.start)
            if above is None:
                message = f"Cấp trên «{self._codes[parent]}» không hoạt động ngày {format_date(span.start)}"
                self._faults.append(RowFault(row.number, "parent", message, "một đơn vị đang hoạt động ngày đó"))
            elif below is not None and below not in kinds()[above].children:
                allowed = ", ".join(sorted(kinds()[code].label for code in kinds()[above].children)) or "không có"
                message = f"{kinds()[below].label} không thể trực thuộc {kinds()[above].label} «{self._codes[parent]}»"
                self._faults.append(RowFault(row.number, "parent", message, f"cấp dưới là: {allowed}"))

    def _kinds(self, unit: int) -> Sequence[Span[str]]:
        return self._lives[unit].kinds if unit in self._lives else self._known.kinds.get(unit, ())

    def _row_of(self, unit: int, day: date) -> SheetRow:
        """Return the row that put the unit where it stands from this day; else the last that touches it."""
        rows = [(when, fact, row) for when, _seq, _pk, fact, row in self._steps[unit] if row is not None]
        for when, fact, row in rows:
            if when == day and (begins(fact.kind, fact.unit_kind) or fact.kind == UnitEvent.MOVED):
                return row
        return rows[-1][2]

    def _check_circles(self, units: set[int]) -> None:
        placements = self._placements()
        for unit in units:
            try:
                ancestry_of(unit, placements)
            except InvalidInput as error:
                parents = sorted({self._codes[pk] for pk in _parents(unit, placements)})
                message = f"{error.message}: «{self._codes[unit]}» ở dưới «{', '.join(parents)}» và ngược lại"
                row = self._row_of(unit, max(span.start for span in self._lives[unit].placements))
                self._faults.append(RowFault(row.number, "parent", message, error.expected))

    def _check_empty(self, units: set[int]) -> None:
        """A unit that is dissolved or merged has nothing below it from that day on."""
        ended = [
            (unit, fact, row)
            for unit in units
            for *_order, fact, row in self._steps[unit]
            if row is not None and empties(fact.kind, fact.unit_kind)
        ]
        if not ended:
            return
        below: dict[int, list[tuple[str, Span[int | None]]]] = defaultdict(list)
        for child, spans in self._placements().items():
            if self._codes[child] not in self._doubtful:
                for span in spans:
                    if span.value is not None:
                        below[span.value].append((self._codes[child], span))
        for unit, fact, row in ended:
            until = until_next_start((span.start for span in self._lives[unit].placements), fact.day)
            ending = Ending(unit, self._codes[unit], UnitEvent(fact.kind), fact.day, until, 0)
            children = [code for code, span in below[unit] if ending.overlaps(span.start, span.end)]
            if children:
                expected = MOVE_CHILDREN[0].lower() + MOVE_CHILDREN[1:]
                self._faults.append(RowFault(row.number, "code", told_children(children), expected))

    def _placements(self) -> dict[int, list[Span[int | None]]]:
        return self._known.placements | {unit: list(life.placements) for unit, life in self._lives.items()}


def _parents(unit: int, placements: dict[int, list[Span[int | None]]]) -> Iterator[int]:
    for span in placements.get(unit, ()):
        if span.value is not None:
            yield span.value


def _on(spans: Sequence[Span[str]], day: date) -> str | None:
    return next((span.value for span in spans if span.start <= day < span.end), None)
