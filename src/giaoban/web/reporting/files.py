"""The report as a page and as a file: what changed beside it, Word and PDF out, the leaders' Word file back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect

from giaoban.apps.reporting.models import OwnReport, ReturnedFile
from giaoban.apps.reporting.operations.own_report import accept_returned, take_back_file, write_own_report
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.apps.reporting.queries.own_report.changes import document_changes, numbers_otherwise_now
from giaoban.apps.reporting.queries.own_report.document import own_document
from giaoban.apps.reporting.queries.own_report.state import (
    NO_TEXT,
    SlotText,
    definition_of,
    is_still,
    slot_specs,
    slot_texts,
)
from giaoban.core.errors import Conflict, GiaobanError, InvalidInput
from giaoban.web.access import Desk, screen
from giaoban.web.forms import OfficeForm, sentence
from giaoban.web.http import as_file
from giaoban.web.reporting.paper import paper_of
from giaoban.web.reporting.place import (
    BOTH,
    WordRun,
    context_of,
    moment,
    of_period,
    open_report,
    report_title,
    word_changes,
    writes,
)
from giaoban.web.reporting.views import degree_refused
from giaoban.writer.blocks import Number

_MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class MarginLine:
    """What is otherwise at one place of the page; ``anchor`` leads there."""

    anchor: str
    runs: tuple[WordRun, ...]


@screen("reporting", right="figures_view")
def paper(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show the report as it will be printed, its numbers open, and beside it what changed."""
    return _paper(*open_report(desk, uid))


def _paper(desk: Desk, report: OwnReport, *, refused: str = "") -> HttpResponse:
    def url(number: Number) -> str:
        if number.period != report.period:
            return ""
        if report.cutoff is not None and number.measure in report.cutoff.figures:
            return desk.url("reporting:entries", report.uid, number.measure)
        return (
            of_period(desk, report).url("home:entries", number.measure, unit=report.unit.code)
            if report.cutoff is None
            else ""
        )

    more: dict[str, Any] = {"refused": refused}
    status = 422 if refused else 200
    try:
        document = own_document(report, today=desk.act.today, mark_empty=not is_still(report), rights=desk.rights)
        margin: list[MarginLine] = []
        marks: dict[int, str] = {}
        if report.replaces is not None:
            for change in document_changes(
                own_document(report.replaces, today=desk.act.today, rights=desk.rights), document
            ):
                marks[change.place] = "khác bản trước"
                margin.append(MarginLine(f"doan-{change.place}", word_changes(change.old, change.new)))
        later = numbers_otherwise_now(report, today=desk.act.today, rights=desk.rights) if not is_still(report) else ()
    except InvalidInput as error:
        return desk.render(
            "reporting/own_paper.html",
            context_of(desk, report, "paper", more | {"unkept": sentence(error)}),
            status=status,
        )
    known = catalogue()
    more |= {
        "paper": paper_of(document, url, marks),
        "margin": margin,
        "before": report_title(report.replaces) if report.replaces is not None else "",
        "later": tuple(
            (known[one.number.measure].label if one.number.measure in known else "", one.number.text, one.now)
            for one in later
        ),
        "adjustments_url": desk.url("reporting:adjustments", report.uid) if report.cutoff_id else "",
        "take_url": desk.url("reporting:take_own", report.uid) if writes(desk, report) else "",
        "still": is_still(report),
    }
    return desk.render("reporting/own_paper.html", context_of(desk, report, "paper", more), status=status)


