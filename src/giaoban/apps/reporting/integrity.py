"""Checks on the figures themselves: what must hold between them, computed anew from the registers (decision D5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Max, Min

from giaoban.apps.audit.integrity import IntegrityCheck
from giaoban.apps.members.measures.declarations import MEMBERS
from giaoban.apps.members.models import MemberEntry
from giaoban.apps.organizations.models import Placement, RegisterUse
from giaoban.apps.reporting.queries.figures import sources
from giaoban.core.period import Period, PeriodKind
from giaoban.figures import Parts, compute_many
from giaoban.figures.calendar import PlainCalendar
from giaoban.figures.invariants import Breach, balance_requests, members_balance

# Only what the balance needs: the numbers, and the default breakdown that tells official transfers from temporary ones.
_PARTS = Parts(breakdown=True)


def unbalanced_months(months: Sequence[Period]) -> Iterator[Breach]:
    """Return every unit and month in which opening + in − out is not closing.

    A year at a time is asked of the figures, so that a long history does not fill the memory.
    """
    office = sources(PlainCalendar())
    for year in sorted({month.year for month in months}):
        of_year = [month for month in months if month.year == year]
        units = _standing(of_year[0].start, of_year[-1].end)
        asked = [balance_requests(unit, month) for unit in units for month in of_year]
        found = iter(compute_many(office, [one for requests in asked for one in requests], parts=_PARTS))
        for requests in asked:
            yield from members_balance([next(found) for _ in requests])


def _standing(start: date, end: date) -> list[str]:
    placed = Placement.objects.filter(valid_from__lt=end, valid_to__gte=start)
    return list(placed.order_by("unit__code").values_list("unit__code", flat=True).distinct())


def _kept_months() -> list[Period]:
    """Return the months from the first use of the register to the last entry in it."""
    first = RegisterUse.objects.filter(register=MEMBERS).aggregate(first=Min("in_use_from"))["first"]
    last = MemberEntry.objects.live().aggregate(last=Max("effective_date"))["last"]
    months = []
    if first is not None and last is not None:
        month = Period(PeriodKind.MONTH, first.replace(day=1))
        while month.start <= last:
            months.append(month)
            month = month.next()
    return months


def _unbalanced() -> Iterator[str]:
    for breach in unbalanced_months(_kept_months()):
        yield str(breach)


CHECKS = (
    IntegrityCheck(
        name="Số đảng viên đầu tháng + tăng − giảm = cuối tháng, từng đơn vị, từng tháng",
        why="Báo cáo cộng từ các lần ghi phải khớp với danh sách; lệch là thiếu hoặc thừa một lần ghi",
        recommendation="Mở các lần ghi của đơn vị trong tháng được nêu, đính chính lần ghi sai",
        rows=_unbalanced,
    ),
)
