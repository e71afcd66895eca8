"""One cycle for the office: every unit's state by cluster, what is missing, accepting several, reminders."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from giaoban.apps.audit.act import HANOI
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.queries.office_holders import offices_held
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.permissions import may, require, units_allowed
from giaoban.apps.reporting.models import Cycle, FormRhythm, SubmissionState
from giaoban.apps.reporting.operations.cycles import accept, cancel_cycle
from giaoban.apps.reporting.queries.cycles.overview import CycleOverview, OverviewRow, cycle_overview
from giaoban.apps.reporting.queries.cycles.timing import Timing
from giaoban.apps.reporting.queries.own_report.sources import report_over
from giaoban.apps.sheets.listing import ListSheet, write_list
from giaoban.core.errors import GiaobanError
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, RecordPage, Sign
from giaoban.web.cycles.judging import STEPS, ticked
from giaoban.web.cycles.place import (
    ACCEPT,
    AREA,
    BOTH,
    MANAGE,
    OPEN,
    STATES,
    VIEW,
    moment_words,
    open_cycle_page,
    sign_of,
    state_sign,
)
from giaoban.web.forms import OfficeForm, attempt, sentence
from giaoban.web.http import as_file
from giaoban.web.members.record_page import form_page

SHOWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "": ("Tất cả", ()),
    "thieu": ("Còn thiếu", tuple(OPEN)),
    "cho": ("Chờ tiếp nhận", (SubmissionState.SUBMITTED,)),
    "xong": ("Đã tiếp nhận", (SubmissionState.ACCEPTED,)),
    "mien": ("Được miễn", (SubmissionState.RELEASED,)),
}


class OverviewForm(OfficeForm):
    """What the page shows."""

    hien = forms.ChoiceField(label="Hiện", required=False, choices=[(key, one[0]) for key, one in SHOWN.items()])
    cum = forms.ChoiceField(label="Cụm", required=False)

    def __init__(self, *args: object, clusters: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cum"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Tất cả"), *((name, name) for name in clusters if name)]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit; ``key`` is not empty where the person can do something about what was sent, or was not."""

    name: str
    url: str
    sign: Sign
    due: str
    sent: str
    note: str
    key: str
    version: int


@dataclass(frozen=True, slots=True)
class ClusterRows:
    """A cluster: how many stand in each state, and its units that are shown."""

    name: str
    count: str
    counts: tuple[tuple[str, str], ...]
    rows: tuple[UnitRow, ...]


@dataclass(frozen=True, slots=True)
class CyclePage:
    """The page; ``states`` are the heads of the counts, ``total`` their sums."""

    title: str
    period_name: str
    due: str
    locks: str
    cancelled: str
    states: tuple[Sign, ...]
    clusters: tuple[ClusterRows, ...]
    total: tuple[tuple[str, str], ...]
    timings: str
    said: str
    can_accept: bool
    judging: tuple[Link, ...]
    refused: str
    actions: tuple[Link, ...]
    base_url: str
    accept_url: str
    export_url: str
    back_url: str


def _found(desk: Desk, uid: uuid.UUID) -> tuple[Cycle, CycleOverview]:
    cycle = open_cycle_page(desk, uid)
    return cycle, cycle_overview(cycle, now=desk.act.now, user=desk.act.user, under=desk.unit)


