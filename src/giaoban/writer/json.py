"""Every number that a document prints, with its measure, for scripts and for tests that compare it with the figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from giaoban.writer.blocks import OfficialDocument, Quantity, placed_numbers


def to_json(source: OfficialDocument) -> dict[str, Any]:
    """Return the document's numbers in reading order, ready for ``json.dumps``.

    Each has `text` as printed, `measure`, `role` (value, previous, change, growth_percent, part ...), `part` (code of
    the breakdown, or null), `value`, `unit`, `period`, `section` («II.1.2») and `footnote` (whether it stands in one).
    """
    return {
        "type": source.type_code,
        "symbol": None if source.number is None else f"{source.number:02}-{source.symbol}",
        "date": None if source.number is None else source.dated.isoformat(),
        "title": " ".join(source.title),
        "numbers": [
            {
                "text": placed.number.text,
                "measure": placed.number.measure,
                "role": placed.number.role.value,
                "part": placed.number.part or None,
                "value": _json_number(placed.number.value),
                "unit": placed.number.unit,
                "period": placed.number.period,
                "section": placed.section,
                "footnote": placed.in_footnote,
            }
            for placed in placed_numbers(source)
        ],
    }


def _json_number(value: Quantity) -> int | float:
    return float(value) if isinstance(value, Decimal) else value
