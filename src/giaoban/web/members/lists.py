"""Lists of members: who stands in the chosen unit, and who is on the way."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse

from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.queries.lists import PAGE, MemberFilter, MemberLine, list_members
from giaoban.apps.members.queries.transfers import on_the_way
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Pager, Sign
from giaoban.web.members.forms import ListForm

_ALL = 20_000
STATE_SIGNS = {
    "official": Sign("good", "●", "chính thức"),
    "probationary": Sign("late", "◐", "dự bị"),
    "guest": Sign("late", "◇", "sinh hoạt tạm thời"),
    "gone_out": Sign("off", "○", "đã chuyển đi"),
    "left": Sign("bad", "✕", "đã ra khỏi Đảng"),
    "died": Sign("off", "○", "đã từ trần"),
    "voided": Sign("off", "○", "đã bỏ ghi kết nạp"),
}


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of the list."""

    url: str
    name: str
    birth: str
    unit: str
    admitted: str
    recognised: str
    state: Sign


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list."""

    rows: tuple[ListRow, ...]
    pager: Pager
    nothing: str
    as_of: str
    base_url: str
    actions: tuple[Link, ...]
    all_url: str


@dataclass(frozen=True, slots=True)
class WayRow:
    """A member on the way."""

    name: str
    url: str
    sent_on: str
    days: str
    origin: str
    goal: str
    accept_url: str


def _row(desk: Desk, line: MemberLine) -> ListRow:
    return ListRow(
        url=desk.url("members:member", line.uid),
        name=line.full_name,
        birth=str(line.birth_year),
        unit=line.unit.place,
        admitted=format_date(line.admitted_on) if line.admitted_on else "",
        recognised=format_date(line.recognised_on) if line.recognised_on else "",
        state=STATE_SIGNS[line.state],
    )


def _list_actions(desk: Desk) -> tuple[Link, ...]:
    actions = []
    if desk.may("members_record"):
        actions.append(Link("Ghi kết nạp", desk.url("members:admit")))
        actions.append(Link("Tiếp nhận từ ngoài", desk.url("members:arrive")))
    actions.append(Link("Đang chuyển", desk.url("members:on_the_way")))
    return tuple(actions)


@screen("members", right="members_view")
def member_list(desk: Desk) -> HttpResponse:
    """Show the members at or under the chosen unit today, page by page; ``tat-ca`` gives them all, for paper."""
    form = ListForm(desk.request.GET)
    form.is_valid()
    data = form.cleaned_data
    wanted = MemberFilter(data.get("tim") or "", data.get("dien") or "", data.get("gioi") or "")
    query = {"tim": wanted.text, "dien": wanted.state, "gioi": wanted.sex}
    number = desk.request.GET.get("trang") or ""
    everything = desk.request.GET.get("in") == "tat-ca"
    found = list_members(
        desk.act.user,
        desk.unit,
        wanted,
        today=desk.act.today,
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
        size=_ALL if everything else PAGE,
    )
    if everything:
        # Decision D16: what is taken away is noted with who, when and what scope.
        detail = {"rows": found.total, **query}
        write_trail(desk.act, [Happening("members.list_printed", "unit", str(desk.unit.uid), desk.card.code, detail)])
    words = f"{format_number(found.total)} đảng viên"
    if found.pages > 1:
        words = f"Từ {format_number(found.first)} đến {format_number(found.first + len(found.lines) - 1)} trong {words}"

    def turn(page: int) -> str:
        return desk.url("members:list", query={**query, "trang": str(page)}) if 1 <= page <= found.pages else ""

    nothing = (
        f"Không có đảng viên nào khớp với «{wanted.text}» trong {desk.card.name}. "
        "Gõ một phần họ tên, có dấu hay không dấu đều được; hoặc chọn đơn vị rộng hơn ở góc trên."
        if wanted.text
        else f"{desk.card.name} chưa có đảng viên nào trong sổ. Đảng viên hiện ở đây khi đã ghi kết nạp hoặc tiếp nhận."
    )
    page = ListPage(
        rows=tuple(_row(desk, line) for line in found.lines),
        pager=Pager(words, turn(found.page - 1), turn(found.page + 1)),
        nothing=nothing,
        as_of=format_date(desk.act.today),
        base_url=reverse("members:list"),
        actions=_list_actions(desk),
        all_url=desk.url("members:list", query={**query, "in": "tat-ca"}) if found.pages > 1 else "",
    )
    shown = ListForm(initial=query)
    return desk.render("members/list.html", {"page": page, "form": shown}, part="list")


@screen("members", right="members_view")
def waiting(desk: Desk) -> HttpResponse:
    """Show who is on the way to or from the chosen unit and has not been accepted."""
    letters = on_the_way(desk.act.user, desk.unit, today=desk.act.today)
    rows = tuple(
        WayRow(
            letter.full_name,
            "" if letter.coming else desk.url("members:member", letter.member_uid),
            format_date(letter.sent_on),
            format_number(letter.days),
            letter.origin.place if letter.origin else "",
            letter.goal.place if letter.goal else "",
            desk.url("members:accept", letter.uid) if letter.coming and desk.may("members_record") else "",
        )
        for letter in letters
    )
    return desk.render("members/on_the_way.html", {"rows": rows, "list_url": desk.url("members:list")})
