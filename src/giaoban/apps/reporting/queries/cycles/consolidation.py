"""The desk of who adds up: who has not sent, who changed since, totals before and after, gaps and who accepted them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.forms import FieldKind, FormBody
from giaoban.apps.reporting.models import Cycle, StepKind, Submission, SubmissionState, SubmissionStep, ValueEntry
from giaoban.apps.reporting.queries.cycles.bodies import body_of
from giaoban.apps.reporting.queries.cycles.calendar import window_of
from giaoban.apps.reporting.queries.cycles.overview import OverviewRow, overview_rows
from giaoban.apps.reporting.queries.cycles.typed import typed_numbers
from giaoban.apps.reporting.queries.figures import catalogue, compute_figures
from giaoban.core.numbers_vi import round_half_up
from giaoban.core.period import Period, Window
from giaoban.figures import FigureRequest, Parts, Rate
from giaoban.figures.model import Number

# What is on its way: it changes the totals as soon as it is accepted.
_WAITING = (SubmissionState.SUBMITTED,)


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """A number of one unit that is another now than when the unit sent it, or when it was accepted."""

    unit: str
    measure: str
    label: str
    then: Number | None
    now: Number | None
    accepted: bool


@dataclass(frozen=True, slots=True)
class Total:
    """One line of the form, added up for the unit that consolidates.

    ``before``: the figure as it is; ``after``: as if everything that waits were accepted; ``waiting`` the difference.
    ``units``: the lines of the direct units by code as they stand now.
    """

    key: str
    label: str
    noun: str
    before: Decimal | None
    after: Decimal | None
    units: Mapping[str, Decimal | None]

    @property
    def waiting(self) -> Decimal:
        """What waits to be accepted."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True, slots=True)
class Gap:
    """A report that lacks, with the person who accepted that, why and when."""

    unit: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Consolidation:
    """All of it for one unit and cycle; ``rows`` are the units that send to it."""

    rows: tuple[OverviewRow, ...]
    totals: tuple[Total, ...]
    changed: tuple[ChangedSince, ...]
    gaps: tuple[Gap, ...]

    @property
    def not_sent(self) -> tuple[OverviewRow, ...]:
        """Who still has to send."""
        owing = (SubmissionState.NEW, SubmissionState.DRAFT, SubmissionState.RETURNED)
        return tuple(row for row in self.rows if row.state in owing)

    @property
    def waiting(self) -> tuple[OverviewRow, ...]:
        """What waits to be accepted."""
        return tuple(row for row in self.rows if row.state in _WAITING)


def consolidation(cycle: Cycle, unit: Unit, *, now: datetime) -> Consolidation:
    """Return what the units that send to one unit have sent in a cycle; the queries do not grow with the units."""
    rows = list(
        Submission.objects.filter(cycle=cycle, receiver=unit)
        .select_related("cycle__form", "cycle__owner", "unit", "receiver")
        .order_by("unit__code")
    )
    body, period = body_of(cycle.form), Period.parse(cycle.period)
    window = window_of(cycle.owner, period)
    codes = [row.unit.code for row in rows]
    figures = _figures(body, [unit.code, *codes], period)
    totals = _totals(body, unit.code, rows, figures, _own(body, rows, window))
    return Consolidation(
        rows=tuple(overview_rows(rows, last=window.last_day, now=now)),
        totals=totals,
        changed=tuple(_changed(body, rows, figures)),
        gaps=_gaps(rows),
    )


def _figures(body: FormBody, units: Sequence[str], period: Period) -> dict[tuple[str, str], Any]:
    parts = Parts(breakdowns=any(one.dimension for one in body.fields))
    known = catalogue()
    rates = [rate for one in body.measures if (rate := known[one].rate) is not None]
    wanted = dict.fromkeys((*body.measures, *(key for rate in rates for key in (rate.numerator, rate.denominator))))
    asked = [FigureRequest(measure, unit, period) for measure in wanted for unit in dict.fromkeys(units)]
    return {(one.request.measure, one.request.unit): one for one in compute_figures(asked, parts=parts)}


def _own(body: FormBody, rows: Sequence[Submission], window: Window) -> dict[tuple[int, str, str, str], Decimal]:
    """Return what these units have reported themselves for just these days, by unit, measure, dimension and code."""
    wanted = {one.measure for one in body.fields if one.kind is FieldKind.VALUE}
    found = ValueEntry.objects.live().filter(
        unit__in=[row.unit_id for row in rows],
        measure__in=wanted,
        first_day=window.start,
        last_day=window.last_day,
        part="done",
    )
    return {
        (unit, measure, dimension, code): number
        for unit, measure, dimension, code, number in found.values_list(
            "unit_id", "measure", "dimension", "code", "number"
        )
    }


