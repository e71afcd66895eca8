"""What a cycle is called: the form's title with its rhythm made the period, «Báo cáo quý I/2023 của đảng bộ cơ sở»."""

from __future__ import annotations

import re

from giaoban.apps.reporting.models import FormRhythm
from giaoban.core.period import Period

# How a title names its rhythm: «tháng» but not that of «6 tháng», «quý» but not «quý I», «hằng quý» whole.
_OFTEN = r"(?:(?:hằng|hàng|theo) )?"
_NUMBERED = r"(?! +(?:[0-9]|[IVX]+\b))"
_RHYTHMS: dict[str, str] = {
    FormRhythm.MONTH: rf"(?<![0-9] )\b{_OFTEN}tháng\b{_NUMBERED}",
    FormRhythm.QUARTER: rf"\b{_OFTEN}quý\b{_NUMBERED}",
    FormRhythm.HALF: r"\b(?:6|sáu) tháng(?: đầu năm)?\b(?! +[0-9])",
    FormRhythm.NINE_MONTHS: r"\b(?:9|chín) tháng(?: đầu năm| năm)?\b(?! +[0-9])",
    FormRhythm.YEAR: rf"\b{_OFTEN}năm\b{_NUMBERED}",
}


def cycle_title(title: str, rhythm: str, period: Period) -> str:
    """Return a form's title for a period: its rhythm replaced by the period's name, else the name at its end."""
    pattern = _RHYTHMS.get(rhythm)
    name = period.name()
    if pattern is not None:
        found = re.search(pattern, title, re.IGNORECASE)
        if found is not None:
            said = name[:1].upper() + name[1:] if found[0][:1].isupper() else name
            return title[: found.start()] + said + title[found.end() :]
    return f"{title} {name}"
