"""Judges the rows of a sheet of entries: pure, finds every fault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.sheets._entry_replay import NOWHERE, EntryPlan, PlannedEntry, Replay
from giaoban.apps.members.sheets._entry_rules import check_fields
from giaoban.apps.members.sheets._whom import NO_NUMBER, has_number, whom
from giaoban.apps.members.sheets.columns import ENTRY_KINDS, GROUNDS, HOW, STATUS, EntryKind
from giaoban.apps.members.sheets.people import KnownEntry, PeopleKnown
from giaoban.apps.members.sheets.places import PlacesKnown
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.sheets.columns import YES_NO
from giaoban.apps.sheets.importing import Judgement, RowFault
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import format_date

_TRANSFERS = (EntryKind.IN, EntryKind.OUT, EntryKind.WITHIN)
_ARRIVES = (EntryKind.ADMITTED, EntryKind.RESTORED, EntryKind.IN, EntryKind.WITHIN)


@dataclass(frozen=True, slots=True)
class EntriesKnown:
    """What the register knows of the members and places that the rows name; ``cards`` says who has a new number."""

    places: PlacesKnown
    people: PeopleKnown
    cards: Mapping[str, int]


def judge(act: Act, rows: Sequence[SheetRow], known: EntriesKnown) -> Judgement[EntryPlan]:
    """Return what is new, what is in the register already, and every fault."""
    return _Judge(act, known).run(rows)


class _Judge:
    def __init__(self, act: Act, known: EntriesKnown) -> None:
        self.act = act
        self.places = known.places
        self.people = known.people
        self.cards = dict(known.cards)
        self.faults: list[RowFault] = []
        self.fresh: dict[int, list[PlannedEntry]] = defaultdict(list)
        # Members of rows that are wrong, with the day of the first: from it on their journal is not judged further, or
        # one slip would give ten faults; what comes before it stands by itself.
        self.doubtful: dict[int, date] = {}
        self.same = 0

    def run(self, rows: Sequence[SheetRow]) -> Judgement[EntryPlan]:
        seen: dict[tuple[object, ...], int] = {}
        for row in rows:
            before = len(self.faults)
            member = self._member(row)
            self.faults += check_fields(row, self.act.today)
            self._places(row)
            if member is not None and not row.broken and len(self.faults) == before:
                self._repeated(row, member, seen)
                self._card(row, member)
                self._match(row, member)
            if member is not None and (row.broken or len(self.faults) > before):
                self.doubtful[member] = min(row["day"] or date.min, self.doubtful.get(member, date.max))
        plan: list[PlannedEntry] = []
        for member, planned in self.fresh.items():
            until = self.doubtful.get(member, date.max)
            if sure := [entry for entry in planned if entry.day < until]:
                recorded = [entry for entry in self.people.entries.get(member, ()) if entry.day < until]
                replay = Replay(self.people.members[member], recorded, self.places)
                plan += replay.run(sure)
                self.faults += replay.faults
        return Judgement(tuple(plan), sum(map(len, self.fresh.values())), self.same, self.faults)

    def fault(self, row: SheetRow, key: str, message: str, expected: str = "") -> None:
        self.faults.append(RowFault(row.number, key, message, expected))

    def _member(self, row: SheetRow) -> int | None:
        """Return the member whom the numbers of the row mean."""
        member, faults = whom(row, self.people, self.places)
        self.faults += faults
        if member is None and not faults and not has_number(row):
            self.fault(row, "", NO_NUMBER, "số lý lịch, số thẻ hoặc số định danh")
        return member

    def _places(self, row: SheetRow) -> None:
        if row["kind"] is None:
            return
        kind = EntryKind(row["kind"])
        arrives = kind in _ARRIVES
        keys = [("unit", arrives)] if kind != EntryKind.WITHIN else [("to_place", True), ("from_place", False)]
        for key, comes in keys:
            if row[key]:
                problem = self.places.misplaced(row[key], row["day"], arrives=comes)
                if problem is not None:
                    self.fault(row, key, problem.message, problem.expected)

    def _repeated(self, row: SheetRow, member: int, seen: dict[tuple[object, ...], int]) -> None:
        key = (member, row["kind"], row["day"], row["decision_number"], row["ref"])
        first = seen.setdefault(key, row.number)
        if first != row.number:
            self.fault(row, "", f"Lặp lại dòng {first} (cùng người, việc, ngày, quyết định)", "mỗi việc một dòng")

    def _card(self, row: SheetRow, member: int) -> None:
        """A number is on the cards of one member alone."""
        if row["new_card"] and self.cards.setdefault(row["new_card"], member) != member:
            self.fault(row, "new_card", f"Số thẻ «{row['new_card']}» là của đảng viên khác", "số in trên thẻ được phát")

    def _match(self, row: SheetRow, member: int) -> None:
        """An entry with the same key is either this one or says something else (decision D19)."""
        found = [
            entry
            for entry in self.people.entries.get(member, ())
            if not entry.void and _key_of(entry) == (row["kind"], row["day"], row["decision_number"], row["ref"])
        ]
        live = [entry for entry in found if entry.live]
        planned = self._planned(row, member)
        if live:
            different = min((self._differences(row, planned, entry) for entry in live), key=len)
            for key, recorded in different.items():
                message = f"Sổ đã ghi việc này (cùng người, việc, ngày, quyết định) với giá trị khác: «{recorded}»"
                self.fault(row, key, message, "đúng như đã ghi; muốn sửa thì đính chính lần ghi")
            self.same += not different
        elif found:
            what = f"{ENTRY_KINDS[EntryKind(row['kind'])].lower()} ngày {format_date(row['day'])}"
            message = f"Lần ghi {what} này đã được đính chính"
            self.fault(row, "", message, "bỏ dòng này; sửa tiếp trên lần đính chính")
        else:
            self.fresh[member].append(planned)

    def _differences(self, row: SheetRow, planned: PlannedEntry, entry: KnownEntry) -> dict[str, str]:
        """Return column -> recorded value; a unit that the row does not name is the one recorded."""
        within = planned.said == EntryKind.WITHIN
        pairs = {
            "unit": (row["unit"] and not within, planned.unit, entry.unit, self._code(entry.unit)),
            "from_place": (
                bool(row["from_place"]) and within,
                planned.from_unit,
                entry.from_unit,
                self._code(entry.from_unit),
            ),
            "to_place": (within, planned.to_unit, entry.to_unit, self._code(entry.to_unit)),
            "how": (True, _how(planned), _how(entry), _how(entry)),
            "ground": (planned.said == EntryKind.LEFT, planned.ground, entry.ground, GROUNDS.get(entry.ground, "")),
            "new_card": (bool(row["new_card"]), planned.card_number, entry.card_number, entry.card_number),
            "abroad": (True, planned.abroad, entry.abroad, YES_NO[entry.abroad]),
            "until": (True, planned.until, entry.until, format_date(entry.until) if entry.until else ""),
            "status": (
                planned.said in (EntryKind.IN, EntryKind.RESTORED),
                planned.official,
                entry.official,
                STATUS[entry.official],
            ),
            "round": (True, planned.round, entry.round, entry.round),
            "decision_date": (
                True,
                planned.decision.date,
                entry.decision_date,
                format_date(entry.decision_date) if entry.decision_date else "",
            ),
            "decision_issuer": (True, planned.decision.issuer, entry.decision_issuer, entry.decision_issuer),
        }
        outside = "from_place" if planned.said == EntryKind.IN else "to_place"
        if not within:
            pairs[outside] = (True, planned.outside, entry.outside, entry.outside)
        return {key: told or "để trống" for key, (asked, here, there, told) in pairs.items() if asked and here != there}

    def _code(self, unit: int | None) -> str:
        return self.places.code(unit) if unit is not None else ""

    def _planned(self, row: SheetRow, member: int) -> PlannedEntry:
        said = EntryKind(row["kind"])
        here = self.places.codes[row["unit"]] if row["unit"] else NOWHERE
        start = goal = None
        outside = ""
        if said == EntryKind.WITHIN:
            start = self.places.codes[row["from_place"]] if row["from_place"] else NOWHERE
            here = goal = self.places.codes[row["to_place"]]
        elif said == EntryKind.IN:
            goal, outside = here, row["from_place"]
        elif said == EntryKind.OUT:
            start, outside = here, row["to_place"]
        return PlannedEntry(
            row=row.number,
            member=member,
            said=said,
            kind=MemberEvent.TRANSFERRED if said in _TRANSFERS else MemberEvent(said.value),
            day=row["day"],
            unit=here,
            from_unit=start,
            to_unit=goal,
            outside=outside,
            temporary=row["how"] == "temporary",
            official=row["status"] is not False and said != EntryKind.ADMITTED,
            how=row["how"] if said == EntryKind.LEFT else "",
            round=row["round"],
            abroad=bool(row["abroad"]),
            until=row["until"],
            ground=(row["how"] if said == EntryKind.CARD_REISSUED else row["ground"]) or "",
            card_number=row["new_card"],
            decision=Decision(row["decision_number"], row["decision_date"], row["decision_issuer"]),
            ref=row["ref"],
        )


def _said_by(entry: KnownEntry) -> str:
    if entry.kind != MemberEvent.TRANSFERRED:
        return entry.kind
    if entry.from_unit is None:
        return EntryKind.IN.value
    return EntryKind.OUT.value if entry.to_unit is None else EntryKind.WITHIN.value


def _key_of(entry: KnownEntry) -> tuple[str, date, str, str]:
    return _said_by(entry), entry.day, entry.decision_number, entry.ref


def _how(entry: KnownEntry | PlannedEntry) -> str:
    if entry.kind == MemberEvent.TRANSFERRED:
        return HOW["temporary" if entry.temporary else "official"]
    if entry.kind == MemberEvent.CARD_REISSUED:
        return HOW.get(entry.ground, "")
    return HOW.get(entry.how, "")
