"""What stands on a page for the sake of the page: its number, and the line that every page repeats."""

from __future__ import annotations

import re
from collections import Counter

from giaoban.reader.loaders.pdf.rows import Row

_NUMBER = re.compile(
    r"(?i)[-–—|~. ]*(?:(?:trang|page|tr\.?)\s*(?::\s*)?)?(\d{1,4})(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–—|~. ]*"
)
_DIGITS = re.compile(r"\d+")
# Rows at the top and at the bottom that may be furniture, and the part of the page's height where they stand.
_ROWS = 3
_MARGIN = 0.14
_FEWEST = 3
# A repeated line stands at the same height within so many points.
_SAME_HEIGHT = 6


def without_furniture(pages: list[list[Row]], heights: list[tuple[float, float]]) -> list[list[Row]]:
    """Return the rows of pages without page numbers and repeated lines.

    Args:
        pages: rows from top to bottom of each page.
        heights: lowest and highest place of each page.
    """
    edges = [_edges(rows, *height) for rows, height in zip(pages, heights, strict=True)]
    repeated = Counter(key for page in edges for key in {_key(row) for row in page})
    needed = max(_FEWEST, len(pages) // 3)
    shift = _number_shift(edges)
    kept = []
    for number, (rows, edge) in enumerate(zip(pages, edges, strict=True)):
        dropped = {
            id(row) for row in edge if _is_page_number(row, number, shift) or _near(repeated, _key(row)) >= needed
        }
        kept.append([row for row in rows if id(row) not in dropped])
    return kept


def _edges(rows: list[Row], low: float, high: float) -> list[Row]:
    margin = _MARGIN * (high - low)
    top = [row for row in rows[:_ROWS] if row.y > high - margin]
    return top + [row for row in rows[len(top) :][-_ROWS:] if row.y < low + margin]


def _key(row: Row) -> tuple[str, int]:
    return _DIGITS.sub("#", row.text), round(row.y / _SAME_HEIGHT)


def _near(repeated: Counter[tuple[str, int]], key: tuple[str, int]) -> int:
    """Return how many pages repeat a line here, a little higher or a little lower."""
    text, height = key
    # Footnotes and list items may begin alike: a line of digits only says too little.
    if not any(sign.isalpha() for sign in text):
        return 0
    return sum(repeated[text, place] for place in (height - 1, height, height + 1))


def _numbers(row: Row) -> int | None:
    match = _NUMBER.fullmatch(row.text)
    return int(match[1]) if match else None


def _number_shift(edges: list[list[Row]]) -> int | None:
    """Return by how much the printed page numbers lead the count of pages from 0, as most pages have it."""
    shifts = Counter(
        value - number for number, page in enumerate(edges) for row in page if (value := _numbers(row)) is not None
    )
    if not shifts:
        return None
    shift, count = shifts.most_common(1)[0]
    return shift if count > 1 else None


def _is_page_number(row: Row, number: int, shift: int | None) -> bool:
    value = _numbers(row)
    if value is None:
        return False
    return value - number == (1 if shift is None else shift)
