"""Writes what the departments of MAU report themselves, quarter by quarter (`facts/values.toml`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.models import ValuePart
from giaoban.apps.reporting.operations.values import report_values
from giaoban.apps.reporting.value_rules import ValueDraft
from giaoban.apps.sample.facts import Facts
from giaoban.apps.sample.record import console
from giaoban.core.period import Period, PeriodKind

_SEED = 2023
_ENTERED_AFTER = timedelta(days=3)
_CONGRESSES = "associations.congresses"


@dataclass(slots=True)
class ValuesWriter:
    """Writes for MAU, each number under the name of the department that knows it."""

    known: Facts
    unit: Unit
    users: Mapping[str, User]
    rng: Random = field(default_factory=lambda: Random(_SEED))

    def write(self) -> None:
        """This function will write the numbers of every quarter of the sample."""
        table = self.known.table("values")
        for fact in self.known.quarters["MAU"]:
            self._quarter(table, fact.period)

    def _quarter(self, table: Any, period: Period) -> None:
        told: dict[str, Any] = {}
        drafts: dict[str, list[ValueDraft]] = defaultdict(list)
        exact = table["exact"].get(str(period), {})
        for row in table["number"]:
            key = row["measure"]
            told[key] = exact[key] if key in exact else self._number(row, told)
            drafts[row["by"]] += self._drafts(key, row.get("dimension", ""), told[key], period)
        for row in table["plan"]:
            drafts[row["by"]] += self._plan(row, period)
        for row in table["congress"]:
            if row["period"] == str(period):
                drafts["clerk"] += self._congress(row, period)
        for who, found in drafts.items():
            act = console(self.users[who], period.window.last_day + _ENTERED_AFTER)
            report_values(act=act, values=found)

    def _number(self, row: Mapping[str, Any], told: Mapping[str, Any]) -> Any:
        if "whole" in row:
            return self.rng.randint(*row["whole"])
        found = {code: self.rng.randint(low, high) for code, (low, high) in row["parts"].items()}
        if "each" in row:
            classes = told[row["each"]]
            found = {code: number * classes.get(code, 0) for code, number in found.items()}
        return {code: number for code, number in found.items() if number}

    def _drafts(self, key: str, dimension: str, told: Any, period: Period) -> Iterator[ValueDraft]:
        # A quarter in which nothing of the kind happened is reported too: 0, not «not known».
        parts: Mapping[str, int] = told if isinstance(told, dict) and told else {"": 0 if told == {} else told}
        for code, number in parts.items():
            yield ValueDraft(self.unit, key, period, number, dimension if code else "", code)

    def _plan(self, row: Mapping[str, Any], period: Period) -> Iterator[ValueDraft]:
        programme = row["years"].get(str(period.year))
        if programme is None:
            return
        year = Period(PeriodKind.YEAR, period.first.replace(month=1))
        for code, number in programme.items():
            if period.number == 1:
                yield ValueDraft(self.unit, row["measure"], year, number, row["dimension"], code)
            # Done evenly through the year, all of it by its end.
            done = number * period.number // 4 - number * (period.number - 1) // 4
            yield ValueDraft(self.unit, row["done"], period, done, row["dimension"], code)

    def _congress(self, row: Mapping[str, Any], period: Period) -> Iterator[ValueDraft]:
        for part in (ValuePart.DONE, ValuePart.EXPECTED):
            number = row["done"] if part is ValuePart.DONE else row["of"]
            yield ValueDraft(self.unit, _CONGRESSES, period, number, "association", row["association"], part)
