"""One register of a unit taken away as a filled template, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable

from giaoban.apps.audit.act import Act
from giaoban.apps.members.sheets import CANDIDATES, LIFE_SHEETS
from giaoban.apps.members.sheets.candidates import export_candidates
from giaoban.apps.members.sheets.committee_export import COMMITTEE_EXPORTS, export_committee_register
from giaoban.apps.members.sheets.life import LifeSheet
from giaoban.apps.members.sheets.life_export import export_register
from giaoban.apps.members.sheets.roll_export import ROLL_EXPORTS, export_roll
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.values_sheet import VALUES, export_values
from giaoban.apps.sheets.filled import SheetFormat
from giaoban.apps.sheets.importing import AnyKind
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

Export = Callable[[Act, Unit, SheetFormat], bytes]


def _of(sheet: LifeSheet) -> Export:
    return lambda act, unit, chosen: export_register(act=act, sheet=sheet, unit=unit, file_format=chosen)


def _of_committees(sheet: AnyKind) -> Export:
    return lambda act, unit, chosen: export_committee_register(act=act, sheet=sheet, unit=unit, file_format=chosen)


def _of_people(sheet: AnyKind) -> Export:
    return lambda act, unit, chosen: export_roll(act=act, sheet=sheet, unit=unit, file_format=chosen)


_EXPORTS: dict[str, tuple[str, Export]] = {
    **{sheet.key: (sheet.label, _of_people(sheet)) for sheet in ROLL_EXPORTS},
    CANDIDATES.key: (
        CANDIDATES.label,
        lambda act, unit, chosen: export_candidates(act=act, unit=unit, file_format=chosen),
    ),
    **{sheet.key: (sheet.label, _of(sheet)) for sheet in LIFE_SHEETS},
    **{sheet.key: (sheet.label, _of_committees(sheet)) for sheet in COMMITTEE_EXPORTS},
    VALUES.key: (
        VALUES.label,
        lambda act, unit, chosen: export_values(act=act, unit=unit, file_format=chosen),
    ),
}
TAKEN: dict[str, str] = {key: label for key, (label, _export) in _EXPORTS.items()}


def take_register(*, act: Act, kind: str, unit: Unit, file_format: SheetFormat = SheetFormat.XLSX) -> bytes:
    """This function will return a register of a unit as a filled template, and record who took it (decision D16).

    Raises:
        InvalidInput: no register of that kind is taken away so.
        NotAllowed, NotFound: no right ``members_record`` at the unit; of committees ``organizations_manage``, of
            reported numbers ``figures_view``.
    """
    if kind not in _EXPORTS:
        raise InvalidInput(f"Không lấy ra được loại {quoted(kind)}", expected="một trong: " + ", ".join(TAKEN))
    return _EXPORTS[kind][1](act, unit, file_format)
