"""«Bảng giao ban»: units by cluster, duties side by side; its workbook."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from giaoban.apps.audit.act import HANOI
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.obligations.queries.board import Board, board, period_with_duties
from giaoban.apps.reporting.queries.board import board_figures
from giaoban.apps.sheets.listing import ListSheet, write_lists
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.web.access import Desk, screen
from giaoban.web.board.cells import ClusterView, cluster_views, is_open, own_view, sum_words
from giaoban.web.board.forms import BoardForm
from giaoban.web.board.workbook import SUM_HEADINGS, export_rows
from giaoban.web.components.pieces import Link
from giaoban.web.http import as_file


@dataclass(frozen=True, slots=True)
class ColumnView:
    """The head of a column."""

    short: str
    title: str
    due: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The page; ``totals`` are figures: what of, done of the turns that were due, percent done, in time."""

    title: str
    as_of: str
    columns: tuple[ColumnView, ...]
    clusters: tuple[ClusterView, ...]
    totals: tuple[tuple[str, str, str, str], ...]
    said: str
    nothing: str
    nearest: Link | None
    base_url: str
    export_url: str
    figure_url: str
    hidden: tuple[tuple[str, str], ...]
    actions: tuple[Link, ...]


def asked_board(desk: Desk, sent: dict[str, str], *, till_today: bool = False) -> Board:
    """Return the board that an address or a form asks for; with ``till_today`` what was done after the period counts.

    Raises:
        NotFound: the day cannot be read.
    """
    form = BoardForm(sent)
    if not form.is_valid():
        raise NotFound("Không đọc được ngày trong địa chỉ")
    day: date | None = form.cleaned_data.get("den") or (desk.act.today if till_today else None)
    return board(
        desk.act.user,
        desk.unit,
        desk.period,
        today=desk.act.today,
        as_of=day,
        open_too=bool(form.cleaned_data.get("cu")),
    )


@screen("board", right="meetings_view")
def page(desk: Desk) -> HttpResponse:
    """Show who has done what was due in the chosen period."""
    sent = desk.request.GET.dict()
    form = BoardForm(sent)
    form.is_valid()
    found = asked_board(desk, sent if form.is_valid() else {})
    rates = board_figures(found, desk.act.today)
    open_only = bool(form.cleaned_data.get("thieu"))
    rows = [row for row in found.shown_rows if not open_only or is_open(found, row)]
    clusters = cluster_views(desk, found, rows)
    if found.owes_itself and found.rows and (not open_only or is_open(found, found.own)):
        clusters = (own_view(desk, found), *clusters)
    late = sum(is_open(found, row) for row in found.shown_rows)
    shown = BoardPage(
        title=f"Bảng giao ban {desk.period.name()}",
        as_of=format_date(found.as_of),
        columns=tuple(
            ColumnView(column.short, column.title, _due(column.due_from, column.due_to)) for column in found.columns
        ),
        clusters=clusters,
        totals=tuple(sum_words(column, rates.by_duty[column.code]) for column in found.columns),
        said=f"{len(found.columns)} việc, {late}/{len(found.shown_rows)} đơn vị còn việc đến hạn chưa xong",
        nothing="Mọi đơn vị đã làm xong các việc đến hạn."
        if found.columns
        else "Chưa có việc nào đến hạn trong kỳ này.",
        nearest=None if found.columns else _nearest(desk),
        base_url=reverse("board:page"),
        export_url=desk.url("board:export"),
        figure_url=desk.url("home:entries", "obligations.expected") if desk.may("figures_view") else "",
        hidden=tuple((key, value) for key, value in sent.items() if key in ("den", "cu", "thieu") and value),
        actions=_actions(desk),
    )
    return desk.render("board/page.html", {"page": shown, "form": form}, part="board")


def _nearest(desk: Desk) -> Link | None:
    """Return the way to the nearest period in which something comes due: an empty board is seldom what one wants."""
    period = period_with_duties(desk.unit, desk.period)
    return Link(period.name(), desk.url("board:page", period=period)) if period is not None else None


def _due(first: date, last: date) -> str:
    return format_date(last) if first == last else f"{first:%d/%m} - {format_date(last)}"


def _actions(desk: Desk) -> tuple[Link, ...]:
    found = (
        Link("Lời nhắc", desk.url("board:reminders")),
        Link("Việc phải làm", desk.url("board:duties")),
    )
    return (*found, Link("Lập thông báo", desk.url("conferences:notice"))) if desk.may("reports_write") else found


@screen("board", right="meetings_view", methods=("POST",))
def export(desk: Desk) -> HttpResponse:
    """Give the board as a workbook; who took it away is recorded (D16)."""
    sent = desk.request.POST.dict()
    found = asked_board(desk, sent)
    act = desk.act
    head = [
        f"{desk.card.name} ({desk.card.code}): bảng giao ban {desk.period.name()}, đã làm đến hết "
        f"{format_date(found.as_of)}",
        f"{act.user.full_name} lấy lúc {act.now.astimezone(HANOI):%H:%M %d/%m/%Y}",
    ]
    rows, sums = export_rows(found, board_figures(found, act.today), open_only=bool(sent.get("thieu")))
    headings = ["Cụm", "Mã", "Đơn vị", *(column.short for column in found.columns)]
    content = write_lists(
        [(ListSheet("Bảng giao ban", head, headings), rows), (ListSheet("Cộng theo cụm", head, SUM_HEADINGS), sums)]
    )
    detail = {"period": str(desk.period), "rows": len(rows), "sha256": hashlib.sha256(content).hexdigest()}
    with transaction.atomic():
        write_trail(act, [Happening("obligations.board_exported", "unit", str(desk.unit.uid), desk.card.code, detail)])
    name = f"bang-giao-ban-{desk.card.code}-{desk.period}.xlsx"
    return as_file(content, name)
