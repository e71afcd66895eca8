"""Writes the report cycles of MAU's grassroots organisations (`facts/cycles.toml`), and what a cell owes these days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import Act
from giaoban.apps.obligations.models import HandInFault
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.models import Cycle
from giaoban.apps.reporting.operations.cycles import (
    FormDraft,
    PaperReport,
    accept,
    copy_shipped_form,
    enter_paper_reports,
    open_cycle,
    return_submission,
    set_form,
)
from giaoban.apps.reporting.queries.cycles.calendar import Moments
from giaoban.apps.sample.record import console
from giaoban.core.period import Period, PeriodKind

_SEED = 1975
_FAULTS = (
    (HandInFault.FORMAL, "Phần hạn chế sao chép kỳ trước, đề nghị viết lại theo tình hình của đơn vị"),
    (HandInFault.INCOMPLETE, "Chưa có nhiệm vụ trọng tâm kỳ tới"),
    (HandInFault.FIGURES, "Số người được giúp đỡ chưa khớp với danh sách kèm theo"),
)


@dataclass(slots=True)
class CyclesWriter:
    """Writes under the name of the committee's clerk: reports came on paper and were entered as they came."""

    table: Mapping[str, Any]
    owner: Unit
    clerk: User
    rng: Random = field(default_factory=lambda: Random(_SEED))

    def write(self) -> list[Cycle]:
        """This function will write the form and every cycle of the facts."""
        head = self.table["form"]
        first = Period.parse(self.table["cycle"][0]["period"])
        draft = FormDraft(
            head["code"],
            head["title"],
            "quarter",
            head["kinds"],
            self._body(),
            head["open_days"],
            head["due_days"],
            head["lock_days"],
        )
        form = set_form(act=console(self.clerk, first.start), owner=self.owner, draft=draft, start=first.start)
        cycles = []
        for row in self.table["cycle"]:
            period = Period.parse(row["period"])
            opened = console(self.clerk, period.window.last_day - timedelta(days=head["open_days"]))
            cycles.append(open_cycle(act=opened, form=form, period=period))
            self._walk(cycles[-1], row)
        return cycles

    def _body(self) -> dict[str, Any]:
        known = [{"kind": "measure", **row} for row in self.table["measure"]]
        values = [
            {"kind": "value", **{key: row[key] for key in ("key", "label", "measure")}} for row in self.table["value"]
        ]
        texts = [
            {"kind": "text", **{key: row[key] for key in ("key", "label", "guidance")}} for row in self.table["text"]
        ]
        return {
            "sections": [
                {"key": "known", "title": "I. Số liệu đã có trong sổ", "fields": known},
                {"key": "values", "title": "II. An sinh xã hội", "fields": values},
                {"key": "words", "title": "III. Đánh giá, nhiệm vụ", "fields": texts},
            ],
            "rules": [
                {
                    "key": "people-gifts",
                    "check": "gift-people <= gifts",
                    "importance": "warning",
                    "instruction": "Số người được giúp thường không lớn hơn số suất quà",
                }
            ],
        }

    def _walk(self, cycle: Cycle, row: Mapping[str, Any]) -> None:
        units = [one.unit for one in cycle.submissions.select_related("unit").order_by("unit__code")]
        self.rng.shuffle(units)
        missing, late, returned, waiting = self._shares(units, row)
        came = {
            unit.pk: cycle.due_at + timedelta(hours=self.rng.randint(9, 80))
            if unit in late
            else cycle.due_at - timedelta(hours=self.rng.randint(6, 150))
            for unit in units
        }
        papers = [PaperReport(unit, came[unit.pk], self._values()) for unit in units if unit not in missing]
        act = console(self.clerk, (cycle.due_at + timedelta(days=5)).date())
        rows = {one.unit_id: one for one in enter_paper_reports(act=act, cycle=cycle, papers=papers)}
        for place, unit in enumerate(returned):
            fault, remark = _FAULTS[place % len(_FAULTS)]
            return_submission(act=act, submission=rows[unit.pk], remark=remark, fault=fault)
        apart = {unit.pk for unit in (*returned, *waiting)}
        accept(act=act, submissions=[one for pk, one in rows.items() if pk not in apart])

    @staticmethod
    def _shares(units: Sequence[Unit], row: Mapping[str, Any]) -> list[list[Unit]]:
        found, start = [], 0
        for key in ("missing", "late", "returned", "waiting"):
            end = start + -(-len(units) * row[key] // 100)
            found.append(list(units[start:end]))
            start = end
        return found

    def _values(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in self.table["value"]:
            most = int(found[row["share"]]) if "share" in row else row["range"][1]
            found[row["key"]] = str(self.rng.randint(min(most, row.get("range", [1, 1])[0]), most))
        for row in self.table["text"]:
            picked = self.rng.sample(row["words"], 2)
            found[row["key"]] = "\n".join(picked)
        return found


def open_month_of_cells(now: datetime, owner: Unit, clerk: User) -> Cycle:
    """This function will open last month's report for the cells of a committee, due in some days from now."""
    act = Act(clerk, now, at_console=True)
    last = Period(PeriodKind.MONTH, act.today.replace(day=1)).before()
    form = copy_shipped_form(act=act, owner=owner, code="month-cell", start=last.start)
    moments = Moments(now - timedelta(days=2), now + timedelta(days=4), None)
    return open_cycle(act=act, form=form, period=last, moments=moments)
