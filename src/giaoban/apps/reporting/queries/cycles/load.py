"""The reporting load: how many questions an office asks of each kind of unit in a month (design.md, law 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery

from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Ancestry, Unit, UnitKindSpan, on_day
from giaoban.apps.reporting.models import FormRhythm, ReportForm, Submission, SubmissionState
from giaoban.apps.reporting.queries.cycles.bodies import body_of
from giaoban.core.numbers_vi import round_half_up
from giaoban.core.period import Period

# For how many months one filling of a form stands.
_MONTHS = {
    FormRhythm.MONTH: 1,
    FormRhythm.QUARTER: 3,
    FormRhythm.HALF: 12,
    FormRhythm.NINE_MONTHS: 12,
    FormRhythm.YEAR: 12,
}


@dataclass(frozen=True, slots=True)
class LoadLine:
    """What one form asks of one kind of unit: questions in one filling, and of each unit in a month on average."""

    form: ReportForm
    kind: str
    kind_label: str
    questions: int
    known: int
    a_month: Decimal
    units: int


@dataclass(frozen=True, slots=True)
class ReportingLoad:
    """All forms that hold in a month for units under one; ``a_month`` by kind, of each unit."""

    lines: tuple[LoadLine, ...]
    a_month: dict[str, Decimal]


def reporting_load(unit: Unit, month: Period) -> ReportingLoad:
    """Return how many fields units under one have to fill themselves; fields that a register knows are not counted.

    A form that is filled once a quarter counts a third in each month, one that is filled once a year (a half-year or
    nine-month report too) a twelfth. What is asked once counts in the month in which it is due, for the units that are
    asked. Where a committee in between has a form of the same code, its units fill that one alone (decision D14). The
    number of queries does not depend on the forms or units.
    """
    last = month.window.last_day
    above = Ancestry.objects.filter(on_day(last), descendant=unit).values("ancestor")
    below = Ancestry.objects.filter(on_day(last), ancestor=unit)
    held = ReportForm.objects.filter(on_day(last), owner__in=above) | ReportForm.objects.filter(
        on_day(last), owner__in=below.values("descendant")
    )
    asked_once = _asked_once(held, below, month)
    spans = UnitKindSpan.objects.filter(on_day(last), unit__in=below.values("descendant"))
    kind_of = dict(spans.values_list("unit_id", "kind"))
    tally = Counter(kind_of.values())
    forms = list(held.select_related("owner").order_by("code", "pk"))
    asked_by_rule = _asked_by_rule([form for form in forms if form.rhythm != FormRhythm.ONCE], kind_of, last)
    lines = []
    for form in forms:
        once = form.rhythm == FormRhythm.ONCE
        asked = (asked_once if once else asked_by_rule).get(form.pk, {})
        if not asked:
            continue
        body = body_of(form)
        known = len(body.fields) - body.questions
        for kind, units in asked.items():
            # Of each unit on average: a question goes to some of a kind only.
            share = Decimal(body.questions * units) / tally[kind] / _MONTHS.get(FormRhythm(form.rhythm), 1)
            label = kinds()[kind].label
            lines.append(LoadLine(form, kind, label, body.questions, known, round_half_up(share, 1), units))
    a_month: dict[str, Decimal] = {}
    for line in lines:
        a_month[line.kind] = a_month.get(line.kind, Decimal(0)) + line.a_month
    return ReportingLoad(tuple(lines), a_month)


def _asked_by_rule(forms: Sequence[ReportForm], kind_of: Mapping[int, str], day: date) -> dict[int, dict[str, int]]:
    """Return for forms (keys) how many units of each kind fill them on a day: each the form of the nearest office."""
    owners: dict[str, dict[int, ReportForm]] = {}
    for form in forms:
        owners.setdefault(form.code, {})[form.owner_id] = form
    above: dict[int, list[int]] = {}
    asking = {owner for of_code in owners.values() for owner in of_code}
    ways = Ancestry.objects.filter(on_day(day), ancestor__in=asking, descendant__in=kind_of.keys(), depth__gt=0)
    for unit, owner in ways.order_by("depth").values_list("descendant_id", "ancestor_id"):
        above.setdefault(unit, []).append(owner)
    tally: dict[int, Counter[str]] = {form.pk: Counter() for of_code in owners.values() for form in of_code.values()}
    for unit, way in above.items():
        for of_code in owners.values():
            nearest = next((of_code[owner] for owner in way if owner in of_code), None)
            if nearest is not None:
                tally[nearest.pk][kind_of[unit]] += 1
    return {form.pk: {kind: tally[form.pk][kind] for kind in form.kinds if tally[form.pk][kind]} for form in forms}


def _asked_once(forms: QuerySet[ReportForm], below: QuerySet[Ancestry], month: Period) -> dict[int, dict[str, int]]:
    """Return for forms of questions (keys) that are due in a month how many units of each kind are asked."""
    rows = Submission.objects.filter(
        cycle__form__in=forms.filter(rhythm=FormRhythm.ONCE),
        cycle__period=str(month),
        cycle__cancelled_at__isnull=True,
        unit__in=below.values("descendant"),
    ).exclude(state=SubmissionState.RELEASED)
    kind = UnitKindSpan.objects.filter(on_day(month.window.last_day), unit=OuterRef("unit")).values("kind")[:1]
    tally: dict[int, dict[str, int]] = {}
    for form, name in rows.annotate(of_kind=Subquery(kind)).values_list("cycle__form", "of_kind"):
        if name is not None:
            of_form = tally.setdefault(form, {})
            of_form[name] = of_form.get(name, 0) + 1
    return tally
