"""Sheets of the registers beside the members' own journal: in, all or nothing, and out as a filled template.

One engine for all of them; what tells the registers apart is in ``_life_kinds``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import write_trail
from giaoban.apps.members.models import Member
from giaoban.apps.members.operations._days import NOT_AFTER_TODAY, future_day
from giaoban.apps.members.queries.standing import NOWHERE, Stands, stands_of
from giaoban.apps.members.sheets._life_kind import LifeKind, Planned, Recorded, Subject
from giaoban.apps.members.sheets._life_kinds import AbsenceKinds, HonourKinds, RatingKinds, VettingKinds
from giaoban.apps.members.sheets._office_kind import OfficeKinds
from giaoban.apps.members.sheets._whom import NO_NUMBER, has_number, whom
from giaoban.apps.members.sheets.people import CHUNK, PeopleKnown, look_people
from giaoban.apps.members.sheets.places import PlacesKnown, look_places
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import units_allowed
from giaoban.apps.organizations.sheets.units import import_trail
from giaoban.apps.sheets.columns import Column
from giaoban.apps.sheets.importing import ImportNote, Judgement, RowFault, refusing
from giaoban.apps.sheets.reading import Progress, SheetRow

LifePlan = tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class LifeKnown:
    """What the registers know of the members, units and entries that the rows name.

    ``managed`` are the units at which the person may record what the level above decides; None at the console.
    """

    places: PlacesKnown
    people: PeopleKnown
    stands: dict[int, Stands]
    recorded: dict[Subject, tuple[Recorded, ...]]
    managed: frozenset[int] | None
    more: Any


class LifeSheet:
    """Rows are entries of one register; see ``SheetKind`` for the steps."""

    def __init__(self, kind: LifeKind) -> None:
        self.kind = kind
        self.key = kind.key
        self.label = kind.label
        self.columns: tuple[Column, ...] = kind.columns
        self.guide: tuple[str, ...] = kind.guide

    def look(self, act: Act, rows: Sequence[SheetRow]) -> LifeKnown:
        """Return what the registers know of the members and units that the rows name."""
        places, people = look_places(act), look_people(rows)
        named = {places.codes[code] for row in rows if (code := row.values.get("unit")) in places.codes}
        stands = stands_of(people.members)
        recorded: dict[Subject, list[Recorded]] = defaultdict(list)
        for one in self.kind.recorded(sorted(people.members), sorted(named)):
            recorded[one.subject].append(one)
        managed = None
        if not act.at_console:
            managed = frozenset(units_allowed(act.user, "organizations_manage", named, today=act.today))
        units = {stand.unit for found in stands.values() for stand in found.rows} | named
        return LifeKnown(
            places,
            people,
            stands,
            {subject: tuple(found) for subject, found in recorded.items()},
            managed,
            self.kind.look_more(sorted(people.members), units),
        )

    def judge(self, act: Act, rows: Sequence[SheetRow], state: LifeKnown) -> Judgement[LifePlan]:
        """Return what is new and every fault."""
        return _Judge(self.kind, act, state).run(rows)

    def record(self, act: Act, plan: LifePlan, note: ImportNote, progress: Progress | None) -> None:
        """This function will record the entries, and leave the import's audit row."""
        units = Unit.objects.in_bulk({one.unit for one in plan})
        for start in range(0, len(plan), CHUNK):
            part = plan[start : start + CHUNK]
            if progress is not None:
                progress("Ghi vào sổ", start, len(plan))
            members = Member.objects.select_related("unit").in_bulk({one.member for one in part if one.member})
            drafts = [
                self.kind.draft(one, members[one.member] if one.member else None, units[one.unit]) for one in part
            ]
            with refusing([one.row for one in part]):
                self.kind.record(act, drafts)
        write_trail(act, [import_trail(note)])
        if progress is not None:
            progress("Ghi vào sổ", len(plan), len(plan))


