"""What a row of the sheet of members must keep to by itself, without looking at the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations._days import NOT_AFTER_TODAY, future_day
from giaoban.apps.members.operations._replay import MemberFact, MemberWalk
from giaoban.apps.sheets.importing import RowFault
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput


def kind_of(row: SheetRow) -> MemberEvent:
    """Return how the person comes in; blank is the opening roll."""
    return MemberEvent(row["kind"] or MemberEvent.OPENING)


def check_fields(row: SheetRow, today: date) -> Iterator[RowFault]:
    """Give what is wrong with the row's own values; cells that could not be read are passed over."""
    name = row["full_name"]
    if name and " " not in name:
        yield RowFault(row.number, "full_name", f"«{name}» chưa đủ họ và tên", "cả họ và tên")
    for key in ("birth", "day", "admitted_on", "recognised_on", "decision_date"):
        day = row[key].day if key == "birth" and row[key] else row[key]
        if day and (fault := future_day(day, today)) is not None:
            yield RowFault(row.number, key, fault, NOT_AFTER_TODAY)
    yield from _dates(row)
    if not row.broken & {"kind", "status"}:
        yield from _by_kind(row, kind_of(row))


def _dates(row: SheetRow) -> Iterator[RowFault]:
    """Birth, admission, recognition, entry into the register: in this order."""
    steps = [
        ("birth", "ngày sinh", row["birth"].day if row["birth"] else None),
        ("admitted_on", "ngày vào Đảng", row["admitted_on"]),
        ("recognised_on", "ngày chính thức", row["recognised_on"]),
    ]
    for index, (key, label, day) in enumerate(steps):
        for _key, earlier, before in steps[:index]:
            if day and before and day < before:
                message = f"{_capital(label)} {format_date(day)} trước {earlier} {format_date(before)}"
                yield RowFault(row.number, key, message, f"ngày sau {earlier}")
                break
    if row["recognised_on"] and not row["admitted_on"] and "admitted_on" not in row.broken:
        yield RowFault(row.number, "admitted_on", "Có ngày chính thức mà chưa có ngày vào Đảng", "ngày kết nạp")
    entered = row["day"]
    for key, label, day in steps[1:]:
        if entered and day and day > entered and kind_of(row) != MemberEvent.ADMITTED:
            message = f"{_capital(label)} {format_date(day)} sau ngày vào sổ {format_date(entered)}"
            yield RowFault(row.number, key, message, "ngày trước đó; việc về sau ghi bằng mẫu «Việc về đảng viên»")


def _by_kind(row: SheetRow, kind: MemberEvent) -> Iterator[RowFault]:
    if kind == MemberEvent.ADMITTED:
        if row["status"] is True:
            yield RowFault(row.number, "status", "Người vừa kết nạp là đảng viên dự bị", "«Dự bị» hoặc để trống")
        if row["admitted_on"] and row["admitted_on"] != row["day"]:
            message = f"Ngày vào Đảng {format_date(row['admitted_on'])} khác ngày kết nạp ở cột «Ngày vào sổ»"
            yield RowFault(row.number, "admitted_on", message, "ô trống hoặc cùng ngày")
        if row["recognised_on"]:
            yield RowFault(row.number, "recognised_on", "Người vừa kết nạp chưa có ngày chính thức", "ô trống")
    if row["status"] is False and row["recognised_on"] and kind != MemberEvent.ADMITTED:
        yield RowFault(row.number, "recognised_on", "Đảng viên dự bị chưa có ngày chính thức", "ô trống")
    if kind == MemberEvent.TRANSFERRED:
        if not row["outside"] and "outside" not in row.broken:
            yield RowFault(row.number, "outside", "Chưa điền nơi chuyển đến đây", "tên tổ chức đảng nơi đi")
    elif row["outside"]:
        yield RowFault(row.number, "outside", "Chỉ điền khi chuyển đến từ ngoài", "ô trống")


def first_fact(row: SheetRow) -> Iterator[RowFault]:
    """Give what the member's journal refuses of its first entry (before birth, under 18); nothing without the days."""
    if row.broken & {"kind", "birth", "day"}:
        return
    kind = kind_of(row)
    goal = 0 if kind == MemberEvent.TRANSFERRED else None
    try:
        MemberWalk(row["full_name"], row["birth"].day).apply(MemberFact(kind, row["day"], 0, goal=goal))
    except InvalidInput as error:
        yield RowFault(row.number, "day", error.message, error.expected)


def _capital(label: str) -> str:
    """«ngày vào Đảng» -> «Ngày vào Đảng»: ``capitalize`` would take the capital of «Đảng» away."""
    return label[0].upper() + label[1:]
