"""What sheets about units ask of the tree: which code is which, when it stands and of which kind, who may record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.standing import KindSpans, kind_on, kind_spans
from giaoban.apps.organizations.sheets.known import scope_of
from giaoban.apps.sheets.importing import RowFault
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import format_date


@dataclass(frozen=True, slots=True)
class Codes:
    """Units by code, with their kinds; ``manage`` and ``seen`` are None at the console."""

    units: dict[str, int]
    kinds: KindSpans
    manage: frozenset[int] | None
    seen: frozenset[int] | None

    def find(self, code: str) -> int | None:
        """Return the unit of a code that the person may know of."""
        unit = self.units.get(code)
        return unit if unit is not None and (self.seen is None or unit in self.seen) else None

    def faults(self, row: SheetRow, key: str, *, day: date | None, manages: bool = True) -> Iterator[RowFault]:
        """Give what speaks against the unit that stands in a column, as the place of something on a day."""
        code = row[key]
        unit = self.find(code)
        if unit is None:
            yield RowFault(row.number, key, f"Không có đơn vị mang mã «{code}»", "mã của một đơn vị trong sổ tổ chức")
            return
        if manages and self.manage is not None and unit not in self.manage:
            message = f"Đồng chí chưa được giao quyền ghi tại đơn vị «{code}»"
            yield RowFault(row.number, key, message, "đơn vị được phân quyền")
        if day is not None and kind_on(self.kinds.get(unit, ()), day) is None:
            message = f"Đơn vị «{code}» không hoạt động ngày {format_date(day)}"
            yield RowFault(row.number, key, message, "ngày đơn vị đang hoạt động")


def look_codes(act: Act, rows: Iterable[SheetRow], *keys: str) -> Codes:
    """Return what is known of the units whose codes stand in some columns; a fixed number of queries."""
    wanted = {row.values[key] for row in rows for key in keys if row.values.get(key)}
    units = {code: pk for code, pk in Unit.objects.values_list("code", "pk") if code in wanted}
    return Codes(units, dict(kind_spans(units.values())), *scope_of(act))
