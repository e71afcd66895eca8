"""Checks on the figures themselves: what must hold between them, computed anew from the registers (decision D5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Max, Min

from giaoban.apps.audit.integrity import IntegrityCheck
from giaoban.apps.members.measures.declarations import MEMBERS
from giaoban.apps.members.models import MemberEntry
from giaoban.apps.organizations.models import Placement, RegisterUse
from giaoban.apps.reporting.models import Snapshot, SnapshotKind, Submission
from giaoban.apps.reporting.queries.figures import sources
from giaoban.apps.reporting.queries.snapshots import snapshot_digest
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


def _changed_snapshots() -> Iterator[str]:
    for row in Snapshot.objects.select_related("unit", "taken_by", "replaces").order_by("pk").iterator(chunk_size=100):
        if snapshot_digest(row) != row.digest:
            yield f"{row.unit.code} {row.period}, bản {row.edition} ({row.uid}): nội dung không khớp dấu lúc chốt"


def _broken_editions() -> Iterator[str]:
    """Tell of editions that do not follow each other, and of accepted submissions without theirs."""
    rows = Snapshot.objects.filter(kind=SnapshotKind.SUBMISSION).select_related("unit")
    before = {row.pk: row for row in rows.only(*_EDITION)}
    for row in before.values():
        old = before.get(row.replaces_id) if row.replaces_id is not None else None
        if row.edition > 1 and old is None:
            yield f"{row.unit.code} {row.period}: bản {row.edition} không nói thay bản nào"
        if old is not None and (old.edition, old.unit_id, old.period) != (row.edition - 1, row.unit_id, row.period):
            yield f"{row.unit.code} {row.period}: bản {row.edition} thay một bản không đứng ngay trước nó"
    accepted = Submission.objects.exclude(edition=0).select_related("unit", "cycle", "snapshot")
    for sent in accepted.defer("draft", "snapshot__figures", "snapshot__entries", "snapshot__tree"):
        if sent.snapshot is None or sent.snapshot.edition != sent.edition or sent.snapshot.unit_id != sent.unit_id:
            yield f"{sent.unit.code} {sent.cycle.period}: đã tiếp nhận bản {sent.edition} nhưng không có bản chốt đó"


_EDITION = ("unit__code", "period", "edition", "replaces_id")

CHECKS = (
    IntegrityCheck(
        name="Bản chốt số liệu còn nguyên như lúc chốt",
        why="Báo cáo đã tiếp nhận, đã ký phải giữ nguyên số liệu, căn cứ, cây tổ chức và lời văn",
        recommendation="Đối chiếu với bản sao lưu gần nhất, báo người quản trị",
        rows=_changed_snapshots,
    ),
    IntegrityCheck(
        name="Các bản báo cáo nối tiếp nhau",
        why="Bản mới phải chỉ ra bản nó thay; báo cáo đã tiếp nhận phải có bản chốt của nó",
        recommendation="Đối chiếu các bước của báo cáo được nêu với bản sao lưu gần nhất",
        rows=_broken_editions,
    ),
    IntegrityCheck(
        name="Số đảng viên đầu tháng + tăng − giảm = cuối tháng, từng đơn vị, từng tháng",
        why="Báo cáo cộng từ các lần ghi phải khớp với danh sách; lệch là thiếu hoặc thừa một lần ghi",
        recommendation="Mở các lần ghi của đơn vị trong tháng được nêu, đính chính lần ghi sai",
        rows=_unbalanced,
    ),
)
