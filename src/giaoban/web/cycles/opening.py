"""Opening a form for a period, and asking units one question that is answered by tonight."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from giaoban.apps.audit.act import HANOI
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import (
    Ancestry,
    Group,
    GroupKind,
    GroupMembership,
    Placement,
    Unit,
    UnitKindSpan,
    on_day,
)
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.apps.reporting.forms import FieldKind
from giaoban.apps.reporting.models import Cycle, FormRhythm, ReportForm
from giaoban.apps.reporting.operations.cycles import Question, ask_once, open_cycle
from giaoban.apps.reporting.queries.cycles.answers import QuestionAnswers, answers
from giaoban.apps.reporting.queries.cycles.calendar import (
    KINDS,
    Moments,
    end_of_day,
    moments_of,
    periods_around,
    window_of,
)
from giaoban.apps.reporting.queries.cycles.titles import cycle_title
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number, parse_number
from giaoban.core.period import Period
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.cycles.place import AREA, BOTH, MANAGE, VIEW, moment_words, open_cycle_page
from giaoban.web.forms import DayField, OfficeForm, attempt
from giaoban.web.meetings.times import HourField, moment
from giaoban.web.members.forms import Choices
from giaoban.web.members.record_page import form_page
from giaoban.web.numbers import number

_EVENING, _LATEST, _MORNING = time(20, 0), time(19, 0), time(10, 0)


class OpenForm(OfficeForm):
    """Which form for which period; moments other than its rule says."""

    places = {"Kỳ": "what", "Loại hình": "what", "Hạn gửi": "due"}
    what = forms.ChoiceField(label="Mẫu và kỳ", widget=forms.RadioSelect)
    due = DayField(label="Hạn gửi khác với quy định của mẫu", required=False, help_text="Để trống: theo mẫu")
    locks = DayField(label="Khóa sau ngày", required=False, help_text="Để trống: theo mẫu")

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _openable(desk: Desk) -> dict[str, tuple[ReportForm, Period]]:
    """Return forms of the chosen unit with the periods around today, and the chosen one, that are not open yet."""
    rows = ReportForm.objects.filter(owner=desk.unit).exclude(rhythm=FormRhythm.ONCE).select_related("owner")
    opened = set(Cycle.objects.filter(owner=desk.unit).values_list("form__code", "period"))
    found = {}
    for form in rows.order_by("code", "valid_from"):
        periods = set(periods_around(form.rhythm, desk.act.today))
        if KINDS.get(form.rhythm) == desk.period.kind:
            periods.add(desk.period)
        for period in sorted(periods):
            last = window_of(desk.unit, period).last_day
            if form.valid_from <= last < form.valid_to and (form.code, str(period)) not in opened:
                found[f"{form.uid}/{period}"] = (form, period)
    return found


@screen(AREA, right=MANAGE, methods=BOTH)
def open_form(desk: Desk) -> HttpResponse:
    """Open a cycle."""
    found = _openable(desk)
    choices = []
    for key, (form, period) in found.items():
        moments = moments_of(form, window_of(desk.unit, period))
        choices.append((key, f"{cycle_title(form.title, form.rhythm, period)}: hạn {moment_words(moments.due_at)}"))
    asked = OpenForm(desk.posted, choices=choices)
    if asked.is_valid():
        made = attempt(asked, lambda: _open(desk, found, asked))
        if made is not None:
            messages.info(desk.request, f"Đã mở «{made.title}»; các đơn vị thấy ngay ở phần việc của mình.")
            return HttpResponseRedirect(desk.url("cycles:cycle", made.uid))
    note = "" if found else "Chưa có mẫu nào để mở: đặt mẫu ở «Mẫu báo cáo», hoặc mọi kỳ quanh hôm nay đã mở."
    points = ("Mỗi đơn vị của mẫu có một báo cáo phải gửi, ai tiếp nhận là cấp trực tiếp trên.",)
    page = RecordPage("Mở kỳ báo cáo", desk.card.name, "Mở", desk.url("cycles:list"), note=note, points=points)
    return form_page(desk, page, asked)


def _open(desk: Desk, found: dict[str, tuple[ReportForm, Period]], asked: OpenForm) -> Cycle:
    form, period = found[asked.cleaned_data["what"]]
    rule = moments_of(form, window_of(desk.unit, period))
    due, locks = asked.cleaned_data["due"], asked.cleaned_data["locks"]
    moments = Moments(
        min(rule.opens_at, desk.act.now),
        end_of_day(due) if due else rule.due_at,
        end_of_day(locks) if locks else rule.locks_at,
    )
    return open_cycle(act=desk.act, form=form, period=period, moments=moments)


class AskForm(OfficeForm):
    """One question to chosen units."""

    places = {"Câu hỏi": "text", "Câu 1": "text", "Đơn vị": "units", "Hạn trả lời": "day", "Đơn vị tính": "noun"}
    field_order = ("text", "kind", "noun", "options", "day", "hour", "groups", "units")
    text = forms.CharField(
        label="Câu hỏi",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: Số hộ bị ngập trong đêm qua",
    )
    kind = forms.ChoiceField(
        label="Trả lời bằng",
        choices=[("number", "một con số, tự cộng"), ("text", "vài dòng chữ"), ("choice", "chọn một phương án")],
        initial="number",
        widget=forms.RadioSelect,
    )
    noun = forms.CharField(label="Đơn vị tính của con số", max_length=40, required=False, help_text="Ví dụ: hộ")
    options = forms.CharField(
        label="Các phương án",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Khi chọn một phương án: mỗi dòng một phương án",
    )
    groups = forms.MultipleChoiceField(
        label="Hỏi các loại hình, cụm", required=False, widget=forms.CheckboxSelectMultiple
    )
    units = forms.MultipleChoiceField(
        label="Từng đơn vị trực tiếp", required=False, widget=forms.CheckboxSelectMultiple
    )
    day = DayField(label="Trả lời trước ngày")
    hour = HourField(label="Giờ")

    def __init__(self, *args: Any, groups: Choices, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("groups", groups), ("units", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse a question to nobody, a number of nothing and a choice of one."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("groups") and not data.get("units"):
            self.add_error("groups", "Chưa chọn hỏi ai; cần ít nhất một loại hình, cụm hoặc đơn vị.")
        if data.get("kind") == "number" and not data.get("noun"):
            self.add_error("noun", "Chưa có đơn vị tính; cần một chữ, ví dụ «hộ».")
        lines = [line.strip() for line in (data.get("options") or "").splitlines() if line.strip()]
        data["options"] = tuple(dict.fromkeys(lines))
        if data.get("kind") == "choice" and len(data["options"]) < 2:
            self.add_error("options", f"Có {len(data['options'])} phương án; cần ít nhất hai dòng khác nhau.")
        return data


def _groups(desk: Desk) -> Choices:
    """Return the kinds of the units below, and the clusters, to choose from."""
    below = Ancestry.objects.filter(on_day(desk.act.today), ancestor=desk.unit, depth__gt=0)
    spans = UnitKindSpan.objects.filter(on_day(desk.act.today), unit__in=below.values("descendant"))
    tally = Counter(spans.values_list("kind", flat=True))
    found = [
        (f"kind:{code}", f"{kind.label} ({format_number(tally[code])})")
        for code, kind in kinds().items()
        if tally[code]
    ]
    clusters = Group.objects.filter(owner=desk.unit, kind=GroupKind.CLUSTER).order_by("position", "code")
    return found + [(f"cluster:{row.code}", f"{row.name}: các đơn vị trực tiếp") for row in clusters]


def _direct(desk: Desk) -> dict[str, str]:
    rows = Placement.objects.filter(on_day(desk.act.today), parent=desk.unit).values_list("unit", flat=True)
    cards = unit_cards(rows, day=desk.act.today).values()
    return {card.code: card.name for card in sorted(cards, key=lambda card: card.code)}


def _chosen(desk: Desk, data: dict[str, Any]) -> list[Unit]:
    """Return the units of the ticked kinds and clusters and those ticked one by one, each once."""
    today, wanted = desk.act.today, data["groups"]
    below = Ancestry.objects.filter(on_day(today), ancestor=desk.unit, depth__gt=0).values("descendant")
    of_kind = [key.removeprefix("kind:") for key in wanted if key.startswith("kind:")]
    of_cluster = [key.removeprefix("cluster:") for key in wanted if key.startswith("cluster:")]
    kinds_of = UnitKindSpan.objects.filter(on_day(today), kind__in=of_kind, unit__in=below).values_list("unit")
    clusters = GroupMembership.objects.filter(
        on_day(today),
        group__owner=desk.unit,
        group__kind=GroupKind.CLUSTER,
        group__code__in=of_cluster,
        unit__in=below,
    ).values_list("unit")
    keys = {pk for (pk,) in kinds_of} | {pk for (pk,) in clusters}
    listed = Unit.objects.filter(code__in=data["units"], pk__in=below)
    return list(Unit.objects.filter(pk__in=keys | {unit.pk for unit in listed}).order_by("code"))


def _tonight(now: datetime) -> tuple[datetime, time]:
    """Return the day and hour by which a question is answered unless somebody says otherwise: eight this evening."""
    local = now.astimezone(HANOI)
    return (local, _EVENING) if local.time() < _LATEST else (local + timedelta(days=1), _MORNING)


@screen(AREA, right=MANAGE, methods=BOTH)
def ask(desk: Desk) -> HttpResponse:
    """Ask a question."""
    day, hour = _tonight(desk.act.now)
    form = AskForm(
        desk.posted,
        groups=_groups(desk),
        units=list(_direct(desk).items()),
        initial={"day": day.date(), "hour": hour},
    )
    if form.is_valid():
        made = attempt(form, lambda: _ask(desk, form.cleaned_data))
        if made is not None:
            messages.info(desk.request, "Đã gửi câu hỏi; câu trả lời tự cộng vào bảng dưới đây.")
            return HttpResponseRedirect(desk.url("cycles:answers", made.uid))
    points = ("Đơn vị thấy câu hỏi ngay ở phần việc của mình.", "Câu trả lời tính ngay khi gửi, không chờ tiếp nhận.")
    page = RecordPage("Hỏi nhanh một câu", desk.card.name, "Gửi câu hỏi", desk.url("cycles:list"), points=points)
    form.point_at_first_error()
    status = 422 if form.errors else 200
    return desk.render("cycles/ask.html", {"page": page, "form": form}, status=status)


def _ask(desk: Desk, data: dict[str, Any]) -> Cycle:
    question = Question(
        data["text"],
        data["kind"],
        noun=data["noun"] or "đơn vị tính",
        options=data["options"] if data["kind"] == "choice" else (),
    )
    due = moment(data["day"], data["hour"])
    return ask_once(act=desk.act, owner=desk.unit, units=_chosen(desk, data), questions=[question], due_at=due)


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One question: its sum or its counts, and what each unit answered."""

    text: str
    total: str
    total_url: str
    counts: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    is_number: bool


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """What came in so far."""

    title: str
    due: str
    said: str
    parts: tuple[AnswerPart, ...]
    silent: tuple[str, ...]
    url: str
    reminders_url: str
    back_url: str


