"""The kind of sheet «terms»: congresses, provisional committees, terms made longer or shorter, ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import write_trail
from giaoban.apps.organizations.models import Ancestry, TermEntry, TermEvent, Unit, on_day
from giaoban.apps.organizations.operations import Decision, TermDraft, record_term_entries
from giaoban.apps.organizations.queries.standing import kind_on
from giaoban.apps.organizations.queries.terms import fact_of
from giaoban.apps.organizations.sheets._units_known import Codes, look_codes
from giaoban.apps.organizations.sheets.units import import_trail
from giaoban.apps.organizations.terms import BEGINS, Sizes, TermFact, replay_terms
from giaoban.apps.sheets.columns import Column, choice_column, day_column, text_column, whole_column
from giaoban.apps.sheets.importing import ImportNote, Judgement, RowFault, refusing
from giaoban.apps.sheets.listing import Cell
from giaoban.apps.sheets.reading import Progress, SheetRow
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput

EVENTS = {event.value: str(event.label) for event in TermEvent}
_SIZES = ("committee_size", "standing_size", "inspection_size")
_COMPARED = ("name", "until", *_SIZES, "decision_date", "decision_issuer")
_NEW = 2**40  # keys of facts that are not recorded yet come after all that are


def _size(key: str, what: str, example: str) -> Column:
    words = f"Số {what} đã quyết định."
    return whole_column(key, f"Số {what}", words, example, low=1, high=500)


COLUMNS = (
    text_column(
        "unit", "Đơn vị", "Mã của tổ chức đảng.", "MAU.15", longest=40, required=True, form="mã trong phần mềm"
    ),
    choice_column("event", "Sự kiện", "Việc gì xảy ra với nhiệm kỳ.", "Đại hội", EVENTS, required=True),
    day_column("day", "Ngày", "Ngày đại hội, ngày quyết định có hiệu lực.", "15/06/2020", required=True),
    text_column("name", "Nhiệm kỳ", "Tên nhiệm kỳ; phải điền khi nhiệm kỳ bắt đầu.", "2020 - 2025", longest=20),
    day_column("until", "Hết nhiệm kỳ", "Ngày cuối của nhiệm kỳ theo quyết định.", "14/06/2025"),
    _size("committee_size", "cấp ủy viên", "15"),
    _size("standing_size", "ủy viên ban thường vụ", "5"),
    _size("inspection_size", "ủy viên ủy ban kiểm tra", "3"),
    text_column("decision_number", "Số quyết định", "Số, ký hiệu của quyết định.", "125-QĐ/ĐUK", longest=60),
    day_column("decision_date", "Ngày quyết định", "Ngày ký quyết định.", "20/06/2020"),
    text_column("decision_issuer", "Cơ quan quyết định", "Cấp ủy ra quyết định.", "Đảng ủy Khối", longest=200),
    text_column("ref", "Mã dòng", "Mã riêng của dòng trong hồ sơ của văn phòng, nếu có.", "NK-2020-15", longest=60),
)
GUIDE = (
    "Mỗi dòng là một việc về nhiệm kỳ của một cấp ủy: đang có khi bắt đầu dùng sổ, đại hội, chỉ định cấp ủy lâm thời, "
    "kéo dài hoặc rút ngắn, kết thúc.",
    "Nhiệm kỳ mới bắt đầu thì nhiệm kỳ trước tự kết thúc. Người trong cấp ủy ghi bằng mẫu «Chức vụ trong cấp ủy».",
)


@dataclass(frozen=True, slots=True)
class RecordedTerm:
    """An entry as a row would say it."""

    unit: int
    key: tuple[Any, ...]
    values: Mapping[str, Any]
    fact: TermFact
    live: bool


@dataclass(frozen=True, slots=True)
class TermsKnown:
    """What the register knows of the units that the rows name."""

    codes: Codes
    recorded: dict[int, tuple[RecordedTerm, ...]]


Plan = tuple[SheetRow, ...]


class TermSheet:
    """Rows are events of terms; see ``SheetKind`` for the steps."""

    key = "terms"
    label = "Nhiệm kỳ cấp ủy"
    columns: tuple[Column, ...] = COLUMNS
    guide: tuple[str, ...] = GUIDE

    def look(self, act: Act, rows: Sequence[SheetRow]) -> TermsKnown:
        """Return what the register knows of these units."""
        codes = look_codes(act, rows, "unit")
        recorded: dict[int, list[RecordedTerm]] = defaultdict(list)
        entries = TermEntry.objects.filter(unit__in=codes.units.values()).select_related("corrected_by").order_by("pk")
        for entry in entries:
            recorded[entry.unit_id].append(_recorded(entry))
        return TermsKnown(codes, {unit: tuple(found) for unit, found in recorded.items()})

    def judge(self, act: Act, rows: Sequence[SheetRow], state: TermsKnown) -> Judgement[Plan]:
        """Return what is new and every fault."""
        return _Judge(state).run(rows)

    def record(self, act: Act, plan: Plan, note: ImportNote, progress: Progress | None) -> None:
        """This function will record the events, and leave the import's audit row."""
        if progress is not None:
            progress("Ghi vào sổ", 0, len(plan))
        units = {unit.code: unit for unit in Unit.objects.filter(code__in={row["unit"] for row in plan})}
        with refusing([row.number for row in plan]):
            record_term_entries(act=act, drafts=[_draft(row, units[row["unit"]]) for row in plan])
        write_trail(act, [import_trail(note)])
        if progress is not None:
            progress("Ghi vào sổ", len(plan), len(plan))

    def rows(self, unit: Unit) -> Iterator[tuple[Cell, ...]]:
        """Give the live events of units that stood at or under a unit on their day, as rows of this sheet."""
        below = Ancestry.objects.filter(on_day(OuterRef("effective_date")), ancestor=unit, descendant=OuterRef("unit"))
        entries = TermEntry.objects.live().filter(Exists(below)).select_related("unit")
        for entry in entries.order_by("effective_date", "unit__code", "pk"):
            values = _values(entry) | {"unit": entry.unit.code, "event": EVENTS[entry.kind]}
            yield tuple(values[column.key] for column in self.columns)


