"""Official codes in a sheet of units: judged as the operation will."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from giaoban.apps.organizations.models import OPEN_END
from giaoban.apps.organizations.operations.codes import CODE_FORM, is_official_code
from giaoban.apps.organizations.sheets.known import KnownCode, UnitsKnown
from giaoban.apps.sheets.importing import RowFault
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import format_date

_KEY = "official_code"


class Coding:
    """Judges and collects the codes of all rows."""

    def __init__(self, known: UnitsKnown) -> None:
        self._known = known
        self._of_unit: dict[int | None, list[KnownCode]] = defaultdict(list)
        self._taken: dict[str, set[int | None]] = defaultdict(set)
        for held in known.official:
            self._of_unit[held.unit].append(held)
            if held.end == OPEN_END:
                self._taken[held.code].add(held.unit)
        self._in_file: dict[str, tuple[str, int]] = {}
        self._plan: list[tuple[str, str, date]] = []
        self.faults: list[RowFault] = []

    def take(self, row: SheetRow) -> None:
        """Take in a new row."""
        code = row[_KEY]
        if not code:
            return
        unit = self._known.codes.get(row["code"])
        later = [held for held in self._of_unit[unit] if held.start >= row["day"]] if unit is not None else []
        if not is_official_code(code):
            self._fault(row, f"Mã «{code}» không hợp lệ", CODE_FORM)
        elif self._taken[code] - {unit}:
            self._fault(row, f"Mã «{code}» đang là mã của đơn vị khác", "mã của đơn vị này")
        elif (other := self._in_file.setdefault(code, (row["code"], row.number)))[0] != row["code"]:
            self._fault(row, f"Mã «{code}» đã ghi cho «{other[0]}» ở dòng {other[1]}", "mỗi đơn vị một mã")
        elif later:
            message = f"Đơn vị đã có mã {later[0].code} từ {format_date(later[0].start)}"
            self._fault(row, message, "ngày sau đó, hoặc ô trống")
        else:
            self._plan.append((row["code"], code, row["day"]))

    def differences(self, row: SheetRow) -> list[tuple[str, str]]:
        """Return where a row that is in the register already names another code than the register."""
        if not row[_KEY]:
            return []
        held = [
            one.code for one in self._of_unit[self._known.codes.get(row["code"])] if one.start <= row["day"] < one.end
        ]
        return [] if row[_KEY] in held else [(_KEY, held[0] if held else "để trống")]

    def plan(self) -> tuple[tuple[str, str, date], ...]:
        """Return what is to be recorded: unit, code, day."""
        return tuple(self._plan)

    def _fault(self, row: SheetRow, message: str, expected: str) -> None:
        self.faults.append(RowFault(row.number, _KEY, message, expected))
