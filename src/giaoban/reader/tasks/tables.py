"""Tasks in tables: «TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian». Word and HTML files give a row as
one line with tabs between its cells, plain text often has «|»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from giaoban.reader.citations.pieces import fold
from giaoban.reader.places import lines_with
from giaoban.reader.tasks.words import bodies

_SEPARATORS = ("\t", "|")
# What the head of a column says, without marks and in small letters.
_WHAT = re.compile(r"noi dung|nhiem vu|cong viec|dau viec|hoat dong|san pham|ten de an")
_WHO = re.compile(r"chu tri|thuc hien|phu trach|don vi|co quan|phan cong|nguoi|dau moi")
_WITH = re.compile(r"phoi hop|tham gia")
_WHEN = re.compile(r"thoi gian|thoi han|tien do|hoan thanh|han\b")
_RULE = re.compile(r"[\s|:+=-]*")
_LONGEST_HEAD = 60
_FEWEST_CELLS = 3
_SHORTEST = 4


@dataclass(slots=True)
class Row:
    """A task of a table; ``start`` and ``end`` are its place in the text, ``when`` is the cell that says by when."""

    start: int
    end: int
    who: tuple[str, ...]
    when: str


@dataclass(slots=True)
class _Columns:
    what: int
    who: int | None
    others: int | None
    when: int | None


def find_rows(text: str, body: Sequence[tuple[int, int]]) -> Iterator[Row]:
    """Yield the rows of tables of tasks inside some ranges of a text."""
    for separator in _SEPARATORS:
        columns: _Columns | None = None
        last = -1
        for start, end in lines_with(text, separator):
            if not any(first <= start < stop for first, stop in body) or text[last:start].count("\n") > 1:
                columns = None
            last = end
            line = text[start:end]
            if _RULE.fullmatch(line):
                continue
            cells = line.split(separator)
            head = _columns(cells)
            if head is not None:
                columns = head
            elif columns is not None and (row := _row(start, cells, columns)) is not None:
                yield row


def _columns(cells: list[str]) -> _Columns | None:
    """Return what the columns of a table's head hold; None where a line is no head of a table of tasks."""
    if len(cells) < _FEWEST_CELLS or any(len(cell) > _LONGEST_HEAD for cell in cells):
        return None
    heads = [fold(cell) for cell in cells]
    others = _first(heads, _WITH, set())
    when = _first(heads, _WHEN, {others})
    what = _first(heads, _WHAT, {others, when})
    who = _first(heads, _WHO, {others, when, what})
    return _Columns(what, who, others, when) if what is not None and who is not None else None


def _first(heads: list[str], words: re.Pattern[str], taken: set[int | None]) -> int | None:
    return next((index for index, head in enumerate(heads) if index not in taken and words.search(head)), None)


def _row(start: int, cells: list[str], columns: _Columns) -> Row | None:
    shown = {index: cells[index].strip() for index in range(len(cells))}
    wanted = [index for index in (columns.what, columns.who, columns.others, columns.when) if index is not None]
    when = shown.get(columns.when, "") if columns.when is not None else ""
    names = [shown.get(index, "") for index in (columns.who, columns.others) if index is not None]
    what = shown.get(columns.what, "")
    if len(what) < _SHORTEST or not (any(names) or when):
        return None
    if any(names) and not any(sign.isalpha() for name in names for sign in name):
        # «Nội dung | Dự toán | Thực hiện» tells amounts.
        return None
    last = max(index for index in wanted if shown.get(index))
    begin = start + sum(len(cell) + 1 for cell in cells[: columns.what])
    begin += len(cells[columns.what]) - len(cells[columns.what].lstrip())
    end = start + sum(len(cell) + 1 for cell in cells[:last]) + len(cells[last].rstrip())
    who = tuple(dict.fromkeys(name for cell in names for name in bodies(cell)))
    return Row(begin, end, who, when)
