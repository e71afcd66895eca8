"""The gate for secrets: a text that carries a secrecy mark stays outside (design.md: what it does not do).

Law 117/2025/QH15 knows three levels: mật, tối mật, tuyệt mật; the mark stands on a line of its own near the head.
"""

from __future__ import annotations

import re

_MARK = re.compile(
    r"^[\s*_#|>\-]*(?:(?:ĐỘ|MỨC)\s+(?:ĐỘ\s+)?MẬT\s*(?::\s*)?)?(TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)[\s*_|.:]*$", re.MULTILINE
)
_HEAD = 4000  # the mark is in the head of the first page


def secrecy_mark(text: str) -> str | None:
    """Return the secrecy mark that a document carries («MẬT», «TỐI MẬT», «TUYỆT MẬT»), None if it carries none.

    Only capitals on a line of their own count: prose about secrets («công tác bảo vệ bí mật») is no mark.
    """
    found = _MARK.search(text, 0, _HEAD)
    return " ".join(found[1].split()) if found else None
