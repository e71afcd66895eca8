"""Goals in tables: «TT | Chỉ tiêu | Đơn vị tính | Thực hiện 2025 | Mục tiêu 2030». A row gives one goal for each column
that sets values; tables that only report («Kế hoạch | Thực hiện») give none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from giaoban.reader.citations.pieces import fold
from giaoban.reader.model import Section, Target
from giaoban.reader.outline import Outline
from giaoban.reader.places import lines_with
from giaoban.reader.targets.values import find_values

_SEPARATORS = ("\t", "|")
# What the head of a column says, without marks and in small letters.
_WHAT = re.compile(r"(?:ten |noi dung |cac )?(?:chi tieu|muc tieu)(?: chu yeu)?")
_UNIT = re.compile(r"don vi(?: tinh)?|dvt")
_GOAL = re.compile(
    r"(?:muc tieu|ke hoach|chi tieu|phan dau|du kien|nghi quyet)(?: (?:den |nam |giao ?|het )*)?(?P<year>20\d\d)?"
    r"|den (?:nam )?(?P<by>20\d\d)"
)
_REPORTS = re.compile(r"thuc hien|ket qua|uoc|dat duoc|ty le|so voi|cung ky|danh gia")
_YEAR = re.compile(r"20\d\d")
_YEAR_ABOVE = re.compile(r"(?:chi tieu|muc tieu|ke hoach)[^.\n]{0,60}?(?:den |nam )+(20\d\d)(?! ?[-–])")
_NUMBER_OF_ROW = re.compile(r"[\dIVX]{1,4}(?:\.\d{1,2})*[.)]?")
_RULE = re.compile(r"[\s|:+=-]*")
_FEWEST_CELLS = 3
_SHORTEST = 4
_LONGEST_HEAD = 60
_LONGEST_VALUE = 40
_ABOVE = 240


@dataclass(slots=True)
class _Columns:
    what: int
    unit: int | None
    values: tuple[tuple[int, str | None], ...]


def find_table_targets(text: str, sections: Sequence[Section], title: str | None) -> list[Target]:
    """Return the goals that stand in tables, in reading order.

    Args:
        text: the text that the results point into.
        sections: its headings.
        title: by when the document as a whole sets its goals, if it says so.
    """
    outline = Outline(sections)
    found = [target for separator in _SEPARATORS for target in _with(text, separator, outline, title)]
    return sorted(found, key=lambda target: (target.start, target.end))


def _with(text: str, separator: str, outline: Outline, title: str | None) -> Iterator[Target]:
    columns: _Columns | None = None
    due: str | None = None
    last = -1
    for start, end in lines_with(text, separator):
        if text[last:start].count("\n") > 1:
            columns = None
        last = end
        line = text[start:end]
        if _RULE.fullmatch(line):
            continue
        cells = line.split(separator)
        head = _columns(cells)
        if head is not None:
            columns = head
            above = _YEAR_ABOVE.findall(fold(text[max(0, start - _ABOVE) : start]))
            due = above[-1] if above else title
        elif columns is not None:
            yield from _row(text, start, cells, columns, due, outline)


def _columns(cells: list[str]) -> _Columns | None:
    """Return what the columns of a table's head hold; None where a line is no head of a table of goals."""
    if len(cells) < _FEWEST_CELLS or any(len(cell) > _LONGEST_HEAD for cell in cells):
        return None
    heads = [" ".join(fold(cell).split()) for cell in cells]
    what = next((index for index, head in enumerate(heads) if _WHAT.fullmatch(head)), None)
    if what is None:
        return None
    unit = next((index for index, head in enumerate(heads) if _UNIT.fullmatch(head)), None)
    values = []
    for index, head in enumerate(heads):
        if index not in (what, unit) and (goal := _GOAL.fullmatch(head)):
            values.append((index, goal["year"] or goal["by"]))
    reported = [head for head in heads if _REPORTS.search(head)]
    done = max((year for head in reported for year in _YEAR.findall(head)), default=None)
    kept = tuple((index, year) for index, year in values if not reported or (year and done and year > done))
    return _Columns(what, unit, kept) if kept else None


def _row(
    text: str, start: int, cells: list[str], columns: _Columns, due: str | None, outline: Outline
) -> Iterator[Target]:
    if len(cells) <= max(columns.what, columns.unit or 0):
        return
    name = " ".join(cells[columns.what].split())
    if len(name) < _SHORTEST or _NUMBER_OF_ROW.fullmatch(name):
        return
    begin = _place(start, cells, columns.what)
    above = outline.above(begin)
    for index, year in columns.values:
        shown = cells[index].strip() if index < len(cells) else ""
        printed = " ".join(cells[columns.unit].split()) if columns.unit is not None else ""
        read = _value(shown, printed)
        if read is None:
            continue
        op, value, own = read
        unit = own or printed or None
        end = _place(start, cells, index) + len(shown)
        yield Target(
            begin, end, text[begin:end], name, op, value, unit, year or due, above[0].path if above else None, None
        )


def _place(start: int, cells: list[str], index: int) -> int:
    """Return where the words of a cell begin in the text."""
    cell = cells[index]
    return start + sum(len(before) + 1 for before in cells[:index]) + len(cell) - len(cell.lstrip())


def _value(shown: str, unit: str) -> tuple[str, Decimal | tuple[Decimal, Decimal], str | None] | None:
    """Return operator, value and unit of a cell: «≥ 9», «118», «3 - 4%»."""
    if not shown or len(shown) > _LONGEST_VALUE:
        return None
    lead = "đạt "
    share = unit if unit == "%" and unit not in shown else ""
    value = next(iter(find_values(lead + shown.lower() + share)), None)
    if value is None or value.start > len(lead) + 1:
        return None
    op, amount = value.compared()
    return None if amount is None else (op, amount, value.unit)
