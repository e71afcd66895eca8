"""What is open, unit by unit, as words to send, to copy or to read out on the telephone; and whom to call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from giaoban.apps.obligations.duties import DutyStatus
from giaoban.apps.obligations.models import ReminderEntry, UnitContact
from giaoban.apps.obligations.queries.board import Board, BoardColumn
from giaoban.apps.obligations.standing import ONCE
from giaoban.apps.obligations.standing_states import Assessed
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.core.dates_vi import format_date


@dataclass(frozen=True, slots=True)
class OpenTurn:
    """One duty of one period that a unit (by key) has not done."""

    column: BoardColumn
    one: Assessed
    unit: int

    @property
    def due(self) -> date:
        """The last day, with what was granted."""
        return self.one.state(self.unit).extended or self.one.instance.due

    @property
    def line(self) -> str:
        """The duty and its deadline in one line."""
        back = " (đã gửi, phải bổ sung)" if self.one.state(self.unit).status is DutyStatus.INSUFFICIENT else ""
        period = "" if self.one.instance.key == ONCE else f", {self.one.instance.name}"
        return f"{self.column.title}{period}: hạn {format_date(self.due)}{back}"


def open_turns(found: Board) -> list[OpenTurn]:
    """Return what is not done and due, or will be within the days that its duty is reminded of before."""
    return [
        turn
        for column in found.columns
        for one in column.instances
        for units in one.rows.values()
        for turn in (OpenTurn(column, one, unit) for unit in units if not one.state(unit).settled)
        if turn.due <= found.as_of + timedelta(days=one.instance.rule.remind_days)
    ]


def by_unit(turns: Iterable[OpenTurn]) -> dict[int, list[OpenTurn]]:
    """Return the turns of each unit (by key), the earliest deadline first."""
    found: dict[int, list[OpenTurn]] = {}
    for turn in turns:
        found.setdefault(turn.unit, []).append(turn)
    return {unit: sorted(mine, key=lambda turn: turn.due) for unit, mine in found.items()}


def reminder_text(place: str, turns: Iterable[OpenTurn], as_of: date) -> str:
    """Return one reminder of a unit, all that it owes gathered."""
    lines = "\n".join(f"- {turn.line}" for turn in turns)
    return f"Kính gửi {place}. Đến hết ngày {format_date(as_of)} còn:\n{lines}"


def contacts_of(units: Iterable[int], day: date) -> dict[int, UnitContact]:
    """Return the contact of units (by key) on a day; units without are left out."""
    rows = UnitContact.objects.filter(on_day(day), unit__in=list(units)).exclude(name="")
    return {row.unit_id: row for row in rows}


def sent_on(unit: Unit, day: date) -> Mapping[str, ReminderEntry]:
    """Return the messages that committees at, above or below a unit sent on a day, by the code of each unit named."""
    below = set(Ancestry.objects.filter(on_day(day), ancestor=unit).values_list("descendant__code", flat=True))
    found: dict[str, ReminderEntry] = {}
    for entry in ReminderEntry.objects.filter(day=day).select_related("sent_by"):
        found |= {code: entry for code in entry.units if code in below}
    return found


def mail_configured() -> bool:
    """Tell whether this office sends e-mail at all."""
    return bool(settings.REMIND_BY_MAIL)
