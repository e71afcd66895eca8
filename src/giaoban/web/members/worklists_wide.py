"""What is to be followed up under a province: how much at each unit directly below, with the way to its list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.members.queries.badges import badge_rules
from giaoban.apps.members.queries.badges_below import badges_below
from giaoban.apps.members.queries.branches import Tally, branches_of
from giaoban.apps.members.queries.followed_below import (
    away_below,
    exemptions_below,
    letters_below,
    probation_below,
)
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk
from giaoban.web.members.worklist_rows import ABOUT, WORKLISTS, Worklist, about_round


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A unit directly below, and the length of its list; where that is not counted the number is empty."""

    name: str
    url: str
    number: str


@dataclass(frozen=True, slots=True)
class WidePage:
    """One list by the units directly below: those where it is long come first; ``empty`` have nothing in it."""

    key: str
    title: str
    about: str
    count: str
    rows: tuple[BranchRow, ...]
    empty: str
    note: str
    nothing: str
    as_of: str
    back_url: str


def _badges(desk: Desk, branches: Sequence[int]) -> tuple[str, Tally]:
    today = desk.act.today
    rules = badge_rules(desk.unit, today)
    told = badges_below(desk.act.user, desk.unit, branches, rules=rules, today=today)
    return about_round(rules.next_round(today)), told


def _letters(desk: Desk, branches: Sequence[int]) -> tuple[str, Tally]:
    told = letters_below(desk.act.user, desk.unit, branches, today=desk.act.today)
    return f"{ABOUT['chuyen']} Giấy từ đơn vị này sang đơn vị kia có ở cả hai; cộng chung tính một lần.", told


_COUNTED: dict[str, Callable[[Desk, Sequence[int]], tuple[str, Tally]]] = {
    "du-bi": lambda desk, below: (ABOUT["du-bi"], probation_below(below, today=desk.act.today)),
    "chuyen": _letters,
    "huy-hieu": _badges,
    "mien": lambda desk, below: (ABOUT["mien"], exemptions_below(below, today=desk.act.today)),
    "di-xa": lambda desk, below: (ABOUT["di-xa"], away_below(below, today=desk.act.today)),
}


def show_all(desk: Desk) -> HttpResponse:
    """Show the lists of a wide unit: each is counted when it is opened, or by the browser once the page is there."""
    lists = tuple((one, desk.url("members:worklist", one.key)) for one in WORKLISTS.values() if desk.may(one.right))
    return desk.render("members/worklists_below.html", {"lists": lists, "as_of": format_date(desk.act.today)})


def show_one(desk: Desk, one: Worklist) -> HttpResponse:
    """Show one list of a wide unit by the units directly below."""
    today = desk.act.today
    branches = branches_of(desk.unit, today=today)
    cards = unit_cards(branches, day=today)
    order = sorted(branches, key=lambda pk: cards[pk].code)

    def row(pk: int, number: str) -> BranchRow:
        return BranchRow(cards[pk].name, desk.url("members:worklist", one.key, unit=cards[pk].code), number)

    count, empty, note = "", "", ""
    if one.key in _COUNTED:
        about, told = _COUNTED[one.key](desk, branches)
        count = format_number(told.total)
        most_first = sorted((pk for pk in order if pk in told.below), key=lambda pk: -told.below[pk])
        rows = tuple(row(pk, format_number(told.below[pk])) for pk in most_first)
        rest = len(order) - len(rows)
        empty = f"{format_number(rest)} đơn vị trực thuộc khác không có trường hợp nào." if rows and rest else ""
    else:
        # Whether a seat is empty is known from all offices and terms of each unit: it is asked unit by unit.
        about, rows = ABOUT[one.key], tuple(row(pk, "") for pk in order)
        note = f"Không đếm chung cho {desk.card.name}: mở danh sách của từng đơn vị trực thuộc."
    page = WidePage(
        one.key,
        one.title,
        about,
        count,
        rows,
        empty,
        note,
        one.nothing,
        format_date(today),
        desk.url("members:worklists"),
    )
    return desk.render("members/worklist_below.html", {"page": page}, part="list")
