"""What a row of the sheet of entries must keep to by itself, without looking at the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from giaoban.apps.members.grounds import grounds_on
from giaoban.apps.members.models import LeavingHow
from giaoban.apps.members.operations._days import NOT_AFTER_TODAY, future_day
from giaoban.apps.members.sheets.columns import CARD_REASONS, ENTRY_KINDS, HOW, TERM, EntryKind
from giaoban.apps.sheets.importing import RowFault
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import format_date

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
    EntryKind.CARD_REISSUED: {"how": "bị mất, bị hỏng hoặc đổi thẻ"},
}
_TAKES: dict[EntryKind, frozenset[str]] = {
    EntryKind.RECOGNISED: frozenset({"unit"}),
    EntryKind.CARD_ISSUED: frozenset({"unit", "round", "new_card"}),
    EntryKind.CARD_REISSUED: frozenset({"unit", "new_card"}),
    EntryKind.STATUS_OPINION: frozenset({"unit"}),
    EntryKind.IN: frozenset({"how", "status", "until"}),
    EntryKind.OUT: frozenset({"unit", "how", "abroad", "until"}),
    EntryKind.WITHIN: frozenset({"unit", "from_place", "how", "until"}),
    EntryKind.LEFT: frozenset({"unit", "ground"}),
    EntryKind.DIED: frozenset({"unit"}),
    EntryKind.RESTORED: frozenset({"status"}),
}
_ASKED = ("unit", "from_place", "to_place", "how", "status", "round", "new_card", "ground", "abroad", "until")
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
        # «Không» in the column of going abroad says as much as nothing.
        blank = row[key] in ("", None) or (key == "abroad" and row[key] is False)
        if key in needs and blank:
            yield RowFault(row.number, key, f"Chưa điền, việc «{label}» cần", needs[key])
        elif not blank and key not in needs and key not in takes:
            yield RowFault(row.number, key, f"Việc «{label}» không dùng cột này", "ô trống")
    yield from _how(row, kind)
    if kind == EntryKind.LEFT and row["ground"]:
        yield from _ground(row)
    if kind in _TRANSFERS and row["until"]:
        yield from _until(row)
    if kind == EntryKind.WITHIN:
        yield from _ends(row)


def _how(row: SheetRow, kind: EntryKind) -> Iterator[RowFault]:
    if row["how"] and kind == EntryKind.LEFT and row["how"] not in _LEAVING:
        yield RowFault(row.number, "how", f"«{HOW[row['how']]}» không phải hình thức ra khỏi Đảng", _NEEDS[kind]["how"])
    if row["how"] and kind == EntryKind.CARD_REISSUED and row["how"] not in CARD_REASONS:
        message = f"«{HOW[row['how']]}» không phải lý do cấp lại thẻ"
        yield RowFault(row.number, "how", message, _NEEDS[kind]["how"])
    if row["how"] and kind in _TRANSFERS and row["how"] not in TERM:
        message = "Hình thức này không phải của việc chuyển sinh hoạt"
        yield RowFault(row.number, "how", message, "«Chính thức» hoặc «Tạm thời»")


def _ground(row: SheetRow) -> Iterator[RowFault]:
    """An old striking off may come without its ground; one that is given must have held on the day."""
    if row["how"] != LeavingHow.STRUCK_OFF:
        yield RowFault(row.number, "ground", "Chỉ xóa tên mới có căn cứ này", "ô trống")
    elif row["day"] and row["ground"] not in (held := grounds_on(row["day"])):
        message = f"Ngày {format_date(row['day'])} không có căn cứ xóa tên này"
        yield RowFault(row.number, "ground", message, "; ".join(ground.label for ground in held.values()))


def _until(row: SheetRow) -> Iterator[RowFault]:
    if row["how"] != "temporary":
        yield RowFault(row.number, "until", "Chỉ chuyển tạm thời mới có thời hạn", "ô trống")
    elif row["day"] and row["until"] < row["day"]:
        message = f"Đến ngày {format_date(row['until'])} trước ngày chuyển {format_date(row['day'])}"
        yield RowFault(row.number, "until", message, "ngày bằng hoặc sau ngày chuyển")


def _ends(row: SheetRow) -> Iterator[RowFault]:
    if row["to_place"] and row["to_place"] == row["from_place"]:
        yield RowFault(row.number, "to_place", f"Nơi đến trùng nơi đi «{row['to_place']}»", "một chi bộ khác")
    if row["unit"] and row["unit"] != row["to_place"]:
        message = f"Đơn vị «{row['unit']}» khác nơi đến «{row['to_place']}»"
        yield RowFault(row.number, "unit", message, "ô trống hoặc mã của chi bộ tiếp nhận")
