"""GB502: a deadline that had passed when the document was issued."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.core.dates_vi import format_date

_DEADLINE = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|hạn cuối|thời hạn|xong trước|đến hết)(?: là| vào| đến| hết){0,2} ngày "
    r"(?P<date>(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>20\d{2}))(?![\d/])",
    re.IGNORECASE,
)
_ASKS = re.compile(r"yêu cầu|đề nghị|gửi|hoàn thành|báo cáo|nộp|đăng ký|tổ chức|thực hiện|triển khai", re.IGNORECASE)
# Papers that tell what has been done, or that quote another paper's dates, name past deadlines rightly.
_TELLS = re.compile(
    r"\bđã\b|chưa|chậm so với|theo (?:công văn|kế hoạch|thông báo|quy định|hướng dẫn)|(?<!báo cáo )kết quả",
    re.IGNORECASE,
)
# «đăng ký chậm nhất ngày 28/02/2025 đã được tổng hợp» tells of what came in.
_DONE = re.compile(r"[^.;\n]{0,40}?(?<!\w)đã(?!\w)")
_DIRECTING = frozenset({"CV", "KH", "CTr", "TB", "HD", "CT", "GM", "NQ", "QĐ"})
_REACH = 200
_MOST_DAYS = 400


def find(subject: Subject) -> Iterator[Draft]:
    """Look at deadlines in the future tense of papers that direct work."""
    header = subject.document.header
    if header.date is None or header.symbol is None or header.type not in _DIRECTING:
        return
    text = subject.flow.text
    for match in _DEADLINE.finditer(text):
        day = _day(match)
        if day is None or not 0 < (header.date - day).days <= _MOST_DAYS:
            continue
        start = max(text.rfind(". ", 0, match.start()), text.rfind("\n", 0, match.start()), match.start() - _REACH)
        before = text[start + 1 : match.start()]
        if not _ASKS.search(before) or _TELLS.search(before) or _DONE.match(text, match.end()):
            continue
        first, last = subject.flow.span(match.start("date"), match.end("date"))
        yield Draft(
            first,
            last,
            f"Thời hạn {match['date']} đã qua khi văn bản được ban hành ({format_date(header.date)})",
            "Xem lại thời hạn hoặc ngày ban hành",
        )


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


RULE = Rule("GB502", "deadline-before-issue", Severity.WARNING, find)
