"""Where the numbers of an office come from: which registers are fed by reports, and what it asks for itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse

from giaoban.apps.organizations.models import OPEN_END, Ancestry
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import OwnMeasure, ValueFeed, ValueTime
from giaoban.apps.reporting.operations import OwnMeasureDraft, end_feed, end_own_measure, set_feed, set_own_measure
from giaoban.apps.reporting.operations.value_feeds import may_be_fed
from giaoban.apps.reporting.queries.figures import catalogue, shipped_catalogue
from giaoban.apps.reporting.queries.values import known_at, may_be_divided
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.figures import Catalogue, Measure
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import DayField, OfficeForm
from giaoban.web.values.recording import record_here
from giaoban.web.values.registers import register_rows

RIGHT = "forms_manage"
BOTH = ("GET", "POST")


class FeedForm(OfficeForm):
    """Which number is reported instead of counted, from when to when."""

    places = {"Dùng sổ từ ngày": "end"}
    measure = forms.ChoiceField(label="Chỉ tiêu")
    start = DayField(label="Nhập số báo cáo từ ngày")
    end = DayField(label="Dùng sổ từ ngày", required=False, help_text="Để trống nếu chưa biết")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["measure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, one.label) for one in shipped_catalogue() if may_be_fed(one)]


class EndForm(OfficeForm):
    """The first day on which it is so no more."""

    end = DayField(label="Từ ngày")


class OwnForm(OfficeForm):
    """A number that an office asks for, or a rate of two numbers."""

    places = {"Tử số": "numerator", "Mẫu số": "denominator", "Nhân với": "times"}
    label = forms.CharField(label="Tên số liệu", max_length=200, help_text="Ví dụ Hộ hiến đất làm đường")
    noun = forms.CharField(
        label="Đơn vị tính", max_length=40, widget=forms.TextInput(attrs={"class": "short"}), help_text="Ví dụ hộ"
    )
    time = forms.ChoiceField(
        label="Cách tính",
        choices=ValueTime.choices,
        widget=forms.RadioSelect,
        help_text="Số bình quân, tỷ lệ không cộng được: đơn vị nhập tử số, mẫu số, máy chia ở từng cấp",
    )
    numerator = forms.ChoiceField(label="Tử số", required=False, help_text="Chỉ chọn khi là tỷ lệ, bình quân")
    denominator = forms.ChoiceField(label="Mẫu số", required=False, help_text="Chỉ chọn khi là tỷ lệ, bình quân")
    times = forms.IntegerField(
        label="Nhân với",
        required=False,
        min_value=1,
        max_value=10**9,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
        help_text="100 ra phần trăm; để trống là không nhân; tỷ đồng chia cho người thì nhân 1000 ra triệu đồng/người",
    )
    start = DayField(label="Thu từ ngày")

    def __init__(self, *args: Any, parts: Sequence[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "(không)"), *((one.key, f"{one.label} ({one.unit})") for one in parts)]
        for name in ("numerator", "denominator"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A switch, or a number of the office's own."""

    name: str
    about: str
    days: str
    end_url: str


@screen("home", right="figures_view")
def sources(desk: Desk) -> HttpResponse:
    """Show what holds at the chosen unit: its own switches and numbers, and those of the committees above it."""
    above = Ancestry.objects.filter(descendant=desk.unit, valid_to__gt=desk.period.window.start).values("ancestor")
    known, manages = catalogue(), desk.may(RIGHT)

    def end(name: str, key: object, owner: int, valid_to: object) -> str:
        own = manages and owner == desk.unit.pk and valid_to == OPEN_END
        return desk.url(name, key) if own else ""

    feeds = ValueFeed.objects.filter(unit__in=above).select_related("unit").order_by("measure", "valid_from")
    owned = OwnMeasure.objects.filter(owner__in=above).select_related("owner").order_by("label")
    context = {
        "feeds": tuple(
            SourceRow(
                known[one.measure].label,
                one.unit.code,
                _days(one),
                end("values:end_feed", one.uid, one.unit_id, one.valid_to),
            )
            for one in feeds
        ),
        "own": tuple(
            SourceRow(
                one.label,
                _how(known, one),
                _days(one),
                end("values:end_own", one.key, one.owner_id, one.valid_to),
            )
            for one in owned
        ),
        "registers": register_rows(desk),
        "feed_url": desk.url("values:set_feed") if manages else "",
        "own_url": desk.url("values:set_own") if manages else "",
        "enter_url": desk.url("values:enter"),
    }
    return desk.render("values/sources.html", context)


