"""Whether a row of the sheet of members says what the register already says of that member (decision D19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.sheets._roll_rules import kind_of
from giaoban.apps.members.sheets.columns import FIRST_KINDS
from giaoban.apps.members.sheets.people import KnownEntry, PeopleKnown, number_of
from giaoban.apps.members.sheets.places import PlacesKnown
from giaoban.apps.members.trait_values import EDUCATION, SEX, THEORY
from giaoban.apps.sheets.importing import RowFault
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import PartialDate, Precision, format_date

_FIRST = (MemberEvent.OPENING, MemberEvent.ADMITTED, MemberEvent.TRANSFERRED)
_HIDDEN = "Số này đã có trong sổ đảng viên, ngoài phạm vi của đồng chí"
# What stands in the personal file is not told to whoever may not open it; an identity number to nobody.
_PRIVATE = frozenset({"birth", "file_number", "card_number", "phone"})
_AMENDED = _PRIVATE | {
    *("full_name", "identity_number", "admitted_on", "recognised_on", "sex", "education", "theory", "occupation")
}
_LABELS: dict[str, dict[str, str]] = {"sex": SEX, "education": EDUCATION, "theory": THEORY}


class Sameness:
    """Compares rows with members. A blank cell says nothing: what was recorded since stays."""

    def __init__(self, people: PeopleKnown, places: PlacesKnown) -> None:
        self._people = people
        self._places = places

    def differences(self, row: SheetRow, member: int) -> list[RowFault]:
        """Return one fault for each cell in which the row differs from the register."""
        known = self._people.members[member]
        if not self._places.may_know_members_of(known.unit):
            return [RowFault(row.number, "", _HIDDEN, "người chưa có trong sổ")]
        entries = [entry for entry in self._people.entries.get(member, ()) if entry.kind in _FIRST]
        live = [entry for entry in entries if entry.live]
        if not live:
            message = f"Lần ghi đầu tiên của «{known.full_name}» đã được đính chính"
            return [RowFault(row.number, "", message, "bỏ dòng này; sửa tiếp trên lần đính chính")]
        return [
            RowFault(row.number, key, f"Sổ đã có «{known.full_name}» với giá trị khác{recorded}", _mended(key))
            for key, recorded in self._compare(row, member, live[0])
        ]

    def _compare(self, row: SheetRow, member: int, first: KnownEntry) -> Iterator[tuple[str, str]]:
        known = self._people.members[member]
        traits = self._people.traits.get(member, {})
        birth = PartialDate(known.birth_date, Precision(known.birth_precision))
        pairs: dict[str, tuple[Any, Any]] = {
            "full_name": (row["full_name"], known.full_name),
            "birth": (row["birth"], birth),
            "file_number": (row["file_number"], known.file_number),
            "card_number": (row["card_number"], known.card_number),
            "identity_number": (number_of(row, "identity_number"), known.identity_index),
            "phone": (row["phone"], known.phone),
            "kind": (kind_of(row).value, first.kind),
            "day": (row["day"], first.day),
            "unit": (row["unit"], self._places.code(first.unit)),
            "status": (row["status"], first.official),
            "outside": (row["outside"], first.outside),
            "admitted_on": (row["admitted_on"], known.admitted_on),
            "recognised_on": (row["recognised_on"], known.recognised_on),
            "decision_number": (row["decision_number"], first.decision_number),
            "decision_date": (row["decision_date"], first.decision_date),
            "decision_issuer": (row["decision_issuer"], first.decision_issuer),
            "ref": (row["ref"], first.ref),
        }
        pairs |= {key: (row[key], traits.get(key, "")) for key in ("sex", "education", "theory", "occupation")}
        for key, (here, there) in pairs.items():
            if here not in ("", None) and here != there:
                hidden = key in _PRIVATE and bool(there) and not self._places.may_open_files_of(known.unit)
                yield key, "" if hidden else f": «{_told(key, there)}»"


def _mended(key: str) -> str:
    if key == "unit":
        return "chi bộ lúc vào sổ; đã chuyển thì ghi chuyển sinh hoạt"
    if key in _AMENDED:
        return "đúng như sổ; sổ sai thì sửa ở «Sửa dữ liệu» trên trang của đảng viên"
    return "đúng như sổ; sổ sai thì đính chính lần ghi ấy trên trang của đảng viên"


def _told(key: str, value: Any) -> str:
    if key == "identity_number":
        return "số khác" if value else "để trống"
    if isinstance(value, date):
        return format_date(value)
    if key == "status":
        return "Chính thức" if value else "Dự bị"
    if key == "kind":
        return FIRST_KINDS[MemberEvent(value)]
    return str(_LABELS.get(key, {}).get(value, value) or "để trống")
