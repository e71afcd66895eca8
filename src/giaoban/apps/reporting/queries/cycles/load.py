"""The reporting load: how many questions an office asks of each kind of unit in a month (design.md, law 10)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Ancestry, Unit, UnitKindSpan, on_day
from giaoban.apps.reporting.models import Cycle, FormRhythm, ReportForm
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
    nine-month report too) a twelfth. What is asked once counts in the month in which it is due. Four queries.
    """
    last = month.window.last_day
    above = Ancestry.objects.filter(on_day(last), descendant=unit).values("ancestor")
    below = Ancestry.objects.filter(on_day(last), ancestor=unit)
    held = ReportForm.objects.filter(on_day(last), owner__in=above.union(below.values("descendant")))
    asked_once = set(
        Cycle.objects.filter(
            form__rhythm=FormRhythm.ONCE, period=str(month), cancelled_at__isnull=True, owner__in=above
        ).values_list("form", flat=True)
    )
    tally: dict[str, int] = {}
    for kind in UnitKindSpan.objects.filter(on_day(last), unit__in=below.values("descendant")).values_list(
        "kind", flat=True
    ):
        tally[kind] = tally.get(kind, 0) + 1
    lines = []
    for form in held.select_related("owner").order_by("code", "pk"):
        if form.rhythm == FormRhythm.ONCE and form.pk not in asked_once:
            continue
        body = body_of(form)
        share = round_half_up(Decimal(body.questions) / _MONTHS.get(FormRhythm(form.rhythm), 1), 1)
        known = len(body.fields) - body.questions
        lines += [
            LoadLine(form, kind, kinds()[kind].label, body.questions, known, share, tally[kind])
            for kind in form.kinds
            if tally.get(kind)
        ]
    a_month: dict[str, Decimal] = {}
    for line in lines:
        a_month[line.kind] = a_month.get(line.kind, Decimal(0)) + line.a_month
    return ReportingLoad(tuple(lines), a_month)
