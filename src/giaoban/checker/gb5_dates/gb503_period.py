"""GB503: a heading over results names another quarter than the title of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject

_QUARTER = re.compile(
    r"quý\s(?P<first>IV|I{1,3})(?:\s?(?:-|và|,)\s?(?P<second>IV|I{1,3}))?(?:/|,?\snăm\s)?(?P<year>20\d{2})?",
    re.IGNORECASE,
)
_RESULTS = re.compile(r"\s*(?:một số |những |về )?(?:kết quả|tình hình|đánh giá)", re.IGNORECASE)
_AHEAD = re.compile(r"nhiệm vụ|phương hướng|chương trình công tác|kế hoạch", re.IGNORECASE)
_WHOLE_YEAR = re.compile(r"6 tháng|9 tháng|sáu tháng|chín tháng|cả năm|năm 20\d{2} và", re.IGNORECASE)


def find(subject: Subject) -> Iterator[Draft]:
    """Compare quarters of headings over results with those of the title."""
    title = subject.document.header.title
    if not title or _WHOLE_YEAR.search(title):
        return
    named = {quarter for match in _QUARTER.finditer(title) for quarter in _quarters(match)}
    if not named:
        return
    for section in subject.document.sections:
        if not _RESULTS.match(section.title) or _AHEAD.search(section.title):
            continue
        found = list(_QUARTER.finditer(section.title))
        if len(found) != 1 or found[0]["second"] or set(_quarters(found[0])) <= named:
            continue
        place = subject.text.find(found[0][0], section.start, section.end)
        start, end = (place, place + len(found[0][0])) if place >= 0 else (section.start, section.start + 1)
        wanted = ", ".join(sorted(named, key=len))
        yield Draft(
            start,
            end,
            f"Đề mục ghi «{' '.join(found[0][0].split())}», tên văn bản chỉ nói quý {wanted}",
            f"Ghi quý {wanted} nếu đề mục nói về kỳ báo cáo",
        )


def _quarters(match: re.Match[str]) -> list[str]:
    return [part.upper() for part in (match["first"], match["second"]) if part]


RULE = Rule("GB503", "heading-of-another-period", Severity.WARNING, find)
