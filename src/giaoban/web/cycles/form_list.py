"""The office's report forms: which there are, and how much they ask of each kind of unit in a month."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import OPEN_END
from giaoban.apps.reporting.forms.shipped import shipped_forms
from giaoban.apps.reporting.models import FormRhythm, ReportForm
from giaoban.apps.reporting.queries.cycles.bodies import body_of
from giaoban.apps.reporting.queries.cycles.load import reporting_load
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period, PeriodKind
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link
from giaoban.web.cycles.place import AREA, MANAGE


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form of the office."""

    title: str
    url: str
    code: str
    rhythm: str
    kinds: str
    asked: str
    days: str


@dataclass(frozen=True, slots=True)
class LoadRow:
    """What a kind of unit is asked in a month."""

    kind: str
    a_month: str
    forms: str


@dataclass(frozen=True, slots=True)
class FormsPage:
    """The list."""

    rows: tuple[FormRow, ...]
    older: tuple[FormRow, ...]
    shipped: tuple[Link, ...]
    month: str
    load: tuple[LoadRow, ...]
    new_url: str
    back_url: str


def this_month(desk: Desk) -> Period:
    """Return the month of which the load is told."""
    return Period(PeriodKind.MONTH, desk.act.today.replace(day=1))


@screen(AREA, right=MANAGE)
def form_list(desk: Desk) -> HttpResponse:
    """Show the forms of the chosen unit, and how much they ask."""
    held = ReportForm.objects.filter(owner=desk.unit).exclude(rhythm=FormRhythm.ONCE).order_by("code", "-valid_from")
    rows = [(one.valid_to > desk.act.today, _row(desk, one)) for one in held]
    load = reporting_load(desk.unit, this_month(desk))
    page = FormsPage(
        tuple(row for holds, row in rows if holds),
        tuple(row for holds, row in rows if not holds),
        tuple(
            Link(one.title, desk.url("cycles:set_form", query={"san": code})) for code, one in shipped_forms().items()
        ),
        this_month(desk).name(),
        tuple(
            LoadRow(
                kinds()[kind].label,
                format_number(number),
                ", ".join(f"{line.form.title} ({line.questions} mục)" for line in load.lines if line.kind == kind),
            )
            for kind, number in load.a_month.items()
        ),
        desk.url("cycles:set_form"),
        desk.url("cycles:list"),
    )
    return desk.render("cycles/forms.html", {"page": page})


def _row(desk: Desk, one: ReportForm) -> FormRow:
    body = body_of(one)
    until = "" if one.valid_to == OPEN_END else f" đến trước {format_date(one.valid_to)}"
    return FormRow(
        one.title,
        desk.url("cycles:set_form", query={"mau": str(one.uid)}),
        one.code,
        FormRhythm(one.rhythm).label,
        ", ".join(kinds()[code].label for code in one.kinds if code in kinds()),
        f"hỏi {format_number(body.questions)}, sổ đã biết {format_number(len(body.fields) - body.questions)}",
        f"từ {format_date(one.valid_from)}{until}",
    )
