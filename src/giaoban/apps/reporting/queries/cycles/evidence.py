"""The evidence of duties whose source is ``report-sent``: submissions of the form that the duty names (D26)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from giaoban.apps.audit.act import day_of
from giaoban.apps.obligations.duties import Progress
from giaoban.apps.obligations.evidence import Evidence, EvidenceAsk, Mark, marks_of
from giaoban.apps.obligations.models import HandInFault
from giaoban.apps.reporting.models import Cycle, FormRhythm, StepKind, SubmissionStep
from giaoban.apps.reporting.queries.cycles.calendar import end_of_day
from giaoban.core.dates_vi import format_date
from giaoban.core.period import Period


class ReportSent:
    """The source over the steps of submissions; its subject is the code of the form.

    Done is the day on which the report came that was not sent back or taken back; once accepted it stays so, whatever
    edition follows. What was sent back and did not come again is returned. An extension counts from the day on which
    it was given; who was released, or whose cycle was withdrawn, is excused.
    """

    key = "report-sent"
    title = "báo cáo đã gửi trong kỳ báo cáo"

    def found(self, ask: EvidenceAsk) -> Iterator[Evidence]:
        """Return one piece of evidence for each unit and period of which anything is recorded; two queries."""
        periods = {
            pk: Period.parse(text).window.last_day
            for pk, text in Cycle.objects.filter(owner=ask.owner, form__code=ask.subject)
            .exclude(form__rhythm=FormRhythm.ONCE)
            .values_list("pk", "period")
        }
        cycles = {pk: within for pk, within in periods.items() if ask.start <= within < ask.end}
        if not cycles:
            return
        steps = SubmissionStep.objects.filter(submission__cycle__in=cycles, at__lte=end_of_day(ask.as_of))
        if not ask.everybody:
            steps = steps.filter(submission__unit__in=ask.units)
        columns = ("submission__unit_id", "submission__cycle_id", "kind", "at", "remark", "until", "detail", "pk")
        rows = steps.order_by("submission__unit_id", "submission__cycle_id", "pk").values_list(*columns)
        for (unit, cycle), own in groupby(rows.iterator(chunk_size=5000), key=itemgetter(0, 1)):
            evidence = _folded(unit, cycles[cycle], [row[2:] for row in own])
            if evidence is not None:
                yield evidence

    def marks(self, ask: EvidenceAsk) -> Iterable[tuple[Mark, Collection[int]]]:
        """Return the same gathered."""
        return marks_of(self.found(ask))


REPORT_SENT = ReportSent()

_Row = tuple[str, datetime, str, datetime | None, dict[str, Any], int]


def _folded(unit: int, within: date, steps: list[_Row]) -> Evidence | None:
    came: tuple[date, int] | None = None
    back: tuple[date, str, int] | None = None
    more: tuple[date, date, str] | None = None
    accepted = False
    for kind, at, remark, until, detail, pk in steps:
        day = day_of(at)
        if kind == StepKind.RELEASED:
            return Evidence(unit, within, day, Progress.NOTHING, remark, str(pk), excused=True)
        if kind == StepKind.EXTENDED and until is not None:
            more = day, day_of(until), remark
        elif kind == StepKind.ACCEPTED:
            accepted = True
        elif kind == StepKind.SUBMITTED and not accepted:
            came = day, pk
        elif kind == StepKind.WITHDRAWN and not accepted:
            came = None
        elif kind == StepKind.RETURNED and not accepted:
            came, back = None, (day, str(detail.get("fault", "")), pk)
    extended = more[1] if more is not None else None
    leave = f"gia hạn đến {format_date(more[1])}: {more[2]}" if more is not None else ""
    if came is not None:
        text = "; ".join(part for part in (f"gửi ngày {format_date(came[0])}", leave) if part)
        return Evidence(unit, within, came[0], Progress.DONE, text, str(came[1]), extended=extended)
    if back is not None:
        told = f"trả lại ngày {format_date(back[0])}: {_fault(back[1])}"
        text = "; ".join(part for part in (told, leave) if part)
        return Evidence(unit, within, back[0], Progress.RETURNED, text, str(back[2]), extended=extended)
    return Evidence(unit, within, more[0], Progress.NOTHING, leave, extended=extended) if more is not None else None


def _fault(fault: str) -> str:
    return HandInFault(fault).label.lower() if fault in HandInFault.values else fault
