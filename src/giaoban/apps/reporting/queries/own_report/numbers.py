"""Numbers that a committee has given to its reports (decision D24: per issuer, through the committee's term)."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from giaoban.apps.organizations.queries.terms import terms_of
from giaoban.apps.organizations.terms import Term
from giaoban.apps.reporting.models import OwnReport
from giaoban.core.dates_vi import format_date
from giaoban.core.period import Period

# Where a term is not recorded, papers this close to each other are of one.
_ONE_RUN_DAYS = 366


def number_holder(report: OwnReport, number: int, dated: date) -> str:
    """Return which other report of the committee has a number in the same term, in words; «» where it is free.

    Where no term is recorded for one of the two days, a number is not given twice within a year.
    """
    terms = terms_of([report.unit_id]).get(report.unit_id, ())
    term = _term_on(terms, dated)
    others = OwnReport.objects.filter(unit=report.unit_id, number=number).exclude(pk=report.pk)
    for other in others:
        if other.dated is None:
            continue
        its = _term_on(terms, other.dated)
        near = abs((other.dated - dated).days) < _ONE_RUN_DAYS
        if its == term if its is not None and term is not None else near:
            name = Period.parse(other.period).name()
            return f"báo cáo {name}, bản {other.edition}, ngày {format_date(other.dated)}"
    return ""


def next_number(report: OwnReport, *, today: date) -> int:
    """Return the number after the highest one of the term that runs; where none is recorded, after the newest one."""
    numbered = OwnReport.objects.filter(unit=report.unit_id, number__isnull=False, dated__isnull=False)
    term = _term_on(terms_of([report.unit_id]).get(report.unit_id, ()), today)
    if term is None:
        newest = numbered.order_by("dated", "number").last()
        return 1 if newest is None else (newest.number or 0) + 1
    of_term = numbered.filter(dated__gte=term.start, dated__lt=term.end)
    highest: int | None = of_term.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _term_on(terms: tuple[Term, ...], day: date) -> Term | None:
    return next((term for term in terms if term.covers(day)), None)
