"""What is behind one cell of the board, and the reminders that follow from all that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse

from giaoban.apps.members.queries.office_holders import offices_held
from giaoban.apps.obligations.duties import DutyStatus
from giaoban.apps.obligations.queries.board import Board, BoardColumn
from giaoban.apps.obligations.queries.standing import rules_above
from giaoban.apps.obligations.standing import ONCE, subject_of
from giaoban.apps.obligations.standing_states import Assessed
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.board.cells import carried, sign_of, sign_of_cell
from giaoban.web.board.page import asked_board
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
    open_turns = [(column, one, unit) for one, unit in turns if not _settled(one, unit)]
    shown = CellPage(
        title=column.title,
        row=row.card.name,
        sign=sign_of_cell(column.cell(row.card.pk)),
        turns=tuple(_turn(desk, one, cards[unit], str(uids[unit])) for one, unit in turns),
        reminder=_text(found.as_of, open_turns, cards) if open_turns else "",
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


Open = tuple[BoardColumn, Assessed, int]


def _text(as_of: date, turns: list[Open], cards: dict[int, UnitCard]) -> str:
    """Write one reminder for each unit, all that it owes gathered."""
    by_unit: dict[int, list[str]] = {}
    for column, one, unit in turns:
        state = one.state(unit)
        due = format_date(state.extended or one.instance.due)
        sent_back = " (đã gửi, phải bổ sung)" if state.status is DutyStatus.INSUFFICIENT else ""
        period = "" if one.instance.key == ONCE else f", {one.instance.name}"
        by_unit.setdefault(unit, []).append(f"- {column.title}{period}: hạn {due}{sent_back}")
    parts = [
        f"Kính gửi {cards[unit].place}. Đến hết ngày {format_date(as_of)} còn:\n" + "\n".join(lines)
        for unit, lines in sorted(by_unit.items(), key=lambda item: cards[item[0]].code)
    ]
    return "\n\n".join(parts)


@dataclass(frozen=True, slots=True)
class CallView:
    """One line of the call list; a telephone number stands in the personal file, whose every opening is recorded."""

    place: str
    secretary: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemindersPage:
    """All that is open, unit by unit: to copy and to telephone."""

    as_of: str
    calls: tuple[CallView, ...]
    text: str
    said: str
    back_url: str


@screen("board", right="meetings_view")
def reminders(desk: Desk) -> HttpResponse:
    """Show what is due or soon will be, and not done to this day: one text to copy, one list to telephone from."""
    found = asked_board(desk, desk.request.GET.dict(), till_today=True)
    turns = _open_turns(found)
    cards = place_cards({unit for _column, _one, unit in turns}, day=desk.act.today)
    shown = RemindersPage(
        format_date(found.as_of),
        _calls(desk, turns, cards),
        _text(found.as_of, turns, cards),
        f"{format_number(len(cards))} đơn vị còn {format_number(len(turns))} việc quá hạn hoặc sắp đến hạn",
        desk.url("board:page", query=carried(desk)),
    )
    return desk.render("board/reminders.html", {"page": shown})


def _open_turns(found: Board) -> list[Open]:
    """What is not done and due, or will be within the days that its duty is reminded of before."""
    return [
        (column, one, unit)
        for column in found.columns
        for one in column.instances
        for units in one.rows.values()
        for unit in units
        if not _settled(one, unit)
        and (one.state(unit).extended or one.instance.due)
        <= found.as_of + timedelta(days=one.instance.rule.remind_days)
    ]


def _calls(desk: Desk, turns: list[Open], cards: dict[int, UnitCard]) -> tuple[CallView, ...]:
    held = offices_held(list(cards), desk.act.today)
    heads = {one.unit: one for one in held if one.office == Office.SECRETARY}
    lines: dict[int, list[str]] = {}
    for column, one, unit in turns:
        lines.setdefault(unit, []).append(f"{column.short}, {one.instance.name}")
    calls = []
    for unit, missing in sorted(lines.items(), key=lambda item: cards[item[0]].code):
        head = heads.get(unit)
        calls.append(CallView(cards[unit].place, head.full_name if head else "", tuple(missing)))
    return tuple(calls)
