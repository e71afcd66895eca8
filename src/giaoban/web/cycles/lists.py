"""«Báo cáo đơn vị»: what the chosen unit has to send, what waits for it, and the cycles of the chosen period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpResponse

from giaoban.apps.reporting.models import Cycle, FormRhythm, Submission, SubmissionState
from giaoban.apps.reporting.queries.cycles.overview import cycles_of
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period, PeriodKind
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Sign
from giaoban.web.cycles.due import ReportsDue, reports_due
from giaoban.web.cycles.place import AREA, MANAGE, OPEN, VIEW, moment_words


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle with how many units stand where."""

    title: str
    url: str
    owner: str
    due: str
    counts: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class ListPage:
    """The page."""

    reports: ReportsDue
    cycles: tuple[CycleRow, ...]
    actions: tuple[Link, ...]
    manages: bool


@screen(AREA, right=VIEW)
def cycles(desk: Desk) -> HttpResponse:
    """Show the page."""
    actions = (
        (
            Link("Mở kỳ báo cáo", desk.url("cycles:open")),
            Link("Hỏi nhanh một câu", desk.url("cycles:ask")),
            Link("Mẫu báo cáo", desk.url("cycles:forms")),
        )
        if desk.may(MANAGE)
        else ()
    )
    page = ListPage(
        reports_due(desk),
        _cycles(desk),
        actions,
        desk.may(MANAGE),
    )
    return desk.render("cycles/list.html", {"page": page})


def _within(period: Period) -> set[str]:
    """Return the names of all periods that end in a period, itself included."""
    months = period.months()
    found = {str(period), *(str(month) for month in months)}
    for month in months:
        number = month.first.month
        if number % 3 == 0:
            found.add(str(Period.quarter_of(month.first)))
        start = month.first.replace(month=1)
        ends = {6: PeriodKind.HALF, 9: PeriodKind.NINE_MONTHS, 12: PeriodKind.YEAR}
        if number in ends:
            found.add(str(Period(ends[number], start)))
    return found


def _cycles(desk: Desk) -> tuple[CycleRow, ...]:
    """Return the cycles of the chosen period, and those that run today."""
    now = desk.act.now
    running = Q(opens_at__lte=now, due_at__gte=now)
    rows = list(cycles_of(desk.act.user, now=now).filter(Q(period__in=_within(desk.period)) | running))
    counts = _counts(desk, rows)
    return tuple(_row(desk, one, counts[one.pk]) for one in rows)


def _counts(desk: Desk, rows: Iterable[Cycle]) -> dict[int, Counter[str]]:
    seen = Submission.objects.visible_to(desk.act.user, today=desk.act.today)
    tallies = seen.filter(cycle__in=[one.pk for one in rows]).order_by().values_list("cycle", "state")
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for cycle, state, number in tallies.annotate(number=Count("pk")):
        counts[cycle][state] = number
    return counts


def _row(desk: Desk, one: Cycle, counts: Counter[str]) -> CycleRow:
    asked = sum(number for state, number in counts.items() if state != SubmissionState.RELEASED)
    accepted = counts[SubmissionState.ACCEPTED]
    waiting = counts[SubmissionState.SUBMITTED]
    words = [f"đã tiếp nhận {format_number(accepted)}/{format_number(asked)}"]
    if waiting:
        words.append(f"{format_number(waiting)} chờ tiếp nhận")
    missing = sum(counts[state] for state in OPEN)
    if missing:
        words.append(f"{format_number(missing)} chưa gửi")
    if one.cancelled_at is not None:
        sign = Sign("off", "○", "đã hủy")
    elif accepted == asked:
        sign = Sign("good", "●", "đủ")
    elif missing and one.due_at < desk.act.now:
        sign = Sign("bad", "✕", "quá hạn, còn thiếu")
    else:
        sign = Sign("late", "◐", "đang thu")
    kind = "câu hỏi nhanh" if one.form.rhythm == FormRhythm.ONCE else ""
    owner = ", ".join(part for part in (kind, one.owner.code) if part)
    return CycleRow(
        one.title, desk.url("cycles:cycle", one.uid), owner, moment_words(one.due_at), ", ".join(words), sign
    )
