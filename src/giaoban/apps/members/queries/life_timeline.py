"""Absences, honours, grades and conclusions in a member's timeline, and single entries of them to correct."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from giaoban.apps.accounts.models import User
from giaoban.apps.members.measures.life import ABSENCES, HONOURS, RATINGS, VETTING
from giaoban.apps.members.measures.life_registers import honour_words
from giaoban.apps.members.models import (
    AbsenceEntry,
    AbsenceEvent,
    HonourEntry,
    Member,
    RatingEntry,
    VettingEntry,
)
from giaoban.apps.members.queries.aliases import records_of
from giaoban.apps.members.queries.file import TimelineEntry, timeline_entry
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class LifeRegister:
    """One register: its model, and what an entry of it says."""

    model: type[Any]
    words: Callable[[Any], str]


def absence_words(entry: AbsenceEntry) -> str:
    """Return what was recorded of an absence: «Đi làm ăn xa, tạm vắng: Bình Dương, đến 31/12/2023»."""
    words = str(entry.get_kind_display())
    if entry.kind == AbsenceEvent.AWAY:
        words += f": {entry.place}" + (" (ngoài nước)" if entry.abroad else "")
    if entry.kind == AbsenceEvent.EXEMPTED and entry.until is None:
        words += ", không thời hạn"
    return f"{words}, đến hết ngày {format_date(entry.until)}" if entry.until else words


def rating_words(entry: RatingEntry) -> str:
    """Return the grade with its year."""
    return f"Xếp loại năm {entry.year}: {str(entry.get_grade_display()).lower()}"


def vetting_words(entry: VettingEntry) -> str:
    """Return for what a conclusion was made; its number stands with the decision."""
    return f"Kết luận tiêu chuẩn chính trị, {str(entry.get_purpose_display()).lower()}"


LIFE_REGISTERS: dict[str, LifeRegister] = {
    ABSENCES: LifeRegister(AbsenceEntry, absence_words),
    HONOURS: LifeRegister(HonourEntry, honour_words),
    RATINGS: LifeRegister(RatingEntry, rating_words),
    VETTING: LifeRegister(VettingEntry, vetting_words),
}


def life_timeline(member: Member, *, today: date, conclusions: bool) -> tuple[TimelineEntry, ...]:
    """Return the entries about a member, unordered, corrected ones among them; voids themselves are left out.

    Args:
        conclusions: also those on the political standard, which only those see who record them.
    """
    found: list[tuple[str, Any]] = []
    records = records_of(member)
    for name, register in LIFE_REGISTERS.items():
        if name == VETTING and not conclusions:
            continue
        rows = register.model.objects.filter(member__in=records, void=False)
        found += [(name, entry) for entry in rows.select_related("actor", "entered_for", "corrected_by")]
    cards = unit_cards({entry.unit_id for _name, entry in found}, day=today)
    return tuple(
        timeline_entry(
            entry,
            register=name,
            what=LIFE_REGISTERS[name].words(entry),
            where=cards[entry.unit_id].name,
            corrected=hasattr(entry, "corrected_by"),
            replaces=entry.corrects_id is not None,
        )
        for name, entry in found
    )


def find_life_entry(user: User, register: str, uid: uuid.UUID, *, today: date) -> Any:
    """Return an entry of one of the registers whose unit stood, on its day, in the person's scope.

    Raises:
        NotFound: no such register or entry, or it lies outside the scope.
    """
    found = None
    if register in LIFE_REGISTERS:
        rows = LIFE_REGISTERS[register].model.objects.filter(uid=uid)
        seen = rows.visible_to(user, today=today)
        # An exemption may be older than the tree: whoever sees the member's page sees it there.
        seen |= rows.filter(member__in=Member.objects.visible_to(user, today=today))
        found = seen.select_related("member", "unit", "corrected_by__actor").first()
    if found is None:
        raise NotFound("Không tìm thấy lần ghi này trong phạm vi của đồng chí")
    return found
