"""Vietnamese numbers: «.» between thousands, «,» before decimals, «01» to «09» with a zero in running text."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+\Z")
_PLAIN = re.compile(r"\d+\Z")


def round_half_up(value: Decimal | float | int, places: int = 1) -> Decimal:
    """Round half away from zero, as offices do (decision D10): 0.25 -> 0.3 at one place."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def percent(part: int | Decimal, whole: int | Decimal, places: int = 1) -> float | None:
    """Return ``part`` in percent of ``whole``, rounded half up; None where ``whole`` is 0."""
    if not whole:
        return None
    return float(round_half_up(Decimal(part) * 100 / Decimal(whole), places))


def format_number(value: int | float | Decimal) -> str:
    """Write a number for a table or a figure: 5531 -> «5.531», 60.6 -> «60,6», -8 -> «−8»."""
    exact = Decimal(str(value))
    sign = MINUS if exact < 0 else ""
    whole, _, fraction = format(abs(exact), "f").partition(".")
    fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def format_count(value: int) -> str:
    """Write a count in running text: 1 to 9 get a leading zero (wording.md): 5 -> «05», 53 -> «53», 5531 -> «5.531»."""
    return f"0{value}" if 0 < value < 10 else format_number(value)


def parse_number(text: str) -> Decimal | None:
    """Read one printed number; None where the form is not a Vietnamese number.

    «5.531» is 5531, «99,1» is 99.1, «02» is 2, «1.234,5» is 1234.5. «5,531» is read as a decimal: whether that is a
    slip of the pen is for the caller to judge.
    """
    whole, comma, fraction = text.partition(",")
    if comma and not _PLAIN.match(fraction):
        return None
    if _GROUPED.match(whole):
        whole = whole.replace(".", "")
    elif not _PLAIN.match(whole):
        return None
    return Decimal(f"{whole}.{fraction}" if comma else whole)
