"""The board «Bảng giao ban»: who has done what was due (contracts: ``giaoban board``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from giaoban.apps.accounts.models import User
from giaoban.apps.obligations.queries.standing import Span, Standings, rules_above
from giaoban.apps.obligations.standing import StandingRule, instances
from giaoban.apps.obligations.standing_states import Assessed, Cell, fold_cells
from giaoban.apps.organizations.models import GroupKind, GroupMembership, Placement, Unit, granted_ancestry
from giaoban.apps.organizations.queries.chosen import UnitCard, unit_cards
from giaoban.apps.organizations.queries.places import SqlCalendar
from giaoban.core.errors import NotFound
from giaoban.core.period import Period, Window
from giaoban.core.text_vi import quoted

RIGHT = "meetings_view"
_NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A direct child of the asked unit; of ``own`` the asked unit itself. ``cluster`` is empty where it has none."""

    card: UnitCard
    cluster: str = ""
    cluster_name: str = ""
    cluster_position: int = 0


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One duty with its instances; ``cells`` by the key of the row, only of rows where somebody owes it."""

    code: str
    title: str
    short: str
    evidence: str
    instances: tuple[Assessed, ...]
    cells: Mapping[int, Cell]

    @property
    def due_from(self) -> date:
        """The first due day."""
        return min(one.instance.due for one in self.instances)

    @property
    def due_to(self) -> date:
        """The last due day."""
        return max(one.instance.due for one in self.instances)

    def cell(self, row: int) -> Cell:
        """Return the cell of a row; an empty one where nobody there owes it."""
        return self.cells.get(row, _NOTHING)


@dataclass(frozen=True, slots=True)
class Board:
    """Rows are the unit's direct children that stood under it in the period; ``own`` is the unit's own row."""

    card: UnitCard
    period: Period
    window: Window
    as_of: date
    rows: tuple[BoardRow, ...]
    own: BoardRow
    columns: tuple[BoardColumn, ...]

    @property
    def owes_itself(self) -> bool:
        """Whether the asked unit owes something to those above it."""
        return any(self.card.pk in column.cells for column in self.columns)

    @property
    def clusters(self) -> dict[str, tuple[BoardRow, ...]]:
        """The direct children by the name of their cluster, in their order; those without one last, under ""."""
        found: dict[str, list[BoardRow]] = {}
        for row in self.rows:
            found.setdefault(row.cluster_name, []).append(row)
        return {name: tuple(rows) for name, rows in found.items()}

    @property
    def shown_rows(self) -> tuple[BoardRow, ...]:
        """The direct children; of a unit without children the unit itself."""
        return self.rows or (self.own,)

    def as_json(self) -> list[dict[str, Any]]:
        """Return the list of the contracts, ready for ``json.dumps``; one query for the codes of the units."""
        told = {unit for column in self.columns for one in column.instances for unit in one.evidence}
        codes = dict(Unit.objects.filter(pk__in=_few(told)).values_list("pk", "code")) if told else {}
        return [_column_json(column, self.shown_rows, codes) for column in self.columns]


def _few(units: set[int]) -> Any:
    """Return keys for a condition: of very many all units rather than a statement that names each."""
    return units if len(units) <= 5000 else Unit.objects.values("pk")


def _column_json(column: BoardColumn, rows: Iterable[BoardRow], codes: Mapping[int, str]) -> dict[str, Any]:
    units = []
    for row in rows:
        cell = column.cell(row.card.pk)
        units.append(
            {
                "code": row.card.code,
                "name": row.card.name,
                "status": cell.status.value,
                "done": cell.done,
                "expected": cell.expected,
                "reason": "; ".join(cell.reasons),
                "evidence": _evidence_json(column, row.card.pk, codes),
            }
        )
    return {
        "obligation": column.code,
        "title": column.title,
        "due_from": column.due_from.isoformat(),
        "due_to": column.due_to.isoformat(),
        "units": units,
    }


def _evidence_json(column: BoardColumn, row: int, codes: Mapping[int, str]) -> list[dict[str, str]]:
    return [
        {
            "unit": codes[unit],
            "period": one.instance.key,
            "date": found.day.isoformat(),
            "text": found.text,
            "ref": found.ref,
        }
        for one in column.instances
        for unit in sorted(one.rows.get(row, ()), key=lambda unit: codes.get(unit, ""))
        if (found := one.evidence.get(unit)) is not None
    ]


def board(
    user: User | None,
    unit: Unit,
    period: Period,
    *,
    today: date,
    as_of: date | None = None,
    open_too: bool = False,
    due_only: bool = False,
) -> Board:
    """Return who has done what was due in a period; the number of queries depends on the duties only.

    Args:
        user: who asks; None at the console, where nobody's rights are asked.
        today: the day on which rights are asked, and the last one of which anything can be known.
        as_of: what was done by the end of this day counts; without it the period's last day, at most today. On the day
            today there is still time: what is due on it is not missing yet.
        open_too: also duties that are due before or after the period and are not done (see ``Span``).
        due_only: only what was due by the board's day, as a paper says it that blames somebody.

    Raises:
        NotFound: the unit is outside the person's scope.
    """
    window = SqlCalendar().bounds([(unit.code, period)])[unit.code, period].window
    known = min(as_of or window.last_day, today)
    span = Span(window.start, window.last_day, known, open_too, over=known < today)
    seen = None if user is None else _seen(user, unit, today)
    rules = rules_above(unit.pk)
    standings = Standings([unit.pk], rules, [span])
    found = standings.assessed(span, unit.pk)
    if seen is not None:
        found = {code: [one for one in listed if _was_seen(one, seen)] for code, listed in found.items()}
    if due_only:
        found = {code: [one for one in listed if one.is_due] for code, listed in found.items()}
    path = standings.owing.scene(window.last_day).path(unit.pk)
    columns = tuple(
        _column(_spokesman(code, rules, path), found[code])
        for code in dict.fromkeys(rule.code for rule in rules)
        if found.get(code)
    )
    card = unit_cards([unit.pk], day=window.last_day)[unit.pk]
    return Board(
        card=card,
        period=period,
        window=window,
        as_of=span.as_of,
        rows=_rows(unit, window, {row for column in columns for row in column.cells} - {unit.pk}),
        own=BoardRow(card),
        columns=columns,
    )


def period_with_duties(unit: Unit, period: Period) -> Period | None:
    """Return the nearest period of the same length in which a duty of a unit comes due: rather an earlier one.

    Looks three years back and one ahead. What is asked by rules counts, whoever owes it then.
    """
    rules = rules_above(unit.pk)
    count = 12 // min(12, len(period.months()))
    earlier, later = [period], [period]
    for _ in range(3 * count):
        earlier.append(earlier[-1].before())
    for _ in range(count):
        later.append(later[-1].next())
    return next((near for near in (*earlier[1:], *later[1:]) if _asked(rules, near)), None)


def _asked(rules: Iterable[StandingRule], period: Period) -> bool:
    return any(instances(rule, period.start, period.window.last_day) for rule in rules)


Spells = Sequence[tuple[date, date]]


def _seen(user: User, unit: Unit, today: date) -> Spells:
    """Return when the unit stood where the person holds the right.

    Raises:
        NotFound: it never did.
    """
    rows = list(
        granted_ancestry(user, today=today, right=RIGHT).filter(descendant=unit).values_list("valid_from", "valid_to")
    )
    if not rows:
        raise NotFound(f"Không tìm thấy đơn vị {quoted(unit.code)} trong phạm vi của đồng chí")
    return rows


def _was_seen(one: Assessed, seen: Spells) -> bool:
    return any(start <= one.instance.due < end for start, end in seen)


def _spokesman(code: str, rules: Iterable[StandingRule], path: Sequence[int]) -> StandingRule:
    """Return the duty whose words a column bears: the nearest committee's at or above the unit, its latest."""
    ranks = {unit: rank for rank, unit in enumerate(path)}
    own = [rule for rule in rules if rule.code == code]
    return min(own, key=lambda rule: (ranks.get(rule.owner, len(ranks)), -rule.valid_from.toordinal()))


