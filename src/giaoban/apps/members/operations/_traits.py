"""Dated facts about a member: a mistake is replaced, a change begins on its day; the spans follow (decision D9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects, insert_rows
from giaoban.apps.members.models import ChangeCause, Member, Trait, TraitEntry, TraitSpan
from giaoban.apps.members.operations._file_values import VALUE
from giaoban.apps.members.operations._journal import chunks
from giaoban.apps.members.trait_values import trait_word
from giaoban.apps.organizations.models import OPEN_END
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput


class TraitRow(NamedTuple):
    """One span as it is stored."""

    member_id: int
    trait: str
    value: str
    valid_from: date
    valid_to: date


def change_trait(act: Act, member: Member, trait: Trait, value: str, *, cause: ChangeCause, day: date) -> str:
    """This function will record another value of a trait and return the word for the value that stood before.

    A mistake takes the place of the entry that stands last; a change holds from its day on.

    Raises:
        InvalidInput: nothing stands that could have been wrong or have changed to nothing, or a later fact is known.
    """
    held = TraitEntry.objects.live().filter(member=member, trait=trait).in_order().last()
    if cause == ChangeCause.CHANGED:
        if not value:
            raise InvalidInput(f"Chưa ghi {trait.label.lower()}", where=VALUE, expected="giá trị mới")
        if held is not None and day <= held.effective_date:
            raise InvalidInput(
                f"Sổ đã ghi {trait.label.lower()} từ ngày {format_date(held.effective_date)}",
                where="Từ ngày",
                expected="ngày sau đó; nếu sổ ghi sai thì chọn «Sổ ghi sai»",
            )
    entry = TraitEntry(
        member=member,
        trait=trait,
        value=value or (held.value if held is not None else ""),
        effective_date=day if cause == ChangeCause.CHANGED else held.effective_date if held else member.birth_date,
        recorded_at=act.now,
        actor=act.user,
        entered_for=act.entered_for,
        corrects=held if cause == ChangeCause.MISTAKE else None,
        void=not value,
    )
    insert_objects([entry])
    rebuild_traits([member.pk])
    return trait_word(trait, held.value) if held is not None else ""


def rebuild_traits(member_ids: Iterable[int]) -> None:
    """This function will write the spans of members anew from their journals."""
    for part in chunks(member_ids):
        TraitSpan.objects.filter(member__in=part).delete()
        insert_rows(TraitSpan, TraitRow._fields, traits_told(part))


def traits_told(member_ids: Sequence[int]) -> list[TraitRow]:
    """Return the spans that the journals of members tell; of two facts of one day the later recorded holds."""
    facts: dict[tuple[int, str], list[tuple[date, str]]] = defaultdict(list)
    rows = TraitEntry.objects.live().filter(member__in=member_ids).in_order()
    for member, trait, value, day in rows.values_list("member_id", "trait", "value", "effective_date"):
        facts[member, trait].append((day, value))
    return [
        TraitRow(member, trait, value, day, end)
        for (member, trait), told in facts.items()
        for (day, value), (end, _next) in zip(told, [*told[1:], (OPEN_END, "")], strict=True)
        if day < end
    ]
