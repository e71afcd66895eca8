"""What is known, typed and wrong in one submission: the same for the form on screen and for the sending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from giaoban.apps.reporting.forms import Broken, Field, FieldKind, FormBody, Importance, Unusual, broken_rules, judge
from giaoban.apps.reporting.forms.unusual import LOOKED_BACK
from giaoban.apps.reporting.models import StepKind, Submission, SubmissionState, ValueEntry
from giaoban.apps.reporting.queries.cycles.bodies import body_of
from giaoban.apps.reporting.queries.cycles.calendar import window_of
from giaoban.apps.reporting.queries.cycles.files import files_of
from giaoban.apps.reporting.queries.cycles.typed import Typed, typed_numbers
from giaoban.apps.reporting.queries.figures import catalogue, compute_figures
from giaoban.core.period import Period, Window
from giaoban.figures import Figure, FigureRequest, Parts

# measure, dimension, code, part
ValueKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that stands in the way: ``key`` names it in a confirmation, ``field`` where it is, if in one place."""

    key: str
    importance: Importance
    words: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit below whose report of the same period is not accepted yet; ``gap`` says that this was accepted so."""

    code: str
    unit: int
    submission: int
    state: str
    title: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """One submission looked through.

    ``known`` are the numbers that registers and units below know, by field; ``own`` what the unit itself has reported
    of a field in this period before; ``typed`` what stands in the draft; ``unusual`` by the name typed under.
    """

    body: FormBody
    period: Period
    window: Window
    figures: Mapping[str, Figure]
    known: Mapping[str, Decimal | None]
    below: Mapping[str, Decimal]
    typed: Mapping[str, Typed]
    unusual: Mapping[str, Unusual]
    broken: tuple[Broken, ...]
    missing: tuple[Missing, ...]
    findings: tuple[Finding, ...] = field(default=())


def check_submission(submission: Submission, *, files: frozenset[str] | None = None) -> Checked:
    """Return a submission looked through, in a number of queries that depends on the form, not on the units below.

    Args:
        files: the fields that hold a file, where the caller knows them.
    """
    cycle = submission.cycle
    body, period = body_of(cycle.form), Period.parse(cycle.period)
    window = window_of(cycle.owner, period)
    figures = figures_of(submission, body, period)
    own = _own_values(submission, body, period, window)
    typed = {one.name: one for one in typed_numbers(body, submission.draft)}
    known, below = {}, {}
    for one in body.fields:
        if one.measure:
            value = _known(one, figures)
            known[one.key] = value
            if one.kind is FieldKind.VALUE:
                now = own.get((window.start, window.end), {})
                below[one.key] = (value or Decimal(0)) - now.get(_key(one), Decimal(0))
    values = _values(body, figures, known, below, typed)
    unusual = _unusual(typed, own, period, window)
    broken = tuple(broken_rules(body.rules, values))
    missing = tuple(missing_below(submission))
    held = files
    if held is None:
        held = frozenset(one.field for one in files_of([submission])[submission.pk])
    findings = (
        *_required(body, submission, held),
        *_of_rules(broken),
        *_of_unusual(unusual, typed, submission),
        *_of_missing(missing),
    )
    return Checked(body, period, window, figures, known, below, typed, unusual, broken, missing, findings)


def figures_of(submission: Submission, body: FormBody, period: Period) -> dict[str, Figure]:
    """Return the figures of the unit for the measures of a form, by key."""
    parts = Parts(breakdowns=any(one.dimension for one in body.fields))
    asked = [FigureRequest(key, submission.unit.code, period) for key in body.measures]
    return {one.request.measure: one for one in compute_figures(asked, parts=parts)}


def _known(one: Field, figures: Mapping[str, Figure]) -> Decimal | None:
    figure = figures[one.measure]
    if figure.value is None:
        return None
    if not one.dimension:
        return Decimal(str(figure.value))
    return Decimal(str(figure.breakdowns.get(one.dimension, {}).get(one.code, 0)))


def _key(one: Field, part: str = "done") -> ValueKey:
    return (one.measure, one.dimension, one.code, part)


def _own_values(
    submission: Submission, body: FormBody, period: Period, window: Window
) -> dict[tuple[date, date], dict[ValueKey, Decimal]]:
    """Return what the unit itself reported in this period and the eight before, by days; one query."""
    wanted = {one.measure for one in body.fields if one.kind is FieldKind.VALUE}
    windows = [window, *past_windows(period)]
    if not wanted:
        return {}
    rows = ValueEntry.objects.live().filter(
        unit=submission.unit_id,
        measure__in=wanted,
        first_day__gte=min(one.start for one in windows),
        last_day__lt=max(one.end for one in windows),
    )
    found: dict[tuple[date, date], dict[ValueKey, Decimal]] = defaultdict(dict)
    columns = ("measure", "dimension", "code", "part", "first_day", "last_day", "number")
    for measure, dimension, code, part, first, last, number in rows.in_order().values_list(*columns):
        span = next((one for one in windows if one.start <= first and last < one.end), None)
        if span is None:
            continue
        held, key = found[span.start, span.end], (measure, dimension, code, part)
        stock = catalogue()[measure].is_stock
        held[key] = number if stock else held.get(key, Decimal(0)) + number
    return found


def past_windows(period: Period) -> list[Window]:
    """Return the days by the calendar of the eight periods before, the latest first."""
    found = []
    for _ in range(LOOKED_BACK):
        period = period.before()
        found.append(period.window)
    return found


def _values(
    body: FormBody,
    figures: Mapping[str, Figure],
    known: Mapping[str, Decimal | None],
    below: Mapping[str, Decimal],
    typed: Mapping[str, Typed],
) -> dict[str, Decimal | None]:
    """Return what rules see: figures by measure, fields with what the units below have reported added in."""
    values: dict[str, Decimal | None] = {
        key: None if figure.value is None else Decimal(str(figure.value)) for key, figure in figures.items()
    }
    for one in body.fields:
        if one.kind is FieldKind.MEASURE:
            values[one.key] = known[one.key]
        elif one.kind is FieldKind.VALUE:
            for name in one.inputs:
                mine = typed.get(name)
                under = below[one.key] if name == one.key else Decimal(0)
                values[name] = mine.number + under if mine is not None else under or None
    return values


def _unusual(
    typed: Mapping[str, Typed],
    own: Mapping[tuple[date, date], Mapping[ValueKey, Decimal]],
    period: Period,
    window: Window,
) -> dict[str, Unusual]:
    found = {}
    before = [own.get((one.start, one.end), {}) for one in past_windows(period)]
    for name, one in typed.items():
        key = _key(one.field, "expected" if one.is_total else "done")
        why = judge(one.number, [held[key] for held in before if key in held])
        if why is not None:
            found[name] = why
    return found


def missing_below(submission: Submission) -> list[Missing]:
    """Return the units whose reports of the same period this unit has to accept first, by code; two queries."""
    rows = (
        Submission.objects.filter(
            receiver=submission.unit_id,
            cycle__owner=submission.cycle.owner_id,
            cycle__period=submission.cycle.period,
            cycle__cancelled_at__isnull=True,
        )
        .exclude(pk=submission.pk)
        .exclude(state__in=[SubmissionState.ACCEPTED, SubmissionState.RELEASED])
        .select_related("unit", "cycle")
        .order_by("unit__code", "pk")
    )
    found = list(rows)
    gaps = set(
        Submission.objects.filter(pk__in=[one.pk for one in found], steps__kind=StepKind.GAP_ACCEPTED).values_list(
            "pk", flat=True
        )
    )
    return [Missing(one.unit.code, one.unit_id, one.pk, one.state, one.cycle.title, one.pk in gaps) for one in found]


def _required(body: FormBody, submission: Submission, files: frozenset[str]) -> list[Finding]:
    found = []
    for one in body.fields:
        if not one.required:
            continue
        empty = [name for name in one.inputs if not submission.draft.get(name, {}).get("value")]
        if empty or (one.kind is FieldKind.FILE and one.key not in files):
            words = f"«{one.label}» chưa có " + ("tệp" if one.kind is FieldKind.FILE else "nội dung")
            found.append(Finding(f"required:{one.key}", Importance.ERROR, words, (empty or [one.key])[0]))
    return found


def _of_rules(broken: tuple[Broken, ...]) -> list[Finding]:
    return [Finding(f"rule:{one.rule.key}", one.rule.importance, one.words) for one in broken]


def _of_unusual(unusual: Mapping[str, Unusual], typed: Mapping[str, Typed], submission: Submission) -> list[Finding]:
    return [
        Finding(f"unusual:{name}", Importance.WARNING, f"«{typed[name].field.label}»: {why.words}", name)
        for name, why in unusual.items()
        if not is_confirmed(submission, name)
    ]


def is_confirmed(submission: Submission, name: str) -> bool:
    """Tell whether the number that stands under a name now was confirmed as it is."""
    kept = submission.draft.get(name, {})
    return bool(kept.get("confirmed")) and kept["confirmed"]["value"] == kept.get("value")


def _of_missing(missing: tuple[Missing, ...]) -> list[Finding]:
    lacking = [one.code for one in missing if not one.gap]
    if not lacking:
        return []
    shown = ", ".join(lacking[:10]) + (f" và {len(lacking) - 10} đơn vị nữa" if len(lacking) > 10 else "")
    words = f"Chưa tiếp nhận báo cáo của {len(lacking)} đơn vị cấp dưới: {shown}. Tiếp nhận, hoặc chấp nhận thiếu"
    return [Finding("missing", Importance.ERROR, words)]
