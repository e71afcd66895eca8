"""Numbers that a committee has given to its reports (decision D24: per issuer, through the committee's term)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from giaoban.apps.organizations.queries.terms import terms_of
from giaoban.apps.organizations.terms import Term
from giaoban.apps.reporting.models import OwnReport
from giaoban.apps.reporting.queries.own_report.state import definition_of
from giaoban.core.dates_vi import format_date
from giaoban.core.period import Period

# Where a term is not recorded, papers this close to each other are of one.
_ONE_RUN_DAYS = 366


def number_holder(report: OwnReport, number: int, dated: date) -> str:
    """Return which other report of the committee has a number in the same term, in words; «» where it is free.

    Numbers run by the code of the document's type: a report (BC) and a programme (CTr) may both be number 12. Where no
    term is recorded for one of the two days, a number is not given twice within a year.
    """
    terms = terms_of([report.unit_id]).get(report.unit_id, ())
    term = _term_on(terms, dated)
    others = OwnReport.objects.filter(unit=report.unit_id, number=number).exclude(pk=report.pk)
    for other in _of_one_code(report, others, dated):
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
    rows = OwnReport.objects.filter(unit=report.unit_id, number__isnull=False, dated__isnull=False)
    numbered = [(row.dated, row.number) for row in _of_one_code(report, rows, today) if row.dated and row.number]
    term = _term_on(terms_of([report.unit_id]).get(report.unit_id, ()), today)
    if term is None:
        return max(numbered, default=(today, 0))[1] + 1
    return max((number for dated, number in numbered if term.covers(dated)), default=0) + 1


def _of_one_code(report: OwnReport, rows: Iterable[OwnReport], day: date) -> Iterator[OwnReport]:
    """Give the reports whose documents have the same code (BC, CTr) as that of another."""
    codes: dict[str, str] = {}
    for row in (report, *rows):
        if row.name not in codes:
            codes[row.name] = definition_of(row, day=day).type_code
        if row is not report and codes[row.name] == codes[report.name]:
            yield row


def _term_on(terms: tuple[Term, ...], day: date) -> Term | None:
    return next((term for term in terms if term.covers(day)), None)
