"""What is otherwise than it was: entries after the chốt, the entries behind a frozen number, editions."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse

from giaoban.apps.reporting.models import OwnReport, Snapshot, SnapshotKind
from giaoban.apps.reporting.queries.disclosure import is_small, may_see_names
from giaoban.apps.reporting.queries.own_report.before_signing import SentSince, changed_sources
from giaoban.apps.reporting.queries.own_report.changes import (
    FrozenLine,
    LineChange,
    ValueChange,
    edition_changes,
    frozen_entries,
)
from giaoban.apps.reporting.queries.own_report.state import editions_of
from giaoban.apps.reporting.queries.snapshots import Adjustment, ChangedEntry, adjustments, unit_names
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.figures import Measure
from giaoban.web.access import Desk, screen
from giaoban.web.forms import sentence
from giaoban.web.home.entries import EntryRow, EntryWords
from giaoban.web.numbers import RESTRICTED, guarded, number
from giaoban.web.reporting.place import (
    context_of,
    moment,
    of_period,
    open_report,
    report_title,
    stage_sign,
    word_changes,
)

_GONE = "lần ghi đã đính chính hoặc hủy sau chốt"
# Of one number and way: who looks for a certain entry among more finds it in its register.
_MOST_SHOWN = 100
# Before the signature: the rest is a tap away.
_MOST_NUMBERS = 12


@dataclass(frozen=True, slots=True)
class AdjustmentView:
    """A measure with its frozen number, the number now, and the entries between them."""

    name: str
    frozen: str
    now: str
    difference: str
    came: tuple[EntryRow, ...]
    went: tuple[EntryRow, ...]
    more_came: str = ""
    more_went: str = ""


@screen("reporting", right="figures_view")
def adjustments_page(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show what was recorded after the chốt: the difference and its entries (law 5)."""
    desk, report = open_report(desk, uid)
    snapshot = report.cutoff
    if snapshot is None:
        raise Http404
    found = adjustments(snapshot)
    shown = [entry for one in found for entry in (*one.came[:_MOST_SHOWN], *one.went[:_MOST_SHOWN])]
    names = unit_names([entry.unit for entry in shown], day=snapshot.last_day)
    words = EntryWords(of_period(desk, report), [entry.line for entry in shown if entry.line is not None])
    more = {
        "taken": f"{snapshot.taken_by.full_name}, {moment(snapshot.taken_at)}, lần {snapshot.edition}",
        "last_day": format_date(snapshot.last_day),
        "rows": tuple(_adjustment(desk, words, one, names) for one in found),
        "earlier": tuple((edition, moment(at), digest[:12]) for edition, at, digest in _earlier(report, snapshot)),
        "adjustments_here": desk.url("reporting:adjustments", report.uid),
    }
    template = "reporting/adjustments.html"
    return desk.render(template, context_of(desk, report, "adjustments", more), part="found")


def _earlier(report: OwnReport, snapshot: Snapshot) -> Iterable[tuple[int, datetime, str]]:
    """Return edition, moment and digest of the chốt before, the newest first, without all that they hold."""
    taken = Snapshot.objects.filter(pk__in=report.steps.values("snapshot"), kind=SnapshotKind.CUTOFF)
    return taken.exclude(pk=snapshot.pk).order_by("-edition").values_list("edition", "taken_at", "digest")


@dataclass(frozen=True, slots=True)
class SignedUnseen:
    """What changed since the chốt, before the signature: numbers (name, frozen, now, difference) and units' reports."""

    numbers: tuple[tuple[str, str, str, str], ...]
    more_numbers: int
    units: tuple[tuple[str, str], ...]


def signed_unseen(desk: Desk, report: OwnReport) -> SignedUnseen | None:
    """Return what a person about to sign has to see; None where nothing changed, or at another stage."""
    found = changed_sources(report)
    if not found:
        return None
    numbers = tuple((one.measure.label, *_then_and_now(desk, one)) for one in found.numbers[:_MOST_NUMBERS])
    units = tuple((one.name, _sent(one)) for one in found.units)
    return SignedUnseen(numbers, max(len(found.numbers) - _MOST_NUMBERS, 0), units)


def _sent(one: SentSince) -> str:
    if not one.accepted:
        return f"{one.title}: gửi {moment(one.at)}, chưa tiếp nhận"
    edition = f"bản {one.edition}, " if one.edition > 1 else ""
    return f"{one.title}: {edition}tiếp nhận {moment(one.at)}"


