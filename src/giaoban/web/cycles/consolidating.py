"""The desk of who adds up: who is missing, what waits, totals before and after, changes, gaps, words side by side."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from giaoban.apps.reporting.forms import FieldKind
from giaoban.apps.reporting.models import SubmissionState
from giaoban.apps.reporting.queries.cycles.bodies import body_of
from giaoban.apps.reporting.queries.cycles.consolidation import ChangedSince, Consolidation, Total, consolidation
from giaoban.apps.reporting.queries.cycles.overview import OverviewRow
from giaoban.apps.reporting.queries.cycles.texts import what_units_wrote
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Sign
from giaoban.web.cycles.place import ACCEPT, AREA, VIEW, moment_words, open_cycle_page, sign_of
from giaoban.web.forms import OfficeForm
from giaoban.web.numbers import guarded


@dataclass(frozen=True, slots=True)
class Owing:
    """A unit that has not sent, or whose report waits."""

    name: str
    url: str
    sign: Sign
    note: str
    gap_url: str
    key: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A number of the whole: now, what waits, and with it."""

    label: str
    noun: str
    before: str
    waiting: str
    after: str
    url: str
    units: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A number that is another now than when it was sent or accepted."""

    unit: str
    url: str
    label: str
    then: str
    now: str
    since: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The page."""

    title: str
    unit_name: str
    counts: str
    not_sent: tuple[Owing, ...]
    waiting: tuple[Owing, ...]
    totals: tuple[TotalRow, ...]
    changed: tuple[ChangedRow, ...]
    gaps: tuple[tuple[str, str, str], ...]
    slots: tuple[Link, ...]
    accepts: bool
    accept_url: str
    back_url: str


@screen(AREA, right=VIEW)
def consolidate(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show what the units that send to the chosen one have sent."""
    cycle = open_cycle_page(desk, uid)
    found = consolidation(cycle, desk.unit, now=desk.act.now)
    names = {row.unit.code: row.unit.place for row in found.rows}
    urls = {row.unit.code: desk.url("cycles:report", row.submission.uid) for row in found.rows}
    fields = body_of(cycle.form).fields
    measures = {one.key: one.measure for one in fields}
    slots = [one for one in fields if one.kind is FieldKind.TEXT]
    accepted = sum(row.state == SubmissionState.ACCEPTED for row in found.rows)
    asked = sum(row.state != SubmissionState.RELEASED for row in found.rows)
    page = DeskPage(
        title=cycle.title,
        unit_name=desk.card.name,
        counts=f"đã tiếp nhận {format_number(accepted)}/{format_number(asked)} đơn vị",
        not_sent=tuple(_owing(desk, row) for row in found.not_sent),
        waiting=tuple(_owing(desk, row) for row in found.waiting),
        totals=tuple(_total(desk, one, measures[one.key], names, Period.parse(cycle.period)) for one in found.totals),
        changed=tuple(_changed(desk, one, names, urls) for one in found.changed),
        gaps=_gaps(found, names),
        slots=tuple(Link(one.label, desk.url("cycles:texts", uid, query={"muc": one.key})) for one in slots),
        accepts=desk.may(ACCEPT),
        accept_url=desk.url("cycles:accept", uid),
        back_url=desk.url("cycles:cycle", uid),
    )
    return desk.render("cycles/consolidate.html", {"page": page})


def _owing(desk: Desk, row: OverviewRow) -> Owing:
    made = row.submission
    waits = row.state == SubmissionState.SUBMITTED
    return Owing(
        row.unit.place,
        desk.url("cycles:report", made.uid),
        sign_of(row.state, row.timing, edition=made.edition),
        f"{row.gap_by} đã chấp nhận thiếu" if row.gap_by else "",
        desk.url("cycles:judge", made.uid, "chap-nhan-thieu")
        if not waits and not row.gap_by and desk.may(ACCEPT)
        else "",
        str(made.uid) if waits and desk.may(ACCEPT) else "",
        made.version,
    )


def _total(desk: Desk, one: Total, measure: str, names: dict[str, str], period: Period) -> TotalRow:
    declared, waiting = catalogue()[measure], one.waiting

    def shown(value: Decimal | None) -> str:
        return guarded(declared, None if value is None else float(value), desk.rights)

    return TotalRow(
        one.label,
        one.noun,
        shown(one.before),
        f"{'+' if waiting > 0 else ''}{format_number(waiting)}" if waiting else "",
        shown(one.after),
        desk.url("home:entries", measure, period=period),
        tuple((names[code], shown(value)) for code, value in one.units.items()),
    )


def _changed(desk: Desk, one: ChangedSince, names: dict[str, str], urls: dict[str, str]) -> ChangedRow:
    measure = catalogue()[one.measure]
    then, now = (guarded(measure, value, desk.rights) for value in (one.then, one.now))
    since = "sau khi tiếp nhận" if one.accepted else "sau khi gửi"
    return ChangedRow(names[one.unit], urls[one.unit], one.label, then, now, since)


def _gaps(found: Consolidation, names: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple((names[one.unit], f"{one.by}, {moment_words(one.at)}", one.reason) for one in found.gaps)


class TextsForm(OfficeForm):
    """Which words are looked for."""

    muc = forms.ChoiceField(label="Mục")
    tim = forms.CharField(
        label="Có những chữ", required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"})
    )

    def __init__(self, *args: object, slots: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["muc"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = slots


@dataclass(frozen=True, slots=True)
class Words:
    """What one unit wrote."""

    unit: str
    url: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class TextsPage:
    """Words of units side by side."""

    title: str
    rows: tuple[Words, ...]
    said: str
    nothing: str
    base_url: str
    back_url: str


@screen(AREA, right=VIEW)
def texts(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show what the units below the chosen one wrote into one place of the form."""
    cycle = open_cycle_page(desk, uid)
    slots = [(one.key, one.label) for one in body_of(cycle.form).fields if one.kind is FieldKind.TEXT]
    if not slots:
        raise InvalidInput(f"Mẫu «{cycle.form.title}» không có mục lời văn nào", hint="Xem số liệu ở bàn tổng hợp")
    asked = desk.request.GET
    slot = asked.get("muc", "") if asked.get("muc", "") in dict(slots) else slots[0][0]
    search = asked.get("tim", "")[:200]
    found = what_units_wrote(desk.unit, cycle.form.code, Period.parse(cycle.period), slot, search=search)
    page = TextsPage(
        cycle.title,
        tuple(
            Words(
                one.unit.place,
                desk.url("cycles:report", one.uid),
                one.text,
                f"đã tiếp nhận {moment_words(one.at)}" if one.accepted else f"đã gửi {moment_words(one.at)}",
            )
            for one in found
        ),
        f"{format_number(len(found))} đơn vị",
        "Không đơn vị nào viết những chữ này." if search else "Chưa đơn vị nào gửi nội dung mục này.",
        reverse("cycles:texts", args=[uid]),
        desk.url("cycles:consolidate", uid),
    )
    form = TextsForm(initial={"muc": slot, "tim": search}, slots=slots)
    return desk.render("cycles/texts.html", {"page": page, "form": form}, part="texts")
