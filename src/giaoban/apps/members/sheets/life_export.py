"""A register taken away as a filled template; imported again it changes nothing (decision D16)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.sheets.life import LIFE_SHEETS, LifeSheet
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.permissions import may, require
from giaoban.apps.sheets.filled import SheetFormat, write_sheet
from giaoban.apps.sheets.listing import Cell
from giaoban.core.dates_vi import format_date

_NUMBERS = ("file_number", "card_number")
_NO_FILES = (
    "Số lý lịch, số thẻ, số định danh để trống: đồng chí chưa được giao quyền đọc hồ sơ đảng viên tại đơn vị này. Muốn "
    "nhập lại tệp này, điền một trong ba số vào mỗi dòng về đảng viên."
)
LIFE_EXPORTS = {sheet.key: sheet for sheet in LIFE_SHEETS}


@transaction.atomic
def export_register(*, act: Act, sheet: LifeSheet, unit: Unit, file_format: SheetFormat = SheetFormat.XLSX) -> bytes:
    """This function will return the live entries of a register whose unit stood at or under a unit on their day.

    It says who took it, when and of which unit, and so does the audit; file and card numbers stand in it only for who
    may open personal files, identity numbers never.

    Raises:
        NotAllowed, NotFound: no right ``members_record`` at the unit.
    """
    require(act, "members_record", [unit])
    numbers = act.at_console or may(act.user, "members_file", unit, today=act.today)
    rows = list(_rows(sheet, unit, numbers=numbers))
    told = (
        f"{unit.code}: {len(rows)} dòng, {act.user.full_name} lấy lúc "
        f"{act.now.astimezone(HANOI):%H:%M} ngày {format_date(act.today)}.",
        *(() if numbers else (_NO_FILES,)),
    )
    content = write_sheet(sheet, file_format, rows=rows, told=told)
    detail: dict[str, Any] = {"rows": len(rows), "numbers": numbers, "sha256": hashlib.sha256(content).hexdigest()}
    write_trail(act, [Happening(f"members.{sheet.key}_exported", "unit", str(unit.uid), unit.code, detail)])
    return content


def _rows(sheet: LifeSheet, unit: Unit, *, numbers: bool) -> Iterator[tuple[Cell, ...]]:
    """A number of queries that does not depend on the rows."""
    below = Ancestry.objects.filter(on_day(OuterRef("effective_date")), ancestor=unit, descendant=OuterRef("unit"))
    entries = sheet.kind.model.objects.live().filter(Exists(below)).select_related("member", "unit")
    for entry in entries.order_by("effective_date", "seq", "pk"):
        if entry.member is None and not sheet.kind.of_units:
            continue
        values = sheet.kind.entry_values(entry)
        who = _who(entry, sheet, numbers=numbers)
        yield tuple(
            who[column.key] if column.key in who else _cell(sheet, column.key, values) for column in sheet.columns
        )


def _who(entry: Any, sheet: LifeSheet, *, numbers: bool) -> dict[str, Cell]:
    member = entry.member
    found: dict[str, Cell] = {"full_name": "", "identity_number": ""}
    found |= {key: getattr(member, key) if member is not None and numbers else "" for key in _NUMBERS}
    if member is not None:
        found["full_name"] = member.full_name
    found["unit"] = entry.unit.code if member is None or sheet.kind.in_units else ""
    return found


def _cell(sheet: LifeSheet, key: str, values: dict[str, Any]) -> Cell:
    value = values[key]
    words = sheet.kind.words.get(key)
    if words is not None:
        return words.get(value, "")
    cell: Cell = value
    return cell
