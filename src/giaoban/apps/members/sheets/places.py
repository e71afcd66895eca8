"""What both sheets ask about units: which code is which, when it stands, who stands in it, who may record."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Ancestry, Unit, UnitKindSpan, granted_ancestry, on_day
from giaoban.core.dates_vi import format_date

Spans = dict[int, tuple[tuple[date, date], ...]]


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Why a unit cannot be the place of an entry."""

    message: str
    expected: str


@dataclass(frozen=True, slots=True)
class PlacesKnown:
    """All units, by code and by number.

    ``stands`` and ``home`` are the days on which a unit stands, and on which members may stand in it; ``manage`` are
    the units where the person may record entries, ``seen`` those they may know of, ``people`` those whose members they
    may know of today, ``files`` those whose personal files they may open; None at the console.
    """

    codes: dict[str, int]
    names: dict[int, str]
    stands: Spans
    home: Spans
    manage: frozenset[int] | None
    seen: frozenset[int] | None
    people: frozenset[int] | None
    files: frozenset[int] | None

    def find(self, code: str) -> int | None:
        """Return the unit of a code that the person may know of."""
        pk = self.codes.get(code)
        return pk if pk is not None and (self.seen is None or pk in self.seen) else None

    def code(self, unit: int) -> str:
        """Return the code of a unit."""
        return self.names[unit]

    def may_record(self, unit: int) -> bool:
        """Tell whether the person may record at a unit."""
        return self.manage is None or unit in self.manage

    def may_know_members_of(self, unit: int) -> bool:
        """Tell whether the person may know who stands in a unit today (decision D11)."""
        return self.people is None or unit in self.people

    def may_open_files_of(self, unit: int) -> bool:
        """Tell whether the person may be told numbers, telephones and full birthdays of members of a unit."""
        return self.files is None or unit in self.files

    def misplaced(self, code: str, day: date | None, *, arrives: bool) -> Misplaced | None:
        """Return what speaks against a unit as the place of an entry on a day; None where all is well.

        Args:
            day: None where it is not known; then only the code and the right are asked for.
            arrives: somebody comes to stand there, so it must be a unit in which members stand.
        """
        unit = self.find(code)
        if unit is None:
            return Misplaced(f"Không có đơn vị mang mã «{code}»", "mã của một chi bộ đã có trong sổ tổ chức")
        if not self.may_record(unit):
            return Misplaced(f"Đồng chí chưa được giao quyền ghi tại đơn vị «{code}»", "đơn vị được phân quyền")
        if day is None:
            return None
        if not _within(self.stands.get(unit, ()), day):
            message = f"Đơn vị «{code}» không hoạt động ngày {format_date(day)}"
            return Misplaced(message, "một chi bộ đang hoạt động ngày đó")
        if arrives and not _within(self.home.get(unit, ()), day):
            return Misplaced(f"Đảng viên không sinh hoạt trực tiếp tại «{code}»", "mã của một chi bộ")
        return None


def _within(spans: tuple[tuple[date, date], ...], day: date) -> bool:
    return any(start <= day < end for start, end in spans)


def look_places(act: Act) -> PlacesKnown:
    """Return what is known of all units, by a fixed number of queries."""
    stands: dict[int, list[tuple[date, date]]] = defaultdict(list)
    own = Ancestry.objects.filter(depth=0).order_by("descendant_id", "valid_from")
    for unit, start, end in own.values_list("descendant_id", "valid_from", "valid_to"):
        stands[unit].append((start, end))
    home: dict[int, list[tuple[date, date]]] = defaultdict(list)
    with_members = [code for code, kind in kinds().items() if kind.members]
    spans = UnitKindSpan.objects.filter(kind__in=with_members).order_by("unit_id", "valid_from")
    for unit, start, end in spans.values_list("unit_id", "valid_from", "valid_to"):
        home[unit].append((start, end))
    codes = dict(Unit.objects.values_list("code", "pk"))
    return PlacesKnown(
        codes,
        {pk: code for code, pk in codes.items()},
        {unit: tuple(found) for unit, found in stands.items()},
        {unit: tuple(found) for unit, found in home.items()},
        *_scope(act),
    )


_Units = frozenset[int] | None


def _scope(act: Act) -> tuple[_Units, _Units, _Units, _Units]:
    if act.at_console:
        return None, None, None, None
    today = act.today
    record = granted_ancestry(act.user, today=today, right="members_record").filter(valid_to__gt=today)
    seen = granted_ancestry(act.user, today=today, right="organizations_view")
    people = granted_ancestry(act.user, today=today, right="members_view").filter(on_day(today))
    files = granted_ancestry(act.user, today=today, right="members_file").filter(on_day(today))
    manage, know, members, opened = (
        frozenset(found.values_list("descendant_id", flat=True)) for found in (record, seen, people, files)
    )
    return manage, know, members, opened
