"""The roll and the journal of members taken away in the columns of their sheets (decision D16)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.identity import open_identity
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MemberState, Trait, TraitEntry
from giaoban.apps.members.sheets.columns import ENTRY_KINDS, FIRST_KINDS, GROUNDS, HOW, STATUS, EntryKind
from giaoban.apps.members.sheets.entries import ENTRIES
from giaoban.apps.members.sheets.roll import MEMBERS
from giaoban.apps.members.trait_values import EDUCATION, SEX, THEORY
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.permissions import may, require
from giaoban.apps.sheets.columns import YES_NO
from giaoban.apps.sheets.filled import SheetFormat, write_sheet
from giaoban.apps.sheets.importing import AnyKind
from giaoban.apps.sheets.listing import Cell
from giaoban.core.dates_vi import PartialDate, Precision, format_date
from giaoban.core.numbers_vi import format_number

ROLL_EXPORTS: tuple[AnyKind, ...] = (MEMBERS, ENTRIES)
_TRAITS: dict[str, tuple[Trait, dict[str, str]]] = {
    "sex": (Trait.SEX, SEX),
    "education": (Trait.EDUCATION, EDUCATION),
    "theory": (Trait.THEORY, THEORY),
    "occupation": (Trait.OCCUPATION, {}),
}
_SAID = {kind.value: kind for kind in EntryKind}
_DECISION = ("decision_number", "decision_date", "decision_issuer", "ref")
_NO_FILES = (
    "Số lý lịch, số thẻ, số định danh, điện thoại để trống: đồng chí chưa được giao quyền đọc hồ sơ đảng viên tại đơn "
    "vị này. Việc về đảng viên chỉ nhập lại được khi có một trong ba số."
)


@transaction.atomic
def export_roll(*, act: Act, sheet: AnyKind, unit: Unit, file_format: SheetFormat = SheetFormat.XLSX) -> bytes:
    """This function will return one of ``ROLL_EXPORTS`` of a unit as a filled template.

    The roll has who is or was last in a unit that stands at or under this one today, with the entry by which they came;
    the journal the later entries whose unit stood there on their day. Who took it, when and of which unit stands in the
    file and in the audit, and so does whether numbers were taken: file, card and identity numbers and telephones only
    for who may open personal files, identity numbers moreover only of those whose file lies at or under the unit today.

    Raises:
        NotAllowed, NotFound: no right ``members_record`` at the unit.
    """
    require(act, "members_record", [unit])
    numbers = act.at_console or may(act.user, "members_file", unit, today=act.today)
    people = _People(act, unit, numbers=numbers)
    rows, told = (people.roll() if sheet is MEMBERS else people.journal()), people.told
    head = (
        f"{unit.code}: {format_number(len(rows))} dòng, {act.user.full_name} lấy lúc "
        f"{act.now.astimezone(HANOI):%H:%M} ngày {format_date(act.today)}.",
        *told,
        *(() if numbers else (_NO_FILES,)),
    )
    cells = [tuple(row.get(column.key, "") for column in sheet.columns) for row in rows]
    content = write_sheet(sheet, file_format, rows=cells, told=head)
    detail: dict[str, Any] = {"rows": len(rows), "numbers": numbers, "sha256": hashlib.sha256(content).hexdigest()}
    write_trail(act, [Happening(f"members.{sheet.key}_exported", "unit", str(unit.uid), unit.code, detail)])
    return content


class _People:
    """What is told of the people of a unit; a number of queries that does not depend on how many they are."""

    def __init__(self, act: Act, unit: Unit, *, numbers: bool) -> None:
        self._unit = unit
        self._numbers = numbers
        self._below = Ancestry.objects.filter(on_day(act.today), ancestor=unit).values("descendant")
        self._here = set(self._below.values_list("descendant", flat=True)) if numbers else set()
        self.told: list[str] = []

    def roll(self) -> list[dict[str, Cell]]:
        """Return one row for each member, by unit and name."""
        members = Member.objects.filter(unit__in=self._below).exclude(state__in=(MemberState.ALIAS, MemberState.VOIDED))
        first = _first_entries(members)
        traits = _first_traits(members)
        rows = [
            self._person(one) | _came(one, first[one.pk]) | traits[one.pk]
            for one in members.order_by("unit__code", "sort_key", "pk")
            if one.pk in first
        ]
        if bare := sum(not row.get("sex") for row in rows):
            self.told.append(f"{format_number(bare)} dòng chưa có giới tính trong sổ: điền vào trước khi nhập lại.")
        return rows

    def journal(self) -> list[dict[str, Cell]]:
        """Return one row for each entry that is no first one, as things happened."""
        stood = Ancestry.objects.filter(
            on_day(OuterRef("effective_date")), ancestor=self._unit, descendant=OuterRef("unit")
        )
        entries = MemberEntry.objects.counted().filter(Exists(stood))
        first = {one.pk for one in _first_entries(Member.objects.filter(pk__in=entries.values("member"))).values()}
        rows, left, nameless = [], 0, 0
        for entry in entries.select_related("member", "unit", "from_unit", "to_unit").in_order():
            said = _said(entry)
            if entry.pk in first or entry.kind == MemberEvent.OPENING:
                continue
            if said is None:
                left += 1
                continue
            row = self._person(entry.member) | _happened(entry, said)
            if self._numbers and not any(row[key] for key in ("file_number", "card_number", "identity_number")):
                nameless += 1
                continue
            rows.append(row)
        if left:
            self.told.append(
                f"{format_number(left)} lần ghi không có mẫu nhập (giấy giới thiệu, lễ kết nạp, chi bộ xét, theo tổ "
                "chức...) không có trong tệp."
            )
        if nameless:
            self.told.append(
                f"{format_number(nameless)} việc của người chưa có số lý lịch, số thẻ, số định danh không có trong tệp."
            )
        return rows

    def _person(self, member: Member) -> dict[str, Cell]:
        found: dict[str, Cell] = {"full_name": member.full_name}
        if self._numbers:
            found |= {"file_number": member.file_number, "card_number": member.card_number, "identity_number": ""}
            if member.unit_id in self._here:
                found["phone"] = member.phone
                if member.identity_cipher:
                    found["identity_number"] = open_identity(member.identity_cipher, member.identity_cipher_key)
        return found


def _first_entries(members: QuerySet[Member]) -> dict[int, MemberEntry]:
    """The entry by which each came into the register; None is left where a correction took it away."""
    firsts = MemberEntry.objects.live().filter(member__in=members.order_by().values("pk"), kind__in=FIRST_KINDS)
    found: dict[int, MemberEntry] = {}
    for entry in firsts.select_related("unit", "from_unit").in_order():
        found.setdefault(entry.member_id, entry)
    return found


def _first_traits(members: QuerySet[Member]) -> defaultdict[int, dict[str, Cell]]:
    """What each came with: later values are said by the register, not by the row with which they came."""
    kinds = {trait.value: (key, labels) for key, (trait, labels) in _TRAITS.items()}
    entries = TraitEntry.objects.live().filter(member__in=members.order_by().values("pk"), trait__in=kinds)
    found: defaultdict[int, dict[str, Cell]] = defaultdict(dict)
    for pk, trait, value in entries.in_order().values_list("member_id", "trait", "value"):
        key, labels = kinds[trait]
        found[pk].setdefault(key, labels.get(value, value))
    return found


def _came(member: Member, first: MemberEntry) -> dict[str, Cell]:
    birth = PartialDate(member.birth_date, Precision(member.birth_precision))
    found = _paper(first) | {
        "birth": str(birth),
        "unit": first.unit.code,
        "kind": FIRST_KINDS[MemberEvent(first.kind)],
        "day": first.effective_date,
        "status": STATUS[first.official],
        "outside": first.outside,
    }
    if first.kind != MemberEvent.ADMITTED and member.admitted_on and member.admitted_on <= first.effective_date:
        found["admitted_on"] = member.admitted_on
        if first.official and member.recognised_on and member.recognised_on <= first.effective_date:
            found["recognised_on"] = member.recognised_on
    return found


def _said(entry: MemberEntry) -> EntryKind | None:
    """Return as what the sheet tells an entry; None where it has no word for it."""
    if entry.kind != MemberEvent.TRANSFERRED:
        return _SAID.get(entry.kind)
    if entry.from_unit_id is None:
        return EntryKind.IN
    return EntryKind.OUT if entry.to_unit_id is None else EntryKind.WITHIN


def _happened(entry: MemberEntry, said: EntryKind) -> dict[str, Cell]:
    found = _paper(entry) | {"kind": ENTRY_KINDS[said], "day": entry.effective_date}
    if said is EntryKind.WITHIN:
        found |= {"from_place": _code(entry.from_unit), "to_place": _code(entry.to_unit)}
    else:
        found["unit"] = entry.unit.code
    if said in (EntryKind.IN, EntryKind.OUT, EntryKind.WITHIN):
        found |= {"how": HOW["temporary" if entry.temporary else "official"], "until": entry.until}
    match said:
        case EntryKind.IN:
            found |= {"from_place": entry.outside, "status": STATUS[entry.official]}
        case EntryKind.OUT:
            found |= {"to_place": entry.outside, "abroad": YES_NO[True] if entry.abroad else ""}
        case EntryKind.LEFT:
            found |= {"how": HOW[entry.how], "ground": GROUNDS.get(entry.ground, "")}
        case EntryKind.RESTORED:
            found["status"] = STATUS[entry.official]
        case EntryKind.CARD_ISSUED:
            found |= {"round": entry.round, "new_card": entry.card_number}
        case EntryKind.CARD_REISSUED:
            found |= {"how": HOW.get(entry.ground, ""), "new_card": entry.card_number}
    return found


def _paper(entry: MemberEntry) -> dict[str, Cell]:
    return {key: getattr(entry, key) for key in _DECISION}


def _code(unit: Unit | None) -> str:
    return unit.code if unit is not None else ""
