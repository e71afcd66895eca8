"""The kind of sheet «members»: people who come into the register, each with the entry that makes them a member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import write_trail
from giaoban.apps.members.models import MemberEvent, Trait
from giaoban.apps.members.operations import FirstEntry, MemberDraft, enrol_members
from giaoban.apps.members.operations._namesakes import Likeness, likeness
from giaoban.apps.members.operations.unit_endings import history_in_parts
from giaoban.apps.members.sheets._roll_rules import check_fields, first_fact
from giaoban.apps.members.sheets._sameness import Sameness
from giaoban.apps.members.sheets.columns import MEMBER_COLUMNS, MEMBER_GUIDE
from giaoban.apps.members.sheets.people import (
    LABELS,
    NUMBERS,
    KnownMember,
    PeopleKnown,
    look_people,
    number_of,
    shown_number,
)
from giaoban.apps.members.sheets.places import PlacesKnown, look_places
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.sheets.units import import_trail
from giaoban.apps.sheets.columns import Column
from giaoban.apps.sheets.importing import ImportNote, Judgement, RowFault, refusing
from giaoban.apps.sheets.reading import Progress, SheetRow
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.text_vi import fold

_CHUNK = 5_000
_TRAITS = {"sex": Trait.SEX, "education": Trait.EDUCATION, "theory": Trait.THEORY, "occupation": Trait.OCCUPATION}


@dataclass(frozen=True, slots=True)
class RollKnown:
    """What the register knows of the people and places that the rows name."""

    places: PlacesKnown
    people: PeopleKnown


class MemberSheet:
    """Rows are people; see ``SheetKind`` for the steps."""

    key = "members"
    label = "Đảng viên"
    columns: tuple[Column, ...] = MEMBER_COLUMNS
    guide: tuple[str, ...] = MEMBER_GUIDE

    def look(self, act: Act, rows: Sequence[SheetRow]) -> RollKnown:
        """Return what the register knows of these people."""
        return RollKnown(look_places(act), look_people(rows, names=map(folded_name, rows), traits=True))

    def judge(self, act: Act, rows: Sequence[SheetRow], state: RollKnown) -> Judgement[tuple[SheetRow, ...]]:
        """Return the rows of people who are new, and every fault."""
        return _Judge(act, state).run(rows)

    def record(self, act: Act, plan: tuple[SheetRow, ...], note: ImportNote, progress: Progress | None) -> None:
        """This function will enter the people, and leave the import's audit row."""
        units = Unit.objects.in_bulk(sorted({row["unit"] for row in plan})[:_CHUNK], field_name="code")
        if len(units) == _CHUNK:
            units = {unit.code: unit for unit in Unit.objects.all()}
        for start in range(0, len(plan), _CHUNK):
            rows = plan[start : start + _CHUNK]
            if progress is not None:
                progress("Ghi vào sổ", start, len(plan))
            with refusing([row.number for row in rows]), history_in_parts():
                enrol_members(act=act, drafts=[_draft(row, units) for row in rows])
        write_trail(act, [import_trail(note)])
        if progress is not None:
            progress("Ghi vào sổ", len(plan), len(plan))


def folded_name(row: SheetRow) -> str:
    """Return the name without diacritics; worked out once for each row."""
    found = row.values.get("folded_name")
    if found is None:
        found = row.values["folded_name"] = fold(row["full_name"])
    return str(found)


