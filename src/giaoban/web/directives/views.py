"""The year's targets of the chosen unit, and the form that sets one. Progress comes from the figures, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.directives.operations import set_annual_target
from giaoban.apps.directives.queries.listing import TargetLine, targets_of
from giaoban.apps.reporting.queries.figures import catalogue, compute_figures
from giaoban.core.numbers_vi import format_number, parse_number
from giaoban.core.period import Period, PeriodKind
from giaoban.core.text_vi import quoted
from giaoban.figures import Figure, FigureRequest, Parts
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import OfficeForm, attempt
from giaoban.web.numbers import number


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target beside what the registers say."""

    measure: str
    url: str
    value: str
    source: str
    is_main: bool
    reached: str
    percent: str


class ValueField(forms.Field):
    """A number as people write it: 150, 1.250, 3,5."""

    def to_python(self, value: Any) -> Decimal | None:
        """Read the number.

        Raises:
            ValidationError: it is none.
        """
        if value in self.empty_values:
            return None
        try:
            found = parse_number(str(value).strip())
        except InvalidOperation:
            found = None
        if found is None:
            raise ValidationError(f"Không đọc được số {quoted(value)}; cần dạng 150, 1.250 hoặc 3,5.")
        return found


class TargetForm(OfficeForm):
    """What a source wants of a unit in a year."""

    measure = forms.ChoiceField(label="Nội dung")
    value = ValueField(
        label="Chỉ tiêu",
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"}),
        help_text="Ví dụ 150, 1.250 hoặc 3,5",
    )
    source = forms.CharField(
        label="Nguồn", max_length=160, help_text="Nghị quyết, kế hoạch giao chỉ tiêu, ví dụ Kế hoạch số 12-KH/ĐUK"
    )
    is_main = forms.BooleanField(
        label="Chỉ tiêu chính", required=False, initial=True, help_text="Báo cáo so với chỉ tiêu chính"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["measure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (one.key, one.label) for one in catalogue() if not one.is_stock and not one.sensitive and not one.owner
        ]


@screen("directives", right="figures_view")
def targets(desk: Desk) -> HttpResponse:
    """Show the year's targets with what has been reached since January."""
    lines = targets_of(desk.unit, desk.period.year)
    asked = list(dict.fromkeys(line.measure for line in lines))
    parts = Parts(cumulative=True, targets=True)
    figures = compute_figures([FigureRequest(key, desk.card.code, desk.period) for key in asked], parts=parts)
    found = {figure.request.measure: figure for figure in figures}
    context = {
        "rows": tuple(_row(desk, line, found[line.measure]) for line in lines),
        "year": desk.period.year,
        "until": desk.period.name(),
        "set_url": desk.url("directives:set_target") if desk.may("targets_manage") else "",
    }
    return desk.render("directives/targets.html", context)


def _row(desk: Desk, line: TargetLine, figure: Figure) -> TargetRow:
    measure = catalogue()[line.measure]
    reached = figure.value if figure.cumulative is None else figure.cumulative
    percent = next((one.percent for one in figure.targets if one.source == line.source), None)
    return TargetRow(
        measure=measure.label,
        url=desk.url("home:entries", line.measure),
        value=f"{format_number(line.value)} {measure.unit}",
        source=line.source,
        is_main=line.is_main,
        reached=number(reached),
        percent="" if percent is None else f"{format_number(percent)} %",
    )


@screen("directives", right="targets_manage", methods=("GET", "POST"))
def set_target(desk: Desk) -> HttpResponse:
    """Set what a source wants of the chosen unit in the year of the chosen period."""
    form = TargetForm(desk.request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        record = partial(
            set_annual_target,
            act=desk.act,
            unit=desk.unit,
            measure=data["measure"],
            year=desk.period.year,
            value=data["value"],
            source=data["source"],
            is_main=data["is_main"],
        )
        if target := attempt(form, record):
            label = catalogue()[target.measure].label.lower()
            messages.info(desk.request, f"Đã ghi chỉ tiêu {label} năm {target.year}: {format_number(target.value)}.")
            return HttpResponseRedirect(desk.url("directives:targets"))
    year = Period(PeriodKind.YEAR, desk.period.first.replace(month=1, day=1)).name()
    page = RecordPage(f"Ghi chỉ tiêu {year}", desk.card.name, "Ghi chỉ tiêu", desk.url("directives:targets"))
    return desk.render("giaoban/record.html", {"page": page, "form": form}, status=422 if form.errors else 200)
