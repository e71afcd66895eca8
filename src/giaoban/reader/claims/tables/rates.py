"""Shares and growth in tables: a cell under «Tỷ lệ (%)» that is not what its row comes to.

Which columns a rate is of is not said anywhere: it is seen where most rows give it, as only those columns do that are
meant to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from giaoban.reader.claims.base.numbers import Number, read_number
from giaoban.reader.claims.base.passage import show
from giaoban.reader.claims.tables.cells import Cell, Row, find_tables
from giaoban.reader.model import Claim, ClaimKind

_RATE = re.compile(r"(?<![0-9])(?<![0-9] )%|tỷ lệ|tỉ lệ|so với|so sánh|tăng|giảm", re.IGNORECASE)
_PRINTED = re.compile(r"(?P<sign>[-–−+]?) ?(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?) ?%?")
_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 16
_FEWEST_ROWS, _MOST_ROWS = 3, 200
_FEWEST_RIGHT = 2
_NEAREST, _FIRST_ROWS, _PAIRS = 8, 12, 3
# A rate that is farther off than this part of itself, and than so many points, is read wrongly.
_FAR, _FAR_POINTS = Fraction(3, 10), Fraction(3)
_Formula = Callable[[Fraction, Fraction], Fraction]
_FORMULAS: tuple[tuple[str, _Formula], ...] = (
    ("{0}/{1} = {2}%", lambda one, other: one * 100 / other),
    ("({0} - {1})/{1} = {2}%", lambda one, other: (one - other) * 100 / other),
)


@dataclass(slots=True)
class _Reading:
    """One way to read a column of rates: the rows that it explains, how many of them tell, and those that it does
    not."""

    right: int
    telling: int
    wrong: list[Claim]


def find_table_rates(text: str, wrong: Collection[int] = ()) -> Iterator[Claim]:
    """Yield the rates of tables in a text that the numbers of their rows do not make.

    Args:
        text: where the tables stand.
        wrong: places of cells that are wrong already; what is worked out from one is not told again.
    """
    for table in find_tables(text):
        head, rows = table[0], [row for row in table[1:] if len(row) == len(table[0])]
        if not _FEWEST_COLUMNS <= len(head) <= _MOST_COLUMNS or not _FEWEST_ROWS <= len(rows) <= _MOST_ROWS:
            continue
        rates = [column for column in range(1, len(head)) if _is_rate(head, rows, column)]
        if not rates:
            continue
        amounts = [column for column in range(len(head)) if column not in rates and _is_amount(rows, column)]
        for column in rates:
            yield from _wrong(text, rows, column, amounts, wrong)


def _is_rate(head: Row, rows: list[Row], column: int) -> bool:
    if not _RATE.search(head[column].text) and not all(row[column].text.endswith("%") for row in rows):
        return False
    return sum(_PRINTED.fullmatch(row[column].text) is not None for row in rows) >= _FEWEST_ROWS


def _is_amount(rows: list[Row], column: int) -> bool:
    return sum(row[column].number is not None for row in rows) >= _FEWEST_ROWS


def _wrong(text: str, rows: list[Row], column: int, amounts: list[int], wrong: Collection[int]) -> Iterator[Claim]:
    near = sorted(amounts, key=lambda at: abs(at - column))[:_NEAREST]
    ways = [(one, other, form) for one, other in permutations(near, 2) for form in range(len(_FORMULAS))]
    # A few rows show which columns are meant; only those are read to the end.
    firsts = {way: _read(text, rows[:_FIRST_ROWS], column, *way).right for way in ways}
    best = max(firsts.values(), default=0)
    if best < _FEWEST_RIGHT:
        return
    ways = [way for way in ways if firsts[way] == best][:_PAIRS]
    kept = [row for row in rows if not any(cell.start in wrong for cell in row)]
    readings = [_read(text, kept, column, *way) for way in ways]
    reading = max(readings, key=lambda reading: (reading.right, -len(reading.wrong)))
    if reading.right < max(_FEWEST_RIGHT, 2 * len(reading.wrong)) or reading.telling < _FEWEST_RIGHT:
        return
    yield from reading.wrong


def _read(text: str, rows: list[Row], column: int, one: int, other: int, form: int) -> _Reading:
    reading = _Reading(0, 0, [])
    template, formula = _FORMULAS[form]
    for row in rows:
        printed = _PRINTED.fullmatch(row[column].text)
        upper, lower = row[one].number, row[other].number
        if printed is None or upper is None or lower is None or not lower.digits:
            continue
        said = read_number(printed["number"])
        value = formula(Fraction(upper.value), Fraction(lower.value))
        # «12,4» in a column of decreases may stand for -12,4.
        value = value if printed["sign"] or form == 0 else abs(value)
        shown = Fraction(-said.value if printed["sign"] and printed["sign"] != "+" else said.value)
        if _fits(value, shown, said, upper, lower):
            reading.right += 1
            # Everything is 100 % of itself, and 0 of anything.
            reading.telling += value not in (0, 100)
        elif abs(value - shown) <= max(_FAR_POINTS, _FAR * abs(value)):
            places = len(said.text.partition(",")[2]) + 1
            sums = template.format(upper.text, lower.text, show(value, places))
            reading.wrong.append(_claim(text, row[column], (upper, lower, said), f"{sums}, bảng ghi {said.text}%"))
        else:
            reading.right -= 1
    return reading


def _fits(value: Fraction, shown: Fraction, said: Number, upper: Number, lower: Number) -> bool:
    """Tell whether a rate may be printed so: rounded in any way, of numbers that are rounded where they have
    decimals."""
    room = Fraction(1, said.scale)
    for number in (upper, lower):
        if not number.is_whole and number.digits:
            room += abs(value) / number.digits
    return abs(value - shown) < room


def _claim(text: str, cell: Cell, numbers: tuple[Number, ...], explain: str) -> Claim:
    end = cell.start + len(cell.text)
    printed = tuple(number.decimal for number in numbers)
    return Claim(cell.start, end, text[cell.start : end], ClaimKind.RATIO, printed, False, explain)