def _values(entry: TermEntry) -> dict[str, Any]:
    own = ("name", "until", *_SIZES, "decision_number", "decision_date", "decision_issuer", "ref")
    return {key: getattr(entry, key) for key in own} | {"event": entry.kind, "day": entry.effective_date}


def _recorded(entry: TermEntry) -> RecordedTerm:
    values = _values(entry)
    live = not entry.void and not hasattr(entry, "corrected_by")
    return RecordedTerm(entry.unit_id, _key(values), values, fact_of(entry), live)


def _key(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The key of re-imports (decision D19), beside the unit."""
    return values["event"], values["day"], values["decision_number"], values["ref"]


def _sizes(values: Mapping[str, Any]) -> Sizes:
    return Sizes(*(values[key] for key in _SIZES))


def _draft(row: SheetRow, unit: Unit) -> TermDraft:
    decision = Decision(row["decision_number"], row["decision_date"], row["decision_issuer"])
    kind = TermEvent(row["event"])
    return TermDraft(unit, kind, row["day"], row["name"], row["until"], _sizes(row.values), decision, row["ref"])


class _Judge:
    def __init__(self, known: TermsKnown) -> None:
        self.known = known
        self.faults: list[RowFault] = []
        self.fresh: dict[int, list[SheetRow]] = defaultdict(list)
        self.doubtful: set[str] = set()
        self.same = 0

    def run(self, rows: Sequence[SheetRow]) -> Judgement[Plan]:
        seen: dict[tuple[Any, ...], int] = {}
        for row in rows:
            before = len(self.faults)
            if row["unit"]:
                self.faults += self.known.codes.faults(row, "unit", day=row["day"])
            self.faults += self._fields(row)
            if not row.broken and len(self.faults) == before:
                first = seen.setdefault((row["unit"], *_key(row.values)), row.number)
                if first != row.number:
                    self.faults.append(RowFault(row.number, "", f"Lặp lại dòng {first}", "mỗi việc một dòng"))
                else:
                    self._match(row)
            if row.broken or len(self.faults) > before:
                self.doubtful.add(row["unit"])
        for unit, fresh in self.fresh.items():
            if fresh[0]["unit"] not in self.doubtful:
                self._replay(unit, fresh)
        plan = tuple(sorted((row for found in self.fresh.values() for row in found), key=lambda row: row.number))
        return Judgement(plan, len(plan), self.same, self.faults)

    def _fields(self, row: SheetRow) -> Iterator[RowFault]:
        event, unit = row["event"], self.known.codes.find(row["unit"])
        if event in BEGINS and not row["name"] and "name" not in row.broken:
            yield RowFault(row.number, "name", "Chưa điền, nhiệm kỳ bắt đầu cần tên", "tên nhiệm kỳ, ví dụ 2020 - 2025")
        if event == TermEvent.EXTENDED and row["until"] is None and not _sizes(row.values).known:
            yield RowFault(row.number, "until", "Chưa ghi thay đổi gì", "ngày hết nhiệm kỳ mới, hoặc số lượng mới")
        standing, committee = row["standing_size"], row["committee_size"]
        if standing and committee and standing > committee:
            message = f"Ban thường vụ {standing} đông hơn cấp ủy {committee}"
            yield RowFault(row.number, "standing_size", message, "không quá số cấp ủy viên")
        if unit is not None and row["day"] is not None:
            kind = kind_on(self.known.codes.kinds.get(unit, ()), row["day"])
            if kind is not None and not kind.term:
                yield RowFault(row.number, "unit", f"{kind.label} không có nhiệm kỳ", "mã của một cấp ủy")

    def _match(self, row: SheetRow) -> None:
        """An entry with the same key is either this one or says something else (decision D19)."""
        unit = self.known.codes.units[row["unit"]]
        found = [one for one in self.known.recorded.get(unit, ()) if one.key == _key(row.values)]
        live = [one for one in found if one.live]
        if live:
            told = [
                (key, live[0].values[key])
                for key in _COMPARED
                if row[key] not in ("", None) and row[key] != live[0].values[key]
            ]
            for key, value in told:
                words = format_date(value) if isinstance(value, date) else str(value or "để trống")
                message = f"Sổ đã ghi việc này với giá trị khác: «{words}»"
                self.faults.append(
                    RowFault(row.number, key, message, "đúng như đã ghi; muốn sửa thì đính chính lần ghi")
                )
            self.same += not told
        elif found:
            message = "Lần ghi này đã được đính chính"
            self.faults.append(RowFault(row.number, "", message, "bỏ dòng này; sửa tiếp trên lần đính chính"))
        else:
            self.fresh[unit].append(row)

    def _replay(self, unit: int, fresh: Sequence[SheetRow]) -> None:
        """Take in one new event after the other, by day: the one that breaks the journal is named."""
        facts = [one.fact for one in self.known.recorded.get(unit, ()) if one.live]
        begins_last = sorted(fresh, key=lambda row: (row["day"], row["event"] in BEGINS, row.number))
        for row in begins_last:
            fact = TermFact(_NEW + row.number, row["event"], row["day"], row["name"], row["until"], _sizes(row.values))
            try:
                replay_terms(row["unit"], [*facts, fact])
            except InvalidInput as error:
                self.faults.append(RowFault(row.number, "day", error.message, error.expected))
            else:
                facts.append(fact)


TERMS = TermSheet()