@screen(AREA, right=VIEW)
def show_answers(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show the answers of a question; the page asks again by itself."""
    cycle = open_cycle_page(desk, uid)
    require(desk.act, VIEW, [cycle.owner])
    if cycle.form.rhythm != FormRhythm.ONCE:
        raise InvalidInput(f"«{cycle.title}» không phải câu hỏi nhanh", hint="Mở trang của kỳ báo cáo")
    found = answers(cycle)
    names = {code: card.place for code, card in found.units.items()}
    page = AnswersPage(
        cycle.title,
        moment_words(cycle.due_at),
        f"{format_number(len(found.answered))}/{format_number(len(found.units))} đơn vị đã trả lời",
        tuple(_part(desk, cycle, one, names) for one in found.questions),
        tuple(card.place for card in found.silent),
        f"{reverse('cycles:answers', args=[uid])}?don-vi={desk.card.code}&ky={desk.period}",
        desk.url("cycles:reminders", uid),
        desk.url("cycles:cycle", uid),
    )
    return desk.render("cycles/answers.html", {"page": page}, part="answers")


def _part(desk: Desk, cycle: Cycle, one: QuestionAnswers, names: dict[str, str]) -> AnswerPart:
    numbers = one.field.kind is FieldKind.VALUE
    url = desk.url("home:entries", one.field.measure, unit=cycle.owner.code, period=Period.parse(cycle.period))
    return AnswerPart(
        one.field.label,
        f"{number(None if one.total is None else float(one.total))} {one.noun}" if numbers else "",
        url if numbers and one.total is not None else "",
        tuple((option, format_number(count)) for option, count in one.counts.items()),
        tuple((names[code], _plain(value) if numbers else value) for code, value in one.by_unit.items() if value),
        numbers,
    )


def _plain(value: str) -> str:
    read = parse_number(value.replace(".", ","))
    return value if read is None else format_number(read)
