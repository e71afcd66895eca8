"""The kind of sheet «visits»: who follows which unit of a committee, from when to when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import write_trail
from giaoban.apps.members.models import Member, VisitAssignment
from giaoban.apps.members.operations import VisitDraft, assign_visits
from giaoban.apps.members.queries.standing import NOWHERE, Stands, stands_of
from giaoban.apps.members.sheets._whom import NO_NUMBER, has_number, whom
from giaoban.apps.members.sheets.columns import number_columns
from giaoban.apps.members.sheets.people import PeopleKnown, look_people
from giaoban.apps.members.sheets.places import PlacesKnown, look_places
from giaoban.apps.organizations.models import OPEN_END, Ancestry, Unit
from giaoban.apps.organizations.sheets._units_known import Codes, look_codes
from giaoban.apps.organizations.sheets.units import import_trail
from giaoban.apps.sheets.columns import Column, day_column, text_column
from giaoban.apps.sheets.importing import ImportNote, Judgement, RowFault, refusing
from giaoban.apps.sheets.listing import Cell
from giaoban.apps.sheets.reading import Progress, SheetRow
from giaoban.core.dates_vi import format_date

_CODE = "mã trong phần mềm"
_DAY = timedelta(days=1)

COLUMNS = (
    text_column("owner", "Cấp ủy phân công", "Mã của cấp ủy.", "MAU", longest=40, required=True, form=_CODE),
    text_column("unit", "Đơn vị", "Mã của tổ chức được theo dõi.", "MAU.15", longest=40, required=True, form=_CODE),
    *number_columns("; cần ít nhất một trong ba số"),
    text_column(
        "full_name",
        "Họ và tên",
        "Không bắt buộc; nếu ghi thì được so với sổ để tránh nhầm số.",
        "Đặng Thị Hường",
        longest=120,
    ),
    day_column("day", "Từ ngày", "Ngày bắt đầu theo dõi.", "15/01/2023", required=True),
    day_column("last_day", "Đến hết ngày", "Ngày cuối; để trống khi còn theo dõi.", "31/12/2023"),
    text_column("decision", "Văn bản", "Văn bản phân công.", "Thông báo số 15-TB/ĐUK ngày 10/01/2023", longest=120),
)
GUIDE = (
    "Mỗi dòng là một phân công: ai theo dõi, dự sinh hoạt của tổ chức nào, từ ngày nào.",
    "Người được nhận ra bằng số lý lịch, số thẻ hoặc số định danh, không bằng họ tên.",
)

# Owner, unit, member (by key).
Task = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class VisitsKnown:
    """Units, people, and what was assigned: task -> (from, to (half-open), paper)."""

    codes: Codes
    places: PlacesKnown
    people: PeopleKnown
    stands: dict[int, Stands]
    assigned: dict[Task, tuple[tuple[date, date, str], ...]]
    below: frozenset[tuple[int, int, date, date]]


Plan = tuple[tuple[SheetRow, Task], ...]


class VisitSheet:
    """Rows are assignments; see ``SheetKind`` for the steps."""

    key = "visits"
    label = "Theo dõi cơ sở"
    columns: tuple[Column, ...] = COLUMNS
    guide: tuple[str, ...] = GUIDE

    def look(self, act: Act, rows: Sequence[SheetRow]) -> VisitsKnown:
        """Return what is known of the units and members that the rows name."""
        codes = look_codes(act, rows, "owner", "unit")
        owners = {codes.units[row["owner"]] for row in rows if row["owner"] in codes.units}
        units = {codes.units[row["unit"]] for row in rows if row["unit"] in codes.units}
        assigned: dict[Task, list[tuple[date, date, str]]] = defaultdict(list)
        found = VisitAssignment.objects.filter(owner__in=owners, unit__in=units).order_by("valid_from", "pk")
        fields = ("owner_id", "unit_id", "member_id", "valid_from", "valid_to", "decision")
        for owner, unit, member, start, end, decision in found.values_list(*fields):
            assigned[owner, unit, member].append((start, end, decision))
        below = Ancestry.objects.filter(ancestor__in=owners, descendant__in=units, depth__gt=0)
        people = look_people(rows)
        return VisitsKnown(
            codes,
            look_places(act),
            people,
            stands_of(people.members),
            {task: tuple(rows) for task, rows in assigned.items()},
            frozenset(below.values_list("ancestor_id", "descendant_id", "valid_from", "valid_to")),
        )

    def judge(self, act: Act, rows: Sequence[SheetRow], state: VisitsKnown) -> Judgement[Plan]:
        """Return what is new and every fault."""
        return _Judge(state).run(rows)

    def record(self, act: Act, plan: Plan, note: ImportNote, progress: Progress | None) -> None:
        """This function will record the assignments, and leave the import's audit row."""
        units = Unit.objects.in_bulk({pk for _row, task in plan for pk in task[:2]})
        members = Member.objects.in_bulk({member for _row, (_owner, _unit, member) in plan})
        drafts = [
            VisitDraft(units[owner], units[unit], members[member], row["day"], row["last_day"], row["decision"])
            for row, (owner, unit, member) in plan
        ]
        with refusing([row.number for row, _task in plan]):
            assign_visits(act=act, drafts=drafts)
        write_trail(act, [import_trail(note)])
        if progress is not None:
            progress("Ghi vào sổ", len(plan), len(plan))

    def rows(self, unit: Unit, *, numbers: bool) -> Iterator[tuple[Cell, ...]]:
        """Give the assignments of committees that stood at or under a unit, as rows of this sheet.

        Args:
            unit: the unit.
            numbers: file and card numbers stand in them; identity numbers never do.
        """
        owners = Ancestry.objects.filter(ancestor=unit).values("descendant")
        found = VisitAssignment.objects.filter(owner__in=owners).select_related("owner", "unit", "member")
        for one in found.order_by("owner__code", "unit__code", "valid_from", "pk"):
            member = one.member
            known = (member.file_number, member.card_number) if numbers else ("", "")
            last = None if one.valid_to == OPEN_END else one.valid_to - _DAY
            yield one.owner.code, one.unit.code, *known, "", member.full_name, one.valid_from, last, one.decision