def _totals(
    body: FormBody,
    unit: str,
    rows: Sequence[Submission],
    figures: Mapping[tuple[str, str], Any],
    own: Mapping[tuple[int, str, str, str], Decimal],
) -> tuple[Total, ...]:
    waiting: dict[str, Decimal] = {}
    for row in rows:
        if row.state not in _WAITING:
            continue
        for typed in typed_numbers(body, row.draft):
            if not typed.is_total:
                key = (row.unit_id, typed.field.measure, typed.field.dimension, typed.field.code)
                more = typed.number - own.get(key, Decimal(0))
                waiting[typed.field.key] = waiting.get(typed.field.key, Decimal(0)) + more
    known, found = catalogue(), []
    for one in body.fields:
        if one.measure:
            before = _value(figures[one.measure, unit], one.dimension, one.code)
            rate = known[one.measure].rate
            if rate is not None:
                after = _rate_after(body, rate, unit, figures, waiting, before)
            elif not known[one.measure].additive_units:
                after = before  # the units' numbers of it are no part of this one
            else:
                more = waiting.get(one.key, Decimal(0))
                after = before if one.key not in waiting else (before or Decimal(0)) + more
            of_units = {
                row.unit.code: _value(figures[one.measure, row.unit.code], one.dimension, one.code) for row in rows
            }
            found.append(Total(one.key, one.label, known[one.measure].unit, before, after, of_units))
    return tuple(found)


def _rate_after(
    body: FormBody,
    rate: Rate,
    unit: str,
    figures: Mapping[tuple[str, str], Any],
    waiting: Mapping[str, Decimal],
    before: Decimal | None,
) -> Decimal | None:
    """Return a rate as if everything that waits were accepted: from its two sums, never from the rates of units."""
    measures = {one.key: one.measure for one in body.fields}
    coming = {measures[key] for key in waiting} & {rate.numerator, rate.denominator}
    if not coming:
        return before
    over, under = (
        (_value(figures[part, unit], "", "") or Decimal(0))
        + sum((more for key, more in waiting.items() if measures[key] == part), Decimal(0))
        for part in (rate.numerator, rate.denominator)
    )
    return round_half_up(over * rate.times / under, rate.places) if under else None


def _value(figure: Any, dimension: str, code: str) -> Decimal | None:
    if figure.value is None:
        return None
    value = figure.breakdowns.get(dimension, {}).get(code, 0) if dimension else figure.value
    return Decimal(str(value))


def _changed(body: FormBody, rows: Sequence[Submission], figures: Mapping[tuple[str, str], Any]) -> list[ChangedSince]:
    """Return what is otherwise than it was shown on sending (still waiting) or frozen on acceptance."""
    sent = _figures_sent([row for row in rows if row.state in _WAITING])
    frozen = _figures_frozen(rows)
    found = []
    for row in rows:
        then = frozen.get(row.pk) if row.state == SubmissionState.ACCEPTED else sent.get(row.pk)
        for measure in body.measures if then is not None else ():
            assert then is not None
            now = figures[measure, row.unit.code].value
            if measure in then and then[measure] != now:
                accepted = row.state == SubmissionState.ACCEPTED
                label = catalogue()[measure].label
                found.append(ChangedSince(row.unit.code, measure, label, then[measure], now, accepted))
    return found


def _figures_sent(rows: Sequence[Submission]) -> dict[int, dict[str, Number | None]]:
    steps = SubmissionStep.objects.filter(submission__in=[row.pk for row in rows], kind=StepKind.SUBMITTED)
    # The latest sending counts: rows come in the order of their keys.
    return {pk: detail.get("figures", {}) for pk, detail in steps.order_by("pk").values_list("submission_id", "detail")}


def _figures_frozen(rows: Sequence[Submission]) -> dict[int, dict[str, Number | None]]:
    accepted = Submission.objects.filter(
        pk__in=[row.pk for row in rows if row.state == SubmissionState.ACCEPTED], snapshot__isnull=False
    )
    return {
        pk: {measure: figure["value"] for measure, figure in figures.items()}
        for pk, figures in accepted.values_list("pk", "snapshot__figures")
    }


def _gaps(rows: Sequence[Submission]) -> tuple[Gap, ...]:
    steps = SubmissionStep.objects.filter(submission__in=[row.pk for row in rows], kind=StepKind.GAP_ACCEPTED)
    columns = ("submission__unit__code", "by__full_name", "at", "remark")
    return tuple(Gap(*line) for line in steps.order_by("submission__unit__code", "pk").values_list(*columns))
