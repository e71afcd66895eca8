"""Rows inside an office's own list that are nobody: headings in between, subtotals, the headings printed once more.

Pure. What is taken out is named, so that a person sees it before anything is recorded. A row is taken out only where
something says what it is: a roman number or a letter in front, the name of a body, a word for a sum, or a single text
that stands under no known heading. A person of whom little is known stays and is told what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from giaoban.apps.sheets.cells import Cell
from giaoban.apps.sheets.columns import Column
from giaoban.apps.sheets.mapping import SECTION, texts_of
from giaoban.core.text_vi import fold

Row = tuple[int, Sequence[Cell]]
UNIT = "unit"
_FEW = 3  # a number, a name, a count: no more cells of a heading hold anything
_ORDER = r"(?:[IVXLC]{1,6}|[A-HĐ]|[0-9]{1,3}(?:\.[0-9]{1,2})*)"
_NUMBER_OF_COLUMN = re.compile(r"\(?([0-9]{1,2}|[a-z])\)?", re.IGNORECASE)
_MARK = re.compile(r"(?:[IVXLC]{1,6}|[A-HĐ])[.)/:-]?")
_MARKED = re.compile(r"(?:[IVXLC]{1,6}|[A-HĐ])\s*[.)/:-]\s*\S")
_BODY = re.compile(r"(dang|chi) (bo|uy)\b|to dang\b|cap uy\b|dang vien (du bi|chinh thuc|nam|nu)\b|ban chap hanh\b")
_SUM = re.compile(
    r"(tổng cộng|tổng số|tổng|cộng)\b\s*(?:$|[:.(0-9]|(?:mục|phần|chi|đảng|tổ|cụm|khối|toàn|số|[IVXLC]+\b))",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\(?\s*[0-9.]+\s*(đ/?c|đồng chí|đảng viên|đv|người)?\s*\)?", re.IGNORECASE)
_FRONT = re.compile(rf"{_ORDER}\s*[.)/:-]+\s*")
_BEHIND = re.compile(r"\s*[:,(–-]?\s*\(?\s*[0-9.]+\s*(đ/?c|đồng chí|đảng viên|đv|người)\s*\)?\s*$", re.IGNORECASE)


_AGAIN = "dòng tiêu đề lặp lại"


class Sections(NamedTuple):
    """The rows of people, and what stood between them: (number of the row, its words)."""

    rows: list[Row]
    left_out: list[tuple[int, str]]
    heads: list[str]


def without_sections(
    heads: Sequence[str], body: Sequence[Row], columns: Sequence[Column], meant: Mapping[str, str]
) -> Sections:
    """Take headings in between and subtotals out of a list; ``meant`` says which column a heading is (heading -> key).

    Where the register needs a unit and no column of the file means it, what the headings say stands in a column of
    its own, «Mục trong danh sách», in each row below them: the list of a committee goes cell by cell.
    """
    keys = {place: key for place, text in enumerate(heads) if (key := meant.get(text))}
    rows: list[Row] = []
    left_out: list[tuple[int, str]] = []
    titles: list[str] = []
    title = ""
    for number, cells in body:
        # Most rows are people: they are told by their filled columns, before any word is read.
        filled = sum(place < len(cells) and cells[place] != "" for place in keys)
        words = _nobody(cells, heads, keys, filled) if filled <= 2 or filled >= len(keys) - 1 else ""
        if not words:
            rows.append((number, cells))
            titles.append(title)
            continue
        left_out.append((number, words))
        named = "" if _SUM.match(words) or words == _AGAIN else _plain_title(words)
        if named and not fold(named).startswith("dang vien"):
            title = named  # «Đảng viên dự bị» is no place
    if not any(titles) or not any(column.key == UNIT for column in columns) or UNIT in keys.values():
        return Sections(rows, left_out, list(heads))
    width = len(heads)
    wide: list[Row] = [
        (number, [*cells[:width], *[""] * (width - len(cells)), named, *cells[width:]])
        for (number, cells), named in zip(rows, titles, strict=True)
    ]
    return Sections(wide, left_out, [*heads, SECTION])


def _nobody(cells: Sequence[Cell], heads: Sequence[str], keys: Mapping[int, str], filled: int) -> str:
    """The words of a row that is no person's; «» for a person's."""
    texts = texts_of(cells)
    said = [text for text in texts if text]
    if not said:
        return ""
    if _heading_again(texts, heads, keys) or numbers_columns(texts):
        return _AGAIN
    needed = len(keys)
    if filled < needed and any(_SUM.match(text) for text in said[:2]):
        return next(text for text in said if _SUM.match(text))
    if len(said) > _FEW or filled >= needed or filled > 2:
        return ""
    words = [text for text in said if not _MARK.fullmatch(text) and not _COUNT.fullmatch(text)]
    marked = _MARK.fullmatch(said[0]) is not None and len(said) > 1
    if len(words) != 1:
        return ""
    (name,) = words
    alone = filled == 0 and len(said) == 1 and any(one.isalpha() for one in name)
    if marked or alone or _MARKED.match(name) or _BODY.match(fold(_FRONT.sub("", name))):
        return f"{said[0]} {name}" if marked else name
    return ""


def _heading_again(texts: Sequence[str], heads: Sequence[str], keys: Mapping[int, str]) -> bool:
    """Whether the headings were printed once more, as on each new page; of two rows joined, either may stand here."""
    here = [place for place in keys if place < len(texts) and texts[place]]
    return len(here) > 1 and all(texts[place] in (heads[place], *heads[place].split(", ")) for place in here)


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row only counts the columns: (1), (2), (3); A, B, 1, 2."""
    found = [_NUMBER_OF_COLUMN.fullmatch(text) for text in texts if text]
    if len(found) < _FEW or not all(found):
        return False
    numbers = [int(one.group(1)) for one in found if one is not None and one.group(1).isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False


def _plain_title(words: str) -> str:
    """«I. CHI BỘ VĂN PHÒNG (12 đồng chí)» is «CHI BỘ VĂN PHÒNG»."""
    front = _MARK.match(words)
    if front is not None and words[front.end() : front.end() + 1] == " ":
        words = words[front.end() :].strip()
    return _BEHIND.sub("", _FRONT.sub("", words, count=1)).strip(" :.-–")
