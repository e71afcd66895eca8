"""Units, and registers of committees, taken away as filled templates: terms, clusters and sectors, visits (D16)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.sheets.visits import VISITS
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import may, require
from giaoban.apps.organizations.sheets import GROUPS, TERMS, UNITS, unit_rows
from giaoban.apps.sheets.filled import SheetFormat, write_sheet
from giaoban.apps.sheets.importing import AnyKind
from giaoban.apps.sheets.listing import Cell
from giaoban.core.dates_vi import format_date

COMMITTEE_SHEETS: tuple[AnyKind, ...] = (TERMS, GROUPS, VISITS)
COMMITTEE_EXPORTS: tuple[AnyKind, ...] = (UNITS, *COMMITTEE_SHEETS)


@transaction.atomic
def export_committee_register(
    *, act: Act, sheet: AnyKind, unit: Unit, file_format: SheetFormat = SheetFormat.XLSX
) -> bytes:
    """This function will return one of ``COMMITTEE_EXPORTS`` filled with what is recorded at or under a unit.

    It says who took it, when and of which unit, and so does the audit; file and card numbers stand in it only for who
    may open personal files, identity numbers never.

    Raises:
        NotAllowed, NotFound: no right ``organizations_manage`` at the unit.
    """
    require(act, "organizations_manage", [unit])
    rows, left = _rows(act, sheet, unit)
    told: tuple[str, ...] = (
        f"{unit.code}: {len(rows)} dòng, {act.user.full_name} lấy lúc "
        f"{act.now.astimezone(HANOI):%H:%M} ngày {format_date(act.today)}.",
    )
    if left:
        told += (f"Không kèm {left} lần ghi chia tách, sáp nhập, hợp nhất: các việc này ghi trên màn hình.",)
    content = write_sheet(sheet, file_format, rows=rows, told=told)
    detail: dict[str, Any] = {"rows": len(rows), "sha256": hashlib.sha256(content).hexdigest()}
    write_trail(act, [Happening(f"committees.{sheet.key}_exported", "unit", str(unit.uid), unit.code, detail)])
    return content


def _rows(act: Act, sheet: AnyKind, unit: Unit) -> tuple[Sequence[tuple[Cell, ...]], int]:
    """Return the rows, and how many entries have no row in the sheet."""
    if sheet.key == UNITS.key:
        return unit_rows(unit)
    if sheet.key == VISITS.key:
        numbers = act.at_console or may(act.user, "members_file", unit, today=act.today)
        return list(VISITS.rows(unit, numbers=numbers)), 0
    return list(TERMS.rows(unit) if sheet.key == TERMS.key else GROUPS.rows(unit)), 0
