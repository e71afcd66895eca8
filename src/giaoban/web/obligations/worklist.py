"""What falls due below the chosen unit: the list, its workbook, and the page of one duty with its leaves."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from giaoban.apps.audit.act import HANOI
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.obligations.duties import STATUS_WORDS, Duty, DutyStatus, count_by_status
from giaoban.apps.obligations.operations import excuse_duty, extend_duty, take_leave_back
from giaoban.apps.obligations.providers import duty_rules
from giaoban.apps.obligations.queries.duties import duties, find_duty, find_leave, is_late, leave_lines
from giaoban.apps.obligations.queries.standing import leave_giver, rules_above
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import may, require
from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.apps.sheets.listing import ListSheet, write_list
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link
from giaoban.web.cycles.due import reports_due
from giaoban.web.forms import DayField, OfficeForm, attempt, sentence
from giaoban.web.http import as_file
from giaoban.web.obligations.lines import DutyLine, duty_lines, late_first, sign_of, when_words

_DONE_DAYS = 365
SHOWN = {"": "Còn phải làm", "late": "Quá hạn", "done": "Cả việc đã xong trong một năm"}


class WorklistForm(OfficeForm):
    """Which duties are looked for."""

    viec = forms.ChoiceField(label="Việc", required=False)
    hien = forms.ChoiceField(label="Hiện", required=False, choices=list(SHOWN.items()))

    def __init__(self, *args: object, titles: Mapping[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["viec"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Tất cả"), *titles.items()]


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """The list."""

    rows: tuple[DutyLine, ...]
    counts: tuple[str, ...]
    said: str
    nothing: str
    base_url: str
    export_url: str
    rule: str
    shown: str
    as_of: str
    actions: tuple[Link, ...]


def _titles(desk: Desk) -> dict[str, str]:
    """Return what duties there are to choose from, by code: the rules of the program and what committees ask."""
    standing = {rule.code: rule.title for rule in rules_above(desk.unit.pk)} if desk.may("meetings_view") else {}
    return {code: rule.title for code, rule in duty_rules().items()} | standing


def _asked(desk: Desk, sent: dict[str, str]) -> tuple[str, str, list[Duty]]:
    """Return the rule and the choice of a filter, and what they find."""
    rule = sent.get("viec", "") if sent.get("viec", "") in _titles(desk) else ""
    shown = sent.get("hien", "") if sent.get("hien", "") in SHOWN else ""
    today = desk.act.today
    since: date | None = today - timedelta(days=_DONE_DAYS) if shown == "done" else None
    found = duties(desk.act.user, desk.unit, today=today, since=since, only=[rule] if rule else [])
    return rule, shown, late_first(duty for duty in found if shown != "late" or is_late(duty))


@screen("obligations", right="members_view")
def worklist(desk: Desk) -> HttpResponse:
    """Show what falls due at or below the chosen unit, late first."""
    rule, shown, found = _asked(desk, desk.request.GET.dict())
    late = sum(is_late(duty) for duty in found)
    page = WorklistPage(
        rows=duty_lines(desk, found),
        counts=_counts(found),
        said=f"{format_number(len(found))} việc, trong đó {format_number(late)} việc quá hạn" if found else "",
        nothing="Không có việc nào quá hạn." if shown == "late" else "Không có việc nào đến hạn.",
        base_url=reverse("obligations:list"),
        export_url=desk.url("obligations:export"),
        rule=rule,
        shown=shown,
        as_of=format_date(desk.act.today),
        actions=(
            Link("Lịch làm việc", desk.url("obligations:calendar")),
            Link("Quy tắc", desk.url("organizations:rules")),
        ),
    )
    form = WorklistForm(initial={"viec": rule, "hien": shown}, titles=_titles(desk))
    context = {"page": page, "form": form, "reports": reports_due(desk)}
    return desk.render("obligations/list.html", context, part="list")


def _counts(found: Iterable[Duty]) -> tuple[str, ...]:
    """Say of each rule how many duties are late and how many are coming: «tổ chức lễ kết nạp: 1 quá hạn»."""
    listed = list(found)
    titles = {duty.rule.code: duty.rule.title for duty in listed}
    told = []
    for code, statuses in count_by_status(listed).items():
        late = sum(statuses[one] for one in (DutyStatus.MISSING, DutyStatus.INSUFFICIENT, DutyStatus.PARTIAL))
        coming = statuses[DutyStatus.NOT_DUE] + statuses[DutyStatus.LATE_WITH_LEAVE]
        parts = [f"{format_number(late)} quá hạn" if late else "", f"{format_number(coming)} sắp đến" if coming else ""]
        if any(parts):
            told.append(f"{_lower(titles[code])}: {', '.join(part for part in parts if part)}")
    return tuple(told)


def _lower(title: str) -> str:
    """Begin a title small; what follows may hold the symbol of a document."""
    return title[:1].lower() + title[1:]


@screen("obligations", right="members_view", methods=("POST",))
def export(desk: Desk) -> HttpResponse:
    """Give the list as a workbook; who took it away is recorded (D16)."""
    rule, shown, found = _asked(desk, desk.request.POST.dict())
    act = desk.act
    cards = place_cards({duty.case.unit for duty in found}, day=act.today)
    head = [
        f"{desk.card.name} ({desk.card.code}): việc đến hạn ngày {format_date(act.today)}",
        f"{len(found)} việc; {act.user.full_name} lấy lúc {act.now.astimezone(HANOI):%H:%M %d/%m/%Y}",
    ]
    headings = ("TT", "Việc", "Về ai", "Đơn vị", "Tính từ", "Ngày", "Hạn", "Tình trạng", "Còn hay quá", "Căn cứ")
    rows = [
        (
            number,
            duty.rule.title,
            duty.case.name,
            cards[duty.case.unit].place,
            duty.rule.since,
            duty.case.opened,
            duty.last_day,
            STATUS_WORDS[duty.status],
            when_words(duty),
            duty.case.evidence,
        )
        for number, duty in enumerate(found, 1)
    ]
    content = write_list(ListSheet("Việc đến hạn", head, headings), rows)
    detail = {"rows": len(found), "rule": rule, "shown": shown, "sha256": hashlib.sha256(content).hexdigest()}
    with transaction.atomic():
        write_trail(act, [Happening("obligations.exported", "unit", str(desk.unit.uid), desk.card.code, detail)])
    name = f"viec-den-han-{desk.card.code}-{act.today.isoformat()}.xlsx"
    return as_file(content, name)


class LeaveForm(OfficeForm):
    """More time, or none of it, with a reason."""

    places = {"Gia hạn đến": "until", "Lý do": "reason"}
    how = forms.ChoiceField(
        label="Cho phép",
        choices=[("extend", "Gia hạn"), ("excuse", "Cho miễn")],
        initial="extend",
        widget=forms.RadioSelect,
    )
    until = DayField(label="Gia hạn đến hết ngày", required=False)
    reason = forms.CharField(
        label="Lý do",
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Ngắn, không ghi nội dung mật, ví dụ: chờ thẩm tra bổ sung",
    )


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """A leave that stands."""

    what: str
    reason: str
    who: str
    back_url: str


@dataclass(frozen=True, slots=True)
class DutyPage:
    """One duty."""

    line: DutyLine
    facts: tuple[tuple[str, str], ...]
    leaves: tuple[LeaveRow, ...]
    may_give: bool
    back_url: str


@screen("obligations", right="members_view", methods=("GET", "POST"))
def duty(desk: Desk, rule: str, subject: str) -> HttpResponse:
    """Show one duty; who manages duties above the unit extends or excuses it here."""
    act = desk.act
    found = find_duty(act.user, desk.unit, rule, subject, today=act.today)
    giver = Unit.objects.get(pk=found.rule.owner or found.case.unit)
    form = LeaveForm(desk.posted)
    if form.is_valid():
        require(act, "duties_manage", [giver])
        if _give(desk, found, form):
            messages.info(desk.request, f"Đã ghi {_given(form)} cho việc «{found.rule.title}» của {found.case.name}.")
            return HttpResponseRedirect(desk.url("obligations:duty", rule, subject))
    may_give = may(act.user, "duties_manage", giver, today=act.today)
    page = DutyPage(
        line=duty_lines(desk, [found])[0],
        facts=_facts(found),
        leaves=tuple(
            LeaveRow(
                "Cho miễn" if one.excuse else f"Gia hạn đến hết {format_date(one.until)}" if one.until else "",
                one.reason,
                f"{one.by} ghi ngày {one.at.astimezone(HANOI):%d/%m/%Y}",
                desk.url("obligations:leave_back", one.uid) if may_give else "",
            )
            for one in leave_lines(act.user, found, today=act.today)
        ),
        may_give=may_give and found.open,
        back_url=desk.url("obligations:list"),
    )
    form.point_at_first_error()
    status = 422 if form.errors else 200
    return desk.render("obligations/duty.html", {"page": page, "form": form}, status=status)


def _given(form: LeaveForm) -> str:
    return "cho miễn" if form.cleaned_data["how"] == "excuse" else "gia hạn"


def _give(desk: Desk, found: Duty, form: LeaveForm) -> bool:
    data = form.cleaned_data
    if data["how"] == "excuse":
        given = attempt(form, lambda: excuse_duty(act=desk.act, duty=found, reason=data["reason"]))
    elif data["until"] is None:
        form.add_error("until", f"Chưa có ngày gia hạn; cần ngày sau {format_date(found.last_day)}.")
        return False
    else:
        given = attempt(form, lambda: extend_duty(act=desk.act, duty=found, until=data["until"], reason=data["reason"]))
    return given is not None


def _facts(found: Duty) -> tuple[tuple[str, str], ...]:
    facts = [
        (f"Tính từ {found.rule.since}", format_date(found.case.opened)),
        ("Hạn theo quy định", format_date(found.due)),
        ("Gia hạn đến", format_date(found.extended) if found.extended else ""),
        ("Ngày cuối còn nhận", format_date(found.locks_on) if found.locks_on else ""),
        ("Đã làm", found.case.evidence),
        ("Tình trạng", sign_of(found).word),
        ("Căn cứ để biết đã làm", found.rule.proof),
    ]
    return tuple((name, value) for name, value in facts if value)


@screen("obligations", right="members_view", methods=("POST",))
def leave_back(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Take a leave back."""
    entry = find_leave(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "duties_manage", [leave_giver(entry)])

    def take_back() -> str:
        take_leave_back(act=desk.act, entry=entry)
        return f"Đã bỏ lần {entry.get_kind_display().lower()}."

    done = attempt(lambda error: messages.info(desk.request, sentence(error)), take_back)
    if done is not None:
        messages.info(desk.request, done)
    return HttpResponseRedirect(desk.url("obligations:duty", entry.rule, entry.subject))