def _then_and_now(desk: Desk, one: Adjustment) -> tuple[str, str, str]:
    frozen, now = (guarded(one.measure, value, desk.rights) for value in (one.frozen, one.now))
    # Beside «hạn chế» the difference would tell the number.
    hidden = RESTRICTED in (frozen, now)
    if one.frozen is None or one.now is None or one.frozen == one.now or hidden:
        return frozen, now, ""
    more = one.now - one.frozen
    return frozen, now, f"{'+' if more > 0 else '−'}{format_number(abs(more))}"


def _adjustment(desk: Desk, words: EntryWords, one: Adjustment, names: dict[str, str]) -> AdjustmentView:
    measure = one.measure
    frozen, now, difference = _then_and_now(desk, one)
    first = [entry.line for entry in one.came[:_MOST_SHOWN] if entry.line is not None]
    came = words.rows(measure, first, total=len(one.came))
    went = _gone(desk, measure, [entry.unit for entry in one.went[:_MOST_SHOWN]], names, total=len(one.went))
    return AdjustmentView(measure.label, frozen, now, difference, came, went, _left_out(one.came), _left_out(one.went))


def _left_out(entries: Sequence[ChangedEntry]) -> str:
    """Say how many entries the page does not print; «» where it has all."""
    left = len(entries) - _MOST_SHOWN
    return f"còn {format_number(left)} lần ghi nữa, xem ở sổ" if left > 0 else ""


@screen("reporting", right="figures_view")
def entries(desk: Desk, uid: uuid.UUID, measure: str) -> HttpResponse:
    """Open a frozen number: as many lines as it says, and apart from them what came since."""
    desk, report = open_report(desk, uid)
    snapshot = report.signed or report.cutoff
    found = frozen_entries(snapshot, measure) if snapshot is not None else None
    if snapshot is None or found is None:
        raise Http404
    names = unit_names(
        [line.unit for _, lines in found.parts for line in lines if line.line is None], day=snapshot.last_day
    )
    held = [line.line for _, lines in found.parts for line in lines if line.line is not None]
    words = EntryWords(of_period(desk, report), [*held, *found.later])
    context = {
        "name": found.measure.label,
        "value": number(found.value),
        "unit": found.measure.unit,
        "taken": moment(snapshot.taken_at),
        "lists": tuple((title, _lines(desk, words, found.measure, lines, names)) for title, lines in found.parts),
        "later": words.rows(found.measure, found.later, total=len(found.later)),
        "back_url": desk.url("reporting:paper", report.uid),
        "back_name": report_title(report),
    }
    return desk.render("reporting/entries.html", context, part="entries")


def _lines(
    desk: Desk, words: EntryWords, measure: Measure, lines: tuple[FrozenLine, ...], names: dict[str, str]
) -> tuple[EntryRow, ...]:
    still = [line.line for line in lines if line.line is not None]
    rows = words.rows(measure, still, total=len(lines))
    gone = [line.unit for line in lines if line.line is None]
    return (*rows, *_gone(desk, measure, gone, names, total=len(lines)))


def _gone(desk: Desk, measure: Measure, units: list[str], names: dict[str, str], *, total: int) -> tuple[EntryRow, ...]:
    """Say of entries that are no longer counted where they were; where few stand, the unit would name the person."""
    hidden = is_small(measure, total) and not may_see_names(desk.rights, measure.register)
    return tuple(EntryRow("", RESTRICTED if hidden else names.get(unit, unit), "", _GONE, "", "") for unit in units)


@screen("reporting", right="figures_view")
def editions(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show all editions of a report and what each has otherwise than the one before."""
    desk, report = open_report(desk, uid)
    found = editions_of(report)
    views = []
    for place, one in enumerate(found):
        values: tuple[ValueChange, ...] = ()
        lines: tuple[LineChange, ...] = ()
        told = ""
        if place:
            try:
                values, lines = edition_changes(found[place - 1], one, today=desk.act.today, rights=desk.rights)
            except InvalidInput as error:
                told = sentence(error)
        views.append(
            {
                "title": report_title(one),
                "url": desk.url("reporting:report", one.uid),
                "paper_url": desk.url("reporting:paper", one.uid),
                "sign": stage_sign(one),
                "number": f"Số {one.number:02}, {format_date(one.dated)}" if one.number and one.dated else "",
                "before": report_title(found[place - 1]) if place else "",
                "values": tuple(
                    (
                        change.measure.label,
                        guarded(change.measure, change.old, desk.rights),
                        guarded(change.measure, change.new, desk.rights),
                    )
                    for change in values
                ),
                "lines": tuple(word_changes(change.old, change.new) for change in lines),
                "told": told,
            }
        )
    more = {"editions": tuple(reversed(views))}
    return desk.render("reporting/editions.html", context_of(desk, report, "editions", more))
