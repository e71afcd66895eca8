"""What happened to a unit and directly below it, as sentences; and what its committee decided about it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import CommitteeEntry, Unit, UnitEntry, UnitEvent
from giaoban.apps.organizations.operations._replay import begins
from giaoban.apps.organizations.queries.chosen import UnitCard, unit_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_count

_NAMED = 3


@dataclass(frozen=True, slots=True)
class UnitStory:
    """One act: when, what in a sentence, on which decision, by whom and when it was entered.

    ``event`` is the act on the tree, None for what was decided about the committee.
    """

    day: date
    sentence: str
    decision: str
    recorded_by: str
    recorded_at: datetime
    event: uuid.UUID | None = None


def decision_words(number: str, day: date | None, issuer: str) -> str:
    """Write a decision: «Quyết định số 12-QĐ/ĐUK ngày 03/02/2023 của Đảng ủy Khối»; empty where nothing is known."""
    parts = []
    if number:
        parts.append(f"Văn bản số {number}")
    if day:
        parts.append(f"ngày {format_date(day)}" if parts else f"Văn bản ngày {format_date(day)}")
    if issuer:
        parts.append(f"của {issuer}" if parts else f"Văn bản của {issuer}")
    return " ".join(parts)


def unit_history(unit: Unit, *, today: date) -> tuple[UnitStory, ...]:
    """Return the live entries about a unit and about units that came under it or left it, newest first.

    Entries of one act on the same day are told in one sentence.
    """
    entries = list(
        UnitEntry.objects.live()
        .filter(Q(subject=unit) | Q(to_parent=unit) | Q(from_parent=unit) | Q(other=unit))
        .exclude(kind=UnitEvent.OPENING, to_parent=unit)
        # The end of those consolidated says it all.
        .exclude(~Q(subject=unit) & ~Q(unit_kind=""), kind=UnitEvent.CONSOLIDATED, other=unit)
        .select_related("actor")
        .order_by("-effective_date", "-seq", "-id")
    )
    ids = {
        pk
        for entry in entries
        for pk in (entry.subject_id, entry.from_parent_id, entry.to_parent_id, entry.other_id)
        if pk
    }
    cards = unit_cards(ids, day=today)
    acts: dict[tuple[object, ...], list[UnitEntry]] = defaultdict(list)
    for entry in entries:
        own = entry.subject_id == unit.pk
        key = (
            entry.event,
            entry.kind,
            entry.effective_date,
            own,
            entry.outside,
            entry.from_parent_id,
            entry.to_parent_id,
            entry.other_id == unit.pk,
        )
        acts[key].append(entry)
    found = [_tell(unit, group, cards) for group in acts.values()]
    found += [
        _tell_committee(entry) for entry in CommitteeEntry.objects.live().filter(unit=unit).select_related("actor")
    ]
    return tuple(sorted(found, key=lambda story: story.day, reverse=True))


def _tell(unit: Unit, group: list[UnitEntry], cards: dict[int, UnitCard]) -> UnitStory:
    first = group[0]
    sentence = own_words(first, cards) if first.subject_id == unit.pk else _below(unit, group, cards)
    return UnitStory(
        first.effective_date,
        sentence,
        decision_words(first.decision_number, first.decision_date, first.decision_issuer),
        first.actor.full_name,
        first.recorded_at,
        first.event,
    )


def _tell_committee(entry: CommitteeEntry) -> UnitStory:
    sentence = entry.get_kind_display() + (f": {entry.note}" if entry.note else "")
    return UnitStory(
        entry.effective_date,
        sentence,
        decision_words(entry.decision_number, entry.decision_date, entry.decision_issuer),
        entry.actor.full_name,
        entry.recorded_at,
    )


def _name(cards: dict[int, UnitCard], pk: int | None, outside: str) -> str:
    return cards[pk].name if pk is not None else outside


def own_words(entry: UnitEntry, cards: dict[int, UnitCard]) -> str:
    """Return one entry in words, from the side of its own unit; `cards` hold every unit that it names."""
    to_place = _name(cards, entry.to_parent_id, entry.outside)
    from_place = _name(cards, entry.from_parent_id, entry.outside)
    match entry.kind:
        case UnitEvent.OPENING:
            text = f"Có từ trước khi dùng sổ, tên «{entry.name}»"
        case UnitEvent.SPLIT | UnitEvent.CONSOLIDATED | UnitEvent.MERGED:
            text = _succeeded(entry, _name(cards, entry.other_id, ""))
        case UnitEvent.ESTABLISHED:
            text = f"{entry.get_kind_display()} «{entry.name}»" + (f", trực thuộc {to_place}" if to_place else "")
        case UnitEvent.RECEIVED:
            text = f"Tiếp nhận «{entry.name}»" + (f" từ {entry.outside}" if entry.outside else "")
            text += f", trực thuộc {to_place}" if entry.to_parent_id else ""
        case UnitEvent.MOVED:
            text = f"Chuyển trực thuộc từ {from_place or 'nơi khác'} sang {to_place}"
        case UnitEvent.RENAMED:
            text = f"Đổi tên thành «{entry.name}»"
        case UnitEvent.KIND_CHANGED:
            known = kinds().get(entry.unit_kind)
            text = f"Chuyển loại hình thành {known.label if known else entry.unit_kind}"
        case UnitEvent.HANDED_OVER:
            text = f"Chuyển giao đến {entry.outside or 'nơi khác'}"
        case _:
            text = str(entry.get_kind_display())
    return text + (f" ({entry.note})" if entry.note else "")


def _succeeded(entry: UnitEntry, other: str) -> str:
    """What links the unit with one that goes on for it, or for which it goes on."""
    beginning = begins(entry.kind, entry.unit_kind)
    if entry.kind == UnitEvent.MERGED:
        return f"Sáp nhập vào {other}" if other else "Sáp nhập"
    if entry.kind == UnitEvent.CONSOLIDATED:
        return f"Thành lập «{entry.name}» do hợp nhất" if beginning else f"Hợp nhất thành {other}"
    if beginning:
        return f"Tách ra từ {other} thành «{entry.name}»" if other else f"Chia tách «{entry.name}»"
    return "Chia tách, kết thúc hoạt động"


_TAKEN_IN = {
    UnitEvent.MERGED: "Nhận sáp nhập",
    UnitEvent.CONSOLIDATED: "Thành lập trên cơ sở hợp nhất",
    UnitEvent.SPLIT: "Tách ra",
}


def _below(unit: Unit, group: list[UnitEntry], cards: dict[int, UnitCard]) -> str:
    """One act about units directly below: «Tiếp nhận 20 tổ chức từ …: A, B, C và 17 tổ chức khác»."""
    first = group[0]
    verb = {
        UnitEvent.RECEIVED: "Tiếp nhận",
        UnitEvent.ESTABLISHED: "Thành lập",
        UnitEvent.HANDED_OVER: "Chuyển giao",
        UnitEvent.DISSOLVED: "Giải thể",
        UnitEvent.MERGED: "Sáp nhập",
        UnitEvent.CONSOLIDATED: "Hợp nhất",
        UnitEvent.SPLIT: "Chia tách",
    }.get(UnitEvent(first.kind), "")
    coming = first.to_parent_id == unit.pk
    if first.other_id == unit.pk:
        verb = _TAKEN_IN.get(UnitEvent(first.kind), verb)
    if first.kind == UnitEvent.MOVED:
        other = _name(cards, first.from_parent_id if coming else first.to_parent_id, first.outside)
        verb = "Nhận về trực thuộc" if coming else f"Chuyển sang trực thuộc {other}"
    elif not verb:
        verb = str(first.get_kind_display())
    names = [cards[entry.subject_id].name for entry in group]
    place = ""
    if first.outside:
        place = f" {'từ' if coming else 'đến'} {first.outside}"
    if len(names) == 1:
        return f"{verb} {names[0]}{place}"
    listed = ", ".join(names[:_NAMED])
    rest = f" và {format_count(len(names) - _NAMED)} tổ chức khác" if len(names) > _NAMED else ""
    return f"{verb} {format_count(len(names))} tổ chức{place}: {listed}{rest}"
