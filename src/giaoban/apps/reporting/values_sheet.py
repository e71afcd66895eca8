"""The sheet of reported numbers: one row for each number of one unit and period; and the register taken away as one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.db.models import Exists, OuterRef

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.permissions import require, units_allowed
from giaoban.apps.organizations.sheets.units import import_trail
from giaoban.apps.reporting.models import ValueEntry, ValuePart
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.apps.reporting.value_rules import RIGHT, Days, Key, Reporting, ValueDraft, key_of, same_number
from giaoban.apps.sheets import listing
from giaoban.apps.sheets.cells import BadCell, Cell
from giaoban.apps.sheets.columns import Column, choice_column, day_column, read_text, shown, text_column
from giaoban.apps.sheets.filled import SheetFormat, write_sheet
from giaoban.apps.sheets.importing import ImportNote, Judgement, RowFault, refusing
from giaoban.apps.sheets.reading import Progress, SheetRow
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import GiaobanError, InvalidInput
from giaoban.core.numbers_vi import format_number, parse_number
from giaoban.core.period import Period, Window
from giaoban.core.text_vi import fold
from giaoban.figures import MARKS, DimensionSource, Measure

_AMOUNT = "số, ví dụ 1.250 hoặc 3,5"
_PERIOD = "kỳ như 2023-Q1, 2023-M03, 2023-H1, 2023-9M, 2023"
_DAY = timedelta(days=1)


def _read_amount(value: Cell) -> Decimal:
    if isinstance(value, float) and not isinstance(value, bool):
        return Decimal(str(value))
    text = read_text(value)
    below = text[:1] in ("-", "−")
    try:
        found = parse_number(text[1:].strip() if below else text)
    except InvalidOperation:
        found = None
    if found is None:
        raise BadCell(f"{shown(value)} không phải là số", _AMOUNT)
    return -found if below else found


def _read_period(value: Cell) -> Period:
    try:
        return Period.parse(read_text(value))
    except InvalidInput as error:
        raise BadCell(error.message, _PERIOD) from None


_COLUMNS = (
    text_column("unit", "Mã đơn vị", "Đơn vị báo cáo số này", "MAU.01", longest=40, required=True),
    Column("period", "Kỳ", "Kỳ của số; hoặc điền hai cột ngày", _PERIOD, "2023-Q1", _read_period, blank=None),
    day_column("first_day", "Từ ngày", "Ngày đầu, nếu không điền Kỳ", "01/01/2023"),
    day_column("last_day", "Đến hết ngày", "Ngày cuối, nếu không điền Kỳ", "31/03/2023"),
    text_column("measure", "Chỉ tiêu", "Khóa hoặc tên chỉ tiêu", "training.learners", longest=200, required=True),
    text_column("code", "Tách theo", "Mã hoặc tên phần tách; trống nếu là số chung", "đảng viên mới", longest=80),
    Column("number", "Số", "Số thực hiện", _AMOUNT, "67", _read_amount, required=True, blank=None),
    Column("total", "Tổng số", "Tổng số phải thực hiện, nếu có", _AMOUNT, "120", _read_amount, blank=None),
    choice_column("mark", "Dấu", "Trống nếu là số đúng", "ước", dict(MARKS)),
    text_column("note", "Ghi chú", "Lý do, khi thay một số đã ghi", "đếm lại", longest=300),
)


@dataclass(frozen=True, slots=True)
class ValuesKnown:
    """What is known of the units, measures and days that the rows name."""

    units: dict[str, Unit]
    allowed: frozenset[int] | None
    measures: dict[str, Measure]
    rules: Reporting
    live: dict[Key, ValueEntry]


@dataclass(slots=True)
class _Judging:
    """The faults, and what would be recorded, as the rows are gone through."""

    faults: list[RowFault] = field(default_factory=list)
    plan: list[tuple[int, ValueDraft]] = field(default_factory=list)
    seen: dict[Key, int] = field(default_factory=dict)
    days: dict[tuple[int, str, str], list[tuple[Days, str, str]]] = field(default_factory=lambda: defaultdict(list))
    same: int = 0

    def fault(self, row: SheetRow, key: str, error: GiaobanError) -> None:
        """Note what an operation would refuse."""
        self.faults.append(RowFault(row.number, key, error.message, error.expected))


class ValuesSheet:
    """Rows are numbers that units report; see ``SheetKind`` for the steps."""

    key = "values"
    label = "Số liệu tự báo cáo"
    columns = _COLUMNS
    guide = (
        "Mỗi dòng là một số của một đơn vị trong một kỳ; đơn vị chỉ nhập số mà cấp dưới không tự báo cáo.",
        "Lệnh giaoban measures liệt kê các chỉ tiêu và mã tách.",
        "Dòng giống số đã ghi thì bỏ qua; dòng khác số đã ghi là đính chính, số cũ vẫn còn trong nhật ký.",
    )

    def look(self, act: Act, rows: Sequence[SheetRow]) -> ValuesKnown:
        """Return what is known of the units and measures that the rows name."""
        seen = Unit.objects.filter(code__in={row["unit"] for row in rows if "unit" not in row.broken})
        if not act.at_console:
            seen = seen.visible_to(act.user, today=act.today)
        units = {unit.code: unit for unit in seen}
        pks = [unit.pk for unit in units.values()]
        allowed = None if act.at_console else frozenset(units_allowed(act.user, RIGHT, pks, today=act.today))
        known = catalogue()
        measures = {one.key: one for one in known} | {fold(one.label): one for one in known}
        asked = [
            (units[row["unit"]], one.key, days)
            for row in rows
            if not row.broken
            and row["unit"] in units
            and (one := _measure(measures, row["measure"])) is not None
            and (days := _days(row)) is not None
        ]
        rules = Reporting.of(act, asked)
        live = ValueEntry.objects.live().filter(unit__in=pks, measure__in={key for _unit, key, _days in asked})
        return ValuesKnown(units, allowed, measures, rules, {key_of(entry): entry for entry in live})

    def judge(
        self, act: Act, rows: Sequence[SheetRow], state: ValuesKnown
    ) -> Judgement[tuple[tuple[int, ValueDraft], ...]]:
        """Return what is new and every fault."""
        found = _Judging()
        # What other rows replace does not stand in the way of a row.
        for row in rows:
            self._judge(row, state, found)
        for key in state.live:
            if key not in found.seen:
                found.days[key.unit, key.measure, key.part].append((key.days, key.dimension, "trong sổ"))
        for number, draft in found.plan:
            self._apart(number, draft, state, found)
        return Judgement(tuple(found.plan), len({row for row, _ in found.plan}), found.same, found.faults)

    def record(
        self, act: Act, plan: tuple[tuple[int, ValueDraft], ...], note: ImportNote, progress: Progress | None
    ) -> None:
        """This function will record the numbers, and leave the import's audit row."""
        if progress is not None:
            progress("Ghi vào sổ", 0, len(plan))
        with refusing([row for row, _draft in plan]):
            # Not above: the operations know the kinds of sheets, of which this is one.
            from giaoban.apps.reporting.operations.values import report_values

            report_values(act=act, values=[draft for _row, draft in plan])
        write_trail(act, [import_trail(note)])

    def _judge(self, row: SheetRow, state: ValuesKnown, found: _Judging) -> None:
        before = len(found.faults)
        unit, measure, days = _named(row, state, found)
        if unit is None or measure is None or days is None or row.broken or len(found.faults) > before:
            return
        dimension, code = _part(row, measure, found)
        if len(found.faults) > before:
            return
        changed = False
        for part, number, mark in (
            (ValuePart.DONE, row["number"], row["mark"] or ""),
            (ValuePart.EXPECTED, row["total"], ""),
        ):
            if number is None:
                continue
            draft = ValueDraft(unit, measure.key, days, number, dimension, code, part, mark, row["note"])
            try:
                state.rules.check_number(unit, measure.key, number, mark)
            except InvalidInput as error:
                found.fault(row, "number" if part is ValuePart.DONE else "total", error)
                return
            try:
                state.rules.check(unit, measure.key, days, number, dimension, code, mark)
            except InvalidInput as error:
                found.fault(row, "measure", error)
                return
            key = Key(unit.pk, measure.key, state.rules.days(unit, measure.key, days), dimension, code, part.value)
            first = found.seen.setdefault(key, row.number)
            if first != row.number:
                found.faults.append(RowFault(row.number, "", f"Lặp lại dòng {first}", "mỗi số một dòng"))
                return
            found.days[key.unit, key.measure, key.part].append((key.days, dimension, f"dòng {row.number}"))
            if key not in state.live or not same_number(state.live[key], number, mark):
                found.plan.append((row.number, draft))
                changed = True
        found.same += not changed

    def _apart(self, number: int, draft: ValueDraft, state: ValuesKnown, found: _Judging) -> None:
        """Refuse what would count a day twice; the operation asks again under the lock."""
        if state.rules.is_plan(draft.measure):
            return
        first, last = state.rules.days(draft.unit, draft.measure, draft.period_or_days)
        for (other_first, other_last), dimension, where in found.days[draft.unit.pk, draft.measure, draft.part]:
            same_days = (first, last) == (other_first, other_last)
            overlaps = first <= other_last and other_first <= last and state.rules.adds_days(draft.measure)
            if (overlaps and not same_days) or (same_days and dimension != draft.dimension):
                days = f"{format_date(other_first)} - {format_date(other_last)}"
                message = f"Trùng ngày với số đã có ({where}, {days})"
                found.faults.append(RowFault(number, "", message, "kỳ không trùng, cùng một cách tách"))
                return


