"""What a row of the sheet of entries must keep to by itself, without looking at the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from giaoban.apps.members.models import LeavingHow
from giaoban.apps.members.operations._days import NOT_AFTER_TODAY, future_day
from giaoban.apps.members.sheets.columns import ENTRY_KINDS, TERM, EntryKind
from giaoban.apps.sheets.importing import RowFault
from giaoban.apps.sheets.reading import SheetRow

_OUTSIDE = "tên tổ chức đảng ngoài hệ thống"
_CODE = "mã chi bộ"
# Columns that a kind needs (with what would be right), and those it takes besides; the rest must be blank.
_NEEDS: dict[EntryKind, dict[str, str]] = {
    EntryKind.IN: {"unit": "mã chi bộ tiếp nhận", "from_place": _OUTSIDE},
    EntryKind.OUT: {"to_place": _OUTSIDE},
    EntryKind.WITHIN: {"to_place": _CODE},
    EntryKind.LEFT: {"how": "xin ra khỏi Đảng, xóa tên hoặc khai trừ"},
    EntryKind.ADMITTED: {"unit": _CODE},
    EntryKind.RESTORED: {"unit": _CODE},
}
_TAKES: dict[EntryKind, frozenset[str]] = {
    EntryKind.RECOGNISED: frozenset({"unit"}),
    EntryKind.CARD_ISSUED: frozenset({"unit", "round"}),
    EntryKind.IN: frozenset({"how", "status"}),
    EntryKind.OUT: frozenset({"unit", "how"}),
    EntryKind.WITHIN: frozenset({"unit", "from_place", "how"}),
    EntryKind.LEFT: frozenset({"unit"}),
    EntryKind.DIED: frozenset({"unit"}),
    EntryKind.RESTORED: frozenset({"status"}),
}
_ASKED = ("unit", "from_place", "to_place", "how", "status", "round")
_TRANSFERS = (EntryKind.IN, EntryKind.OUT, EntryKind.WITHIN)
_LEAVING = tuple(how.value for how in LeavingHow)


def check_fields(row: SheetRow, today: date) -> Iterator[RowFault]:
    """Give what is wrong with the row's own values; cells that could not be read are passed over."""
    for key in ("day", "decision_date"):
        if row[key] and (fault := future_day(row[key], today)) is not None:
            yield RowFault(row.number, key, fault, NOT_AFTER_TODAY)
    if row["kind"] is None:
        return
    kind = EntryKind(row["kind"])
    label = ENTRY_KINDS[kind]
    needs, takes = _NEEDS.get(kind, {}), _TAKES.get(kind, frozenset())
    for key in _ASKED:
        if key in row.broken:
            continue
        blank = row[key] in ("", None)
        if key in needs and blank:
            yield RowFault(row.number, key, f"Chưa điền, việc «{label}» cần", needs[key])
        elif not blank and key not in needs and key not in takes:
            yield RowFault(row.number, key, f"Việc «{label}» không dùng cột này", "ô trống")
    yield from _how(row, kind)
    if kind == EntryKind.WITHIN:
        yield from _ends(row)


def _how(row: SheetRow, kind: EntryKind) -> Iterator[RowFault]:
    if row["how"] and kind == EntryKind.LEFT and row["how"] not in _LEAVING:
        yield RowFault(
            row.number, "how", f"«{TERM[row['how']]}» không phải hình thức ra khỏi Đảng", _NEEDS[kind]["how"]
        )
    if row["how"] and kind in _TRANSFERS and row["how"] not in TERM:
        message = "Hình thức này không phải của việc chuyển sinh hoạt"
        yield RowFault(row.number, "how", message, "«Chính thức» hoặc «Tạm thời»")


def _ends(row: SheetRow) -> Iterator[RowFault]:
    if row["to_place"] and row["to_place"] == row["from_place"]:
        yield RowFault(row.number, "to_place", f"Nơi đến trùng nơi đi «{row['to_place']}»", "một chi bộ khác")
    if row["unit"] and row["unit"] != row["to_place"]:
        message = f"Đơn vị «{row['unit']}» khác nơi đến «{row['to_place']}»"
        yield RowFault(row.number, "unit", message, "ô trống hoặc mã của chi bộ tiếp nhận")
