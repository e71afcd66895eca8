"""Reports of a year: which there are and where they stand; a first look from the registers before one is begun."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.organizations.permissions import may
from giaoban.apps.reporting.models import MadeReport
from giaoban.apps.reporting.operations import take_made, write_report
from giaoban.apps.reporting.operations.own_report import start_report
from giaoban.apps.reporting.queries.definitions import definition_names
from giaoban.apps.reporting.queries.made import made_document, takes_long
from giaoban.apps.reporting.queries.own_report.overview import Missing, ReportRow, overview
from giaoban.apps.reporting.queries.own_report.state import names_for
from giaoban.apps.reporting.queries.report import ReportOrder, report_document
from giaoban.core.errors import Conflict, InvalidInput, NotFound
from giaoban.core.period import Period
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Sign
from giaoban.web.forms import sentence
from giaoban.web.http import as_file
from giaoban.web.reporting.due import owed_sections
from giaoban.web.reporting.making import begin, made_of, waiting_page
from giaoban.web.reporting.paper import paper_of
from giaoban.web.reporting.place import DEGREE_MISSING, SECRET, stage_sign, title_of
from giaoban.writer.blocks import Number


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One report of the year; ``begin`` is its name where it can be begun."""

    title: str
    url: str
    sign: Sign
    missing: tuple[str, ...]
    editions: str
    chosen: bool
    look_url: str
    begin: str
    period: str


@screen("reporting", right="figures_view")
def overview_page(desk: Desk) -> HttpResponse:
    """Show the reports of the chosen unit for the chosen year, and the sections that wait for the person."""
    return _overview(desk)


def _overview(desk: Desk, *, refused: str = "") -> HttpResponse:
    writer = may(desk.act.user, "reports_write", desk.unit, today=desk.act.today)
    rows = overview(desk.unit, desk.period, today=desk.act.today)
    context = {
        "year": desk.period.year,
        "rows": tuple(_row(desk, row, writer) for row in rows if writer or row.report is not None),
        "start_url": desk.url("reporting:start"),
        "owed": owed_sections(desk),
        "refused": refused,
    }
    return desk.render("reporting/overview.html", context, status=422 if refused else 200)


def _row(desk: Desk, row: ReportRow, writer: bool) -> OverviewRow:
    report = row.report
    begins = writer and report is None and row.period.start <= desk.act.today
    return OverviewRow(
        title=title_of(row.name, row.period, report.edition if report is not None else 1),
        url=desk.url("reporting:report", report.uid, period=row.period) if report is not None else "",
        sign=stage_sign(report) if report is not None else Sign("off", "○", "chưa lập"),
        missing=missing_words(row.missing),
        editions=f"{row.editions} bản" if row.editions > 1 else "",
        chosen=row.period == desk.period,
        look_url=desk.url("reporting:live", row.name, period=row.period) if begins else "",
        begin=row.name if begins else "",
        period=str(row.period),
    )


def missing_words(missing: Missing) -> tuple[str, ...]:
    """Say what a report still lacks."""
    counts = (
        (missing.slots, "phần chưa viết"),
        (missing.overdue, "phần quá hạn"),
        (missing.unanswered, "góp ý chưa trả lời"),
    )
    return tuple(f"{count} {words}" for count, words in counts if count)


@screen("reporting", right="reports_write", methods=("POST",))
def start(desk: Desk) -> HttpResponse:
    """Begin a report of the chosen unit."""
    try:
        period = Period.parse(desk.request.POST.get("bao-cao-ky", ""))
        made = start_report(act=desk.act, unit=desk.unit, name=desk.request.POST.get("mau", ""), period=period)
    except (InvalidInput, Conflict) as error:
        return _overview(desk, refused=sentence(error))
    messages.info(desk.request, "Đã lập báo cáo. Viết các phần, rồi chốt số liệu khi đến ngày chốt.")
    return HttpResponseRedirect(desk.url("reporting:report", made.uid, period=period))


def _order(desk: Desk, name: str) -> ReportOrder:
    if name not in names_for(desk.unit, desk.period, day=desk.act.today):
        raise NotFound(f"Báo cáo {quoted(name)} không lập cho {desk.period.name()}")
    return ReportOrder(name, desk.unit, desk.period, desk.act.today)


@screen("reporting", right="reports_write")
def live(desk: Desk, name: str) -> HttpResponse:
    """Show a report as the registers would write it now; nothing is kept."""
    if name not in definition_names(desk.unit, day=desk.act.today):
        raise NotFound(f"Không có mẫu báo cáo {quoted(name)}")
    if not takes_long(desk.unit, day=desk.act.today):
        return _shown(desk, name)
    made = made_of(desk, name)
    return _shown(desk, name, made=made) if made is not None and made.document else waiting_page(desk, name, made)


@screen("reporting", right="reports_write", methods=("POST",))
def make(desk: Desk, name: str) -> HttpResponse:
    """Ask for a report that takes long to be made, anew where there is one already; a short one is shown at once."""
    _order(desk, name)
    if takes_long(desk.unit, day=desk.act.today):
        begin(desk, name)
    return HttpResponseRedirect(desk.url("reporting:live", name))


def _shown(desk: Desk, name: str, *, refused: str = "", made: MadeReport | None = None) -> HttpResponse:
    def url(number: Number) -> str:
        same = number.period == str(desk.period)
        return desk.url("home:entries", number.measure) if same and desk.may("figures_view") else ""

    context: dict[str, object] = {"title": title_of(name, desk.period), "overview_url": desk.url("reporting:overview")}
    status = 422 if refused else 200
    try:
        order = replace(_order(desk, name), rights=desk.rights)
        document = made_document(made) if made is not None else report_document(order)
    except (InvalidInput, NotFound) as error:
        return desk.render("reporting/live.html", context | {"unkept": sentence(error)}, status=status)
    context |= {
        "paper": paper_of(document, url),
        # A report of a unit that left can be read; taking it away is for those above the unit today.
        "take_url": desk.url("reporting:take", name)
        if may(desk.act.user, "reports_write", desk.unit, today=desk.act.today)
        else "",
        "numbers_url": desk.url("home:period"),
        "refused": refused,
        "made": made.done_at if made is not None else None,
        "make_url": desk.url("reporting:make", name),
    }
    return desk.render("reporting/live.html", context, status=status)


@screen("reporting", right="reports_write", methods=("POST",))
def take(desk: Desk, name: str) -> HttpResponse:
    """Give a report from the registers as a Word file; who took it away is recorded.

    The degree of secrecy is asked first: what is secret is not written here (decision D16).
    """
    order = _order(desk, name)
    long = takes_long(desk.unit, day=desk.act.today)
    made = made_of(desk, name) if long else None
    if long and (made is None or not made.document):
        return waiting_page(desk, name, made)
    if refused := degree_refused(desk):
        return _shown(desk, name, refused=refused, made=made)
    try:
        if made is not None:
            written = take_made(act=desk.act, made=made, file_format="docx")
        else:
            written = write_report(act=desk.act, order=order, file_format="docx")
    except InvalidInput as error:
        return _shown(desk, name, refused=error.message, made=made)
    return as_file(written.content, written.file_name)


def degree_refused(desk: Desk) -> str:
    """Return why nothing can be taken away with the degree that was chosen; «» where it can."""
    degree = desk.request.POST.get("do-mat", "")
    return "" if degree == "none" else SECRET if degree == "secret" else DEGREE_MISSING
