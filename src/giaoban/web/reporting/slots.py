"""Writing one part of a report: its words with what the units wrote beside them, remarks, earlier versions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.reporting.models import OwnReport, ReportComment, ReportText, TextOrigin
from giaoban.apps.reporting.operations.own_report import comment_report, write_text
from giaoban.apps.reporting.queries.own_report.state import (
    NO_TEXT,
    SlotSpec,
    definition_of,
    is_still,
    may_write,
    slot_specs,
    slot_texts,
)
from giaoban.apps.reporting.queries.own_report.text_sources import text_sources
from giaoban.apps.reporting.queries.own_report.units import units_wrote
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.forms import OfficeForm, sentence
from giaoban.web.reporting.place import BOTH, WordRun, context_of, filled_titles, moment, open_report, word_changes

_VERSIONS_SHOWN = 20


class TextForm(OfficeForm):
    """The words of a slot, and the version that the person started from."""

    text = forms.CharField(
        label="Nội dung",
        required=False,
        strip=False,
        help_text="Mỗi dòng là một đoạn; dòng bắt đầu bằng «- » là một gạch đầu dòng.",
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class RemarkForm(OfficeForm):
    """A remark, or an answer to one."""

    places = {"text": "said"}
    said = forms.CharField(label="Góp ý", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True, slots=True)
class UnitText:
    """What a unit wrote on the same part; ``taken`` once its words are a source of the committee's."""

    source: str
    name: str
    text: str
    state: str
    taken: bool


