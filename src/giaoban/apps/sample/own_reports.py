"""Writes the committee's own reports: one issued, one on which people work these days (`facts/own_reports.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.models import OwnReport
from giaoban.apps.reporting.operations.own_report import (
    DutyDraft,
    advance_report,
    comment_report,
    freeze_figures,
    number_report,
    send_report,
    share_sections,
    sign_report,
    start_report,
    write_text,
)
from giaoban.apps.sample.facts import Facts
from giaoban.apps.sample.record import console
from giaoban.core.period import Period


@dataclass(slots=True)
class OwnReportWriter:
    """Writes for MAU, under the names of its office."""

    known: Facts
    unit: Unit
    users: Mapping[str, User]
    now: datetime

    def write(self) -> None:
        """This function will write both reports."""
        table = self.known.table("own_reports")
        self._issued(table["issued"])
        self._drafting(table["drafting"])

    def _issued(self, row: Mapping[str, Any]) -> None:
        act = self._day("clerk", row["frozen"])
        report = start_report(act=act, unit=self.unit, name="quarter", period=Period.parse(row["period"]))
        freeze_figures(act=act, report=report, seen=0)
        advance_report(act=act, report=report, seen=1)
        act = self._day("clerk", row["written"])
        self._words(report, act, row["words"])
        for seen in (2, 3):
            advance_report(act=act, report=report, seen=seen)
        act = self._day("deputy", row["signed"])
        sign_report(act=act, report=report, seen=4)
        act = self._day("clerk", row["dated"])
        number_report(act=act, report=report, number=row["number"], dated=row["dated"], seen=5)
        advance_report(act=act, report=report, seen=6)
        send_report(act=act, report=report, recipients=row["recipients"], seen=7)

    def _drafting(self, row: Mapping[str, Any]) -> None:
        act = self._ago("clerk", row["begun"])
        report = start_report(act=act, unit=self.unit, name="quarter", period=self.known.quarters["MAU"][-1].period)
        self._words(report, act, row["words"])
        drafts = [
            DutyDraft(
                one["section"], one["department"], self.users[one["person"]], act.today + timedelta(days=one["due"])
            )
            for one in row["section"]
        ]
        share_sections(act=act, report=report, drafts=drafts)
        comment_report(act=self._ago("deputy", 1), report=report, slot="inspection", text=row["comment"])

    @staticmethod
    def _words(report: OwnReport, act: Act, words: Mapping[str, str]) -> None:
        for slot, text in words.items():
            write_text(act=act, report=report, slot=slot, text=text, seen=0)

    def _day(self, who: str, day: date) -> Act:
        return console(self.users[who], day)

    def _ago(self, who: str, days: int) -> Act:
        return Act(self.users[who], self.now - timedelta(days=days), at_console=True)