class _Judge:
    def __init__(self, known: VisitsKnown) -> None:
        self.known = known
        self.faults: list[RowFault] = []
        self.fresh: list[tuple[SheetRow, Task]] = []
        self.same = 0

    def run(self, rows: Sequence[SheetRow]) -> Judgement[Plan]:
        for row in rows:
            before = len(self.faults)
            member, faults = whom(row, self.known.people, self.known.places)
            self.faults += faults
            if member is None and not has_number(row):
                expected = "số lý lịch, số thẻ hoặc số định danh"
                self.faults.append(RowFault(row.number, "", NO_NUMBER, expected))
            if row["owner"]:
                self.faults += self.known.codes.faults(row, "owner", day=row["day"])
            if row["unit"]:
                self.faults += self.known.codes.faults(row, "unit", day=row["day"], manages=False)
            if row.broken or member is None or len(self.faults) > before:
                continue
            task = (self.known.codes.units[row["owner"]], self.known.codes.units[row["unit"]], member)
            self.faults += self._check(row, task)
            if len(self.faults) == before:
                self._match(row, task)
        self._overlaps()
        return Judgement(tuple(self.fresh), len(self.fresh), self.same, self.faults)

    def _check(self, row: SheetRow, task: Task) -> Iterator[RowFault]:
        day = row["day"]
        owner, unit, member = task
        if row["last_day"] is not None and row["last_day"] < day:
            message = f"Trước ngày bắt đầu {format_date(day)}"
            yield RowFault(row.number, "last_day", message, "ngày sau đó, hoặc ô trống")
        below = self.known.below
        if not any((above, one) == (owner, unit) and start <= day < end for above, one, start, end in below):
            message = f"«{row['unit']}» không ở dưới «{row['owner']}» ngày {format_date(day)}"
            yield RowFault(row.number, "unit", message, f"một tổ chức trực thuộc {row['owner']}")
        if self.known.stands.get(member, NOWHERE).on(day) is None:
            name = self.known.people.members[member].full_name
            message = f"{name} không sinh hoạt ở chi bộ nào ngày {format_date(day)}"
            yield RowFault(row.number, "day", message, "ngày đang sinh hoạt")

    def _match(self, row: SheetRow, task: Task) -> None:
        found = {start: (end, decision) for start, end, decision in self.known.assigned.get(task, ())}
        if row["day"] not in found:
            self.fresh.append((row, task))
            return
        end, decision = found[row["day"]]
        last = None if end == OPEN_END else end - _DAY
        before = len(self.faults)
        if row["last_day"] is not None and row["last_day"] != last:
            words = format_date(last) if last is not None else "để trống"
            message = f"Sổ đã ghi phân công này với ngày cuối «{words}»"
            self.faults.append(RowFault(row.number, "last_day", message, "đúng như đã ghi"))
        if row["decision"] and row["decision"] != decision:
            message = f"Sổ đã ghi phân công này với văn bản «{decision or 'để trống'}»"
            self.faults.append(RowFault(row.number, "decision", message, "đúng như đã ghi"))
        self.same += len(self.faults) == before

    def _overlaps(self) -> None:
        """A person follows a unit once at a time."""
        held: dict[Task, list[tuple[date, date, str]]] = defaultdict(list)
        for task, found in self.known.assigned.items():
            held[task] += [(start, end, "trong sổ") for start, end, _decision in found]
        for row, task in self.fresh:
            end = OPEN_END if row["last_day"] is None else row["last_day"] + _DAY
            other = next((words for start, until, words in held[task] if start < end and row["day"] < until), None)
            if other is not None:
                message = f"Trùng thời gian với một phân công {other} của cùng người, cùng đơn vị"
                self.faults.append(RowFault(row.number, "day", message, "ngày sau khi phân công đó hết"))
            held[task].append((row["day"], end, f"ở dòng {row.number}"))


VISITS = VisitSheet()