def _measure(measures: dict[str, Measure], text: str) -> Measure | None:
    return measures.get(text) or measures.get(fold(text))


def _days(row: SheetRow) -> Period | Window | None:
    if row["period"] is not None:
        found: Period = row["period"]
        return found
    if row["first_day"] is None or row["last_day"] is None or row["last_day"] < row["first_day"]:
        return None
    return Window(row["first_day"], row["last_day"] + _DAY)


def _named(
    row: SheetRow, state: ValuesKnown, found: _Judging
) -> tuple[Unit | None, Measure | None, Period | Window | None]:
    """Return the unit, the measure and the days that a row names; what is wrong with them is noted."""
    unit = state.units.get(row["unit"]) if "unit" not in row.broken else None
    if unit is None and "unit" not in row.broken:
        message = f"Không có đơn vị mang mã «{row['unit']}»"
        found.faults.append(RowFault(row.number, "unit", message, "mã của một đơn vị trong sổ tổ chức"))
    elif unit is not None and state.allowed is not None and unit.pk not in state.allowed:
        message = f"Đồng chí chưa được giao quyền nhập số liệu tại đơn vị «{unit.code}»"
        found.faults.append(RowFault(row.number, "unit", message, "đơn vị được phân quyền"))
    measure = _measure(state.measures, row["measure"]) if "measure" not in row.broken else None
    if measure is None and "measure" not in row.broken:
        message = f"Không có chỉ tiêu «{row['measure']}»"
        found.faults.append(RowFault(row.number, "measure", message, "khóa như training.learners, hoặc tên chỉ tiêu"))
    days = _days(row) if not row.broken & {"period", "first_day", "last_day"} else None
    if days is None and not row.broken & {"period", "first_day", "last_day"}:
        found.faults.append(RowFault(row.number, "period", "Chưa rõ kỳ", _PERIOD + "; hoặc đủ hai ngày, từ trước đến"))
    return unit, measure, days


