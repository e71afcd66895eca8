"""Tables whose last line gives totals: a column that does not come to what stands below it.

Cells are parted by tabs or by «|». A column is judged only where the table is shown to be one that is added up: another
column comes to its total, or the table is a plain list of one column. Columns that do add up claim nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from giaoban.reader.claims.numbers import Number, read_number
from giaoban.reader.claims.passage import show
from giaoban.reader.model import Claim, ClaimKind
from giaoban.reader.places import places_of

_CELL = re.compile(r"[^\t|]*")
_RULE = re.compile(r"[\s|:+=-]*")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_NOTHING = ("", "-", "–", "—")
_TOTAL = re.compile(r"(?:tổng cộng|tổng số|tổng|cộng)(?: chung)?:?", re.IGNORECASE)
_GROUP = re.compile(r"[IVX]+\.?|trong đó.*|[-+•].*|.*:", re.IGNORECASE)
# Numbers that are no amounts, or that are not added up.
_NO_AMOUNT = re.compile(
    r"số tt|thứ tự"
    r"|%|tỷ lệ|tỉ lệ|bình quân|trung bình|điểm|mật độ|năng suất|hạng|mức|giá|stt|^tt$|năm sinh|chỉ số|hệ số|so với",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"đồng|\bha\b|tấn|triệu|tỷ\b|\bkg\b|\bkm\b|m2|m²", re.IGNORECASE)
_FEWEST_CELLS, _FEWEST_ROWS, _FEWEST_OF_ONE = 3, 2, 3
_MOST_ROWS = 200
_LONGEST_TITLE = 200
# A table that is farther off is read wrongly; one column alone must come nearer.
_FAR, _FAR_BESIDE_ONE, _FAR_OF_ONE = Fraction(3, 10), Fraction(3, 20), Fraction(1, 10)


@dataclass(slots=True)
class _Cell:
    start: int
    text: str

    @property
    def number(self) -> Number | None:
        return read_number(self.text) if _NUMBER.fullmatch(self.text) else None


_Row = list[_Cell]


def find_table_claims(text: str) -> Iterator[Claim]:
    """Yield the totals of tables in a text that their columns do not make."""
    places = sorted([*places_of(text, "\t"), *places_of(text, "|")])
    rows: list[_Row] = []
    first = done = -1
    for place in places:
        if place < done:
            continue
        start = text.rfind("\n", 0, place) + 1
        if rows and text[done:start].strip():
            rows = []
        done = text.find("\n", place)
        done = len(text) if done < 0 else done
        cells = _cells(text[start:done], start)
        if not cells:
            continue
        first = first if rows else start
        rows.append(cells)
        if len(rows) > _FEWEST_ROWS and any(_TOTAL.fullmatch(cell.text) for cell in cells[:2]):
            yield from _judge(text, _line_before(text, first), rows)
            rows = []


def _line_before(text: str, start: int) -> str:
    """Return the last line with words before a table."""
    above = text[max(0, start - _LONGEST_TITLE) : start].rstrip()
    return above[above.rfind("\n") + 1 :]


def _cells(line: str, at: int) -> _Row:
    """Return the cells of a line; none for one that is no row of a table."""
    if line.count("\t") < _FEWEST_CELLS - 1 and line.count("|") < _FEWEST_CELLS - 1:
        return []
    if _RULE.fullmatch(line):
        return []
    found: _Row = []
    for match in _CELL.finditer(line):
        if match.start() and match.start() == match.end() and line[match.start() - 1 : match.start()] not in "\t|":
            continue
        shown = match[0]
        found.append(_Cell(at + match.start() + len(shown) - len(shown.lstrip()), shown.strip()))
    if line.lstrip().startswith("|"):
        found = found[1:]
    return found[:-1] if line.rstrip().endswith("|") else found


def _judge(text: str, title: str, rows: list[_Row]) -> Iterator[Claim]:
    head, body, last = rows[0], rows[1:-1], rows[-1]
    if not _FEWEST_ROWS <= len(body) <= _MOST_ROWS or any(len(row) != len(head) for row in (*body, last)):
        return
    wrong: list[tuple[int, list[Number], Number]] = []
    right = 0
    for column, cell in enumerate(last):
        values = [row[column] for row in body]
        total = cell.number
        if total is None or _NO_AMOUNT.search(head[column].text):
            continue
        numbers = [value.number for value in values]
        if any(number is None and value.text not in _NOTHING for number, value in zip(numbers, values, strict=True)):
            continue
        parts = [number for number in numbers if number is not None]
        if len(parts) < _FEWEST_ROWS:
            continue
        if _makes(parts, total, is_measured=_MEASURED.search(f"{title} {head[column].text}") is not None):
            right += 1
        else:
            wrong.append((column, parts, total))
    is_plain = len(body) >= _FEWEST_OF_ONE and not any(_GROUP.fullmatch(cell.text) for row in body for cell in row[:2])
    if right < len(wrong) and not (is_plain and not right and len(wrong) == 1):
        return
    far = _FAR if right > 1 else _FAR_BESIDE_ONE if right else _FAR_OF_ONE
    for column, parts, total in wrong:
        together = sum((Fraction(part.value) for part in parts), Fraction(0))
        off = abs(together - total.value)
        if total.value > max(part.value for part in parts) and off <= far * total.value:
            said = " + ".join(part.text for part in parts)
            explain = f"{said} = {show(together)}, dòng tổng ghi {total.text}"
            start, end = last[column].start, last[column].start + len(last[column].text)
            printed = (total.decimal, *(part.decimal for part in parts))
            yield Claim(start, end, text[start:end], ClaimKind.SUM, printed, False, explain)


def _makes(parts: list[Number], total: Number, *, is_measured: bool) -> bool:
    off = abs(sum((Fraction(part.value) for part in parts), Fraction(-total.value)))
    scale = max(number.scale for number in (total, *parts))
    may_be_rounded = is_measured or scale > 1
    return off * scale <= len(parts) + 1 if may_be_rounded else not off
