"""Deadlines without a year: «trước ngày 10/11», «trong tháng 11», «quý III» in a paper that says when it was issued."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from giaoban.reader.model import Task

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_LEAD = r"(?:trước|xong|chậm nhất|hạn cuối|đến hết|hoàn thành|thành:|hạn:)\s"
_DAY = re.compile(
    rf"{_LEAD}(?:(?:trước|vào|trong|là|hết)\s)?(?:ngày\s)?(?P<day>[0-9]{{1,2}})/(?P<month>[0-9]{{1,2}})(?![0-9/.-]|\s?[-–/]\s?[0-9])",
    re.IGNORECASE,
)
_IN = r"(?:(?:trong|xong|cuối|đến hết|hết)\s|tuần (?:thứ )?\w{1,4} |\t(?:trong )?)"
_MONTH = re.compile(rf"{_IN}tháng\s(?P<month>[0-9]{{1,2}})(?![0-9/.-]|\s(?:năm|đến|[-–]))", re.IGNORECASE)
_QUARTER = re.compile(rf"{_IN}quý\s(?P<quarter>IV|I{{1,3}})(?![\w/.-]|,?\s(?:năm|đến|[-–]))", re.IGNORECASE)
_SIGNS = ("/", "áng", "ÁNG", "ý", "Ý")
_YEARS = re.compile(r"năm (20[0-9]{2})(?!\s?[-–])")
_MONTHS_OF_QUARTER = 3


def in_years(tasks: Iterable[Task], issued: date | None, title: str) -> tuple[Task, ...]:
    """Give the year to deadlines that print none: it is the first such day after the paper was issued.

    Nothing is said without a date of issue, and where the title names one year and the day would fall into another.
    """
    years = set(_YEARS.findall(title))
    if issued is None or len(years) > 1:
        return tuple(tasks)
    year = int(years.pop()) if years else None
    return tuple(_in_year(task, issued, year) for task in tasks)


def _in_year(task: Task, issued: date, year: int | None) -> Task:
    if task.deadline is not None or task.recurrence is not None:
        return task
    # Signs are found many times faster than the patterns: «10/11», «tháng», «quý».
    if not any(sign in task.text for sign in _SIGNS):
        return task
    found = _deadline(" ".join(re.split(r"[^\S\t]+", task.text)), issued)
    if found is None or (year is not None and not found.startswith(str(year))):
        return task
    return replace(task, deadline=found)


def _deadline(words: str, issued: date) -> str | None:
    if (day := _DAY.search(words)) and (found := _next_day(int(day["day"]), int(day["month"]), issued)):
        return found.isoformat()
    if (month := _MONTH.search(words)) and 1 <= (number := int(month["month"])) <= 12:
        return f"{issued.year + (number < issued.month)}-M{number:02}"
    if quarter := _QUARTER.search(words):
        number = _ROMAN[quarter["quarter"].upper()]
        return f"{issued.year + (number * _MONTHS_OF_QUARTER < issued.month)}-Q{number}"
    return None


def _next_day(day: int, month: int, issued: date) -> date | None:
    """Return the first such day that is not before the day of issue; None for a day that cannot be."""
    for year in (issued.year, issued.year + 1):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] and (found := date(year, month, day)) >= issued:
            return found
    return None
