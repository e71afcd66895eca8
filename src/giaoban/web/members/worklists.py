"""What is to be followed up: all lists on one page, each one whole for paper and as a workbook."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse

from giaoban.apps.audit.act import HANOI
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.queries.parts import WHOLE
from giaoban.apps.organizations.queries.outline import has_more_below
from giaoban.apps.sheets.listing import ListSheet, write_list
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Pager
from giaoban.web.http import as_file
from giaoban.web.members.worklist_rows import WORKLISTS, Worklist, WorkRow
from giaoban.web.members.worklists_wide import show_all, show_one

FIRST = 5
PAGE = 100
# An office follows up what it can write to: some hundred units. Of a province or the country the lists would be as long
# as its roll; there each is counted for the units directly below, and leads on to them.
WIDEST = 2_000
# Lists of which papers are written: of people to be recognised, of letters that wait.
_PAPERS = {"du-bi": "recognition", "chuyen": "transfer"}


@dataclass(frozen=True, slots=True)
class WorkSection:
    """One list on the page of all of them: its first rows and the way to the rest."""

    key: str
    title: str
    about: str
    count: str
    headings: tuple[str, ...]
    rows: tuple[WorkRow, ...]
    nothing: str
    url: str
    all_words: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One list on a page of its own."""

    key: str
    title: str
    about: str
    count: str
    headings: tuple[str, ...]
    rows: tuple[WorkRow, ...]
    nothing: str
    as_of: str
    pager: Pager
    more: Link
    papers_url: str
    back_url: str
    all_url: str
    export_url: str


@screen("members", right="members_view")
def worklists(desk: Desk) -> HttpResponse:
    """Show what is to be followed up at and below the chosen unit: of each list the first rows."""
    if _too_wide(desk):
        return show_all(desk)
    sections = tuple(_section(desk, one) for one in WORKLISTS.values() if desk.may(one.right))
    actions = []
    if desk.may("members_record"):
        actions.append(Link("Đề nghị đính chính", desk.url("members:requests")))
    context = {"sections": sections, "as_of": format_date(desk.act.today), "actions": tuple(actions)}
    return desk.render("members/worklists.html", context)


def _too_wide(desk: Desk) -> bool:
    """Tell whether the lists of the chosen unit are counted for the units below it rather than shown."""
    return has_more_below(desk.unit, WIDEST, day=desk.act.today)


def _section(desk: Desk, one: Worklist) -> WorkSection:
    found = one.find(desk, slice(FIRST))
    total = found.total
    return WorkSection(
        one.key,
        one.title,
        found.about,
        format_number(total),
        one.headings,
        found.rows,
        one.nothing,
        desk.url("members:worklist", one.key),
        f"Xem cả {format_number(total)} dòng" if total > FIRST else "Mở danh sách",
    )


def _chosen(desk: Desk, key: str) -> Worklist:
    """Return the list of a name.

    Raises:
        NotFound: there is no such list.
        NotAllowed: the right that it asks for is missing.
    """
    one = WORKLISTS.get(key)
    if one is None:
        raise NotFound(f"Không có danh sách {quoted(key)}")
    desk.require(one.right)
    return one


def _page(number: int) -> slice:
    return slice((number - 1) * PAGE, number * PAGE)


@screen("members", right="members_view")
def worklist(desk: Desk, key: str) -> HttpResponse:
    """Show one list page by page; ``in=tat-ca`` gives it whole, for paper, and notes who took it (D16)."""
    one = _chosen(desk, key)
    if _too_wide(desk):
        return show_one(desk, one)
    asked = desk.request.GET.get("trang") or ""
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    everything = desk.request.GET.get("in") == "tat-ca"
    found = one.find(desk, WHOLE if everything else _page(number))
    total = found.total
    pages = max(1, -(-total // PAGE))
    if number > pages:  # a page beyond the last gives the last
        number = pages
        found = found if everything else one.find(desk, _page(number))
    if everything:
        detail = {"rows": total, "list": key}
        write_trail(
            desk.act, [Happening("members.worklist_printed", "unit", str(desk.unit.uid), desk.card.code, detail)]
        )

    def turn(page: int) -> str:
        inside = 1 <= page <= pages and not everything
        return desk.url("members:worklist", key, query={"trang": str(page)}) if inside else ""

    words = f"{format_number(total)} dòng" + (f", trang {number}/{pages}" if pages > 1 and not everything else "")
    page = WorkPage(
        key,
        one.title,
        found.about,
        format_number(total),
        one.headings,
        found.rows,
        one.nothing,
        format_date(desk.act.today),
        Pager(words, turn(number - 1), turn(number + 1)),
        found.more,
        desk.url("papers:write", _PAPERS[key]) if key in _PAPERS and total and desk.may("members_record") else "",
        desk.url("members:worklists"),
        desk.url("members:worklist", key, query={"in": "tat-ca"}) if pages > 1 and not everything else "",
        desk.url("members:take_worklist", key),
    )
    return desk.render("members/worklist.html", {"page": page}, part="list")


@screen("members", right="members_view", methods=("POST",))
def take_worklist(desk: Desk, key: str) -> HttpResponse:
    """Give one list as a workbook; who took it away is recorded (D16)."""
    one, act = _chosen(desk, key), desk.act
    if _too_wide(desk):
        raise NotFound(f"{desk.card.name} có quá nhiều tổ chức cho một danh sách; hãy chọn đơn vị cấp dưới")
    found = one.find(desk, WHOLE)
    head = [
        f"{desk.card.name} ({desk.card.code}): {one.title.lower()}, ngày {format_date(act.today)}",
        f"{len(found.rows)} dòng; {act.user.full_name} lấy lúc {act.now.astimezone(HANOI):%H:%M %d/%m/%Y}",
    ]
    rows = (
        (position, row.name, row.place, row.first, row.second, row.sign.word)
        for position, row in enumerate(found.rows, 1)
    )
    content = write_list(ListSheet(one.title, head, ("TT", *one.headings, "Tình trạng")), rows)
    detail = {"rows": len(found.rows), "list": key, "sha256": hashlib.sha256(content).hexdigest()}
    with transaction.atomic():
        write_trail(act, [Happening("members.worklist_exported", "unit", str(desk.unit.uid), desk.card.code, detail)])
    name = f"theo-doi-{key}-{desk.card.code}-{act.today.isoformat()}.xlsx"
    return as_file(content, name)
