"""Writes what MAU asked of its units, from a day to a day, and the papers that came for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from giaoban.apps.accounts.models import User
from giaoban.apps.meetings.models import Meeting
from giaoban.apps.obligations.models import HandInFault, Rhythm, StandingDuty
from giaoban.apps.obligations.operations import (
    HandInDraft,
    StandingDraft,
    accept_hand_ins,
    end_standing_duty,
    record_hand_ins,
    return_hand_ins,
    set_standing_duty,
)
from giaoban.apps.organizations.models import Unit
from giaoban.apps.sample.facts import Facts
from giaoban.apps.sample.meetings import standing
from giaoban.apps.sample.record import console

_SEED = 1968
_DAY = timedelta(days=1)
_FAULTS = (HandInFault.FORMAL, HandInFault.INCOMPLETE, HandInFault.FIGURES)


@dataclass(slots=True)
class AskedWriter:
    """Writes for MAU under the name of its clerk."""

    known: Facts
    units: Mapping[str, Unit]
    clerk: User
    rng: Random = field(default_factory=lambda: Random(_SEED))

    def write(self, conferences: Mapping[str, Meeting]) -> None:
        """This function will write duties and papers; ``conferences`` by their titles."""
        table = self.known.table("meetings")
        papers = {row["code"]: row for row in table["papers"]}
        for position, row in enumerate(table["duty"], start=1):
            duty = self._set(row, position, row.get("subject", ""))
            if row["evidence"] == "handed-in":
                self._papers(duty, papers[row["code"]], row["kinds"])
        for row in table["delegates"]:
            told = {"evidence": "conferences.delegates", "rhythm": "once", **row}
            self._set(told, len(table["duty"]) + 1, str(conferences[row["conference"]].uid))

    def _set(self, row: Mapping[str, Any], position: int, subject: str) -> StandingDuty:
        act = console(self.clerk, row["start"])
        draft = StandingDraft(
            owner=self.units["MAU"],
            code=row["code"],
            title=row["title"],
            short=row["short"],
            evidence=row["evidence"],
            rhythm=Rhythm(row["rhythm"]),
            kinds=row["kinds"],
            start=row["start"],
            subject=subject,
            due_on=row.get("due_on"),
            from_start=row.get("from_start", False),
            due_days=row.get("due_days", 0),
            source=row.get("source", ""),
            position=position,
        )
        duty = set_standing_duty(act=act, draft=draft)
        end_standing_duty(act=console(self.clerk, row["end"]), duty=duty, end=row["end"])
        return duty

    def _papers(self, duty: StandingDuty, row: Mapping[str, Any], kinds: list[str]) -> None:
        """Most papers come in the days before the last one; few are read so soon that they are found in order."""
        due: date = row["due"]
        late, returned, missing = (set(row.get(key, ())) for key in ("late", "returned", "missing"))
        drafts: list[HandInDraft] = []
        for unit in standing("MAU", kinds, due):
            if unit.code in missing:
                continue
            day = due + self.rng.randint(2, 6) * _DAY
            if unit.code not in late:
                day = row["opens"] + self.rng.randrange((due - row["opens"]).days) * _DAY
            number = f"{self.rng.randint(3, 48):02}-{row['letters']}"
            drafts.append(HandInDraft(unit, due, day, number, day - _DAY))
        act = console(self.clerk, due + 10 * _DAY)
        record_hand_ins(act=act, duty=duty, drafts=drafts)
        back = [one for one in drafts if one.unit.code in returned]
        return_hand_ins(
            act=act,
            duty=duty,
            drafts=[
                HandInDraft(one.unit, due, one.day + 2 * _DAY, fault=_FAULTS[place % len(_FAULTS)])
                for place, one in enumerate(back)
            ],
        )
        seen = [one for one in drafts if one.unit.code not in returned]
        accept_hand_ins(
            act=act,
            duty=duty,
            drafts=[HandInDraft(one.unit, due, one.day + 3 * _DAY) for one in self.rng.sample(seen, len(seen) // 2)],
        )
