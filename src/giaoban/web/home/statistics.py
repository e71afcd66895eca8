"""The statistics workbook of a unit and period: what of it agrees, and the file to take away."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.organizations.permissions import may
from giaoban.apps.reporting.operations import write_statistics
from giaoban.apps.reporting.queries.statistics import Workbook, statistics_workbook
from giaoban.apps.reporting.statistics.sheets import SHEETS
from giaoban.core.errors import InvalidInput
from giaoban.web.access import Desk, screen
from giaoban.web.http import as_file

_DEGREES = {
    "": "Chưa chọn độ mật của các biểu. Hãy chọn rồi tải về.",
    "secret": "Biểu mật trở lên không lập ở đây: hãy lập trên máy độc lập, ở đây chỉ ghi số, ngày và nơi giữ.",
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A comparison that does not come out, in words without numbers: small ones could name a person."""

    unit: str
    rule: str


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """Names of the sheets, how many comparisons hold or could not be made, and those that do not come out."""

    sheets: tuple[str, ...]
    held: int
    unknown: int
    breaches: tuple[Breach, ...]
    take_url: str


@screen("home", right="figures_view", methods=("GET", "POST"))
def statistics(desk: Desk) -> HttpResponse:
    """Show the workbook's sheets and checks; take it away as .xlsx, which is recorded (decision D16)."""
    try:
        book = statistics_workbook(desk.unit, desk.period)
    except InvalidInput as error:
        return desk.render("home/statistics.html", {"page": None, "unkept": error.message})
    refused = ""
    if desk.request.method == "POST":
        refused = _DEGREES.get(desk.request.POST.get("do-mat", ""), "")
        if not refused:
            return _file(desk)
    return desk.render(
        "home/statistics.html", {"page": _page(desk, book), "refused": refused}, status=422 if refused else 200
    )


def _file(desk: Desk) -> HttpResponse:
    content = write_statistics(act=desk.act, unit=desk.unit, period=desk.period)
    name = f"bieu-thong-ke-{desk.card.code}-{desk.period}.xlsx"
    return as_file(content, name)


def _page(desk: Desk, book: Workbook) -> StatisticsPage:
    found = [check.holds for check in book.checks]
    # A unit that left can be read; taking its numbers away is for those above it today.
    takes = may(desk.act.user, "figures_view", desk.unit, today=desk.act.today)
    return StatisticsPage(
        tuple(sheet.title for sheet in SHEETS),
        found.count(True),
        found.count(None),
        tuple(Breach(book.cards[check.unit].name, check.rule) for check in book.checks if check.holds is False),
        desk.url("home:statistics") if takes else "",
    )