def _column(rule: StandingRule, found: Sequence[Assessed]) -> BoardColumn:
    return BoardColumn(rule.code, rule.title, rule.short, rule.evidence, tuple(found), fold_cells(found))


def _rows(unit: Unit, window: Window, owing: set[int]) -> tuple[BoardRow, ...]:
    """Return the direct children by cluster (those without last), each cluster by code."""
    places = Placement.objects.filter(parent=unit, valid_from__lt=window.end, valid_to__gt=window.start)
    children = set(places.values_list("unit_id", flat=True)) | owing
    cards = unit_cards(children, day=window.last_day)
    clusters: dict[int, tuple[str, str, int]] = {}
    held = GroupMembership.objects.filter(
        Q(valid_from__lt=window.end, valid_to__gt=window.start), unit__in=children, group__kind=GroupKind.CLUSTER
    ).annotate(owner=F("group__owner_id"))
    rows = held.values_list("unit_id", "group__code", "group__name", "group__position", "owner", "valid_from")
    for pk, code, name, position, _owner, _start in sorted(rows, key=lambda row: (row[4] == unit.pk, row[5])):
        clusters[pk] = (code, name, position)
    made = [BoardRow(card, *clusters.get(card.pk, ("", "", 0))) for card in cards.values()]
    return tuple(sorted(made, key=lambda row: (not row.cluster, row.cluster_position, row.cluster, row.card.code)))
