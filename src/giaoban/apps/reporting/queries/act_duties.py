"""What is owed around an act on the tree, without it and with it: which duties go along or end, how many owe what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from giaoban.apps.audit.act import Act
from giaoban.apps.obligations.providers import duty_rules
from giaoban.apps.obligations.queries.board import board
from giaoban.apps.obligations.queries.duties import duties
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.permissions import may
from giaoban.apps.organizations.queries.act_effects import Consequence
from giaoban.apps.organizations.queries.chosen import UnitCard
from giaoban.apps.organizations.queries.outline import has_more_below
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period

# Of a province the duties are not gone through twice for a preview.
_WIDEST = 2_000


@dataclass(frozen=True, slots=True)
class Owed:
    """Duties of today by rule, subject and day, with the unit that owes each; standing ones of the act's quarter by
    their code: title, and how many units owe them.
    """

    cases: Mapping[tuple[str, str, date], int] = field(default_factory=dict)
    standing: Mapping[str, tuple[str, int]] = field(default_factory=dict)


def highest(units: Sequence[Unit], day: date) -> Unit | None:
    """Return the unit of several with the fewest above it on a day; None where none stands."""
    above = Ancestry.objects.filter(on_day(day), descendant__in=[unit.pk for unit in units])
    counts = dict(above.values("descendant").annotate(number=Count("pk")).values_list("descendant", "number"))
    standing = [unit for unit in units if unit.pk in counts]
    return min(standing, key=lambda unit: (counts[unit.pk], unit.code), default=None)


def owed_below(act: Act, top: Unit | None, day: date) -> Owed:
    """Return what is owed at and below a unit, as far as the person may see it; nothing where too many stand there.

    A number of queries that does not depend on the units.
    """
    if top is None or has_more_below(top, _WIDEST, day=act.today):
        return Owed()
    found = duties(act.user, top, today=act.today, only=duty_rules())
    cases = {(one.rule.code, one.case.subject, one.case.opened): one.case.unit for one in found}
    if not act.at_console and not may(act.user, "meetings_view", top, today=act.today):
        return Owed(cases)
    shown = board(None if act.at_console else act.user, top, Period.quarter_of(day), today=act.today)
    rows = [*shown.rows, shown.own]
    standing = {
        column.code: (column.title, sum(column.cell(row.card.pk).expected for row in rows)) for column in shown.columns
    }
    return Owed(cases, standing)


def owed_changes(before: Owed, after: Owed, cards: Mapping[int, UnitCard], day: date) -> tuple[Consequence, ...]:
    """Return what becomes of duties: which go along with their people or end, and how many units owe standing ones."""
    lists = (
        ("Việc đến hạn", tuple(_cases(before, after, cards))),
        (f"Việc giao thường kỳ {Period.quarter_of(day).name()}", tuple(_standing(before, after))),
    )
    return tuple(Consequence(title, lines) for title, lines in lists if lines)


def _cases(before: Owed, after: Owed, cards: Mapping[int, UnitCard]) -> Iterator[str]:
    moved: Counter[tuple[str, int | None]] = Counter()
    for case, unit in before.cases.items():
        goal = after.cases.get(case)
        if goal != unit:
            moved[case[0], goal] += 1
    for (code, goal), number in sorted(moved.items(), key=lambda one: (one[0][0], one[0][1] or 0)):
        where = "không còn" if goal is None else f"chuyển sang {cards[goal].place if goal in cards else 'nơi khác'}"
        yield f"{duty_rules()[code].title}: {format_number(number)} việc {where}"


def _standing(before: Owed, after: Owed) -> Iterator[str]:
    for code in dict.fromkeys([*before.standing, *after.standing]):
        title, number = before.standing.get(code, ("", 0))
        later_title, later = after.standing.get(code, ("", 0))
        if number != later:
            words = f"{format_number(number)} đơn vị phải làm, sau việc này {format_number(later)}"
            yield f"{title or later_title}: {words}"
