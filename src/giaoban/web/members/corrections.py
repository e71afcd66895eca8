"""Correcting entries of absences, honours, grades and conclusions: taken back, or given the right day and decision."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.audit.act import day_of
from giaoban.apps.members.measures.life import ABSENCES, HONOURS, RATINGS, VETTING
from giaoban.apps.members.operations import (
    redate_absence_entry,
    redate_honour_entry,
    redate_rating,
    redate_vetting_entry,
    void_absence_entry,
    void_honour_entry,
    void_rating,
    void_vetting_entry,
)
from giaoban.apps.members.queries.life_timeline import LIFE_REGISTERS, find_life_entry
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import attempt
from giaoban.web.members.forms import CorrectionForm
from giaoban.web.members.record_page import BOTH, form_page


@dataclass(frozen=True, slots=True)
class Mending:
    """The two operations that correct an entry of a register."""

    void: Callable[..., Any]
    redate: Callable[..., Any]


_MENDING = {
    ABSENCES: Mending(void_absence_entry, redate_absence_entry),
    HONOURS: Mending(void_honour_entry, redate_honour_entry),
    RATINGS: Mending(void_rating, redate_rating),
    VETTING: Mending(void_vetting_entry, redate_vetting_entry),
}


@screen("members", right="members_view", methods=BOTH)
def correct_in(desk: Desk, register: str, uid: uuid.UUID) -> HttpResponse:
    """Correct an entry of one of the registers by a new one."""
    entry = find_life_entry(desk.act.user, register, uid, today=desk.act.today)
    require(desk.act, "members_record", [entry.unit])
    initial = {
        "how": "replace",
        "day": entry.effective_date,
        "decision_number": entry.decision_number,
        "decision_date": entry.decision_date,
        "decision_issuer": entry.decision_issuer,
    }
    form = CorrectionForm(desk.posted, initial=initial)
    words = LIFE_REGISTERS[register].words(entry)
    back = (
        desk.url("members:member", entry.member.uid)
        if entry.member is not None
        else desk.url("organizations:unit", entry.unit.code)
    )
    if form.is_valid():
        data = form.cleaned_data
        day: date = data["day"]

        def record() -> Any:
            if data["how"] == "void":
                return _MENDING[register].void(act=desk.act, entry=entry)
            return _MENDING[register].redate(act=desk.act, entry=entry, day=day, decision=form.decision())

        if attempt(form, record):
            done = "Đã bỏ" if data["how"] == "void" else "Đã đính chính"
            messages.info(desk.request, f"{done} lần ghi «{words}».")
            return HttpResponseRedirect(back)
    taken = getattr(entry, "corrected_by", None)
    page = RecordPage(
        "Đính chính lần ghi",
        f"{words}, ngày {format_date(entry.effective_date)}",
        "Ghi đính chính",
        back,
        note="Lần ghi cũ vẫn còn trong quá trình, gạch ngang, kèm tên người đính chính.",
        warning=f"{taken.actor.full_name} đã đính chính lần ghi này ngày {day_of(taken.recorded_at):%d/%m/%Y}."
        if taken
        else "",
    )
    return form_page(desk, page, form)
