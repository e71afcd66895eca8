"""Records that may belong to one person, side by side: a person joins them, and may undo it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.members.operations import join_records, undo_join
from giaoban.apps.members.queries.aliases import Pair, Side, find_alias, joined_pairs, likely_pairs
from giaoban.apps.members.queries.file import find_member
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import GiaobanError, NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.forms import attempt, sentence


@dataclass(frozen=True, slots=True)
class PairLine:
    """One thing that is compared."""

    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether the two records say different things."""
        return bool(self.first and self.second and self.first != self.second)


@dataclass(frozen=True, slots=True)
class PairView:
    """Two records side by side."""

    first: Side
    second: Side
    first_url: str
    second_url: str
    reason: str
    lines: tuple[PairLine, ...]
    undo_url: str = ""


def _view(desk: Desk, pair: Pair) -> PairView:
    one, two = pair.first, pair.second
    files = desk.may("members_file")

    def day(side: Side, name: str) -> str:
        value = getattr(side, name)
        return format_date(value) if value else ""

    lines = [
        PairLine("Sinh", str(one.birth), str(two.birth)),
        PairLine("Tổ chức", one.unit.place, two.unit.place),
        PairLine("Tình trạng", one.state_label, two.state_label),
        PairLine("Kết nạp", day(one, "admitted_on"), day(two, "admitted_on")),
        PairLine("Chính thức", day(one, "recognised_on"), day(two, "recognised_on")),
        PairLine("Số lần ghi", format_number(one.entries), format_number(two.entries)),
    ]
    if files:
        lines[1:1] = [
            PairLine("Số lý lịch", one.file_number, two.file_number),
            PairLine("Số thẻ", one.card_number, two.card_number),
            PairLine("Ba số cuối căn cước", one.identity_tail, two.identity_tail),
        ]
    return PairView(
        one,
        two,
        desk.url("members:member", one.uid),
        desk.url("members:member", two.uid),
        pair.reason,
        tuple(lines),
        desk.url("members:undo_join", pair.alias) if pair.alias else "",
    )


@screen("members", right="members_record")
def duplicates(desk: Desk) -> HttpResponse:
    """Show likely pairs below the chosen unit, and those that are joined."""
    likely = likely_pairs(desk.act.user, desk.unit, today=desk.act.today)
    joined = joined_pairs(desk.act.user, desk.unit, today=desk.act.today)
    context = {
        "likely": tuple(_view(desk, pair) for pair in likely),
        "joined": tuple(_view(desk, pair) for pair in joined),
        "join_url": desk.url("members:join"),
        "list_url": desk.url("members:list"),
    }
    return desk.render("members/duplicates.html", context)


@screen("members", right="members_record", methods=("POST",))
def join(desk: Desk) -> HttpResponse:
    """Join two records; the form says which is kept and whether the other tells a part of the life."""
    sent = desk.request.POST
    try:
        kept, other = (uuid.UUID(sent.get(name, "")) for name in ("giu", "kia"))
    except ValueError:
        raise NotFound("Không đọc được hai hồ sơ cần nối") from None
    today = desk.act.today
    pair = [find_member(desk.act.user, uid, today=today) for uid in (kept, other)]
    refused: list[GiaobanError] = []
    takes = sent.get("qua-trinh") == "nhap"
    attempt(refused.append, lambda: join_records(act=desk.act, kept=pair[0], other=pair[1], takes_history=takes))
    if refused:
        messages.info(desk.request, f"Chưa nối được: {sentence(refused[0])}")
    else:
        messages.info(desk.request, f"Đã nối hai hồ sơ của {pair[0].full_name}. Có thể bỏ nối ở cuối trang này.")
    return HttpResponseRedirect(desk.url("members:duplicates"))


@screen("members", right="members_record", methods=("POST",))
def undo(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Take two joined records apart."""
    alias = find_alias(desk.act.user, uid, today=desk.act.today)
    undo_join(act=desk.act, alias=alias)
    messages.info(desk.request, f"Đã bỏ nối hai hồ sơ của {alias.kept.full_name}.")
    return HttpResponseRedirect(desk.url("members:duplicates"))
