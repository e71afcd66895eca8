"""Registering the schedule of several units and months at once: one line a unit, one date a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from giaoban.apps.audit.act import day_of
from giaoban.apps.meetings.models import MeetingForm, MeetingKind
from giaoban.apps.meetings.operations import MeetingDraft, Sitting, plan_meetings
from giaoban.apps.meetings.queries.schedule import cells_below, like_last_month, schedule_of, units_below
from giaoban.apps.organizations.models import Unit
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import GiaobanError, InvalidInput, NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Pager
from giaoban.web.forms import OfficeForm, attempt, sentence
from giaoban.web.meetings.place import BOTH
from giaoban.web.meetings.schedule import PAGE, month_words, months_of, page_number, pager_of
from giaoban.web.meetings.times import days_of_month, hour_words, moment, parse_hour

_KINDS = (
    MeetingKind.REGULAR,
    MeetingKind.THEMATIC,
    MeetingKind.CELL_COMMITTEE,
    MeetingKind.COMMITTEE,
    MeetingKind.ALL_MEMBERS,
    MeetingKind.EXTRAORDINARY,
    MeetingKind.WORKING,
)
_OF_CELLS = _KINDS[:3]
_OF_COMMITTEES = (MeetingKind.COMMITTEE, MeetingKind.WORKING)
# Of a cell's own page: nobody there holds the others.
_HELD_BY_CELLS = (*_OF_CELLS, MeetingKind.EXTRAORDINARY)


class PlanForm(OfficeForm):
    """What is alike in all lines."""

    minutes = forms.IntegerField(
        label="Dự kiến (phút)",
        min_value=15,
        max_value=720,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Cần một số phút, ví dụ 90.", "min_value": "Cần từ 15 phút trở lên."},
    )
    form = forms.ChoiceField(label="Hình thức", choices=MeetingForm.choices)
    topic = forms.CharField(label="Nội dung, chuyên đề", max_length=300, required=False)


@dataclass(frozen=True, slots=True)
class DateCell:
    """One date to type; ``there`` is a link to what is registered already."""

    name: str
    month: str
    label: str
    value: str
    there: Link | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A unit with its dates, hour and place."""

    code: str
    name: str
    dates: tuple[DateCell, ...]
    hour: str
    place: str
    fault: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The screen."""

    kinds: tuple[Link, ...]
    kind: str
    months: tuple[str, ...]
    rows: tuple[PlanRow, ...]
    pager: Pager | None
    repeat_url: str
    back_url: str
    nothing: str


def _kind(desk: Desk) -> MeetingKind:
    text = desk.request.GET.get("loai") or MeetingKind.REGULAR
    if text not in _KINDS:
        raise NotFound(f"Không có loại kỳ họp {quoted(text)}")
    return MeetingKind(text)


def _units(desk: Desk, kind: MeetingKind) -> list[int]:
    cells = cells_below(desk.unit, desk.act.today)
    if kind in _OF_CELLS:
        return cells
    every = units_below(desk.unit, desk.act.today)
    return [pk for pk in every if pk not in set(cells)] if kind in _OF_COMMITTEES else every


@screen("meetings", right="meetings_record", methods=BOTH)
def plan(desk: Desk) -> HttpResponse:
    """Register meetings; what was typed stays when a line is refused."""
    kind, months, number = _kind(desk), months_of(desk.period), page_number(desk)
    units = _units(desk, kind)
    part = units[(number - 1) * PAGE : number * PAGE]
    form = PlanForm(desk.posted, initial={"minutes": 90, "form": MeetingForm.IN_PERSON})
    faults: dict[str, str] = {}
    if desk.posted is not None and form.is_valid():
        done = _record(desk, form, kind, part, months, faults)
        if done and not faults:
            messages.info(desk.request, f"Đã đăng ký {format_number(done)} kỳ: {kind.label.lower()}.")
            return HttpResponseRedirect(desk.url("meetings:schedule"))
        if not faults and not form.errors:
            form.add_error(None, "Chưa điền ngày nào.")
    if faults:
        form.add_error(None, f"Chưa ghi gì: {len(faults)} dòng cần sửa. Nội dung đã nhập vẫn còn nguyên.")
    query = {"loai": kind.value}
    offered = _HELD_BY_CELLS if desk.card.holds_members else _KINDS
    page = PlanPage(
        tuple(Link(one.label, desk.url("meetings:plan", query={"loai": one.value}), one == kind) for one in offered),
        kind.label,
        tuple(month_words(month) for month in months),
        _rows(desk, kind, part, months, faults),
        pager_of(desk, "meetings:plan", number, len(units), query),
        desk.url("meetings:plan", query={"lap": "1"}) if kind == MeetingKind.REGULAR else "",
        desk.url("meetings:schedule"),
        f"{desk.card.name} không có đơn vị nào họp loại này.",
    )
    failed = desk.posted is not None
    return desk.render("meetings/plan.html", {"page": page, "form": form}, status=422 if failed else 200)


def _field(code: str, month: date) -> str:
    return f"ngay-{code}-{month:%Y-%m}"


def _rows(
    desk: Desk, kind: MeetingKind, part: Sequence[int], months: Sequence[date], faults: dict[str, str]
) -> tuple[PlanRow, ...]:
    day = desk.act.today
    found = schedule_of(desk.act.user, part, months, today=day, day=day)
    before = {}
    if desk.posted is None and kind == MeetingKind.REGULAR and desk.request.GET.get("lap") == "1":
        before = {(one.unit.pk, month): one for month in months for one in like_last_month(part, month)}
    sent: QueryDict = desk.posted or QueryDict()
    rows = []
    for pk, row in zip(part, found, strict=True):
        code, cells = row.unit.code, []
        like = next((before[(pk, month)] for month in months if (pk, month) in before), None)
        for month, meetings in zip(months, row.months, strict=True):
            there = next((one for one in meetings if one.kind == kind), None)
            repeated = before.get((pk, month))
            value = sent.get(_field(code, month), format_date(day_of(repeated.starts_at)) if repeated else "")
            link = None
            if there is not None:
                link = Link(format_date(day_of(there.starts_at)), desk.url("meetings:meeting", there.uid))
            words = month_words(month)
            cells.append(DateCell(_field(code, month), words, f"{row.unit.name}, {words}", value, link))
        rows.append(
            PlanRow(
                code,
                row.unit.place,
                tuple(cells),
                sent.get(f"gio-{code}", hour_words(like.starts_at) if like else ""),
                sent.get(f"noi-{code}", like.place if like else ""),
                faults.get(code, ""),
            )
        )
    return tuple(rows)


def _record(
    desk: Desk,
    form: PlanForm,
    kind: MeetingKind,
    part: Sequence[int],
    months: Sequence[date],
    faults: dict[str, str],
) -> int:
    assert desk.posted is not None
    drafts: list[MeetingDraft] = []
    for unit in Unit.objects.filter(pk__in=part).order_by("code"):
        try:
            drafts += _drafts(desk.posted, form, kind, unit, months)
        except InvalidInput as error:
            faults[unit.code] = sentence(error)
    if faults or not drafts:
        return 0

    def refuse(error: GiaobanError) -> None:
        named = drafts[error.index].unit.code if error.index is not None else error.where
        faults[named] = sentence(error)
        if named not in {draft.unit.code for draft in drafts}:
            form.refuse(error)

    return len(attempt(refuse, lambda: plan_meetings(act=desk.act, drafts=drafts)) or ())


def _drafts(
    sent: QueryDict, form: PlanForm, kind: MeetingKind, unit: Unit, months: Sequence[date]
) -> list[MeetingDraft]:
    found = []
    for month in months:
        text = sent.get(_field(unit.code, month), "").strip()
        if not text:
            continue
        days = days_of_month(text, month)
        hour = parse_hour(sent.get(f"gio-{unit.code}", ""))
        if hour is None:
            raise InvalidInput("Chưa có giờ họp", expected="giờ:phút, ví dụ 14:00")
        length = timedelta(minutes=form.cleaned_data["minutes"])
        how, place = MeetingForm(form.cleaned_data["form"]), sent.get(f"noi-{unit.code}", "")
        begins = [moment(day, hour) for day in days]
        sittings = tuple(Sitting(one, one + length, how, place) for one in begins)
        found.append(MeetingDraft(unit, kind, sittings, month, form.cleaned_data["topic"]))
    return found
