"""Replays a member's journal with the entries of a sheet in it; units that rows leave out are filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations._replay import MemberFact, MemberWalk
from giaoban.apps.members.sheets.columns import EntryKind
from giaoban.apps.members.sheets.people import KnownEntry, KnownMember
from giaoban.apps.members.sheets.places import PlacesKnown
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.sheets.importing import RowFault
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """One entry to record; units by their keys, ``NOWHERE`` where the replay still has to say which."""

    row: int
    member: int
    said: EntryKind
    kind: MemberEvent
    day: date
    unit: int
    from_unit: int | None = None
    to_unit: int | None = None
    outside: str = ""
    temporary: bool = False
    official: bool = True
    how: str = ""
    round: str = ""
    sent: int | None = None
    abroad: bool = False
    until: date | None = None
    ground: str = ""
    card_number: str = ""
    decision: Decision = field(default_factory=Decision)
    ref: str = ""
    seq: int = 0


EntryPlan = tuple[PlannedEntry, ...]


class Replay:
    """One member's journal as it would be."""

    def __init__(self, member: KnownMember, entries: Sequence[KnownEntry], places: PlacesKnown) -> None:
        self._member = member
        self._entries = [entry for entry in entries if entry.live]
        self._places = places
        self.faults: list[RowFault] = []

    def run(self, planned: Sequence[PlannedEntry]) -> list[PlannedEntry]:
        """Return the entries as they are to be recorded; ``faults`` then holds what cannot be."""
        ordered = self._in_turn(planned)
        steps: list[tuple[tuple[date, int, int], KnownEntry | PlannedEntry]] = [
            *(((entry.day, entry.seq, entry.pk), entry) for entry in self._entries),
            *(((entry.day, entry.seq, 2**62), entry) for entry in ordered),
        ]
        steps.sort(key=lambda step: step[0])
        walk = MemberWalk(self._member.full_name, self._member.birth_date)
        letter: KnownEntry | None = None
        done: list[PlannedEntry] = []
        for _order, entry in steps:
            if isinstance(entry, PlannedEntry):
                entry = self._completed(entry, walk.unit, letter)
                done.append(entry)
            elif entry.kind == MemberEvent.TRANSFER_SENT:
                letter = entry
            elif entry.sent is not None and letter is not None and entry.sent == letter.pk:
                letter = None
            try:
                walk.apply(_fact(entry))
            except InvalidInput as error:
                self._blame(entry, done or ordered, error)
        self._check_defaults(planned, done)
        return done

    def _in_turn(self, planned: Sequence[PlannedEntry]) -> list[PlannedEntry]:
        """Entries of one day come after those recorded before, in the order of their rows."""
        last_of_day: dict[date, int] = {}
        for known in self._entries:
            last_of_day[known.day] = max(known.seq, last_of_day.get(known.day, -1))
        ordered: list[PlannedEntry] = []
        for entry in planned:
            seq = last_of_day[entry.day] = last_of_day.get(entry.day, -1) + 1
            ordered.append(replace(entry, seq=seq) if seq else entry)
        return ordered

    def _completed(self, entry: PlannedEntry, stands: int | None, letter: KnownEntry | None) -> PlannedEntry:
        """A row without a unit means the cell in which the member stands that day; a move may answer a letter."""
        here = stands if stands is not None else NOWHERE
        unit = here if entry.unit == NOWHERE else entry.unit
        start = here if entry.from_unit == NOWHERE else entry.from_unit
        answers = letter is not None and letter.from_unit == start and letter.to_unit == entry.to_unit
        sent = letter.pk if letter is not None and answers and entry.said == EntryKind.WITHIN else None
        if (unit, start, sent) == (entry.unit, entry.from_unit, None):
            return entry
        return replace(entry, unit=unit, from_unit=start, sent=sent)

    def _blame(self, entry: KnownEntry | PlannedEntry, near: Sequence[PlannedEntry], error: InvalidInput) -> None:
        if isinstance(entry, PlannedEntry):
            key = "unit" if "đơn vị này" in error.message else "day"
            self.faults.append(RowFault(entry.row, key, error.message, error.expected))
            return
        what = f"{MemberEvent(entry.kind).label.lower()} ngày {format_date(entry.day)}"
        message = f"Cùng với dòng này, lần ghi đã có trong sổ ({what}) không còn đúng: {error.message}"
        self.faults.append(RowFault(near[-1].row, "day", message, error.expected))

    def _check_defaults(self, planned: Sequence[PlannedEntry], done: Sequence[PlannedEntry]) -> None:
        """Ask of units that the replay filled in what was asked of written ones."""
        written = {entry.row: entry for entry in planned}
        for entry in done:
            for here, there in ((written[entry.row].unit, entry.unit), (written[entry.row].from_unit, entry.from_unit)):
                if here == NOWHERE and there is not None and there != NOWHERE:
                    problem = self._places.misplaced(self._places.code(there), entry.day, arrives=False)
                    if problem is not None:
                        self.faults.append(RowFault(entry.row, "", problem.message, problem.expected))
                        break


def _fact(entry: KnownEntry | PlannedEntry) -> MemberFact:
    return MemberFact(
        entry.kind,
        entry.day,
        entry.unit,
        entry.from_unit,
        entry.to_unit,
        entry.temporary,
        entry.official,
        entry.how,
    )
