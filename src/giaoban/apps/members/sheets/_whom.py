"""Of whom a row speaks: by file, card or identity number; a name never decides, but a wrong one is a fault (D19)."""

from __future__ import annotations

from giaoban.apps.members.sheets.people import LABELS, PeopleKnown, number_of, shown_number
from giaoban.apps.members.sheets.places import PlacesKnown
from giaoban.apps.sheets.importing import RowFault
from giaoban.apps.sheets.reading import SheetRow

NO_NUMBER = "Chưa biết việc của ai"


def whom(row: SheetRow, people: PeopleKnown, places: PlacesKnown) -> tuple[int | None, list[RowFault]]:
    """Return the member whom the numbers of a row mean, and what is wrong with them.

    A row without any number means nobody and has no fault: the caller says whether it needs one.
    """
    faults: list[RowFault] = []
    found: dict[str, int] = {}
    for key, label in LABELS.items():
        number = number_of(row, key)
        if not number:
            continue
        pk = people.by_number[key].get(number)
        if pk is None or not places.may_know_members_of(people.members[pk].unit):
            message = f"Không có đảng viên mang {label.lower()} {shown_number(row, key)}"
            faults.append(RowFault(row.number, key, message, "số của một người đã có trong sổ đảng viên"))
        else:
            found[key] = pk
    if len(set(found.values())) > 1:
        first = next(iter(found))
        second = next(key for key, pk in found.items() if pk != found[first])
        message = f"{LABELS[first]} và {LABELS[second].lower()} của hai đảng viên khác nhau trong sổ"
        return None, [*faults, RowFault(row.number, second, message, "các số của cùng một người")]
    if not found:
        return None, faults
    key = next(iter(found))
    member = people.members[found[key]]
    if row["full_name"] and row["full_name"].casefold() != member.full_name.casefold():
        message = f"{LABELS[key]} {shown_number(row, key)} là của «{member.full_name}», không phải «{row['full_name']}»"
        faults.append(RowFault(row.number, "full_name", message, "họ tên đúng như sổ, hoặc sửa lại số"))
    return member.pk, faults


def has_number(row: SheetRow) -> bool:
    """Tell whether the row tries to name a member."""
    return any(row[key] or key in row.broken for key in LABELS)