def _part(row: SheetRow, measure: Measure, found: _Judging) -> tuple[str, str]:
    """Return the dimension and code that a row means by a code or its label."""
    text = row["code"]
    if not text:
        return "", ""
    known = [
        (dimension.key, code)
        for dimension in measure.dimensions
        if dimension.source is DimensionSource.ENTRY
        for code in dimension.codes
    ]
    for dimension, code in known:
        if text in (code.key, code.label) or fold(text) == fold(code.label):
            return dimension, code.key
    offered = ", ".join(f"«{code.label}»" for _dimension, code in known) or "ô trống"
    found.faults.append(RowFault(row.number, "code", f"«{text}» không phải phần tách của chỉ tiêu này", offered))
    return "", ""


VALUES = ValuesSheet()


@transaction.atomic
def export_values(*, act: Act, unit: Unit, file_format: SheetFormat = SheetFormat.XLSX) -> bytes:
    """This function will return the live numbers of a unit and all below as a filled template; who took it is recorded.

    Raises:
        NotAllowed, NotFound: no right ``figures_view`` at the unit.
    """
    require(act, "figures_view", [unit])
    rows = list(_rows(unit))
    moment = f"{act.now.astimezone(HANOI):%H:%M} ngày {format_date(act.today)}"
    content = write_sheet(
        VALUES, file_format, rows=rows, told=(f"{unit.code}: {len(rows)} dòng, {act.user.full_name} lấy lúc {moment}.",)
    )
    detail = {"rows": len(rows), "sha256": hashlib.sha256(content).hexdigest()}
    write_trail(act, [Happening("reporting.values_exported", "unit", str(unit.uid), unit.code, detail)])
    return content


def _rows(unit: Unit) -> Iterator[tuple[listing.Cell, ...]]:
    below = Ancestry.objects.filter(on_day(OuterRef("effective_date")), ancestor=unit, descendant=OuterRef("unit"))
    entries = ValueEntry.objects.live().filter(Exists(below)).select_related("unit")
    found: dict[Key, dict[str, ValueEntry]] = defaultdict(dict)
    for entry in entries.order_by("last_day", "unit__code", "measure", "code"):
        found[key_of(entry)._replace(part="")][entry.part] = entry
    known = catalogue()
    for parts in found.values():
        done, total = parts.get(ValuePart.DONE), parts.get(ValuePart.EXPECTED)
        if done is None:
            continue
        dimension = known[done.measure].dimension(done.dimension) if done.measure in known else None
        yield (
            done.unit.code,
            "",
            done.first_day,
            done.last_day,
            done.measure,
            dimension.label_of(done.code) if dimension is not None else "",
            format_number(done.number),
            format_number(total.number) if total is not None else "",
            MARKS.get(done.mark, ""),
            done.note,
        )
