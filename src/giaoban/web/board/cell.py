"""What is behind one cell of the board."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.obligations.queries.reminders import OpenTurn
from giaoban.apps.obligations.queries.standing import rules_above
from giaoban.apps.obligations.standing import subject_of
from giaoban.apps.obligations.standing_states import Assessed
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.web.access import Desk, screen
from giaoban.web.board.cells import carried, sign_of, sign_of_cell
from giaoban.web.board.page import asked_board
from giaoban.web.board.reminders import reminders_text
from giaoban.web.components.pieces import Sign


@dataclass(frozen=True, slots=True)
class TurnView:
    """One unit and period: ``url`` leads to where leave is given."""

    place: str
    period: str
    due: str
    sign: Sign
    day: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class CellPage:
    """The page, or the side sheet."""

    title: str
    row: str
    sign: Sign
    turns: tuple[TurnView, ...]
    reminder: str
    back_url: str


@screen("board", right="meetings_view")
def cell(desk: Desk) -> HttpResponse:
    """Show the units of one row and duty: how they stand, what shows it, leave; with the text of a reminder."""
    sent = desk.request.GET.dict()
    found = asked_board(desk, sent)
    column = next((one for one in found.columns if one.code == sent.get("viec")), None)
    rows = (found.own, *found.rows)
    row = next((one for one in rows if one.card.code == sent.get("hang")), None)
    if column is None or row is None or row.card.pk not in column.cells:
        return _nothing(desk, sent)
    owing = [(one, unit) for one in column.instances for unit in one.rows.get(row.card.pk, ())]
    cards = place_cards({unit for _one, unit in owing}, day=desk.act.today)
    uids = dict(Unit.objects.filter(pk__in=cards).values_list("pk", "uid"))
    turns = sorted(owing, key=lambda turn: (_settled(*turn), cards[turn[1]].code, turn[0].instance.due))
    left = [OpenTurn(column, one, unit) for one, unit in turns if not _settled(one, unit)]
    shown = CellPage(
        title=column.title,
        row=row.card.name,
        sign=sign_of_cell(column.cell(row.card.pk)),
        turns=tuple(_turn(desk, one, cards[unit], str(uids[unit])) for one, unit in turns),
        reminder=reminders_text(left, cards, found.as_of),
        back_url=desk.url("board:page", query=carried(desk)),
    )
    return desk.render("board/cell.html", {"page": shown}, part="cell")


def _nothing(desk: Desk, sent: dict[str, str]) -> HttpResponse:
    """Say that nothing is owed there in this period.

    Raises:
        NotFound: there is no such duty at all.
    """
    title = next((rule.title for rule in rules_above(desk.unit.pk) if rule.code == sent.get("viec")), None)
    if title is None:
        raise NotFound("Không có việc này trên bảng giao ban")
    words = Sign("off", "○", f"{desk.period.name()}: không phải làm")
    shown = CellPage(title, desk.card.name, words, (), "", desk.url("board:page", query=carried(desk)))
    return desk.render("board/cell.html", {"page": shown}, part="cell")


def _settled(one: Assessed, unit: int) -> bool:
    return one.state(unit).settled


def _turn(desk: Desk, one: Assessed, card: UnitCard, uid: str) -> TurnView:
    instance, state = one.instance, one.state(card.pk)
    shown = one.evidence.get(card.pk)
    notes = (shown.text if shown else "", f"lý do: {state.reason}" if state.reason else "")
    url = ""
    if desk.may("members_view"):
        url = desk.url("obligations:duty", instance.rule.code, subject_of(instance.key, uid))
    return TurnView(
        card.place,
        instance.name,
        format_date(state.extended or instance.due),
        sign_of(state.status),
        format_date(state.done) if state.done else "",
        "; ".join(note for note in notes if note),
        url,
    )
