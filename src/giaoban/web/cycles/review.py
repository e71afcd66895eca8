"""One unit's report as it is read: figures with those before, what does not agree, words, files, steps, editions.

The unit sees here what it sent, the level above looks it through and accepts it or sends it back; it is the printed
twin of the form too.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.organizations.permissions import may
from giaoban.apps.reporting.forms import Field, FieldKind
from giaoban.apps.reporting.models import Submission, SubmissionState, ValueMark
from giaoban.apps.reporting.operations.cycles import accept
from giaoban.apps.reporting.queries.cycles.form_page import FieldView, FormPage, Input, form_page
from giaoban.apps.reporting.queries.figures import catalogue, compute_figures
from giaoban.core.errors import GiaobanError
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.figures import Figure, FigureRequest, Parts
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Change, Link, Sign, change_of
from giaoban.web.cycles.editions import Edition, Moved, editions_of, moved_since
from giaoban.web.cycles.form_view import entries_url, known_words
from giaoban.web.cycles.place import ACCEPT, AREA, FILL, OPEN, VIEW, is_question, moment_words, open_report, sign_of
from giaoban.web.forms import attempt, sentence
from giaoban.web.numbers import RESTRICTED, guarded

_MARKS = dict(ValueMark.choices)


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number with that of the last period and of last year; ``notes`` say what is unusual about it."""

    label: str
    noun: str
    value: str
    url: str
    before: str
    last_year: str
    change: Change | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextRow:
    """Words of the unit, or files."""

    label: str
    text: str
    files: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section as it is read."""

    title: str
    numbers: tuple[NumberRow, ...]
    texts: tuple[TextRow, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step, as the timeline shows it."""

    day: str
    iso: str
    what: str
    where: str
    who: str
    decision: str = ""
    void: bool = False
    correct_url: str = ""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The page."""

    title: str
    unit_name: str
    receiver: str
    sign: Sign
    due: str
    locks: str
    before_name: str
    sections: tuple[ReadSection, ...]
    findings: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    steps: tuple[StepRow, ...]
    moved: tuple[Moved, ...]
    editions: tuple[Edition, ...]
    actions: tuple[Link, ...]
    accept_url: str
    take_back_url: str
    version: int
    refused: str
    back_url: str


@screen(AREA, right=VIEW)
def report(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show one unit's report."""
    return _show(desk, open_report(desk, uid))


def _show(desk: Desk, submission: Submission, refused: str = "") -> HttpResponse:
    found = form_page(submission, now=desk.act.now)
    accepts = may(desk.act.user, ACCEPT, submission.receiver, today=desk.act.today)
    fills = may(desk.act.user, FILL, submission.unit, today=desk.act.today)
    waits = submission.state == SubmissionState.SUBMITTED
    page = ReportPage(
        title=submission.cycle.title,
        unit_name=found.unit.place,
        receiver=found.receiver.name,
        sign=sign_of(submission.state, found.timing, edition=submission.edition),
        due=moment_words(submission.due_at),
        locks=moment_words(found.locks_at),
        before_name="" if is_question(submission) else found.period.before().name(),
        sections=_sections(desk, found),
        findings=tuple(
            ("bad" if one.importance == "error" else "late", one.words)
            for one in found.findings
            if one.key != "missing" and submission.state not in (SubmissionState.ACCEPTED, SubmissionState.RELEASED)
        ),
        missing=tuple(f"{one.code}: {one.title}{' (đã chấp nhận thiếu)' if one.gap else ''}" for one in found.missing),
        steps=_steps(found),
        moved=moved_since(desk, submission),
        editions=editions_of(desk, submission),
        actions=_actions(desk, submission, accepts=accepts, fills=fills),
        accept_url=desk.url("cycles:accept_one", submission.uid) if accepts and waits else "",
        take_back_url=desk.url("cycles:take_back", submission.uid) if fills and waits else "",
        version=submission.version,
        refused=refused,
        back_url=desk.url("cycles:cycle", submission.cycle.uid),
    )
    return desk.render("cycles/report.html", {"page": page}, status=422 if refused else 200)


def _actions(desk: Desk, submission: Submission, *, accepts: bool, fills: bool) -> tuple[Link, ...]:
    found = []
    state, uid = submission.state, submission.uid
    if fills and state in OPEN:
        found.append(Link("Nhập báo cáo", desk.url("cycles:fill", uid)))
    if accepts:
        steps = {
            "tra-lai": ("Trả lại để bổ sung", state == SubmissionState.SUBMITTED),
            "gia-han": ("Gia hạn", state in OPEN),
            "cho-mien": ("Cho miễn", state in (*OPEN, SubmissionState.SUBMITTED) and not submission.edition),
            "chap-nhan-thieu": ("Chấp nhận thiếu", state in OPEN),
            "mo-lai": ("Mở lại để lập bản mới", state == SubmissionState.ACCEPTED),
        }
        found += [Link(name, desk.url("cycles:judge", uid, key)) for key, (name, fits) in steps.items() if fits]
    return tuple(found)


