"""What a unit's code may look like: it stands in addresses, sheets and commands, and it never changes (D2)."""

from __future__ import annotations

import re

CODE_LENGTH = 40
CODE_EXPECTED = "chữ in hoa, chữ số, dấu chấm hoặc gạch nối viết liền, không quá 40 ký tự, ví dụ MAU.15.03"

_FORM = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?\Z")


def is_unit_code(code: str) -> bool:
    """Tell whether a new unit may have this code.

    One without a capital or a digit is refused too: pages have such words in the same place of their addresses.
    """
    return (
        len(code) <= CODE_LENGTH
        and _FORM.match(code) is not None
        and any(sign.isdigit() or sign.isupper() for sign in code)
    )
