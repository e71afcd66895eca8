"""Lists of members: who stands in the chosen unit, with filters and columns to choose."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from giaoban.apps.accounts.models import SavedView
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.queries.lists import COUNTED, PAGE, MemberLine, MemberPage, list_members
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Pager, Sign
from giaoban.web.members.bulk_works import BULK_WORK
from giaoban.web.members.columns import ListColumn, chosen_columns, details_of, words
from giaoban.web.members.list_form import ListForm, filter_query

AREA = "members"
STATE_SIGNS = {
    "official": Sign("good", "●", "chính thức"),
    "probationary": Sign("late", "◐", "dự bị"),
    "guest": Sign("late", "◇", "sinh hoạt tạm thời"),
    "gone_out": Sign("off", "○", "đã chuyển đi"),
    "left": Sign("bad", "✕", "đã ra khỏi Đảng"),
    "died": Sign("off", "○", "đã từ trần"),
    "voided": Sign("off", "○", "đã bỏ ghi kết nạp"),
    "alias": Sign("off", "○", "hồ sơ thứ hai, đã nối"),
}


@dataclass(frozen=True, slots=True)
class ListCell:
    """One cell; ``sign`` for the state."""

    label: str
    text: str
    number: bool = False
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of the list."""

    uid: str
    url: str
    name: str
    cells: tuple[ListCell, ...]


@dataclass(frozen=True, slots=True)
class SavedLink:
    """One of the person's own filters."""

    name: str
    url: str
    drop_url: str
    current: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list."""

    rows: tuple[ListRow, ...]
    columns: tuple[ListColumn, ...]
    pager: Pager
    nothing: str
    as_of: str
    filtered: str
    base_url: str
    query: str
    actions: tuple[Link, ...]
    all_url: str
    export_url: str
    save_url: str
    saved: tuple[SavedLink, ...]
    bulk_url: str
    bulk: tuple[tuple[str, str], ...]


def _row(desk: Desk, line: MemberLine, columns: tuple[ListColumn, ...]) -> ListRow:
    cells = tuple(
        ListCell(
            column.label,
            words(column.cell(line, desk.act.today)),
            column.number,
            STATE_SIGNS.get(line.state) if column.key == "tinh-trang" else None,
        )
        for column in columns
    )
    return ListRow(str(line.uid), desk.url("members:member", line.uid), line.full_name, cells)


def _list_actions(desk: Desk) -> tuple[Link, ...]:
    actions = []
    if desk.may("members_record"):
        actions.append(Link("Ghi kết nạp", desk.url("members:admit")))
        actions.append(Link("Tiếp nhận từ ngoài", desk.url("members:arrive")))
        actions.append(Link("Nhập từ Excel", desk.url("sheets:home")))
        actions.append(Link("Hồ sơ trùng", desk.url("members:duplicates")))
    actions.append(Link("Phát triển đảng viên", desk.url("members:candidates")))
    actions.append(Link("Dự bị", desk.url("members:probation")))
    actions.append(Link("Việc cần theo dõi", desk.url("members:worklists")))
    actions.append(Link("Đang chuyển", desk.url("members:on_the_way")))
    actions.append(Link("Xếp loại", desk.url("members:ratings")))
    actions.append(Link("Huy hiệu Đảng", desk.url("members:badges")))
    return tuple(actions)


def _saved(desk: Desk, query: str) -> tuple[SavedLink, ...]:
    return tuple(
        SavedLink(
            view.name,
            f"{desk.url('members:list')}&{view.query}",
            desk.url("members:drop_view", view.uid),
            view.query == query,
        )
        for view in SavedView.objects.filter(user=desk.act.user, area=AREA).order_by("name")
    )


def _note_numbers(desk: Desk, columns: tuple[ListColumn, ...], found: MemberPage) -> None:
    """Numbers of cards and files stand in the personal file: showing them in a list is a reading of it."""
    if any(column.right == "members_file" for column in columns) and found.lines:
        detail = {"rows": len(found.lines), "page": found.page}
        write_trail(desk.act, [Happening("members.numbers_read", "unit", str(desk.unit.uid), desk.card.code, detail)])


@screen("members", right="members_view")
def member_list(desk: Desk) -> HttpResponse:
    """Show the members at or under the chosen unit today, page by page; ``tat-ca`` gives them all, for paper."""
    form = ListForm(desk.request.GET, may=desk.may)
    wanted = form.wanted()
    columns = chosen_columns(desk.request.GET.getlist("cot"), desk.may)
    query = filter_query(desk.request.GET)
    number = desk.request.GET.get("trang") or ""
    everything = desk.request.GET.get("in") == "tat-ca"
    found = list_members(
        desk.act.user,
        desk.unit,
        wanted,
        today=desk.act.today,
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
        size=COUNTED if everything else PAGE,
        details=details_of(columns),
    )
    _note_numbers(desk, columns, found)
    if everything:
        # Decision D16: what is taken away is noted with who, when and what scope.
        detail = {"rows": found.total, "filter": query}
        write_trail(desk.act, [Happening("members.list_printed", "unit", str(desk.unit.uid), desk.card.code, detail)])
    page = _page(desk, form, columns, query, found)
    chosen = QueryDict(mutable=True)
    chosen.update(desk.request.GET)
    chosen.setlist("cot", [column.key for column in columns])
    shown = ListForm(chosen, may=desk.may)
    shown.is_valid()
    return desk.render("members/list.html", {"page": page, "form": shown}, part="list")


def _page(desk: Desk, form: ListForm, columns: tuple[ListColumn, ...], query: str, found: MemberPage) -> ListPage:
    text = form.cleaned_data.get("tim")
    base = desk.url("members:list") + (f"&{query}" if query else "")

    def turn(page: int) -> str:
        return f"{base}&trang={page}" if 1 <= page <= found.pages else ""

    nothing = (
        f"Không có đảng viên nào khớp với «{text}» trong {desk.card.name}. "
        "Gõ một phần họ tên, có dấu hay không dấu đều được; hoặc chọn đơn vị rộng hơn ở góc trên."
        if text
        else f"Không có đảng viên nào khớp với bộ lọc trong {desk.card.name}."
        if query
        else f"{desk.card.name} chưa có đảng viên nào trong sổ. Đảng viên hiện ở đây khi đã ghi kết nạp hoặc tiếp nhận."
    )
    return ListPage(
        rows=tuple(_row(desk, line, columns) for line in found.lines),
        columns=columns,
        pager=Pager(_counted(found), turn(found.page - 1), turn(found.page + 1)),
        nothing=nothing,
        as_of=format_date(desk.act.today),
        filtered=form.in_words,
        base_url=reverse("members:list"),
        query=query,
        actions=_list_actions(desk),
        all_url=f"{base}&in=tat-ca" if found.pages > 1 else "",
        export_url=desk.url("members:export"),
        save_url=desk.url("members:save_view") if query else "",
        saved=_saved(desk, query),
        bulk_url=desk.url("members:bulk") if desk.may("members_record") else "",
        bulk=tuple((key, work.label) for key, work in BULK_WORK.items()),
    )


def _counted(found: MemberPage) -> str:
    words_ = f"{'hơn ' if found.more else ''}{format_number(found.total)} đảng viên"
    if found.pages > 1:
        last = found.first + len(found.lines) - 1
        words_ = f"Từ {format_number(found.first)} đến {format_number(last)} trong {words_}"
    return words_
