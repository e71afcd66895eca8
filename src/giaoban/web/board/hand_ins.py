"""The clerk's page of papers: tick the units whose paper came, was sent back or is in order; all or none."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.obligations.models import HandInEvent, HandInFault, StandingDuty
from giaoban.apps.obligations.operations import HandInDraft, accept_hand_ins, record_hand_ins, return_hand_ins
from giaoban.apps.obligations.queries.hand_ins import HANDED_IN, last_steps, owed_instance
from giaoban.apps.obligations.standing import Instance
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.permissions import may
from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import DayField, OfficeForm, attempt

_DOES = {
    HandInEvent.RECEIVED: record_hand_ins,
    HandInEvent.RETURNED: return_hand_ins,
    HandInEvent.ACCEPTED: accept_hand_ins,
}


class HandInForm(OfficeForm):
    """What happened to the papers of some units on a day."""

    places = {"Ngày": "day", "Đơn vị": "units", "Lý do trả lại": "fault"}
    what = forms.ChoiceField(label="Việc", widget=forms.RadioSelect)
    day = DayField(label="Ngày")
    units = forms.MultipleChoiceField(label="Đơn vị", widget=forms.CheckboxSelectMultiple)
    fault = forms.ChoiceField(
        label="Lý do trả lại", required=False, choices=[("", "không trả lại"), *HandInFault.choices]
    )
    number = forms.CharField(
        label="Số, ký hiệu văn bản",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Khi ghi cho một đơn vị",
    )
    dated = DayField(label="Ngày văn bản", required=False)

    def __init__(self, *args: Any, events: list[HandInEvent], units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("what", [(one.value, one.label) for one in events]), ("units", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.fields["units"].error_messages["required"] = "Chưa chọn đơn vị nào."

    def clean(self) -> dict[str, Any]:
        """Refuse one number for the papers of several units."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("number") and len(data.get("units") or ()) > 1:
            self.add_error("number", "Một số văn bản không thể của nhiều đơn vị; cần chọn một đơn vị hoặc bỏ trống số.")
        return data


@screen("board", right="meetings_record", methods=("GET", "POST"))
def hand_ins(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Note what happened to papers of units at or under the chosen one, for the period of the last chosen day."""
    duty = _duty(desk, uid)
    within = min(desk.period.window.last_day, desk.act.today)
    instance, owing = owed_instance(duty, within)
    if instance is None:
        words = f"Trong {desk.period.name()} việc này không đến kỳ nào. Chọn kỳ khác rồi mở lại từ trang Việc phải làm."
        empty = RecordPage(
            f"Văn bản đã nhận: {duty.title}", desk.card.name, "Xem", desk.url("board:duties"), note=words
        )
        return desk.render("giaoban/record.html", {"page": empty, "form": OfficeForm()})
    units = _units(desk, owing)
    manages = may(desk.act.user, "duties_manage", duty.owner, today=desk.act.today)
    events = list(HandInEvent) if manages else [HandInEvent.RECEIVED]
    form = HandInForm(
        desk.posted,
        events=events,
        units=_choices(desk, duty, instance, units),
        initial={"what": HandInEvent.RECEIVED, "day": desk.act.today},
    )
    if form.is_valid() and _record(desk, duty, instance, units, form):
        return HttpResponseRedirect(desk.url("board:hand_ins", uid))
    about = f"{desk.card.name}, {instance.name}, hạn {format_date(instance.due)}"
    note = "Muốn ghi cho kỳ khác: chọn kỳ ở trang Việc phải làm rồi mở lại. Ghi tất cả hoặc không ghi đơn vị nào."
    page = RecordPage(f"Văn bản đã nhận: {duty.title}", about, "Ghi", desk.url("board:duties"), note=note)
    form.point_at_first_error()
    return desk.render("giaoban/record.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _duty(desk: Desk, uid: uuid.UUID) -> StandingDuty:
    above = Ancestry.objects.filter(on_day(desk.act.today), descendant=desk.unit).values("ancestor")
    rows = StandingDuty.objects.filter(uid=uid, evidence=HANDED_IN, owner__in=above)
    found = rows.select_related("owner").first()
    if found is None:
        raise NotFound("Không tìm thấy việc tính theo văn bản đã nhận này ở đơn vị đang chọn")
    return found


def _units(desk: Desk, owing: frozenset[int]) -> dict[str, Unit]:
    """Return those who owe it at or under the chosen unit, by code."""
    below = Unit.objects.under(desk.unit, desk.act.today)
    return {unit.code: unit for unit in below.order_by("code") if unit.pk in owing}


def _choices(desk: Desk, duty: StandingDuty, instance: Instance, units: dict[str, Unit]) -> list[tuple[str, str]]:
    cards = place_cards([unit.pk for unit in units.values()], day=desk.act.today)
    steps = last_steps(duty, [unit.pk for unit in units.values()])
    told = []
    for code, unit in units.items():
        step = steps.get((unit.pk, instance.key))
        state = f"{HandInEvent(step[0]).label.lower()} {format_date(step[1])}" if step else "chưa nhận"
        told.append((code, f"{cards[unit.pk].place}: {state}"))
    return told


def _record(desk: Desk, duty: StandingDuty, instance: Instance, units: dict[str, Unit], form: HandInForm) -> bool:
    data = form.cleaned_data
    fault = HandInFault(data["fault"]) if data["fault"] else None
    drafts = [
        HandInDraft(units[code], instance.end_day, data["day"], data["number"], data["dated"], fault=fault)
        for code in data["units"]
    ]
    event = HandInEvent(data["what"])
    if attempt(form, lambda: _DOES[event](act=desk.act, duty=duty, drafts=drafts)) is None:
        return False
    messages.info(desk.request, f"Đã ghi «{event.label.lower()}» cho {format_number(len(drafts))} đơn vị.")
    return True
