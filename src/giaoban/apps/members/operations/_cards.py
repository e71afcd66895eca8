"""The card number of a member as the journal knows it: the number on the last card that was issued.

A number from an old roll stands until a card is issued; the first card entry keeps it (``card_before``), so that it
comes back if that entry is taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from giaoban.apps.members.models import CorrectionEntry, FilePart, Member, MemberEntry, MemberEvent
from giaoban.apps.members.operations._journal import chunks
from giaoban.core.errors import Conflict, blame

CARDS = (MemberEvent.CARD_ISSUED, MemberEvent.CARD_REISSUED)


def note_cards(entries: Sequence[MemberEntry]) -> None:
    """This function will write into card entries which card the member had before; they are not stored yet.

    Raises:
        Conflict: the number on a card belongs to another member.
    """
    cards = [(index, entry) for index, entry in enumerate(entries) if entry.kind in CARDS and not entry.void]
    held: dict[int, str] = {}
    for part in chunks(entry.member_id for _index, entry in cards):
        held |= dict(Member.objects.filter(pk__in=part).values_list("pk", "card_number"))
    owners = _owners({entry.card_number for _index, entry in cards} - {""})
    for index, entry in cards:
        entry.card_before = held[entry.member_id]
        if not entry.card_number:
            continue
        with blame(index):
            if owners.setdefault(entry.card_number, entry.member_id) != entry.member_id:
                raise Conflict(
                    f"Số thẻ {entry.card_number} đã có trong sổ đảng viên",
                    where=entry.member.full_name,
                    hint="Kiểm tra lại số trên thẻ; mỗi số thẻ của một người",
                )
        held[entry.member_id] = entry.card_number


def _owners(numbers: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    ordered = sorted(numbers)
    for start in range(0, len(ordered), 5000):
        rows = Member.objects.filter(card_number__in=ordered[start : start + 5000])
        found |= dict(rows.values_list("card_number", "pk"))
    return found


def project_cards(entries: Sequence[MemberEntry]) -> None:
    """This function will set the card numbers of the members of whom a card entry was written just now."""
    for part in chunks(entry.member_id for entry in entries if entry.kind in CARDS):
        numbers = card_numbers(part)
        members = [one for one in Member.objects.filter(pk__in=part) if one.card_number != numbers[one.pk]]
        # A number that is given up first may be taken by another in the same act.
        Member.objects.filter(pk__in=[one.pk for one in members]).update(card_number="")
        for one in members:
            one.card_number = numbers[one.pk]
        Member.objects.bulk_update(members, ["card_number"], batch_size=500)


def last_card(member: int) -> MemberEntry | None:
    """Return the live entry of the last card with a number of a member (primary key)."""
    rows = MemberEntry.objects.live().filter(member=member, kind__in=CARDS).exclude(card_number="")
    return rows.select_related("member", "unit").in_order().last()


def card_numbers(members: Iterable[int]) -> dict[int, str]:
    """Return the number on the last card of each of the members (primary keys) that have card entries.

    Where no card with a number stands, it is the number from the old roll, as it was corrected last.
    """
    base: dict[int, str] = {}
    given: dict[int, list[tuple[date, int, int, str]]] = defaultdict(list)
    for part in chunks(members):
        rows = MemberEntry.objects.filter(member__in=part, kind__in=CARDS).order_by("pk")
        for pk, member, day, seq, number, before, void, corrected in rows.values_list(
            "pk", "member_id", "effective_date", "seq", "card_number", "card_before", "void", "corrected_by"
        ):
            base.setdefault(member, before)
            if number and not void and corrected is None:
                given[member].append((day, seq, pk, number))
        # Corrections that name no entry are of the number that stood without one.
        own = CorrectionEntry.objects.filter(member__in=list(base), part=FilePart.CARD_NUMBER, ref="").order_by("pk")
        base |= dict(own.values_list("member_id", "after"))
    return {member: max(given[member])[-1] if given[member] else number for member, number in base.items()}
