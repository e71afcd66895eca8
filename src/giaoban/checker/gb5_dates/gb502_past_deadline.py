"""GB502: a deadline that had passed when the document was issued."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb5_dates.days import day_of, day_pattern
from giaoban.core.dates_vi import format_date

_DEADLINE = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|hạn cuối|thời hạn|xong trước|đến hết)(?: là| vào| đến| hết){0,2} ngày "
    rf"(?P<date>{day_pattern()})",
    re.IGNORECASE,
)
_ASKS = re.compile(r"yêu cầu|đề nghị|gửi|hoàn thành|báo cáo|nộp|đăng ký|tổ chức|thực hiện|triển khai", re.IGNORECASE)
# Papers that tell what has been done, or that quote another paper's dates, name past deadlines rightly.
_TELLS = re.compile(r"\bđã\b|chưa|chậm so với|(?<!báo cáo )kết quả", re.IGNORECASE)
# «kiểm điểm theo Quy định số …; gửi báo cáo chậm nhất ngày …»: the paper speaks for its own clause only, unless the
# sentence begins with it.
_QUOTES = re.compile(r"(?P<opens>Theo|THEO)?(?(opens)|theo) (?i:công văn|kế hoạch|thông báo|quy định|hướng dẫn)")
# «đăng ký chậm nhất ngày 28/02/2025 đã được tổng hợp» tells of what came in.
_DONE = re.compile(r"[^.;\n]{0,40}?(?<!\w)đã(?!\w)")
_DIRECTING = frozenset({"CV", "KH", "CTr", "TB", "HD", "CT", "GM", "NQ", "QĐ"})
# Conclusions tell what was late as well: only what they ask of someone counts.
_CONCLUDING = frozenset({"KL"})
_ORDERS = re.compile(r"yêu cầu|đề nghị|giao |kiến nghị", re.IGNORECASE)
_REACH = 200
_MOST_DAYS = 400


def find(subject: Subject) -> Iterator[Draft]:
    """Look at deadlines in the future tense of papers that direct work."""
    header = subject.document.header
    if header.date is None or header.symbol is None or header.type not in _DIRECTING | _CONCLUDING:
        return
    asks = _ORDERS if header.type in _CONCLUDING else _ASKS
    text = subject.flow.text
    for match in _DEADLINE.finditer(text):
        day = day_of(match)
        if day is None or not 0 < (header.date - day).days <= _MOST_DAYS:
            continue
        start = max(text.rfind(". ", 0, match.start()), text.rfind("\n", 0, match.start()), match.start() - _REACH)
        before = text[start + 1 : match.start()]
        clause = before.rfind(";")
        if any(quote["opens"] or quote.start() > clause for quote in _QUOTES.finditer(before)):
            continue
        if not asks.search(before) or _TELLS.search(before) or _DONE.match(text, match.end()):
            continue
        first, last = subject.flow.span(match.start("date"), match.end("date"))
        yield Draft(
            first,
            last,
            f"Thời hạn {match['date']} đã qua khi văn bản được ban hành ({format_date(header.date)})",
            "Xem lại thời hạn hoặc ngày ban hành",
        )


RULE = Rule("GB502", "deadline-before-issue", Severity.WARNING, find)
