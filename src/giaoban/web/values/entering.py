"""A department enters the numbers that only it knows, the whole period on one page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from giaoban.apps.reporting.models import ValuePart
from giaoban.apps.reporting.operations import ValueDraft, report_values
from giaoban.apps.reporting.queries.value_sheet import ValueGroup, ValueLine, ValueSheet, value_sheet
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import GiaobanError, InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period, PeriodKind
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link
from giaoban.web.forms import attempt, sentence
from giaoban.web.values.cells import TypedValue, read_cell

RIGHT = "reports_fill"
_TAKEN = "{by} vừa ghi «{text}». Muốn thay thì sửa ô này rồi ghi lại."


@dataclass(frozen=True, slots=True)
class CellRow:
    """One number as it is shown and typed."""

    key: str
    label: str
    text: str
    seen: str
    said: str
    by: str
    entry_url: str
    before: str
    last_year: str
    fault: str


@dataclass(frozen=True, slots=True)
class Block:
    """One measure; ``parted`` has more than one number and is folded away where nothing is said of it."""

    label: str
    unit: str
    url: str
    rows: tuple[CellRow, ...]
    parted: bool
    open: bool
    missing: bool
    other_days: str
    said: str


@dataclass(frozen=True, slots=True)
class Section:
    """A field of work."""

    anchor: str
    label: str
    state: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class EnterPage:
    """The page."""

    days: str
    sections: tuple[Section, ...]
    missing: tuple[str, ...]
    may_enter: bool
    reason: str
    faults: tuple[str, ...]
    actions: tuple[Link, ...]


@screen("home", right="figures_view", methods=("GET", "POST"))
def enter(desk: Desk) -> HttpResponse:
    """Show what the chosen unit reports itself for the period; take what was typed."""
    if desk.period.kind is PeriodKind.YEARS:
        return HttpResponseRedirect(desk.url("values:enter", period=Period(PeriodKind.YEAR, desk.period.first)))
    sheet, sent = value_sheet(desk.unit, desk.period), desk.posted
    faults: dict[str, str] = {}
    if sent is not None:
        desk.require(RIGHT)
        number = _record(desk, sheet, sent, faults)
        if not faults:
            said = f"Đã ghi {format_number(number)} số của {desk.period.name()}." if number else "Không có số nào đổi."
            messages.info(desk.request, said)
            return HttpResponseRedirect(desk.url("values:enter"))
    page = _page(desk, sheet, sent, faults)
    return desk.render("values/enter.html", {"page": page}, status=422 if faults else 200)


def _record(desk: Desk, sheet: ValueSheet, sent: QueryDict, faults: dict[str, str]) -> int:
    """Record what changed, all or nothing; what is refused goes beside its cell, or under «» above the page."""
    drafts: list[ValueDraft] = []
    keys: list[str] = []
    replaced = False
    reason = sent.get("ly-do", "").strip()
    for line in sheet.lines:
        text = sent.get(f"so:{line.key}")
        said = line.now.text if line.now is not None else ""
        if text is None or " ".join(text.split()) == said:
            continue
        if sent.get(f"thay:{line.key}", "") != (line.now.uids if line.now is not None else ""):
            now = (
                _TAKEN.format(by=line.now.by, text=said) if line.now is not None else "Số này vừa được người khác rút."
            )
            faults[line.key] = now
            continue
        try:
            typed = read_cell(text)
        except InvalidInput as error:
            faults[line.key] = sentence(error)
            continue
        replaced |= line.now is not None
        for one in _drafts(desk, line, typed, reason):
            drafts.append(one)
            keys.append(line.key)
    if replaced and not reason:
        faults["ly-do"] = "Có số đã ghi bị sửa hoặc rút. Hãy nêu lý do ở cuối trang rồi ghi lại."
    if faults or not drafts:
        return 0

    def refuse(error: GiaobanError) -> None:
        faults[keys[error.index] if error.index is not None else ""] = sentence(error)

    return len(attempt(refuse, lambda: report_values(act=desk.act, values=drafts)) or ())


def _drafts(desk: Desk, line: ValueLine, typed: TypedValue, reason: str) -> list[ValueDraft]:
    def draft(number: Decimal | None, part: ValuePart, mark: str) -> ValueDraft:
        return ValueDraft(
            desk.unit, line.measure.key, desk.period, number, line.dimension, line.code, part, mark, reason
        )

    found = [draft(typed.number, ValuePart.DONE, typed.mark)]
    if typed.of_total is not None or (line.now is not None and line.now.of_total is not None):
        found.append(draft(typed.of_total, ValuePart.EXPECTED, ""))
    return found


def _page(desk: Desk, sheet: ValueSheet, sent: QueryDict | None, faults: dict[str, str]) -> EnterPage:
    days = f"từ {format_date(sheet.window.start)} đến {format_date(sheet.window.last_day)}"
    actions = []
    if desk.may("forms_manage"):
        actions.append(Link("Nguồn số liệu", desk.url("values:sources")))
    if desk.may("members_record"):
        actions.append(Link("Nhập từ Excel", desk.url("sheets:home")))
    wrong = len(set(faults) - {"", "ly-do"})
    above = [faults[key] for key in ("", "ly-do") if key in faults]
    if wrong:
        above.insert(0, f"Chưa ghi được: {format_number(wrong)} ô cần xem lại. Những gì đã gõ vẫn còn nguyên.")
    return EnterPage(
        days=days,
        sections=tuple(
            Section(
                f"linh-vuc-{field.key}",
                field.label,
                f"{format_number(sum(one.told for one in field.groups))}/{format_number(len(field.groups))} đã nhập",
                tuple(_block(desk, group, sent, faults) for group in field.groups),
            )
            for field in sheet.fields
        ),
        missing=tuple(group.measure.label for group in sheet.groups if group.missing),
        may_enter=desk.may(RIGHT) and sheet.window.start <= desk.act.today,
        reason=sent.get("ly-do", "") if sent is not None else "",
        faults=tuple(above),
        actions=tuple(actions),
    )


def _block(desk: Desk, group: ValueGroup, sent: QueryDict | None, faults: dict[str, str]) -> Block:
    rows = tuple(_row(desk, line, sent, faults) for line in group.lines)
    said = ", ".join(f"{row.label} {row.said}".strip() for row in rows if row.said)
    return Block(
        group.measure.label,
        group.measure.unit,
        desk.url("home:entries", group.measure.key),
        rows,
        len(rows) > 1,
        any(row.fault or row.text != row.said for row in rows),
        group.missing,
        group.other_days,
        said,
    )


def _row(desk: Desk, line: ValueLine, sent: QueryDict | None, faults: dict[str, str]) -> CellRow:
    said = line.now.text if line.now is not None else ""
    text = said if sent is None else sent.get(f"so:{line.key}", said)
    entry = line.now.done if line.now is not None else None
    return CellRow(
        line.key,
        line.label,
        text,
        line.now.uids if line.now is not None else "",
        said,
        line.now.by if line.now is not None else "",
        desk.url("values:entry", entry.uid) if entry is not None and desk.may(RIGHT) else "",
        line.before,
        line.last_year,
        faults.get(line.key, ""),
    )
