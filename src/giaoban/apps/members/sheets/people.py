"""Who the rows speak of: members found by file, card or identity number, never by name alone (decision D19)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from giaoban.apps.members.identity import blind_index
from giaoban.apps.members.models import Member, MemberEntry, Trait, TraitEntry
from giaoban.apps.sheets.reading import SheetRow

CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement
# Column of a sheet -> field of a member.
NUMBERS = {"file_number": "file_number", "card_number": "card_number", "identity_number": "identity_index"}
LABELS = {"file_number": "Số lý lịch", "card_number": "Số thẻ", "identity_number": "Số định danh"}


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member as the register has them."""

    pk: int
    full_name: str
    folded_name: str
    birth_date: date
    birth_precision: str
    file_number: str
    card_number: str
    identity_index: str
    phone: str
    unit: int
    admitted_on: date | None
    recognised_on: date | None


_MEMBER_FIELDS = (
    "pk",
    "full_name",
    "folded_name",
    "birth_date",
    "birth_precision",
    "file_number",
    "card_number",
    "identity_index",
    "phone",
    "unit_id",
    "admitted_on",
    "recognised_on",
)


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """One entry of a member's journal."""

    pk: int
    member: int
    kind: str
    day: date
    seq: int
    unit: int
    from_unit: int | None
    to_unit: int | None
    outside: str
    temporary: bool
    official: bool
    how: str
    round: str
    sent: int | None
    abroad: bool
    until: date | None
    ground: str
    card_number: str
    ref: str
    decision_number: str
    decision_date: date | None
    decision_issuer: str
    void: bool
    corrected_by: int | None

    @property
    def live(self) -> bool:
        """Tell whether it stands: no later entry replaces or removes it, and it removes none."""
        return self.corrected_by is None and not self.void


_ENTRY_FIELDS = (
    "pk",
    "member_id",
    "kind",
    "effective_date",
    "seq",
    "unit_id",
    "from_unit_id",
    "to_unit_id",
    "outside",
    "temporary",
    "official",
    "how",
    "round",
    "sent_id",
    "abroad",
    "until",
    "ground",
    "card_number",
    "ref",
    "decision_number",
    "decision_date",
    "decision_issuer",
    "void",
    "corrected_by",
)


@dataclass(frozen=True, slots=True)
class PeopleKnown:
    """Members by each number, by (folded name, birth date), and their journals in order."""

    members: dict[int, KnownMember]
    by_number: dict[str, dict[str, int]]
    by_name: dict[tuple[str, date], tuple[int, ...]]
    entries: dict[int, tuple[KnownEntry, ...]]
    traits: dict[int, dict[str, str]]


def number_of(row: SheetRow, key: str) -> str:
    """Return a row's number in the form in which members are found by it; «» where the row has none."""
    value: str = row[key]
    if key != "identity_number" or not value:
        return value
    found = row.values.get("identity_index")
    if found is None:
        found = row.values["identity_index"] = blind_index(value)
    return str(found)


def shown_number(row: SheetRow, key: str) -> str:
    """Return a number as it may be shown: of an identity number the last three digits (decision D12)."""
    value: str = row[key]
    return f"…{value[-3:]}" if key == "identity_number" else f"«{value}»"


def look_people(rows: Sequence[SheetRow], *, names: Iterable[str] = (), traits: bool = False) -> PeopleKnown:
    """Return the members that rows and folded names point to, with their journals; by a fixed number of queries."""
    found: dict[int, KnownMember] = {}
    for key, field in NUMBERS.items():
        for member in _members(field, {number_of(row, key) for row in rows} - {""}):
            found[member.pk] = member
    for member in _members("folded_name", set(names)):
        found[member.pk] = member
    by_name: dict[tuple[str, date], tuple[int, ...]] = {}
    for pk in sorted(found):
        where = found[pk].folded_name, found[pk].birth_date
        by_name[where] = (*by_name.get(where, ()), pk)
    return PeopleKnown(
        found,
        {
            key: {getattr(member, field): member.pk for member in found.values() if getattr(member, field)}
            for key, field in NUMBERS.items()
        },
        by_name,
        _entries(sorted(found)),
        _traits(sorted(found)) if traits else {},
    )


def card_owners(rows: Sequence[SheetRow]) -> dict[str, int]:
    """Return who has the numbers of cards that rows give out."""
    found: dict[str, int] = {}
    for chunk in _chunks(sorted({row["new_card"] for row in rows} - {"", None})):
        found |= dict(Member.objects.filter(card_number__in=chunk).values_list("card_number", "pk"))
    return found


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def _members(field: str, values: set[str]) -> Iterator[KnownMember]:
    for chunk in _chunks(sorted(values)):
        row: tuple[Any, ...]
        for row in Member.objects.filter(Q((f"{field}__in", chunk))).order_by("pk").values_list(*_MEMBER_FIELDS):
            yield KnownMember(*row)


def _entries(members: Sequence[int]) -> dict[int, tuple[KnownEntry, ...]]:
    found: dict[int, list[KnownEntry]] = defaultdict(list)
    for chunk in _chunks(members):
        row: tuple[Any, ...]
        for row in MemberEntry.objects.filter(member__in=chunk).in_order().values_list(*_ENTRY_FIELDS):
            entry = KnownEntry(*row)
            found[entry.member].append(entry)
    return {member: tuple(entries) for member, entries in found.items()}


def _traits(members: Sequence[int]) -> dict[int, dict[str, str]]:
    """The first value of each trait: what a member came with."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    wanted = [Trait.SEX, Trait.EDUCATION, Trait.THEORY, Trait.OCCUPATION]
    for chunk in _chunks(members):
        entries = TraitEntry.objects.live().filter(member__in=chunk, trait__in=wanted).in_order()
        for member, trait, value in entries.values_list("member_id", "trait", "value"):
            found[member].setdefault(trait, value)
    return dict(found)
