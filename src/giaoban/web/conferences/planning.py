"""Planning a conference: one sitting for everybody, or one for each cluster; its units are invited at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.meetings.models import MeetingForm, MeetingKind
from giaoban.apps.meetings.operations import CalledConference, SittingDraft, call_conference
from giaoban.apps.organizations.models import Group, GroupKind
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import DayField, OfficeForm, attempt
from giaoban.web.meetings.times import HourField, moment
from giaoban.web.members.record_page import BOTH, form_page

_KINDS = [(kind.value, kind.label) for kind in (MeetingKind.BRIEFING, MeetingKind.CONFERENCE)]


class PlanForm(OfficeForm):
    """A conference; with clusters each has a day and an hour of its own."""

    places = {"Tên hội nghị": "title", "Bắt đầu": "day", "Các phiên": "day", "Loại": "kind"}
    title = forms.CharField(
        label="Tên hội nghị", max_length=200, help_text="Ví dụ Hội nghị giao ban công tác xây dựng Đảng quý I/2023"
    )
    kind = forms.ChoiceField(label="Loại", choices=_KINDS, widget=forms.RadioSelect, initial=MeetingKind.BRIEFING)
    form_of = forms.ChoiceField(label="Hình thức", choices=MeetingForm.choices[:3], initial=MeetingForm.IN_PERSON)
    place = forms.CharField(label="Địa điểm", max_length=200, required=False)
    day = DayField(
        label="Ngày họp chung",
        required=False,
        help_text="Mời các đơn vị không họp riêng theo cụm; để trống nếu mọi cụm họp riêng",
    )
    hour = HourField(label="Giờ họp chung", required=False, help_text="Ví dụ 8:00 hoặc 8h")

    def __init__(self, *args: Any, clusters: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clusters = clusters
        for group in clusters:
            self.fields[f"day-{group.code}"] = DayField(label=f"{group.name}: ngày", required=False, help_text="")
            self.fields[f"hour-{group.code}"] = HourField(label=f"{group.name}: giờ", required=False, help_text="")
        for name, field in self.fields.items():
            # Each row may stay empty, as the note says once; said beside every field it hides the days.
            field.of_a_row = name.startswith(("day", "hour"))  # type: ignore[attr-defined]

    @property
    def plain_fields(self) -> list[BoundField]:
        """What is said once for all sittings."""
        return [self[name] for name in ("title", "kind", "form_of", "place")]

    @property
    def sitting_fields(self) -> list[tuple[BoundField, BoundField]]:
        """The day and hour of each sitting, to stand side by side."""
        keys = ["", *(f"-{group.code}" for group in self.clusters)]
        return [(self[f"day{key}"], self[f"hour{key}"]) for key in keys]

    def clean(self) -> dict[str, Any]:
        """See that every day has its hour, and that there is a day at all."""
        data = super().clean() or {}
        keys = ["", *(f"-{group.code}" for group in self.clusters)]
        days = [key for key in keys if data.get(f"day{key}")]
        for key in keys:
            day, hour = data.get(f"day{key}"), data.get(f"hour{key}")
            if day and not hour and f"hour{key}" not in self.errors:
                self.add_error(f"hour{key}", ValidationError("Chưa có giờ họp, ví dụ 8:00."))
            if hour and not day and f"day{key}" not in self.errors:
                self.add_error(f"day{key}", ValidationError("Chưa có ngày họp, ví dụ 28/03/2023."))
        if not days and not self.errors:
            self.add_error("day", ValidationError("Chưa có ngày họp; ghi ngày họp chung hoặc ngày của từng cụm."))
        return data

    def sittings(self) -> list[SittingDraft]:
        """Return what was typed."""
        data = self.cleaned_data
        wanted: list[tuple[str, Group | None]] = [("", None), *((f"-{one.code}", one) for one in self.clusters)]
        return [
            SittingDraft(moment(data[f"day{key}"], data[f"hour{key}"]), group=group, place=data["place"])
            for key, group in wanted
            if data.get(f"day{key}")
        ]


@screen("meetings", right="conferences_manage", methods=BOTH)
def plan(desk: Desk) -> HttpResponse:
    """Plan a conference of the chosen committee and invite its units."""
    clusters = list(Group.objects.filter(owner=desk.unit, kind=GroupKind.CLUSTER).order_by("position", "code"))
    form = PlanForm(desk.posted, clusters=clusters)
    if form.is_valid():
        made = attempt(form, lambda: _plan(desk, form))
        if made is not None:
            words = f"Đã lập {made.conference.title}, mời {format_number(len(made.invited))} đơn vị"
            if made.duty is not None:
                words += "; «Cử thành phần dự» đã có trên bảng giao ban của các đơn vị được mời"
            messages.info(desk.request, f"{words}.")
            return HttpResponseRedirect(desk.url("conferences:conference", made.conference.uid))
    page = RecordPage(
        "Lập hội nghị",
        desk.card.name,
        "Lập và mời các đơn vị",
        desk.url("conferences:list"),
        note="Mỗi cụm mời các đơn vị có trong danh sách của cụm vào ngày họp; cụm không họp riêng thì để trống hai ô.",
    )
    return form_page(desk, page, form, template="conferences/plan.html")


def _plan(desk: Desk, form: PlanForm) -> CalledConference:
    data = form.cleaned_data
    return call_conference(
        act=desk.act,
        owner=desk.unit,
        kind=MeetingKind(data["kind"]),
        title=data["title"],
        sittings=form.sittings(),
        form=MeetingForm(data["form_of"]),
    )
