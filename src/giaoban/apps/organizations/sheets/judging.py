"""Judges the rows of a sheet of units: pure, finds every fault, and says what is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import UnitEvent
from giaoban.apps.organizations.operations import Decision, TreeDraft
from giaoban.apps.organizations.operations._replay import STARTS
from giaoban.apps.organizations.sheets._coding import Coding
from giaoban.apps.organizations.sheets._grouping import Grouping, GroupPlan
from giaoban.apps.organizations.sheets._lives import Lives
from giaoban.apps.organizations.sheets.known import KnownEntry, UnitsKnown
from giaoban.apps.organizations.unit_codes import CODE_EXPECTED, is_unit_code
from giaoban.apps.sheets.importing import Judgement, RowFault
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import format_date
from giaoban.core.text_vi import shortened

_NO_UNIT = "mã của một đơn vị đã có trong sổ hoặc bắt đầu ở một dòng của tệp này"
# Which of the optional columns an event takes; the others must be blank, or their content would be lost.
_TAKES: dict[UnitEvent, frozenset[str]] = {
    **dict.fromkeys(
        STARTS,
        frozenset(
            {
                "parent",
                "name",
                "short_name",
                "unit_kind",
                "outside",
                "cluster",
                "sector",
                "official_code",
                "in_use_from",
            }
        ),
    ),
    UnitEvent.RENAMED: frozenset({"name", "short_name", "official_code"}),
    UnitEvent.MOVED: frozenset({"parent", "cluster", "sector", "official_code"}),
    UnitEvent.KIND_CHANGED: frozenset({"unit_kind", "name", "short_name", "official_code", "counts_as_established"}),
    UnitEvent.HANDED_OVER: frozenset({"outside"}),
    UnitEvent.DISSOLVED: frozenset(),
}
_OPTIONAL = {
    "parent": "Cấp trên",
    "name": "Tên",
    "short_name": "Tên ngắn",
    "unit_kind": "Loại hình",
    "outside": "Nơi đến hoặc đi",
    "cluster": "Cụm",
    "sector": "Khối",
    "official_code": "Mã chính thức",
    "counts_as_established": "Tính là thành lập",
    "in_use_from": "Dùng sổ từ ngày",
}
_NEEDS: dict[UnitEvent, tuple[tuple[str, str], ...]] = {
    **dict.fromkeys(
        STARTS, (("name", "tên đầy đủ, ví dụ «Chi bộ cơ quan Sở Nội vụ»"), ("unit_kind", "chọn trong danh sách"))
    ),
    UnitEvent.RENAMED: (("name", "tên mới đầy đủ"),),
    UnitEvent.MOVED: (("parent", "mã của cấp trên mới"),),
    UnitEvent.KIND_CHANGED: (("unit_kind", "chọn trong danh sách"),),
}


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """What is to be recorded: events with the rows they come from, places in groups, official codes (unit, code, day),
    registers taken into use.
    """

    drafts: tuple[TreeDraft, ...] = ()
    rows: tuple[int, ...] = ()
    groups: GroupPlan = field(default_factory=GroupPlan)
    codes: tuple[tuple[str, str, date], ...] = ()
    in_use: tuple[tuple[str, date], ...] = ()


def judge(act: Act, rows: Sequence[SheetRow], known: UnitsKnown) -> Judgement[UnitPlan]:
    """Return what is new, what is in the register already, and every fault."""
    return _Judge(act, rows, known).run()


class _Judge:
    def __init__(self, act: Act, rows: Sequence[SheetRow], known: UnitsKnown) -> None:
        self.act = act
        self.rows = rows
        self.known = known
        self.faults: list[RowFault] = []
        self.starting = {row["code"] for row in rows if _event(row) in STARTS and row["code"]}
        self.code_of = {pk: code for code, pk in known.codes.items()}
        # Units of rows that are wrong: their journal is not judged further, or one slip would give ten faults.
        self.doubtful: set[str] = {row["code"] for row in rows if row.broken}
        self.fresh: list[tuple[SheetRow, TreeDraft]] = []
        self.same = 0

    def run(self) -> Judgement[UnitPlan]:
        seen: dict[tuple[Any, ...], int] = {}
        grouping, coding = Grouping(self.known), Coding(self.known)
        for row in self.rows:
            before = len(self.faults)
            self._look_up(row)
            if not row.broken:
                self._fields(row)
                self._repeated(row, seen)
                self._match(row, grouping, coding, faulty=len(self.faults) > before)
            if len(self.faults) > before:
                self.doubtful.add(row["code"])
        self.faults += [*grouping.faults, *coding.faults]
        lives = Lives(self.known, self.fresh, self.doubtful)
        self.faults += lives.faults()
        plan = UnitPlan(
            tuple(draft for _row, draft in self.fresh),
            tuple(row.number for row, _draft in self.fresh),
            grouping.plan(),
            coding.plan(),
            tuple((row["code"], row["in_use_from"]) for row, _draft in self.fresh if row["in_use_from"]),
        )
        return Judgement(plan, len(self.fresh), self.same, self.faults)

    def fault(self, row: SheetRow, key: str, message: str, expected: str = "") -> None:
        self.faults.append(RowFault(row.number, key, message, expected))

    def _look_up(self, row: SheetRow) -> None:
        """Codes, their form and the person's rights; asked also of rows with a wrong cell elsewhere."""
        code, parent, event = row["code"], row["parent"], _event(row)
        if code and not row.broken & {"code", "event"}:
            if event in STARTS:
                if code not in self.known.codes and not is_unit_code(code):
                    self.fault(row, "code", f"Mã «{shortened(code)}» không dùng được", CODE_EXPECTED)
                elif self._hidden(code):
                    self.fault(row, "code", f"Mã «{code}» đã được dùng", "mã chưa có")
            else:
                self._need_unit(row, "code", code)
        if self._recorded(row):
            return  # the top of one's own tree stands under a unit that is not seen, or under none
        if parent and parent == code:
            self.fault(row, "parent", f"Đơn vị «{code}» không thể trực thuộc chính nó", "mã của cấp trên")
        elif parent and "parent" not in row.broken:
            self._need_unit(row, "parent", parent)
        elif not parent and event in STARTS and not self.act.at_console and not row.broken & {"parent", "event"}:
            self.fault(row, "parent", "Chưa điền", "mã của cấp trên; đứng đầu cây chỉ nhập được trên máy chủ dữ liệu")

    def _recorded(self, row: SheetRow) -> bool:
        """Tell whether the register has this entry already; its content is compared afterwards."""
        if row.broken:
            return False
        return any(_key_of(one) == _key(row) for one in self._entries(row["code"]) if not one.corrected)

    def _hidden(self, code: str) -> bool:
        pk = self.known.codes.get(code)
        return pk is not None and self.known.seen is not None and pk not in self.known.seen

    def _need_unit(self, row: SheetRow, key: str, code: str) -> None:
        if code in self.starting and not self._hidden(code):
            return
        if code not in self.known.codes or self._hidden(code):
            self.fault(row, key, f"Không có đơn vị mang mã «{code}»", _NO_UNIT)
        elif self.known.manage is not None and self.known.codes[code] not in self.known.manage:
            self.fault(row, key, f"Đồng chí chưa được giao quyền ghi tại đơn vị «{code}»", "đơn vị được phân quyền")

    def _fields(self, row: SheetRow) -> None:
        event = _event(row)
        for key, expected in _NEEDS.get(event, ()):
            if not row[key]:
                self.fault(row, key, f"Chưa điền, sự kiện «{event.label}» cần", expected)
        for key in _OPTIONAL.keys() - _TAKES[event]:
            if row[key]:
                self.fault(row, key, f"Sự kiện «{event.label}» không dùng cột này", "ô trống")
        if row["decision_date"] and row["decision_date"] > self.act.today:
            day = format_date(row["decision_date"])
            self.fault(row, "decision_date", f"Ngày quyết định {day} ở tương lai", "ngày không sau hôm nay")

    def _repeated(self, row: SheetRow, seen: dict[tuple[Any, ...], int]) -> None:
        key = (row["code"], _event(row), row["day"], row["ref"])
        first = seen.setdefault(key, row.number)
        if first != row.number:
            self.fault(row, "", f"Lặp lại dòng {first} (cùng mã, sự kiện, ngày)", "mỗi việc một dòng")

    def _match(self, row: SheetRow, grouping: Grouping, coding: Coding, *, faulty: bool) -> None:
        """An entry with the same key is either this one or says something else (decision D19)."""
        found = [entry for entry in self._entries(row["code"]) if _key_of(entry) == _key(row)]
        live = [entry for entry in found if not entry.corrected]
        if live:
            different = min((self._differences(row, entry) for entry in live), key=len)
            different += [*grouping.differences(row), *coding.differences(row)]
            in_use = self.known.in_use.get(self.known.codes[row["code"]])
            if row["in_use_from"] and in_use != row["in_use_from"]:
                different.append(("in_use_from", format_date(in_use) if in_use else ""))
            for key, recorded in different:
                self.fault(
                    row,
                    key,
                    f"Sổ đã ghi việc này (mã, sự kiện, ngày như dòng này) với «{_OPTIONAL.get(key, '')}» khác: "
                    f"«{recorded}»"
                    if key in _OPTIONAL
                    else f"Sổ đã ghi việc này với nội dung khác: «{recorded}»",
                    "đúng như đã ghi; muốn sửa thì đính chính lần ghi",
                )
            self.same += not different
        elif found:
            day = format_date(found[0].day)
            self.fault(
                row, "", f"Lần ghi ngày {day} này đã được đính chính", "bỏ dòng này; sửa tiếp trên lần đính chính"
            )
        elif not faulty:
            self.fresh.append((row, _draft(row)))
            grouping.take(row)
            coding.take(row)

    def _entries(self, code: str) -> Iterable[KnownEntry]:
        pk = self.known.codes.get(code)
        if pk is None or self._hidden(code):
            return ()
        return [entry for entry in self.known.entries.get(pk, ()) if not entry.void]

    def _differences(self, row: SheetRow, entry: KnownEntry) -> list[tuple[str, str]]:
        draft = _draft(row)
        pairs: dict[str, tuple[Any, Any]] = {
            "parent": (draft.parent, self.code_of[entry.parent] if entry.parent is not None else ""),
            "name": (draft.name, entry.name),
            "short_name": (draft.short_name, entry.short_name),
            "unit_kind": (draft.unit_kind, entry.unit_kind),
            "outside": (draft.outside, entry.outside),
            "note": (draft.note, entry.note),
            "counts_as_established": (draft.counts_as_established, entry.counts_as_established),
            "decision_number": (draft.decision.number, entry.decision_number),
            "decision_date": (draft.decision.date, entry.decision_date),
            "decision_issuer": (draft.decision.issuer, entry.decision_issuer),
        }
        return [(key, _told(there)) for key, (here, there) in pairs.items() if here != there]


def _told(value: Any) -> str:
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return str(kinds()[value].label if value in kinds() else value or "để trống")


def _event(row: SheetRow) -> UnitEvent:
    return UnitEvent(row["event"] or UnitEvent.OPENING)


def _key(row: SheetRow) -> tuple[str, date, str]:
    return _event(row).value, row["day"], row["ref"]


def _key_of(entry: KnownEntry) -> tuple[str, date, str]:
    return entry.kind, entry.day, entry.ref


def _draft(row: SheetRow) -> TreeDraft:
    return TreeDraft(
        kind=_event(row),
        day=row["day"],
        code=row["code"],
        parent=row["parent"],
        name=row["name"],
        short_name=row["short_name"],
        unit_kind=row["unit_kind"] or "",
        outside=row["outside"],
        note=row["note"],
        ref=row["ref"],
        counts_as_established=bool(row["counts_as_established"]),
        decision=Decision(row["decision_number"], row["decision_date"], row["decision_issuer"]),
    )
