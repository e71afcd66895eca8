"""Clusters and sectors in a sheet of units: found by name or code, or made where a committee has none yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from giaoban.apps.organizations.models import GroupKind
from giaoban.apps.organizations.sheets.known import KnownGroup, UnitsKnown
from giaoban.apps.sheets.importing import RowFault
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import format_date
from giaoban.core.text_vi import fold

# Column of the sheet -> kind of group.
_COLUMNS = {"cluster": GroupKind.CLUSTER, "sector": GroupKind.SECTOR}


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group to make; ``owner`` by code."""

    owner: str
    kind: GroupKind
    code: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """Groups to make, and which units go into which group from which day: (owner, kind, group's code, day) -> codes."""

    groups: tuple[NewGroup, ...] = ()
    places: dict[tuple[str, GroupKind, str, date], tuple[str, ...]] = field(default_factory=dict)


class Grouping:
    """Judges and collects the groups of all rows."""

    def __init__(self, known: UnitsKnown) -> None:
        self._known = known
        self._old: dict[tuple[int, str], list[KnownGroup]] = defaultdict(list)
        for group in known.groups:
            self._old[group.owner, group.kind].append(group)
        self._new: dict[tuple[str, GroupKind], dict[str, NewGroup]] = defaultdict(dict)
        self._places: dict[tuple[str, GroupKind, str, date], list[str]] = defaultdict(list)
        self.faults: list[RowFault] = []

    def take(self, row: SheetRow) -> None:
        """Take in a new row."""
        for key, kind in _COLUMNS.items():
            text = row[key]
            if not text:
                continue
            if not row["parent"]:
                message = "Đơn vị không có cấp trên thì không thuộc cụm, khối nào"
                self.faults.append(RowFault(row.number, key, message, "ô trống"))
                continue
            code = self._code(row, key, kind, text)
            if code is not None and self._is_free(row, key, kind):
                self._places[row["parent"], kind, code, row["day"]].append(row["code"])

    def _code(self, row: SheetRow, key: str, kind: GroupKind, text: str) -> str | None:
        owner = self._known.codes.get(row["parent"])
        old = self._old.get((owner, kind.value), []) if owner is not None else []
        if old:
            found = _named(old, text)
            if found is None:
                offered = ", ".join(f"«{group.name}»" for group in old)
                message = f"{row['parent']} không có {kind.label.lower()} «{text}»"
                self.faults.append(RowFault(row.number, key, message, f"một trong: {offered}"))
            return found.code if found is not None else None
        groups = self._new[row["parent"], kind]
        position = len(groups) + 1
        fresh = NewGroup(row["parent"], kind, str(position), text, position)
        return groups.setdefault(fold(text), fresh).code

    def _is_free(self, row: SheetRow, key: str, kind: GroupKind) -> bool:
        """A place of this kind that begins on the day or later stands in the way."""
        later = [
            start for group, start, _end in self._held(row, kind) if start >= row["day"] and group.owner is not None
        ]
        if later:
            message = f"Đơn vị đã có {kind.label.lower()} từ {format_date(min(later))}"
            self.faults.append(RowFault(row.number, key, message, "ngày sau đó"))
        return not later

    def _held(self, row: SheetRow, kind: GroupKind) -> Iterator[tuple[KnownGroup, date, date]]:
        unit, owner = self._known.codes.get(row["code"]), self._known.codes.get(row["parent"])
        groups = {group.pk: group for group in self._known.groups if group.owner == owner and group.kind == kind}
        for place in self._known.places:
            if place.unit == unit and place.group in groups:
                yield groups[place.group], place.start, place.end

    def differences(self, row: SheetRow) -> list[tuple[str, str]]:
        """Return where a row that is in the register already names another group than the register."""
        found = []
        for key, kind in _COLUMNS.items():
            if row[key]:
                held = [group for group, start, end in self._held(row, kind) if start <= row["day"] < end]
                if _named(held, row[key]) is None:
                    found.append((key, held[0].name if held else "để trống"))
        return found

    def plan(self) -> GroupPlan:
        """Return what is to be recorded."""
        groups = tuple(group for found in self._new.values() for group in found.values())
        return GroupPlan(groups, {key: tuple(codes) for key, codes in self._places.items()})


def _named(groups: list[KnownGroup], text: str) -> KnownGroup | None:
    exact = next((group for group in groups if text in (group.name, group.code)), None)
    wanted = fold(text)
    return exact or next((group for group in groups if wanted in (fold(group.name), fold(group.code))), None)