class _Judge:
    def __init__(self, kind: LifeKind, act: Act, known: LifeKnown) -> None:
        self.kind = kind
        self.act = act
        self.known = known
        self.faults: list[RowFault] = []
        self.fresh: dict[Subject, list[Planned]] = defaultdict(list)
        # Subjects of rows that are wrong: what their journal would be is not judged, or one slip gave ten faults.
        self.doubtful: set[Subject] = set()
        self.same = 0

    def run(self, rows: Sequence[SheetRow]) -> Judgement[LifePlan]:
        seen: dict[tuple[Any, ...], int] = {}
        for row in rows:
            before = len(self.faults)
            subject = self._subject(row)
            for key in ("day", "decision_date"):
                if row[key] and (fault := future_day(row[key], self.act.today)) is not None:
                    self.faults.append(RowFault(row.number, key, fault, NOT_AFTER_TODAY))
            self.faults += self.kind.check(row)
            if subject is None or row.broken or len(self.faults) > before:
                if subject is not None:
                    self.doubtful.add(subject)
                continue
            planned = self._planned(row, subject)
            if planned is not None and self._once(planned, seen):
                self._match(planned)
            if len(self.faults) > before:
                self.doubtful.add(subject)
        for subject, found in self.fresh.items():
            if subject not in self.doubtful:
                recorded = [one for one in self.known.recorded.get(subject, ()) if one.live]
                self.faults += self.kind.judge(found, recorded, self.known.stands, self.known.more)
        plan = sorted((one for found in self.fresh.values() for one in found), key=lambda one: one.row)
        return Judgement(tuple(plan), len(plan), self.same, self.faults)

    def _fault(self, row: SheetRow, key: str, message: str, expected: str = "") -> None:
        self.faults.append(RowFault(row.number, key, message, expected))

    def _subject(self, row: SheetRow) -> Subject | None:
        """Return of whom, or of which unit, the row speaks."""
        member, faults = whom(row, self.known.people, self.known.places)
        self.faults += faults
        code = row["unit"] if "unit" in row.values else ""
        unit = self._unit(row, code) if code else None
        if has_number(row):
            if code and not self.kind.in_units:
                self._fault(row, "unit", "Việc của một đảng viên không dùng cột này", "ô trống")
                return None
            if member is None or (self.kind.in_units and unit is None):
                return None
            return "member", member, unit or 0
        if self.kind.of_units and (code or "unit" in row.broken):
            return ("unit", 0, unit) if unit is not None else None
        expected = "số lý lịch, số thẻ hoặc số định danh"
        self._fault(row, "", NO_NUMBER, f"{expected}, hoặc mã đơn vị" if self.kind.of_units else expected)
        return None

    def _unit(self, row: SheetRow, code: str) -> int | None:
        unit = self.known.places.find(code)
        if unit is None:
            self._fault(row, "unit", f"Không có đơn vị mang mã «{code}»", "mã của một đơn vị trong sổ tổ chức")
        return unit

    def _planned(self, row: SheetRow, subject: Subject) -> Planned | None:
        values = self.kind.row_values(row)
        what, member, unit = subject
        if what == "member" and not self.kind.in_units:
            found = self.kind.place(values, self.known.stands.get(member, NOWHERE))
            if found is None:
                name = self.known.people.members[member].full_name
                message = f"{name} không sinh hoạt tại chi bộ nào vào lúc này"
                self._fault(row, "day", message, "ngày đang sinh hoạt")
                return None
            unit = found
        managed = self.known.managed
        if self.kind.right(what) == "organizations_manage":
            allowed = managed is None or unit in managed
        else:
            allowed = self.known.places.may_record(unit)
        if not allowed:
            message = f"Đồng chí chưa được giao quyền ghi tại đơn vị «{self.known.places.code(unit)}»"
            self._fault(row, "unit" if "unit" in row.values else "", message, "đơn vị được phân quyền")
            return None
        name = self.known.people.members[member].full_name if member else self.known.places.code(unit)
        return Planned(row.number, subject, unit, self.kind.key_of(values), values, member, name)

    def _once(self, planned: Planned, seen: dict[tuple[Any, ...], int]) -> bool:
        first = seen.setdefault((planned.subject, planned.key), planned.row)
        if first == planned.row:
            return True
        self.faults.append(RowFault(planned.row, "", f"Lặp lại dòng {first}", "mỗi việc một dòng"))
        return False

    def _match(self, planned: Planned) -> None:
        """An entry with the same key is either this one or says something else (decision D19)."""
        found = [one for one in self.known.recorded.get(planned.subject, ()) if one.key == planned.key]
        live = [one for one in found if one.live]
        if live:
            told = min((self.kind.differences(planned.values, one.values) for one in live), key=len)
            for key, words in told.items():
                message = f"Sổ đã ghi việc này với giá trị khác: «{words}»"
                self.faults.append(
                    RowFault(planned.row, key, message, "đúng như đã ghi; muốn sửa thì đính chính lần ghi")
                )
            self.same += not told
        elif found:
            message = "Lần ghi này đã được đính chính"
            self.faults.append(RowFault(planned.row, "", message, "bỏ dòng này; sửa tiếp trên lần đính chính"))
        else:
            self.fresh[planned.subject].append(planned)


ABSENCES = LifeSheet(AbsenceKinds())
HONOURS = LifeSheet(HonourKinds())
RATINGS = LifeSheet(RatingKinds())
VETTING = LifeSheet(VettingKinds())
OFFICES = LifeSheet(OfficeKinds())
LIFE_SHEETS = (ABSENCES, HONOURS, RATINGS, VETTING, OFFICES)