@screen(AREA, right=VIEW)
def cycle(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show every unit's state."""
    return _show(desk, uid)


def _show(desk: Desk, uid: uuid.UUID, refused: str = "") -> HttpResponse:
    row, found = _found(desk, uid)
    form = OverviewForm(desk.request.GET.dict(), clusters=[group.name for group in found.groups])
    chosen = form.cleaned_data if form.is_valid() else {}
    states = SHOWN[chosen.get("hien", "")][1]
    cluster = chosen.get("cum", "")
    receivers = {one.submission.receiver_id for one in found.rows}
    allowed = units_allowed(desk.act.user, ACCEPT, receivers, today=desk.act.today)
    clusters = tuple(
        ClusterRows(
            group.name or ("Ngoài các cụm" if len(found.groups) > 1 else ""),
            f"{format_number(len(group.rows))} đơn vị",
            _numbers(group.counts),
            tuple(_unit(desk, one, allowed) for one in group.rows if not states or one.state in states),
        )
        for group in found.groups
        if not cluster or group.name == cluster
    )
    shown = sum(len(group.rows) for group in clusters)
    page = CyclePage(
        title=row.title,
        period_name=found.period_name,
        due=moment_words(row.due_at),
        locks=moment_words(row.locks_at),
        cancelled=moment_words(row.cancelled_at),
        states=tuple(state_sign(state) for state in STATES),
        clusters=clusters,
        total=_numbers(found.counts),
        timings=_timings(found.timings),
        said=f"Hiện {format_number(shown)}/{format_number(len(found.rows))} đơn vị",
        can_accept=any(one.key for group in clusters for one in group.rows),
        judging=tuple(
            Link(step.button, desk.url("cycles:judge_several", uid, key)) for key, step in STEPS.items() if step.several
        ),
        refused=refused,
        actions=_actions(desk, row),
        base_url=reverse("cycles:cycle", args=[uid]),
        accept_url=desk.url("cycles:accept", uid),
        export_url=desk.url("cycles:export", uid),
        back_url=desk.url("cycles:list"),
    )
    status = 422 if refused else 200
    return desk.render(
        "cycles/cycle.html", {"page": page, "form": form}, part="" if refused else "units", status=status
    )


def _numbers(counts: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """Return for each state its word and how many stand there, empty for none."""
    return tuple((state_sign(state).word, format_number(counts[state]) if counts[state] else "") for state in STATES)


_TIMED = (
    (Timing.ON_TIME, "đúng hạn"),
    (Timing.LATE_WITH_LEAVE, "chậm (được gia hạn)"),
    (Timing.LATE, "chậm"),
    (Timing.MISSING, "quá hạn, chưa gửi"),
    (Timing.NOT_DUE, "chưa đến hạn"),
)


def _timings(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{format_number(counts[one.value])} {word}" for one, word in _TIMED if counts[one.value])


def _unit(desk: Desk, one: OverviewRow, allowed: set[int]) -> UnitRow:
    row = one.submission
    cancelled = row.cycle.cancelled_at is not None
    judged = one.state in (*OPEN, SubmissionState.SUBMITTED) and row.receiver_id in allowed and not cancelled
    return UnitRow(
        name=one.unit.place,
        url=desk.url("cycles:report", row.uid),
        sign=sign_of(one.state, one.timing, edition=row.edition),
        due=moment_words(row.due_at) if row.due_at != row.cycle.due_at else "",
        sent=moment_words(row.submitted_at),
        note=f"{one.gap_by} chấp nhận thiếu: {one.remark}" if one.gap_by and one.state in OPEN else one.remark,
        key=str(row.uid) if judged else "",
        version=row.version,
    )


def _actions(desk: Desk, row: Cycle) -> tuple[Link, ...]:
    found = []
    if row.form.rhythm == FormRhythm.ONCE:
        found.append(Link("Các câu trả lời", desk.url("cycles:answers", row.uid)))
    else:
        found.append(Link("Bàn tổng hợp", desk.url("cycles:consolidate", row.uid)))
        own = report_over(desk.act.user, row, desk.unit, now=desk.act.now)
        if own is not None:
            found.append(Link("Báo cáo của cấp ủy", desk.url("reporting:report", own.uid)))
    found.append(Link("Lời nhắc", desk.url("cycles:reminders", row.uid)))
    if row.cancelled_at is None and may(desk.act.user, MANAGE, row.owner, today=desk.act.today):
        found.append(Link("Hủy kỳ", desk.url("cycles:cancel", row.uid)))
    return tuple(found)


@screen(AREA, right=VIEW, methods=("POST",))
def accept_several(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Accept the ticked reports, all or none."""
    open_cycle_page(desk, uid)
    sent = desk.request.POST
    rows = ticked(desk, uid)
    if not rows:
        return _show(desk, uid, "Chưa chọn báo cáo nào; đánh dấu các đơn vị rồi bấm «Tiếp nhận».")
    versions = {row.uid: _version(sent.get(f"ban-{row.uid}", "")) for row in rows}
    # Ticked with all others, and shown as not waiting: nothing was meant by it. What has changed since is refused.
    waits = [row for row in rows if row.state == SubmissionState.SUBMITTED or versions[row.uid] != row.version]
    if not waits:
        return _show(desk, uid, "Các đơn vị đã chọn chưa gửi báo cáo, chưa có gì để tiếp nhận.")
    refused: list[GiaobanError] = []
    attempt(refused.append, lambda: accept(act=desk.act, submissions=waits, seen=versions))
    if refused:
        return _show(desk, uid, f"Chưa tiếp nhận báo cáo nào. {sentence(refused[0])}")
    left = f"; {format_number(len(rows) - len(waits))} đơn vị đã chọn chưa gửi" if len(rows) > len(waits) else ""
    messages.info(desk.request, f"Đã tiếp nhận báo cáo của {format_number(len(waits))} đơn vị{left}.")
    return HttpResponseRedirect(desk.url("cycles:cycle", uid))


def _version(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else -1


@screen(AREA, right=VIEW, methods=("POST",))
def export(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Give the list as a workbook; who took it away is recorded (D16)."""
    row, found = _found(desk, uid)
    act = desk.act
    head = [
        f"{desk.card.name} ({desk.card.code}): {row.title}, hạn {moment_words(row.due_at)}",
        f"{act.user.full_name} lấy lúc {act.now.astimezone(HANOI):%H:%M %d/%m/%Y}",
    ]
    headings = ("Cụm", "Mã", "Đơn vị", "Trạng thái", "Hạn", "Gửi lúc", "Ghi chú")
    rows = [
        (
            group.name,
            one.unit.code,
            one.unit.place,
            sign_of(one.state, one.timing, edition=one.submission.edition).word,
            moment_words(one.submission.due_at),
            moment_words(one.submission.submitted_at),
            one.remark,
        )
        for group in found.groups
        for one in group.rows
    ]
    content = write_list(ListSheet("Kỳ báo cáo", head, headings), rows)
    detail = {"rows": len(rows), "sha256": hashlib.sha256(content).hexdigest()}
    with transaction.atomic():
        write_trail(act, [Happening("reporting.cycle_exported", "cycle", str(row.uid), desk.card.code, detail)])
    name = f"ky-bao-cao-{row.form.code}-{row.period}-{desk.card.code}.xlsx"
    return as_file(content, name)


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the call list."""

    place: str
    secretary: str
    state: str


@dataclass(frozen=True, slots=True)
class RemindersPage:
    """Who still has to send: to telephone, and to copy."""

    title: str
    calls: tuple[Call, ...]
    text: str
    back_url: str


@screen(AREA, right=VIEW)
def reminders(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show whom to remind."""
    row, found = _found(desk, uid)
    owing = [one for one in found.rows if one.state in OPEN and row.cancelled_at is None]
    held = offices_held([one.unit.pk for one in owing], desk.act.today)
    heads = {one.unit: one.full_name for one in held if one.office == Office.SECRETARY}
    calls = tuple(
        Call(one.unit.place, heads.get(one.unit.pk, ""), sign_of(one.state, one.timing).word) for one in owing
    )
    parts = []
    for one in owing:
        due = moment_words(one.submission.due_at)
        what = f"cần bổ sung: {one.remark}" if one.state == SubmissionState.RETURNED else "chưa nhận được báo cáo"
        parts.append(f"Kính gửi {one.unit.place}. {row.title}: hạn {due}, {what}. Đề nghị đơn vị gửi sớm.")
    page = RemindersPage(row.title, calls, "\n\n".join(parts), desk.url("cycles:cycle", uid))
    return desk.render("cycles/reminders.html", {"page": page})


class CancelForm(OfficeForm):
    """Why a cycle is withdrawn."""

    places = {"Lý do hủy": "reason"}
    reason = forms.CharField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


@screen(AREA, right=VIEW, methods=BOTH)
def cancel(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Withdraw a cycle."""
    row = open_cycle_page(desk, uid)
    require(desk.act, MANAGE, [row.owner])
    form = CancelForm(desk.posted)
    if form.is_valid():
        done = attempt(form, lambda: cancel_cycle(act=desk.act, cycle=row, reason=form.cleaned_data["reason"]))
        if done is not None:
            messages.info(desk.request, "Đã hủy kỳ báo cáo.")
            return HttpResponseRedirect(desk.url("cycles:cycle", uid))
    points = ("Các đơn vị chưa gửi không còn nợ báo cáo này.", "Báo cáo đã tiếp nhận vẫn được giữ.")
    page = RecordPage("Hủy kỳ báo cáo", row.title, "Hủy kỳ", desk.url("cycles:cycle", uid), points=points)
    return form_page(desk, page, form)
