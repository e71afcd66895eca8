"""GB506: one date of a list in order has the year before or after the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb5_dates.days import day_of, day_pattern
from giaoban.core.dates_vi import format_date

# A line of a list that begins with its day.
_LINE = re.compile(
    r"^[ \t]*(?:(?:[-+•*–]|[0-9]{1,2}[.)]|\([0-9]{1,2}\)|[a-zđ]\))[ \t]*)?"
    rf"(?:(?:Vào|Từ)[ ])?(?:[Nn]gày[ ])?{day_pattern()}",
    re.MULTILINE,
)
_FEWEST = 4
# Lines of a list stand near each other; what is farther apart belongs to different lists.
_FARTHEST = 600


@dataclass(frozen=True, slots=True)
class _Dated:
    day: date
    start: int
    end: int


def find(subject: Subject) -> Iterator[Draft]:
    """Look at lists of dated lines: the slip is certain where the order is broken and the usual year mends it."""
    for dated in _lists(subject.text):
        years = Counter(line.day.year for line in dated).most_common()
        if len(dated) < _FEWEST or len(years) != 2 or years[1][1] != 1 or abs(years[0][0] - years[1][0]) != 1:
            continue
        usual = years[0][0]
        index = next(index for index, line in enumerate(dated) if line.day.year != usual)
        mended = _in_year(dated[index].day, usual)
        days = [line.day for line in dated]
        if mended is None or _ascends(days) or not _ascends([*days[:index], mended, *days[index + 1 :]]):
            continue
        line = dated[index]
        yield Draft(
            line.start,
            line.end,
            f"Ngày {format_date(line.day)} đứng giữa danh sách xếp theo thời gian, các ngày khác đều thuộc năm {usual}",
            f"Có thể là {format_date(mended)}",
        )


def _lists(text: str) -> Iterator[list[_Dated]]:
    run: list[_Dated] = []
    for match in _LINE.finditer(text):
        day = day_of(match)
        if day is None:
            continue
        if run and match.start() - run[-1].end > _FARTHEST:
            yield run
            run = []
        run.append(_Dated(day, match.start("day"), match.end("year")))
    yield run


def _ascends(days: Sequence[date]) -> bool:
    return list(days) == sorted(days)


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


RULE = Rule("GB506", "year-out-of-line", Severity.WARNING, find)
