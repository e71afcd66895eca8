"""Taking registers into use: from which day each is kept at the chosen unit and below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse

from giaoban.apps.organizations.operations import REGISTERS, correct_register_start, take_into_use
from giaoban.apps.organizations.queries.registers import registers_kept
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import DayField, OfficeForm
from giaoban.web.values.recording import record_here

RIGHT = "organizations_manage"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One register: from when it is kept here and who said so; ``since`` empty where it is not kept."""

    name: str
    since: str
    about: str
    url: str
    button: str


class UseForm(OfficeForm):
    """From which day a register is kept."""

    places = {"Dùng từ ngày": "start", "Lý do": "reason"}
    start = DayField(
        label="Dùng từ ngày",
        help_text="Số trước ngày này là «chưa dùng sổ», không phải số 0; ghi ngày mà từ đó sổ đủ mọi việc",
    )
    reason = forms.CharField(label="Lý do đổi ngày", max_length=300)

    def __init__(self, *args: Any, correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not correcting:
            del self.fields["reason"]


def register_rows(desk: Desk) -> tuple[RegisterRow, ...]:
    """Return every register with the day from which it is kept at the chosen unit, those that are not kept first."""
    day = _day(desk)
    kept, manages = registers_kept(desk.unit, day=day), desk.may(RIGHT)
    found = []
    for key, name in REGISTERS.items():
        row = kept.get(key)
        own = row is not None and row.unit_id == desk.unit.pk
        since = "" if row is None else f"từ {format_date(row.in_use_from)}"
        about = "" if row is None else "ngày riêng của đơn vị" if own else f"theo {row.unit.code}"
        button = "Dùng sổ" if row is None else "Sửa ngày" if own else "Đặt ngày riêng"
        found.append(RegisterRow(name, since, about, desk.url("values:register", key) if manages else "", button))
    return tuple(sorted(found, key=lambda row: bool(row.since)))


def _day(desk: Desk) -> date:
    return min(desk.act.today, desk.period.window.last_day)


@screen("home", right=RIGHT, methods=("GET", "POST"))
def use_register(desk: Desk, register: str) -> HttpResponse:
    """Take a register into use at the chosen unit from a day on, or put another day in its place."""
    if register not in REGISTERS:
        raise NotFound("Không có sổ này")
    kept = registers_kept(desk.unit, day=_day(desk)).get(register)
    own = kept if kept is not None and kept.unit_id == desk.unit.pk else None
    name = REGISTERS[register]
    form = UseForm(
        desk.posted,
        correcting=own is not None,
        initial={"start": own.in_use_from if own is not None else desk.period.window.start},
    )
    about = desk.card.name
    if kept is not None and own is None:
        about += f", đang dùng theo {kept.unit.code} từ {format_date(kept.in_use_from)}"
    page = RecordPage(
        f"{name}: dùng từ ngày nào",
        about,
        "Ghi",
        desk.url("values:sources"),
        note="Ngày này dùng cho đơn vị và các tổ chức trực thuộc, trừ nơi đã đặt ngày riêng.",
    )

    def record() -> str:
        start = form.cleaned_data["start"]
        if own is None:
            made = take_into_use(act=desk.act, unit=desk.unit, register=register, start=start)
        else:
            reason = form.cleaned_data["reason"]
            made = correct_register_start(act=desk.act, unit=desk.unit, register=register, start=start, reason=reason)
        return f"{name}: dùng từ {format_date(made.in_use_from)}."

    return record_here(desk, form, page, record)
