"""Judges the rows of a sheet of candidates: pure, finds every fault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from giaoban.apps.audit.act import Act
from giaoban.apps.members.candidate_walk import CandidateFact, CandidateWalk, Rules, in_order
from giaoban.apps.members.models import CandidateEvent
from giaoban.apps.members.operations._days import NOT_AFTER_TODAY, future_day
from giaoban.apps.members.queries.standing import NOWHERE
from giaoban.apps.members.sheets._candidate_known import CandidatesKnown, Key
from giaoban.apps.members.sheets.candidate_columns import STEPS
from giaoban.apps.organizations.rules import RuleValue
from giaoban.apps.sheets.importing import Judgement, RowFault
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import GiaobanError

E = CandidateEvent
_VOTES = (E.CELL_RESOLVED, E.BASE_RESOLVED)
_ADMITS = (E.DECIDED, E.CEREMONY)
# Columns that only some steps use; in the rows of others they must be blank.
_ONLY = {
    "sponsor": (E.SPONSORED,),
    "sponsor_name": (E.SPONSORED,),
    "sponsor_body": (E.SPONSORED,),
    "votes_for": _VOTES,
    "votes_of": _VOTES,
    "file_number": _ADMITS,
    "identity_number": _ADMITS,
}


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step to record: the row it came from, the fact, and the row's numbers."""

    row: SheetRow
    fact: CandidateFact


@dataclass(slots=True)
class PlannedPerson:
    """A candidate with what is to be recorded; ``known`` is the key in the register, None for somebody new; ``sex`` as
    one of their rows says it.
    """

    first: SheetRow
    unit: int
    known: int | None
    sex: str = ""
    steps: list[PlannedStep] = field(default_factory=list)


CandidatePlan = tuple[PlannedPerson, ...]


def judge(act: Act, rows: Sequence[SheetRow], known: CandidatesKnown) -> Judgement[CandidatePlan]:
    """Return what is new, what is in the register already, and every fault."""
    return _Judge(act, known).run(rows)