def _sections(desk: Desk, page: FormPage) -> tuple[ReadSection, ...]:
    before, last_year = _earlier(page)
    found = []
    for one in page.sections:
        numbers = tuple(
            row for view in one.fields if view.field.measure for row in _numbers(desk, page, view, before, last_year)
        )
        texts = tuple(
            TextRow(
                view.field.label,
                view.inputs[0].value if view.inputs else "",
                tuple(Link(file.name, desk.url("cycles:file", file.uid)) for file in view.files),
            )
            for view in one.fields
            if not view.field.measure
        )
        found.append(ReadSection(one.section.title, numbers, texts))
    return tuple(found)


Figures = Mapping[str, Figure]


def _earlier(page: FormPage) -> tuple[Figures, Figures]:
    """Return the figures of the last period and of the same one of last year; nothing of what is asked once."""
    if is_question(page.submission):
        return {}, {}
    fields = [view.field for section in page.sections for view in section.fields if view.field.measure]
    measures = dict.fromkeys(one.measure for one in fields)
    parts = Parts(breakdowns=any(one.dimension for one in fields))
    periods = (page.period.before(), page.period.previous_year())
    asked = [FigureRequest(key, page.unit.code, period) for period in periods for key in measures]
    found: dict[Period, dict[str, Figure]] = {period: {} for period in periods}
    for one in compute_figures(asked, parts=parts):
        found[one.request.period][one.request.measure] = one
    return found[periods[0]], found[periods[1]]


def _value(figures: Figures, one: Field, *, whole: bool) -> Decimal | None:
    figure = figures.get(one.measure)
    if figure is None:
        return None
    if whole:
        return None if figure.expected is None else Decimal(str(figure.expected))
    if figure.value is None:
        return None
    value = figure.breakdowns.get(one.dimension, {}).get(one.code, 0) if one.dimension else figure.value
    return Decimal(str(value))


def _numbers(desk: Desk, page: FormPage, view: FieldView, before: Figures, last_year: Figures) -> list[NumberRow]:
    one = view.field
    measure = catalogue()[one.measure]

    def row(
        label: str, value: str, exact: Decimal | None, url: str, notes: tuple[str, ...], *, whole: bool
    ) -> NumberRow:
        earlier, year = _value(before, one, whole=whole), _value(last_year, one, whole=whole)
        past, same = (guarded(measure, None if each is None else float(each), desk.rights) for each in (earlier, year))
        # How much it grew by would tell what is not shown.
        hidden = RESTRICTED in (value, past, same)
        growth = None if hidden else change_of(exact, year, is_rate=measure.in_points)
        return NumberRow(label, view.unit, value, url, past, same, growth, notes)

    if one.kind is FieldKind.MEASURE:
        held = _frozen(page, one)
        shown = view if held is None else replace(view, known=held)
        url = entries_url(desk, page, one.measure)
        return [row(one.label, known_words(desk, shown), shown.known, url, (), whole=False)]
    found = []
    for each in view.inputs:
        whole = each.name != one.key
        typed = _typed(each)
        # What the units below have reported counts in the figure of the unit.
        exact = None if typed is None else typed + (view.known or Decimal(0) if not whole else Decimal(0))
        label = f"{one.label}: trên tổng số" if whole else one.label
        found.append(row(label, _written(each, exact), exact, "", _notes(each), whole=whole))
    return found


def _frozen(page: FormPage, one: Field) -> Decimal | None:
    """Return the number as it was frozen on acceptance; what came later is told as an adjustment (design.md, law 5)."""
    held = page.submission.snapshot
    if page.submission.state != SubmissionState.ACCEPTED or held is None:
        return None
    figure = held.figures.get(one.measure, {})
    value = figure.get("breakdowns", {}).get(one.dimension, {}).get(one.code) if one.dimension else figure.get("value")
    return None if value is None else Decimal(str(value))


def _typed(one: Input) -> Decimal | None:
    plain = one.value.replace(".", "").replace(",", ".").replace("−", "-")
    return Decimal(plain) if plain else None


def _written(one: Input, exact: Decimal | None) -> str:
    if exact is None:
        return "chưa nhập"
    words = format_number(exact)
    return f"{_MARKS[one.mark]} {words}" if one.mark else words


def _notes(one: Input) -> tuple[str, ...]:
    notes = []
    if one.unusual:
        notes.append(f"{one.unusual}. {'Đơn vị đã xác nhận' if one.confirmed else 'Đơn vị chưa xác nhận'}")
    if one.rivals:
        notes.append("Còn bản khác chưa ghép")
    return tuple(notes)


def _steps(page: FormPage) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(
            moment_words(one.at),
            one.at.isoformat(),
            f"{one.label}{f' (bản {one.edition})' if one.kind == 'accepted' else ''}"
            + (f" đến {moment_words(one.until)}" if one.until else ""),
            one.remark,
            one.by,
        )
        for one in reversed(page.steps)
    )


@screen(AREA, right=VIEW, methods=("POST",))
def accept_one(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Accept the report as it was looked through."""
    submission = open_report(desk, uid, right=ACCEPT)
    seen = desk.request.POST.get("ban", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 7 else -1
    refused: list[GiaobanError] = []
    attempt(refused.append, lambda: accept(act=desk.act, submissions=[submission], seen={submission.uid: version}))
    if refused:
        return _show(desk, open_report(desk, uid), sentence(refused[0]))
    messages.info(desk.request, "Đã tiếp nhận; số liệu, căn cứ và lời văn được giữ như lúc này.")
    return HttpResponseRedirect(desk.url("cycles:report", uid))
