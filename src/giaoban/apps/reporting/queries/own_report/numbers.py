"""Numbers that a committee has given to its reports (decision D24: per issuer and kind of document)."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from giaoban.apps.reporting.models import OwnReport
from giaoban.core.dates_vi import format_date
from giaoban.core.period import Period


def number_holder(report: OwnReport, number: int, dated: date) -> str:
    """Return which other report of the committee has a number, in words; «» where it is free.

    Numbers run through the committee's term; with a year between two papers they may be of two terms.
    """
    others = OwnReport.objects.filter(unit=report.unit_id, number=number).exclude(pk=report.pk)
    for other in others:
        if other.dated is not None and abs((other.dated - dated).days) < 366:
            name = Period.parse(other.period).name()
            return f"báo cáo {name}, bản {other.edition}, ngày {format_date(other.dated)}"
    return ""


def next_number(report: OwnReport, *, today: date) -> int:
    """Return the number after the highest one of the committee's reports of this year."""
    of_year = OwnReport.objects.filter(unit=report.unit_id, dated__year=today.year)
    highest: int | None = of_year.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1
