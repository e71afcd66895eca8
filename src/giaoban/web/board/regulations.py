"""«Rà soát quy chế làm việc»: which committees reviewed theirs in the period; recorded for many at once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.meetings.models import RegulationEntry, RegulationEvent
from giaoban.apps.meetings.operations import (
    RegulationDraft,
    record_regulation_reviews,
    take_regulation_review_back,
)
from giaoban.apps.meetings.queries.regulations import find_regulation_review, regulation_reviews
from giaoban.apps.organizations.kinds import GRASSROOTS
from giaoban.apps.organizations.models import Unit, UnitKindSpan, on_day
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.apps.organizations.queries.history import decision_words
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.figures import FigureRequest
from giaoban.web.access import Desk, screen
from giaoban.web.forms import DayField, OfficeForm, attempt

_MEASURE = "committee.regulations_reviewed"


class RegulationForm(OfficeForm):
    """What the reviews of some committees came to on a day."""

    places = {"Ngày": "day", "Đơn vị": "units", "Số": "number", "Ngày văn bản": "dated"}
    kind = forms.ChoiceField(
        label="Kết quả rà soát", choices=RegulationEvent.choices, widget=forms.RadioSelect, initial=RegulationEvent.KEPT
    )
    day = DayField(label="Ngày rà soát xong")
    units = forms.MultipleChoiceField(label="Cấp ủy", widget=forms.CheckboxSelectMultiple)
    number = forms.CharField(
        label="Số, ký hiệu quy chế mới",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Khi ghi cho một đơn vị",
    )
    dated = DayField(label="Ngày quy chế mới", required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = units
        field.error_messages["required"] = "Chưa chọn cấp ủy nào."

    def clean(self) -> dict[str, Any]:
        """Refuse one number for the regulations of several committees."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("number") and len(data.get("units") or ()) > 1:
            self.add_error("number", "Một số văn bản không thể của nhiều đơn vị; cần chọn một đơn vị hoặc bỏ trống số.")
        return data


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review that was recorded; ``back_url`` takes it back."""

    name: str
    day: str
    what: str
    back_url: str


@dataclass(frozen=True, slots=True)
class RegulationsPage:
    """The page; ``said`` is the figure: how many of how many; ``left`` whether somebody has none in the period yet."""

    said: str
    figure_url: str
    lines: tuple[ReviewLine, ...]
    left: bool
    back_url: str


@screen("board", right="meetings_record", methods=("GET", "POST"))
def regulations(desk: Desk) -> HttpResponse:
    """Show and record reviews of working regulations of the committees at or under the chosen unit."""
    found = regulation_reviews(desk.act.user, desk.unit, desk.period.window, today=desk.act.today)
    done = {entry.unit_id for entry in found}
    units = {code: unit for code, unit in _units(desk).items() if unit.pk not in done}
    form = RegulationForm(desk.posted, units=_choices(desk, units), initial={"day": desk.act.today})
    if form.is_valid() and (number := attempt(form, lambda: _record(desk, units, form))):
        messages.info(desk.request, f"Đã ghi rà soát quy chế của {format_number(number)} cấp ủy.")
        return HttpResponseRedirect(desk.url("board:regulations"))
    form.point_at_first_error()
    [figure] = compute_figures([FigureRequest(_MEASURE, desk.unit.code, desk.period)])
    said = "Sổ sinh hoạt chưa được ghi trong kỳ này"
    if figure.value is not None:
        of = "" if figure.expected is None else f"/{format_number(figure.expected)}"
        said = f"{format_number(figure.value)}{of} cấp ủy đã rà soát"
    cards = unit_cards({entry.unit_id for entry in found}, day=desk.act.today)
    page = RegulationsPage(
        said,
        desk.url("home:entries", _MEASURE),
        tuple(_line(desk, entry, cards[entry.unit_id].name) for entry in found),
        bool(units),
        desk.url("board:duties"),
    )
    context = {"page": page, "form": form}
    return desk.render("board/regulations.html", context, status=422 if form.errors else 200)


def _units(desk: Desk) -> dict[str, Unit]:
    today = desk.act.today
    kinds = UnitKindSpan.objects.filter(on_day(today), kind__in=GRASSROOTS).values("unit")
    return {unit.code: unit for unit in Unit.objects.under(desk.unit, today).filter(pk__in=kinds).order_by("code")}


def _choices(desk: Desk, units: dict[str, Unit]) -> list[tuple[str, str]]:
    cards = unit_cards([unit.pk for unit in units.values()], day=desk.act.today)
    return [(code, cards[unit.pk].name) for code, unit in units.items()]


def _record(desk: Desk, units: dict[str, Unit], form: RegulationForm) -> int:
    data = form.cleaned_data
    kind = RegulationEvent(data["kind"])
    drafts = [RegulationDraft(units[code], kind, data["day"], data["number"], data["dated"]) for code in data["units"]]
    return len(record_regulation_reviews(act=desk.act, drafts=drafts))


def _line(desk: Desk, entry: RegulationEntry, name: str) -> ReviewLine:
    source = decision_words(entry.decision_number, entry.decision_date, entry.decision_issuer)
    what = "; ".join(part for part in (entry.get_kind_display(), source) if part)
    return ReviewLine(name, format_date(entry.effective_date), what, desk.url("board:regulation_back", entry.uid))


@screen("board", right="meetings_record", methods=("POST",))
def regulation_back(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Take a review back that was recorded by mistake."""
    entry = find_regulation_review(desk.act.user, uid, today=desk.act.today)
    take_regulation_review_back(act=desk.act, entry=entry)
    messages.info(desk.request, f"Đã bỏ lần rà soát ngày {format_date(entry.effective_date)}.")
    return HttpResponseRedirect(desk.url("board:regulations"))