def _how(known: Catalogue, own: OwnMeasure) -> str:
    if own.time != ValueTime.RATE:
        return f"{own.noun}, {own.get_time_display().lower()}"
    over, under = known[own.numerator].label, known[own.denominator].label
    times = f", nhân {format_number(own.times)}" if own.times > 1 else ""
    return f"{own.noun}, {over} chia cho {under}{times}"


def _days(row: ValueFeed | OwnMeasure) -> str:
    words = f"từ {format_date(row.valid_from)}"
    return words if row.valid_to == OPEN_END else f"{words} đến trước {format_date(row.valid_to)}"


@screen("home", right=RIGHT, methods=BOTH)
def begin_feed(desk: Desk) -> HttpResponse:
    """Let reported numbers stand for a register for a time."""
    form = FeedForm(desk.posted)
    page = RecordPage(
        "Nhập số báo cáo thay sổ",
        desk.card.name,
        "Đặt",
        desk.url("values:sources"),
        note="Trong những ngày này số của chỉ tiêu là số các đơn vị báo cáo; từ ngày dùng sổ trở đi là số đếm từ sổ. "
        "Số đếm đầu tổ chức và số chuyển sinh hoạt không cộng được từ cấp dưới: cấp nào nhập số của cấp ấy; "
        "số đếm đầu tổ chức còn phải nhập riêng cho từng kỳ.",
    )

    def record() -> str:
        data = form.cleaned_data
        feed = set_feed(act=desk.act, unit=desk.unit, measure=data["measure"], start=data["start"], end=data["end"])
        return f"Đã đặt nhập số báo cáo: {catalogue()[feed.measure].label}."

    return record_here(desk, form, page, record)


@screen("home", right="figures_view", methods=BOTH)
def finish_feed(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Use the register from a day on."""
    feed = ValueFeed.objects.select_related("unit").filter(uid=uid).first()
    if feed is None:
        raise NotFound("Không tìm thấy lần đặt này trong phạm vi của đồng chí")
    require(desk.act, RIGHT, [feed.unit])
    form = EndForm(desk.posted, initial={"end": desk.act.today})
    label = catalogue()[feed.measure].label
    page = RecordPage(f"Dùng sổ: {label}", feed.unit.code, "Dùng sổ từ ngày này", desk.url("values:sources"))

    def record() -> str:
        made = end_feed(act=desk.act, feed=uid, end=form.cleaned_data["end"])
        return f"{label}: dùng sổ từ {format_date(made.valid_to)}."

    return record_here(desk, form, page, record)


@screen("home", right=RIGHT, methods=BOTH)
def set_own(desk: Desk) -> HttpResponse:
    """Ask for a number that the program does not know."""
    known = sorted(known_at(catalogue(), desk.card.code), key=lambda one: one.label)
    form = OwnForm(
        desk.posted,
        parts=[one for one in known if may_be_divided(one)],
        initial={"time": ValueTime.FLOW, "start": desk.period.window.start},
    )
    page = RecordPage(
        "Thêm số liệu riêng",
        desk.card.name,
        "Thêm",
        desk.url("values:sources"),
        note="Đơn vị thuộc cấp ủy này sẽ nhập số ấy trong mẫu báo cáo hoặc ở trang nhập số liệu.",
    )

    def record() -> str:
        data = form.cleaned_data | {"times": form.cleaned_data["times"] or 1}
        own = set_own_measure(act=desk.act, owner=desk.unit, draft=OwnMeasureDraft(**data))
        return f"Đã thêm số liệu riêng «{own.label}»."

    return record_here(desk, form, page, record)


@screen("home", right="figures_view", methods=BOTH)
def end_own(desk: Desk, key: str) -> HttpResponse:
    """Ask for it no more from a day on."""
    own = OwnMeasure.objects.select_related("owner").filter(key=key).first()
    if own is None:
        raise NotFound("Không tìm thấy số liệu riêng này trong phạm vi của đồng chí")
    require(desk.act, RIGHT, [own.owner])
    form = EndForm(desk.posted, initial={"end": desk.act.today})
    page = RecordPage(f"Thôi thu: {own.label}", own.owner.code, "Thôi thu từ ngày này", desk.url("values:sources"))

    def record() -> str:
        end_own_measure(act=desk.act, key=key, end=form.cleaned_data["end"])
        return f"«{own.label}» không thu nữa; số đã báo cáo vẫn còn."

    return record_here(desk, form, page, record)
