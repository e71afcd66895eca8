"""GB503: a heading over results or over what is ahead names another quarter, month or year than the report's title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject

_NUMBER = r"IV|I{1,3}|1[0-2]|0?[1-9]"
_PERIOD = re.compile(
    rf"(?<![0-9]\s)(?P<kind>quý|tháng)\s(?P<first>{_NUMBER})(?![\w.])(?:\s?(?:-|–|và|,)\s?(?P<second>{_NUMBER})(?![\w.]))?"
    r"(?:\s?/\s?|,?\snăm\s)?(?P<year>20[0-9]{2})?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_RESULTS = re.compile(r"\s*(?:một số |những |về )?(?:kết quả|tình hình|đánh giá)", re.IGNORECASE)
_TASKS = re.compile(r"\s*(?:một số |những |các |về )?(?:nhiệm vụ|phương hướng)", re.IGNORECASE)
# «nhiệm vụ quý II, quý III và IV»: the title names more than one period ahead.
_MORE_AHEAD = re.compile(rf"\s?(?:,|và|-|–)\s?(?:{_NUMBER}|quý|tháng)(?!\w)", re.IGNORECASE)
_AHEAD = re.compile(r"nhiệm vụ|phương hướng|chương trình công tác|kế hoạch|so với", re.IGNORECASE)
_AHEAD_OF_PERIOD = re.compile(r"nhiệm vụ|phương hướng", re.IGNORECASE)
_WHOLE_YEAR = re.compile(r"(?:6|9|sáu|chín) tháng|cả năm|năm 20[0-9]{2} và", re.IGNORECASE)
_ROMANS = {"I": 1, "II": 2, "III": 3, "IV": 4}


def find(subject: Subject) -> Iterator[Draft]:
    """Compare the period in headings over results with the periods of the title."""
    title = subject.document.header.title
    # A meeting in July looks back on June: only a report has the period of its title.
    if not title or subject.document.header.type != "BC":
        return
    done = [] if _WHOLE_YEAR.search(title) else list(_PERIOD.finditer(title))
    ahead = _periods_ahead(title)
    years = set(_YEAR.findall(title))
    for section in subject.document.sections:
        if _RESULTS.match(section.title) and not _AHEAD.search(section.title):
            in_title = done
        elif _TASKS.match(section.title):
            in_title = ahead
        else:
            continue
        found = list(_PERIOD.finditer(section.title))
        if len(found) != 1 or found[0]["second"]:
            continue
        match, kind = found[0], found[0]["kind"].lower()
        named = [other for other in in_title if other["kind"].lower() == kind]
        if not named:
            continue
        is_other = not set(_numbers(match)) & {number for other in named for number in _numbers(other)}
        if is_other or (match["year"] and years and match["year"] not in years):
            place = subject.text.find(match[0], section.start, section.end)
            start, end = (place, place + len(match[0])) if place >= 0 else (section.start, section.start + 1)
            wanted = ", ".join(" ".join(other[0].split()) for other in named)
            yield Draft(
                start,
                end,
                f"Đề mục ghi «{' '.join(match[0].split())}», tên văn bản ghi {wanted}",
                "Ghi lại kỳ cho đúng nếu đề mục nói về kỳ báo cáo",
            )


def _periods_ahead(title: str) -> list[re.Match[str]]:
    """Return the one period of which a title says what is to be done; nothing where it names several."""
    last = list(_AHEAD_OF_PERIOD.finditer(title))
    found = list(_PERIOD.finditer(title, last[-1].end())) if last else []
    return found if len(found) == 1 and not _MORE_AHEAD.match(title, found[0].end()) else []


def _numbers(match: re.Match[str]) -> list[int]:
    return [_ROMANS.get(part.upper()) or int(part) for part in (match["first"], match["second"]) if part]


RULE = Rule("GB503", "heading-of-another-period", Severity.WARNING, find)
