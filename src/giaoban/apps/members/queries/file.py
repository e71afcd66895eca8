"""One member: the public head of the file and the timeline of what happened."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.members.grounds import grounds
from giaoban.apps.members.models import (
    CardReason,
    Member,
    MemberEntry,
    MemberEvent,
    OfficeEntry,
    Trait,
    TraitSpan,
)
from giaoban.apps.members.queries.aliases import records_of
from giaoban.apps.members.trait_values import trait_word
from giaoban.apps.organizations.models import on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, unit_cards
from giaoban.apps.organizations.queries.history import decision_words
from giaoban.core.dates_vi import PartialDate, Precision, format_date
from giaoban.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry of a person's Party life.

    ``corrected``: another entry took its place; it is shown so that nobody wonders where it went.
    """

    uid: uuid.UUID
    register: str
    day: PartialDate
    what: str
    where: str
    decision: str
    recorded_by: str
    entered_for: str
    recorded_at: datetime
    corrected: bool
    voids: bool
    replaces: bool
    order: tuple[date, int, int]


def find_member(user: User, uid: uuid.UUID, *, today: date) -> Member:
    """Return a member that the person may see today.

    Raises:
        NotFound: there is no such member, or their unit stands outside the scope (the two are not told apart).
    """
    member = Member.objects.visible_to(user, today=today).filter(uid=uid).first()
    if member is None:
        raise NotFound("Không tìm thấy đảng viên này trong phạm vi của đồng chí")
    return member


def timeline_entry(
    entry: JournalEntry, *, register: str, what: str, where: str, corrected: bool, replaces: bool
) -> TimelineEntry:
    """Write one journal entry for the timeline; its people must be loaded with it."""
    return TimelineEntry(
        uid=entry.uid,
        register=register,
        day=PartialDate(entry.effective_date, Precision(entry.effective_precision)),
        what=what,
        where=where,
        decision=decision_words(entry.decision_number, entry.decision_date, entry.decision_issuer),
        recorded_by=entry.actor.full_name,
        entered_for=entry.entered_for.full_name if entry.entered_for else "",
        recorded_at=entry.recorded_at,
        corrected=corrected,
        voids=entry.void,
        replaces=replaces,
        order=(entry.effective_date, entry.seq, entry.pk),
    )


def traits_on(member: Member, *, day: date) -> tuple[tuple[str, str], ...]:
    """Return the dated facts about a member on a day in words: («Giới tính», «Nữ»), blank ones as «chưa ghi»."""
    held = dict(TraitSpan.objects.filter(on_day(day), member=member).values_list("trait", "value"))
    return tuple((trait.label, trait_word(trait, held.get(trait, "")) or "chưa ghi") for trait in Trait)


def timeline(member: Member, *, today: date) -> tuple[TimelineEntry, ...]:
    """Return the entries about a member, newest first, corrected ones among them; voids themselves are left out.

    Of a second record that tells a part of the life its entries are among them (decision D12).
    """
    records = records_of(member)
    entries = list(
        MemberEntry.objects.filter(member__in=records, void=False).select_related(
            "actor", "entered_for", "corrected_by"
        )
    )
    offices = list(
        OfficeEntry.objects.filter(member__in=records, void=False).select_related(
            "actor", "entered_for", "corrected_by"
        )
    )
    ids = {pk for entry in entries for pk in (entry.unit_id, entry.from_unit_id, entry.to_unit_id) if pk}
    cards = unit_cards(ids | {entry.unit_id for entry in offices}, day=today)
    lines = [
        timeline_entry(
            entry,
            register="members",
            what=_what(entry),
            where=_where(entry, cards),
            corrected=hasattr(entry, "corrected_by"),
            replaces=entry.corrects_id is not None,
        )
        for entry in entries
    ]
    lines += [
        timeline_entry(
            entry,
            register="offices",
            what=f"{entry.get_kind_display()}: {entry.get_office_display()}",
            where=cards[entry.unit_id].name,
            corrected=hasattr(entry, "corrected_by"),
            replaces=entry.corrects_id is not None,
        )
        for entry in offices
    ]
    return tuple(sorted(lines, key=lambda line: line.order, reverse=True))


def _what(entry: MemberEntry) -> str:
    words = str(entry.get_kind_display())
    if entry.kind == MemberEvent.LEFT and entry.how:
        words = str(entry.get_how_display())
        if entry.ground in grounds():
            words += f": {grounds()[entry.ground].label.lower()}"
    if entry.kind in (MemberEvent.TRANSFERRED, MemberEvent.TRANSFER_SENT):
        words += " tạm thời" if entry.temporary else " chính thức"
        words += " ra nước ngoài" if entry.abroad else ""
        words += f", đến ngày {format_date(entry.until)}" if entry.until else ""
    if entry.kind == MemberEvent.CARD_ISSUED and entry.round:
        words += f", đợt {entry.round}"
    if entry.kind == MemberEvent.CARD_REISSUED and entry.ground in CardReason.values:
        words += f": {CardReason(entry.ground).label.lower()}"
    return words


def _where(entry: MemberEntry, cards: dict[int, UnitCard]) -> str:
    if entry.kind in (MemberEvent.TRANSFERRED, MemberEvent.TRANSFER_SENT):
        origin = cards[entry.from_unit_id].name if entry.from_unit_id else entry.outside
        goal = cards[entry.to_unit_id].name if entry.to_unit_id else entry.outside
        return " ".join(part for part in (f"Từ {origin}" if origin else "", f"đến {goal}" if goal else "") if part)
    return cards[entry.unit_id].name


def openable_members(user: User, refs: Iterable[str], *, today: date) -> frozenset[str]:
    """Return those of the members, by the text of their uid, whose page the person may open today."""
    wanted = [ref for ref in refs if ref]
    found = Member.objects.visible_to(user, today=today).filter(uid__in=wanted).values_list("uid", flat=True)
    return frozenset(str(uid) for uid in found) if wanted else frozenset()
