"""Filters kept under a name, and the list taken away as a workbook."""

from __future__ import annotations

import hashlib
import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from giaoban.apps.accounts.operations import drop_view, save_view
from giaoban.apps.audit.act import HANOI
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.queries.lists import COUNTED, list_members
from giaoban.apps.sheets.listing import ListSheet, write_list
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.web.access import Desk, screen
from giaoban.web.forms import sentence
from giaoban.web.http import as_file
from giaoban.web.members.columns import chosen_columns, details_of
from giaoban.web.members.list_form import ListForm, filter_query

_AREA = "members"


def _sent(desk: Desk) -> QueryDict:
    """The filter as the list page sent it along: one field with the query of its address."""
    return QueryDict(desk.request.POST.get("loc", "")[:2000])


@screen("members", right="members_view", methods=("POST",))
def export(desk: Desk) -> HttpResponse:
    """Give the whole filtered list as a workbook with the chosen columns; who took it away is recorded (D16)."""
    form = ListForm(_sent(desk), may=desk.may)
    wanted = form.wanted()
    # What cannot be read narrows nothing: the list would hold more people than was meant. A column is left out instead.
    if form.errors.keys() - {"cot"}:
        messages.info(desk.request, "Chưa lấy danh sách: bộ lọc có chỗ chưa đúng, xem chỗ báo đỏ ở «Lọc thêm».")
        return HttpResponseRedirect(desk.url("members:list") + f"&{filter_query(_sent(desk))}")
    columns = chosen_columns(_sent(desk).getlist("cot"), desk.may)
    act, query = desk.act, filter_query(_sent(desk))
    with transaction.atomic():
        found = list_members(act.user, desk.unit, wanted, today=act.today, size=COUNTED, details=details_of(columns))
        head = [
            f"{desk.card.name} ({desk.card.code}): danh sách đảng viên ngày {format_date(act.today)}"
            + (f": {form.in_words}" if form.in_words else ""),
            f"{found.total} đảng viên; {act.user.full_name} lấy lúc {act.now.astimezone(HANOI):%H:%M %d/%m/%Y}",
        ]
        sheet = ListSheet("Đảng viên", head, ("TT", "Họ và tên", *(column.label for column in columns)))
        rows = (
            (position, line.full_name, *(column.cell(line, act.today) for column in columns))
            for position, line in enumerate(found.lines, 1)
        )
        content = write_list(sheet, rows)
        detail = {
            "rows": found.total,
            "filter": query,
            "columns": [column.key for column in columns],
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        write_trail(act, [Happening("members.list_exported", "unit", str(desk.unit.uid), desk.card.code, detail)])
    name = f"dang-vien-{desk.card.code}-{act.today.isoformat()}.xlsx"
    return as_file(content, name)


@screen("members", right="members_view", methods=("POST",))
def keep(desk: Desk) -> HttpResponse:
    """Keep the filter of the list under a name."""
    query = filter_query(_sent(desk))
    try:
        view = save_view(act=desk.act, area=_AREA, name=desk.request.POST.get("ten", ""), query=query)
    except InvalidInput as error:
        messages.info(desk.request, f"Chưa lưu bộ lọc: {sentence(error)}")
    else:
        messages.info(desk.request, f"Đã lưu bộ lọc «{view.name}».")
    return HttpResponseRedirect(desk.url("members:list") + (f"&{query}" if query else ""))


@screen("members", right="members_view", methods=("POST",))
def forget(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Forget one of the person's own filters."""
    name = drop_view(act=desk.act, uid=uid)
    messages.info(desk.request, f"Đã bỏ bộ lọc «{name}».")
    return HttpResponseRedirect(desk.url("members:list"))