class _Judge:
    def __init__(self, act: Act, known: RollKnown) -> None:
        self.act = act
        self.places = known.places
        self.people = known.people
        self.same_as = Sameness(known.people, known.places)
        self.faults: list[RowFault] = []
        self.numbers: dict[str, dict[str, int]] = {key: {} for key in LABELS}
        self.names: dict[tuple[str, Any], list[SheetRow]] = {}
        # Of the namesakes so far, the kinds of number that each of them has.
        self.all_have: dict[tuple[str, Any], frozenset[str]] = {}

    def run(self, rows: Sequence[SheetRow]) -> Judgement[tuple[SheetRow, ...]]:
        fresh: list[SheetRow] = []
        same = 0
        for row in rows:
            before = len(self.faults)
            self.faults += check_fields(row, self.act.today)
            self._repeated(row)
            if "unit" not in row.broken:
                problem = self.places.misplaced(row["unit"], row["day"], arrives=True)
                if problem is not None:
                    self.faults.append(RowFault(row.number, "unit", problem.message, problem.expected))
            if row.broken or len(self.faults) > before:
                if not {fault.key for fault in self.faults[before:]} & {"birth", "day"}:
                    self.faults += first_fact(row)
                continue
            known = self._known(row)
            if len(self.faults) > before:
                continue
            if known is None:
                self.faults += first_fact(row)
                fresh.append(row)
            else:
                self.faults += self.same_as.differences(row, known)
                same += len(self.faults) == before
        return Judgement(tuple(fresh), len(fresh), same, self.faults)

    def _repeated(self, row: SheetRow) -> None:
        """A number stands for one person, also within the file; people without one are told apart by name and birth."""
        own: set[str] = set()
        for key, label in LABELS.items():
            number = number_of(row, key)
            if number:
                own.add(key)
                first = self.numbers[key].setdefault(number, row.number)
                if first != row.number:
                    own.discard(key)
                    message = f"{label} {shown_number(row, key)} đã có ở dòng {first}"
                    self.faults.append(RowFault(row.number, key, message, "mỗi người một dòng"))
        if row["birth"] is None or not row["full_name"]:
            return
        group = (folded_name(row), row["birth"].day)
        namesakes = self.names.setdefault(group, [])
        shared = self.all_have.get(group, frozenset(LABELS))
        self.all_have[group] = shared & own
        # A number of its own, of a kind that every namesake has too, tells the row apart from all of them at once.
        for other in () if own & shared else namesakes:
            alike = row["full_name"] == other["full_name"] or _likeness(row) == _likeness(other) is not None
            if alike and not _told_apart(row, other):
                message = f"Cùng họ tên, ngày sinh với dòng {other.number}"
                expected = (
                    "số lý lịch, số thẻ hoặc số định danh ở cả hai dòng nếu là hai người; một dòng nếu là một người"
                )
                self.faults.append(RowFault(row.number, "full_name", message, expected))
                break
        namesakes.append(row)

    def _known(self, row: SheetRow) -> int | None:
        """Return the member whom the row means, or None for somebody new; a row that could mean two is wrong."""
        found: dict[int, str] = {}
        for key in LABELS:
            number = number_of(row, key)
            pk = self.people.by_number[key].get(number) if number else None
            if pk is not None:
                found.setdefault(pk, key)
        if len(found) > 1:
            keys = list(found.values())
            message = f"{LABELS[keys[0]]} và {LABELS[keys[1]].lower()} của hai đảng viên khác nhau trong sổ"
            self.faults.append(RowFault(row.number, keys[1], message, "các số của cùng một người"))
            return None
        if found:
            return next(iter(found))
        return self._namesake(row)

    def _namesake(self, row: SheetRow) -> int | None:
        """A row without numbers means its only namesake, if it says the same of them; else nobody can tell."""
        alike = [
            pk
            for pk in self.people.by_name.get((folded_name(row), row["birth"].day), ())
            if self._may_be(row, self.people.members[pk])
        ]
        if not alike:
            return None
        has_number = any(row[key] for key in LABELS)
        if len(alike) == 1 and not has_number and not self.same_as.differences(row, alike[0]):
            return alike[0]
        name = self.people.members[alike[0]].full_name
        message = f"Sổ đã có «{name}» cùng ngày sinh, chưa phân biệt được là một hay hai người"
        expected = "số lý lịch, số thẻ hoặc số định danh mà sổ đã ghi cho một trong hai người"
        self.faults.append(RowFault(row.number, "full_name", message, expected))
        return None

    def _may_be(self, row: SheetRow, member: KnownMember) -> bool:
        """Whether no number tells the row and a member of that name apart."""
        birth = PartialDate(member.birth_date, Precision(member.birth_precision))
        alike = likeness(member.folded_name, birth) == _likeness(row) is not None
        if (member.full_name != row["full_name"] and not alike) or not self.places.may_know_members_of(member.unit):
            return False
        pairs = [(number_of(row, key), getattr(member, field)) for key, field in NUMBERS.items()]
        return not any(here and there and here != there for here, there in pairs)


def _likeness(row: SheetRow) -> Likeness | None:
    return likeness(folded_name(row), row["birth"])


def _told_apart(row: SheetRow, other: SheetRow) -> bool:
    return any(row[key] and other[key] and row[key] != other[key] for key in LABELS)


def _draft(row: SheetRow, units: dict[str, Unit]) -> MemberDraft:
    kind = MemberEvent(row["kind"] or MemberEvent.OPENING)
    return MemberDraft(
        full_name=row["full_name"],
        birth=row["birth"],
        first=FirstEntry(
            kind,
            row["day"],
            units[row["unit"]],
            official=row["status"] is not False and kind != MemberEvent.ADMITTED,
            outside=row["outside"],
            decision=Decision(row["decision_number"], row["decision_date"], row["decision_issuer"]),
            ref=row["ref"],
        ),
        file_number=row["file_number"],
        card_number=row["card_number"],
        identity_number=row["identity_number"],
        phone=row["phone"],
        admitted_on=row["admitted_on"],
        recognised_on=row["recognised_on"],
        traits=tuple((trait, row[key]) for key, trait in _TRAITS.items() if row[key]),
    )


MEMBERS = MemberSheet()
