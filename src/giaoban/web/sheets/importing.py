"""Bring an Excel file into a register: look at the headings, try, write; all or nothing, every wrong cell told."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict

from giaoban.apps.reporting.operations import TAKEN, OwnFile, import_own_file, take_register, write_comparison
from giaoban.apps.reporting.queries.own_files import read_own_file
from giaoban.apps.reporting.sheet_kinds import SHEET_KINDS, sheet_kind
from giaoban.apps.sheets.filled import SheetFormat, write_sheet
from giaoban.apps.sheets.importing import AnyKind, ImportResult
from giaoban.apps.sheets.source import SheetFile
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link
from giaoban.web.forms import attempt, sentence
from giaoban.web.http import as_file
from giaoban.web.sheets.forms import (
    SLOW_BYTES,
    FileForm,
    ListForm,
    MappingView,
    mapping_sent,
    mapping_view,
    packed,
    unpacked,
)

_TOLD = 200
_FORMAT = "dang"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What trying or writing gave, in words."""

    words: str
    errors: tuple[str, ...]
    more: str
    written: bool
    ready: bool


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One file on its way."""

    key: str
    label: str
    name: str
    data: str
    mapping: MappingView
    bring_url: str
    home_url: str
    outcome: Outcome | None = None
    refused: str = ""
    slow: bool = False


@screen("members", right="members_record")
def home(desk: Desk) -> HttpResponse:
    """Show what can be brought in, with the templates."""
    return _home(desk, FileForm())


def _home(desk: Desk, form: FileForm, other: ListForm | None = None) -> HttpResponse:
    templates = tuple(
        (
            Link(kind.label, desk.url("sheets:template", key)),
            desk.url("sheets:template", key, query={_FORMAT: SheetFormat.CSV}),
        )
        for key, kind in SHEET_KINDS.items()
    )
    form.point_at_first_error()
    compare_form = other or ListForm()
    context = {
        "form": form,
        "templates": templates,
        "taken": tuple(Link(label, desk.url("sheets:take", key)) for key, label in TAKEN.items()),
        "look_url": desk.url("sheets:look"),
        "compare_form": compare_form,
        "compare_url": desk.url("sheets:compare") if desk.may("members_file") else "",
    }
    wrong = form.errors or compare_form.errors
    return desk.render("sheets/home.html", context, status=422 if wrong else 200)


@screen("members", right="members_file", methods=("POST",))
def compare(desk: Desk) -> HttpResponse:
    """Compare a list from another system with the register and give the differences as a workbook."""
    form = ListForm(desk.request.POST, desk.request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["other"]
        try:
            content = write_comparison(act=desk.act, unit=desk.unit, file=SheetFile(sent.name or "", sent.read()))
        except InvalidInput as error:
            form.add_error("other", sentence(error))
        else:
            name = f"doi-chieu-{desk.card.code}-{desk.act.today.isoformat()}.xlsx"
            return as_file(content, name)
    return _home(desk, FileForm(), form)


@screen("members", right="members_record")
def template(desk: Desk, key: str) -> HttpResponse:
    """Give the empty sheet of a register; nothing of anybody stands in it."""
    if key not in SHEET_KINDS:
        raise NotFound(f"Không có mẫu {quoted(key)}")
    chosen = _chosen(desk.request.GET)
    return as_file(write_sheet(SHEET_KINDS[key], chosen), f"mau-{key}.{chosen}")


@screen("members", right="members_record", methods=("POST",))
def take(desk: Desk, key: str) -> HttpResponse:
    """Give a register of the chosen unit as a filled template; who took it is recorded (D16)."""
    if key not in TAKEN:
        raise NotFound(f"Không lấy ra được loại {quoted(key)}")
    chosen = _chosen(desk.request.POST)
    name = f"{key}-{desk.card.code}-{desk.act.today.isoformat()}.{chosen}"
    return as_file(take_register(act=desk.act, kind=key, unit=desk.unit, file_format=chosen), name)


def _chosen(sent: QueryDict) -> SheetFormat:
    return SheetFormat.CSV if sent.get(_FORMAT) == SheetFormat.CSV else SheetFormat.XLSX


@screen("members", right="members_record", methods=("POST",))
def look(desk: Desk) -> HttpResponse:
    """Open a file and show how it would be read."""
    form = FileForm(desk.request.POST, desk.request.FILES)
    if not form.is_valid():
        return _home(desk, form)
    sent = form.cleaned_data["file"]
    file = SheetFile(sent.name or "", sent.read())
    kind = sheet_kind(form.cleaned_data["kind"])
    try:
        reading = read_own_file(desk.act.user, desk.unit, kind, file, today=desk.act.today)
    except InvalidInput as error:
        form.add_error("file", sentence(error))
        return _home(desk, form)
    return _shown(desk, kind, file, mapping_view(reading, reading.mapping))


def _shown(
    desk: Desk,
    kind: AnyKind,
    file: SheetFile,
    mapping: MappingView,
    outcome: Outcome | None = None,
    refused: str = "",
) -> HttpResponse:
    page = ImportPage(
        key=kind.key,
        label=kind.label,
        name=file.name,
        data=packed(file),
        mapping=mapping,
        bring_url=desk.url("sheets:bring"),
        home_url=desk.url("sheets:home"),
        outcome=outcome,
        refused=refused,
        slow=len(file.data) > SLOW_BYTES,
    )
    wrong = refused or (outcome is not None and outcome.errors)
    return desk.render("sheets/import.html", {"page": page}, status=422 if wrong else 200)


@screen("members", right="members_record", methods=("POST",))
def bring(desk: Desk) -> HttpResponse:
    """Try a file with the mapping as it was looked over, or write it; the choices stay on the page."""
    sent = desk.request.POST
    try:
        kind, file = sheet_kind(sent.get("loai", "")), unpacked(sent)
        reading = read_own_file(desk.act.user, desk.unit, kind, file, today=desk.act.today)
    except InvalidInput as error:
        form = FileForm({"kind": sent.get("loai", "")}, {})
        form.is_valid()
        form.add_error(None, sentence(error))
        return _home(desk, form)
    mapping = mapping_sent(reading, sent.dict())
    refused: list[str] = []
    result = attempt(
        lambda error: refused.append(sentence(error)),
        lambda: import_own_file(
            act=desk.act, own=OwnFile(desk.unit, kind.key, file), mapping=mapping, dry_run="ghi" not in sent
        ),
    )
    if result is None:
        return _shown(desk, kind, file, mapping_view(reading, mapping), refused=refused[0])
    return _shown(desk, kind, file, mapping_view(reading, mapping), _told(result))


def _told(result: ImportResult) -> Outcome:
    rows = format_number(result.rows)
    counts = f"{format_number(result.new)} dòng mới, {format_number(result.same)} dòng đã có"
    if result.errors:
        words = f"{format_number(len(result.errors))} chỗ sai trong {rows} dòng; chưa ghi gì vào sổ."
    elif result.written:
        words = f"Đã ghi {rows} dòng: {counts}."
    elif result.new:
        words = f"Đã kiểm tra {rows} dòng: {counts}. Chưa ghi gì vào sổ."
    else:
        words = f"Đã kiểm tra {rows} dòng: tất cả đã có trong sổ, không có gì để ghi."
    left = len(result.errors) - _TOLD
    return Outcome(
        words,
        tuple(str(error) for error in result.errors[:_TOLD]),
        f"và {format_number(left)} chỗ nữa" if left > 0 else "",
        result.written,
        not result.errors and not result.written and result.new > 0,
    )
