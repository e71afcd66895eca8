"""The quarterly report: read it with its numbers open, take it away as a Word file."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from giaoban.apps.organizations.permissions import may
from giaoban.apps.reporting.operations import write_report
from giaoban.apps.reporting.queries.report import ReportOrder, report_document
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.period import ROMAN, Period, PeriodKind
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link
from giaoban.web.reporting.paper import paper_of
from giaoban.writer.blocks import Number

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_QUARTER = "quarter"
_DEGREE_MISSING = "Chưa chọn độ mật của văn bản. Hãy chọn rồi tải về."
_SECRET = (
    "Văn bản mật trở lên không lập ở đây: hãy soạn trên giấy hoặc trên máy độc lập, ở đây chỉ ghi số, ngày và nơi giữ."
)


def _order(desk: Desk) -> ReportOrder:
    if desk.period.kind is not PeriodKind.QUARTER:
        raise NotFound(f"Báo cáo quý không lập cho {desk.period.name()}")
    return ReportOrder(_QUARTER, desk.unit, desk.period, desk.act.today)


@screen("reporting", right="reports_write")
def quarter(desk: Desk) -> HttpResponse:
    """Show the quarterly report of the chosen unit as it will be printed."""
    return _shown(desk)


def _shown(desk: Desk, *, refused: str = "") -> HttpResponse:
    if desk.period.kind is not PeriodKind.QUARTER:
        choices = tuple(
            Link(
                f"Quý {ROMAN[number]}",
                desk.here(period=Period.quarter(desk.period.year, number)),
            )
            for number in (1, 2, 3, 4)
        )
        return desk.render("reporting/quarter.html", {"paper": None, "choices": choices})

    def url(number: Number) -> str:
        same = number.period == str(desk.period)
        return desk.url("home:entries", number.measure) if same and desk.may("figures_view") else ""

    try:
        document = report_document(_order(desk))
    except InvalidInput as error:
        told = f"{error.message}. {error.hint}."
        return desk.render("reporting/quarter.html", {"paper": None, "unkept": told}, status=422 if refused else 200)
    context = {
        "paper": paper_of(document, url),
        # A report of a unit that left can be read; taking it away is for those above the unit today.
        "take_url": desk.url("reporting:take")
        if may(desk.act.user, "reports_write", desk.unit, today=desk.act.today)
        else "",
        "numbers_url": desk.url("home:period"),
        "refused": refused,
    }
    return desk.render("reporting/quarter.html", context, status=422 if refused else 200)


@screen("reporting", right="reports_write", methods=("POST",))
def take(desk: Desk) -> HttpResponse:
    """Give the quarterly report as a Word file; who took it away is recorded.

    The degree of secrecy is asked first: what is secret is not written here (decision D16).
    """
    order = _order(desk)
    degree = desk.request.POST.get("do-mat", "")
    if degree != "none":
        return _shown(desk, refused=_SECRET if degree == "secret" else _DEGREE_MISSING)
    try:
        written = write_report(act=desk.act, order=order, file_format="docx")
    except InvalidInput as error:
        return _shown(desk, refused=error.message)
    response = HttpResponse(written.content, content_type=_DOCX)
    response["Content-Disposition"] = str(content_disposition_header(True, written.file_name))
    return response
