"""The kinds of sheets that the program knows: declared beside their registers, joined here, above all of them."""

from __future__ import annotations

from giaoban.apps.members.sheets import CANDIDATES, ENTRIES, LIFE_SHEETS, MEMBERS
from giaoban.apps.members.sheets.committee_export import COMMITTEE_SHEETS
from giaoban.apps.organizations.sheets import UNITS
from giaoban.apps.reporting.values_sheet import VALUES
from giaoban.apps.sheets.importing import AnyKind
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

_KINDS: tuple[AnyKind, ...] = (UNITS, MEMBERS, ENTRIES, CANDIDATES, *LIFE_SHEETS, *COMMITTEE_SHEETS, VALUES)
SHEET_KINDS: dict[str, AnyKind] = {kind.key: kind for kind in _KINDS}


def sheet_kind(key: str) -> AnyKind:
    """Return a kind of sheet.

    Raises:
        InvalidInput: there is none of that name.
    """
    if key not in SHEET_KINDS:
        raise InvalidInput(f"Không có loại tệp {quoted(key)}", expected="một trong: " + ", ".join(SHEET_KINDS))
    return SHEET_KINDS[key]