@dataclass(frozen=True, slots=True)
class SourceView:
    """A report from which words were taken; ``changed`` says what became of them there since."""

    name: str
    url: str
    changed: str


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A remark with its answers."""

    uid: str
    text: str
    who: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """An earlier version: who, when, how, and what it changed."""

    number: int
    who: str
    origin: str
    changes: tuple[WordRun, ...]


def _spec(desk: Desk, report: OwnReport, slot: str) -> SlotSpec:
    specs = slot_specs(definition_of(report, day=desk.act.today))
    found = next((spec for spec in specs if spec.slot == slot), None)
    if found is None:
        raise NotFound(f"Báo cáo không có phần {quoted(slot)}")
    return found


def _seen(desk: Desk) -> int:
    text = desk.request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 7 else 0


@screen("reporting", right="figures_view", methods=BOTH)
def slot_page(desk: Desk, uid: uuid.UUID, slot: str) -> HttpResponse:
    """Show one part of a report and keep what is written: by the button, or by itself while somebody writes."""
    desk, report = open_report(desk, uid)
    _spec(desk, report, slot)
    if desk.request.method != "POST":
        return _shown(desk, report, slot)
    text = desk.request.POST.get("text", "")
    refused = ""
    try:
        write_text(act=desk.act, report=report, slot=slot, text=text, seen=_seen(desk))
    except NotAllowed:
        raise
    except (InvalidInput, Conflict) as error:
        refused = sentence(error)
    if desk.request.htmx:
        return _saved(desk, report, slot, refused)
    if refused:
        return _shown(desk, report, slot, typed=text, refused=refused)
    messages.info(desk.request, "Đã lưu.")
    return HttpResponseRedirect(desk.url("reporting:slot", report.uid, slot))


def _saved(desk: Desk, report: OwnReport, slot: str, refused: str) -> HttpResponse:
    """Answer the page that saves by itself: the version it goes on from, or what another person wrote meanwhile."""
    held = slot_texts(report).get(slot, NO_TEXT)
    context = {
        "saved": _saved_words(held.row),
        "seen": _seen(desk) if refused else held.version,
        "refused": refused,
        "theirs": held.text if refused else "",
        "theirs_version": held.version,
        "fresh": not refused,
    }
    return desk.render("reporting/slot.html", context, part="saved")


def _saved_words(row: ReportText | None) -> str:
    if row is None:
        return "Chưa có nội dung nào được lưu."
    return f"Đã lưu bản {row.version}: {row.written_by.full_name}, {moment(row.written_at)}."


def _shown(
    desk: Desk, report: OwnReport, slot: str, *, typed: str | None = None, refused: str = "", remark: Any = None
) -> HttpResponse:
    spec = _spec(desk, report, slot)
    held = slot_texts(report).get(slot, NO_TEXT)
    can_write = may_write(desk.act.user, report, slot, today=desk.act.today) and not is_still(report)
    search = desk.request.GET.get("tim-don-vi", "")
    versions = list(report.texts.filter(slot=slot).select_related("written_by").order_by("-version")[:_VERSIONS_SHOWN])
    sources = held.row.sources if held.row is not None else []
    conflict = bool(refused) and typed is not None
    more = {
        "spec": spec,
        "section": filled_titles(desk, report)[spec.section],
        "can_write": can_write,
        "form": TextForm(initial={"text": held.text if typed is None else typed}),
        "text": held.text,
        "saved": _saved_words(held.row),
        "seen": _seen(desk) if conflict else held.version,
        "refused": refused,
        "theirs": held.text if conflict else "",
        "theirs_version": held.version,
        "here_url": desk.url("reporting:slot", report.uid, slot),
        "report_url": desk.url("reporting:report", report.uid),
        "take_url": desk.url("reporting:take_in", report.uid, slot),
        "comment_url": desk.url("reporting:comment", report.uid),
        "units": _units(report, slot, search, sources),
        "search": search,
        "sources": _sources(desk, report, slot, sources),
        "remarks": _remarks(report, slot),
        "remark": remark or RemarkForm(),
        "versions": _versions(versions),
    }
    status = 422 if refused or (remark is not None and remark.errors) else 200
    return desk.render("reporting/slot.html", context_of(desk, report, "report", more), status=status)


def _units(report: OwnReport, slot: str, search: str, sources: list[str]) -> tuple[UnitText, ...]:
    return tuple(
        UnitText(
            source=str(one.uid),
            name=one.unit.place,
            text=one.text,
            state="đã tiếp nhận" if one.accepted else "đã gửi",
            taken=str(one.uid) in sources,
        )
        for one in units_wrote(report, slot, search=search)
    )


def _sources(desk: Desk, report: OwnReport, slot: str, sources: list[str]) -> tuple[SourceView, ...]:
    return tuple(
        SourceView(
            f"{one.submission.unit.code}: {one.submission.cycle.title}",
            desk.url("cycles:report", one.submission.uid),
            one.changed,
        )
        for one in text_sources(report, slot, sources)
    )


def _remarks(report: OwnReport, slot: str) -> tuple[RemarkView, ...]:
    rows = list(report.comments.filter(slot=slot).select_related("by").order_by("pk"))
    return tuple(
        RemarkView(
            str(row.uid),
            row.text,
            _who(row),
            tuple((one.text, _who(one)) for one in rows if one.answers_id == row.pk),
        )
        for row in rows
        if row.answers_id is None
    )


def _who(row: ReportComment) -> str:
    return f"{row.by.full_name}, {moment(row.at)}"


def _versions(rows: list[ReportText]) -> tuple[VersionView, ...]:
    views = []
    for place, row in enumerate(rows):
        before = rows[place + 1].text if place + 1 < len(rows) else ""
        if place + 1 == len(rows) and row.version > 1:
            continue
        views.append(
            VersionView(
                row.version,
                f"{row.written_by.full_name}, {moment(row.written_at)}",
                row.get_origin_display(),
                word_changes(before, row.text),
            )
        )
    return tuple(views)


@screen("reporting", right="figures_view", methods=("POST",))
def take_in(desk: Desk, uid: uuid.UUID, slot: str) -> HttpResponse:
    """Put the words of units that were ticked behind the committee's own; their reports stay linked as sources."""
    desk, report = open_report(desk, uid)
    _spec(desk, report, slot)
    ticked = set(desk.request.POST.getlist("nguon"))
    chosen = [one for one in units_wrote(report, slot) if str(one.uid) in ticked]
    if not chosen:
        return _shown(desk, report, slot, refused="Chưa chọn đơn vị nào: đánh dấu bài viết cần lấy rồi bấm lại.")
    held = slot_texts(report).get(slot, NO_TEXT)
    text = "\n".join(part for part in (held.text, *(one.text.strip() for one in chosen)) if part)
    try:
        write_text(
            act=desk.act,
            report=report,
            slot=slot,
            text=text,
            seen=_seen(desk),
            origin=TextOrigin.UNITS,
            sources=[str(one.uid) for one in chosen],
        )
    except (InvalidInput, Conflict) as error:
        return _shown(desk, report, slot, refused=sentence(error))
    messages.info(
        desk.request, f"Đã lấy bài viết của {len(chosen)} đơn vị vào cuối phần này; sửa lại cho thành một bài."
    )
    return HttpResponseRedirect(desk.url("reporting:slot", report.uid, slot))


@screen("reporting", right="figures_view", methods=("POST",))
def comment(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Keep a remark on a part, on the whole report, or an answer."""
    desk, report = open_report(desk, uid)
    data = desk.request.POST
    slot = data.get("phan", "")
    if slot:
        _spec(desk, report, slot)
    answered_uid = _uid(data.get("tra-loi", ""))
    answered = report.comments.filter(uid=answered_uid).first() if answered_uid is not None else None
    form = RemarkForm(data)
    back = desk.url("reporting:slot", report.uid, slot) if slot else desk.url("reporting:report", report.uid)
    refused = ""
    if form.is_valid():
        try:
            comment_report(act=desk.act, report=report, slot=slot, text=form.cleaned_data["said"], answers=answered)
        except (InvalidInput, Conflict) as error:
            refused = sentence(error)
        else:
            return HttpResponseRedirect(f"{back}#gop-y")
    if slot:
        return _shown(desk, report, slot, refused=refused, remark=form)
    from giaoban.web.reporting.report import show_report

    return show_report(desk, report, refused=refused or "Chưa có nội dung góp ý.")


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