@screen("reporting", right="figures_view", methods=("POST",))
def take(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Give the report as Word or PDF; the degree of secrecy is asked first (decision D16)."""
    desk, report = open_report(desk, uid, right="reports_write")
    if refused := degree_refused(desk):
        return _paper(desk, report, refused=refused)
    wanted = desk.request.POST.get("dang", "docx")
    try:
        written = write_own_report(
            act=desk.act, report=report, file_format=wanted if wanted in ("docx", "pdf") else "docx"
        )
    except GiaobanError as error:
        return _paper(desk, report, refused=sentence(error))
    return as_file(written.content, written.file_name)


class ReturnForm(OfficeForm):
    """The Word file that came back."""

    file = forms.FileField(
        label="Tệp Word đã sửa",
        help_text="Tệp .docx tải về từ đây, đã sửa trong Word hoặc LibreOffice, không quá 10 MB",
    )


@screen("reporting", right="figures_view", methods=BOTH)
def word(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show the files that came back, and take one back."""
    desk, report = open_report(desk, uid, right="reports_write")
    form = ReturnForm(desk.posted, desk.request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read(_MOST_BYTES + 1)
            made = take_back_file(act=desk.act, report=report, name=file.name, content=content)
        except (InvalidInput, Conflict) as error:
            form.add_error("file", f"{file.name}: {sentence(error)}")
        else:
            return HttpResponseRedirect(desk.url("reporting:returned", report.uid, made.uid))
    rows = report.returned_files.select_related("taken_by").order_by("-pk").defer("content", "changes")
    more = {
        "form": form if not is_still(report) else None,
        "take_url": desk.url("reporting:take_own", report.uid),
        "files": tuple(
            (row.name, desk.url("reporting:returned", report.uid, row.uid), f"{row.taken_by}, {moment(row.taken_at)}")
            for row in rows
        ),
    }
    status = 422 if form.is_bound and form.errors else 200
    return desk.render("reporting/word.html", context_of(desk, report, "word", more), status=status)


@dataclass(frozen=True, slots=True)
class ReturnedText:
    """The words of one slot that came back, beside those of now."""

    slot: str
    title: str
    runs: tuple[WordRun, ...]
    state: str
    seen: int
    stale: bool


@screen("reporting", right="figures_view", methods=BOTH)
def returned(desk: Desk, uid: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """Show what a file that came back has otherwise, and take words over slot by slot."""
    desk, report = open_report(desk, uid, right="reports_write")
    held = ReturnedFile.objects.filter(report=report, uid=file).select_related("taken_by", "report").first()
    if held is None:
        raise Http404
    refused = ""
    if desk.request.method == "POST":
        slot, text = desk.request.POST.get("phan", ""), desk.request.POST.get("seen", "")
        seen = int(text) if text.isdecimal() and len(text) < 7 else -1
        try:
            accept_returned(act=desk.act, returned=held, slot=slot, seen=seen)
        except (InvalidInput, Conflict) as error:
            refused = sentence(error)
        else:
            messages.info(desk.request, "Đã lấy lời văn thành bản mới của phần này.")
            return HttpResponseRedirect(f"{desk.url('reporting:returned', report.uid, held.uid)}#phan-{slot}")
    texts = slot_texts(report)
    names = {spec.slot: spec.guidance or spec.slot for spec in slot_specs(definition_of(report, day=desk.act.today))}
    known = catalogue()
    more = {
        "name": held.name,
        "who": f"{held.taken_by.full_name}, {moment(held.taken_at)}",
        "texts": tuple(_returned_text(one, texts, names) for one in held.changes["texts"] if one["slot"] in names),
        "sentences": tuple(
            (
                one["section"],
                word_changes(one["printed"], one["returned"]),
                tuple(
                    (
                        known[number["measure"]].label if number["measure"] in known else "ngoài số liệu",
                        number["printed"] or "không có",
                        number["by_hand"] or "bỏ đi",
                    )
                    for number in one["numbers"]
                ),
            )
            for one in held.changes["sentences"]
        ),
        "loose": held.changes["loose"],
        "notes": held.changes["notes"],
        "here_url": desk.url("reporting:returned", report.uid, held.uid),
        "may_take": not is_still(report),
        "refused": refused,
    }
    status = 422 if refused else 200
    return desk.render("reporting/returned.html", context_of(desk, report, "word", more), status=status)


def _returned_text(one: dict[str, Any], texts: dict[str, SlotText], names: dict[str, str]) -> ReturnedText:
    now = texts.get(one["slot"], NO_TEXT)
    same = now.text == one["text"]
    taken = same and now.row is not None and now.row.origin == "word"
    stale = not same and one["version"] is not None and one["version"] != now.version
    return ReturnedText(
        one["slot"],
        names[one["slot"]],
        () if same else word_changes(now.text, one["text"]),
        "đã lấy" if taken else "không đổi" if same else "bỏ hết lời văn" if not one["text"] else "có sửa",
        now.version,
        stale,
    )