class _Judge:
    def __init__(self, act: Act, known: CandidatesKnown) -> None:
        self.act = act
        self.known = known
        self.faults: list[RowFault] = []
        self.plan: dict[Key, PlannedPerson] = {}
        self.doubtful: set[Key] = set()
        self.same = 0

    def run(self, rows: Sequence[SheetRow]) -> Judgement[CandidatePlan]:
        fresh_rows = 0
        for row in rows:
            before = len(self.faults)
            self.faults += self._fields(row)
            key = self._person(row)
            if key is None or row.broken or len(self.faults) > before:
                if key is not None:
                    self.doubtful.add(key)
                continue
            fresh_rows += self._take(row, key)
        for key, person in self.plan.items():
            if person.known is None and not person.sex and "sex" not in person.first.broken:
                self.fault(person.first, "sex", "Người chưa có trong sổ cần giới tính", "«Nam» hoặc «Nữ»")
            if key not in self.doubtful:
                self._walk(key, person)
        plan = tuple(one for one in self.plan.values() if one.steps or one.known is None)
        return Judgement(plan, fresh_rows, self.same, self.faults)

    def fault(self, row: SheetRow, key: str, message: str, expected: str = "") -> None:
        self.faults.append(RowFault(row.number, key, message, expected))

    def _fields(self, row: SheetRow) -> Iterator[RowFault]:
        name = row["full_name"]
        if name and " " not in name:
            yield RowFault(row.number, "full_name", f"«{name}» chưa đủ họ và tên", "cả họ và tên")
        for key, day in (("birth", row["birth"].day if row["birth"] else None), ("day", row["day"])):
            if day and (wrong := future_day(day, self.act.today)) is not None:
                yield RowFault(row.number, key, wrong, NOT_AFTER_TODAY)
        if "kind" in row.broken:
            return
        if row["kind"] is None:
            if row["day"] and "day" not in row.broken:
                yield RowFault(row.number, "kind", "Có ngày mà chưa có bước", "một bước trong danh sách")
            return
        kind = E(row["kind"])
        if row["day"] is None and "day" not in row.broken:
            yield RowFault(row.number, "day", "Chưa điền ngày của bước", "ngày dạng 31/03/2023")
        for key, kinds in _ONLY.items():
            if row[key] not in ("", None) and kind not in kinds and key not in row.broken:
                yield RowFault(row.number, key, f"Bước «{STEPS[kind]}» không dùng cột này", "ô trống")

    def _person(self, row: SheetRow) -> Key | None:
        """Return the person of a row, and begin their plan; None where unit or birth cannot be read."""
        if row["unit"]:
            problem = self.known.places.misplaced(row["unit"], self.act.today, arrives=True)
            if problem is not None:
                self.fault(row, "unit", problem.message, problem.expected)
                return None
        key = self.known.key(row)
        if key is None:
            return None
        if key not in self.plan:
            found = self.known.people.get(key)
            self.plan[key] = PlannedPerson(row, key[0], found.pk if found is not None else None)
        self.plan[key].sex = self.plan[key].sex or row["sex"] or ""
        return key

    def _take(self, row: SheetRow, key: Key) -> int:
        """Note what a row says: 1 where it is new, 0 where the register says it already or it is wrong."""
        person = self.plan[key]
        if row["kind"] is None:
            self.same += person.known is not None
            return int(person.known is None)
        fact = self._fact(row, key)
        if fact is None:
            self.doubtful.add(key)
            return 0
        before = len(self.faults)
        if self._recorded(row, key, fact):
            self.same += len(self.faults) == before
            return 0
        person.steps.append(PlannedStep(row, fact))
        return 1

    def _fact(self, row: SheetRow, key: Key) -> CandidateFact | None:
        kind, number = E(row["kind"]), row["decision_number"]
        sponsor: int | None = None
        if kind == E.SPONSORED and not row["sponsor_body"]:
            sponsor = self._sponsor(row, key)
            if sponsor is None:
                return None
        elif kind == E.SPONSORED and row["sponsor"]:
            self.fault(
                row, "sponsor_body", "Đã ghi đảng viên giới thiệu ở cột khác", "mỗi dòng một người hoặc một đoàn thể"
            )
            return None
        return CandidateFact(
            kind,
            row["day"],
            number,
            row["day"] if number else None,
            row["decision_issuer"],
            sponsor,
            row["sponsor_body"],
            row["votes_for"],
            row["votes_of"],
            key[0],
        )

    def _sponsor(self, row: SheetRow, key: Key) -> int | None:
        number, name = row["sponsor"], row["sponsor_name"]
        if not number:
            # What was taken out without numbers comes back by the name of the step that is recorded.
            found = self.known.people.get(key)
            recorded = [fact.sponsor for fact in found.facts.values() if fact.sponsor] if found else []
            named = [pk for pk in recorded if self.known.names[pk].casefold() == name.casefold()]
            if not named:
                self.fault(row, "sponsor", "Chưa biết ai giới thiệu", "số thẻ hoặc số lý lịch, hoặc tên đoàn thể")
            return named[0] if named else None
        member = self.known.sponsors.get(number)
        if member is None or not self.known.places.may_know_members_of(member.unit):
            self.fault(
                row, "sponsor", f"Không có đảng viên mang số «{number}»", "số thẻ hoặc số lý lịch đã có trong sổ"
            )
            return None
        if name and name.casefold() != member.full_name.casefold():
            message = f"Số «{number}» là của «{member.full_name}», không phải «{name}»"
            self.fault(row, "sponsor_name", message, "họ tên đúng như sổ, hoặc sửa lại số")
            return None
        stood = self.known.stands.get(member.pk, NOWHERE).on_or_first(row["day"])
        if stood is None or not stood.official:
            message = f"{member.full_name} không phải đảng viên chính thức ngày {format_date(row['day'])}"
            self.fault(row, "sponsor", message, "một đảng viên chính thức")
            return None
        return member.pk

    def _recorded(self, row: SheetRow, key: Key, fact: CandidateFact) -> bool:
        """A step that is in the register is either this one or says something else (decision D19)."""
        found = self.known.people.get(key)
        alike = [
            other
            for other in (found.facts.values() if found else ())
            if other.kind == fact.kind
            and (fact.kind != E.SPONSORED or (other.sponsor, other.sponsor_body) == (fact.sponsor, fact.sponsor_body))
        ]
        for other in alike[:1]:
            for column, here, there in (
                ("day", fact.day, other.day),
                ("decision_number", fact.number, other.number),
                ("decision_issuer", fact.issuer, other.issuer),
                ("votes_for", fact.votes_for, other.votes_for),
                ("votes_of", fact.votes_of, other.votes_of),
            ):
                if here not in ("", None) and here != there:
                    told = format_date(there) if isinstance(there, date) else str(there or "để trống")
                    self.fault(
                        row,
                        column,
                        f"Sổ đã ghi bước «{STEPS[fact.kind]}» với giá trị khác: «{told}»",
                        "đúng như đã ghi; muốn sửa thì đính chính lần ghi",
                    )
        return bool(alike)

    def _walk(self, key: Key, person: PlannedPerson) -> None:
        """Go through the thread as it would be; the first step that cannot be is a fault at its row."""
        found = self.known.people.get(key)
        recorded = [replace(fact, by=fact.by or "đã ghi") for fact in (found.facts.values() if found else ())]
        by_fact = {id(step.fact): step.row for step in person.steps}
        born = found.born if found is not None else person.first["birth"].day
        walk = CandidateWalk(person.first["full_name"], born, self._rules(key[0]))
        for fact in in_order([*recorded, *(step.fact for step in person.steps)]):
            try:
                walk.apply(fact)
            except GiaobanError as error:
                row = by_fact.get(id(fact))
                if row is None and not person.steps:
                    return  # what stands in the register is not this sheet's fault
                at = row or person.steps[-1].row
                self.fault(at, "day" if row is not None else "", error.message, error.expected)
                return

    def _rules(self, unit: int) -> Rules:
        def value(key: str, day: date) -> RuleValue:
            return self.known.book.value(key, unit, day)

        return value
