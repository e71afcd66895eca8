"""Letterheads whose narrow columns broke their lines: «CỘNG HÒA XÃ / HỘI CHỦ NGHĨA VIỆT NAM», «Hà Nội, ngày 18 / tháng
02 năm 2014». Copies out of web pages and tables print every cell so, often with a line that is only «|» between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MOTTOES = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM")
_MOST_LINES = 4
_DATE_ENDS = re.compile(r"(?:,|ngày(?:\s{1,3}[0-9]{1,2})?(?:\s{1,3}tháng(?:\s{1,3}[0-9]{1,2}(?:\s{1,3}năm)?)?)?)\Z")
_DATE_GOES_ON = re.compile(r"(?:ngày\s|tháng\s|năm\s|[0-9])")
_LONGEST_PART = 44
_BARS = "|"


def without_motto(cells: Sequence[str]) -> Iterator[str]:
    """Yield the cells of a letterhead without those that print a motto over several lines."""
    index = 0
    while index < len(cells):
        skipped = _lines_of_motto(cells, index)
        if not skipped:
            yield cells[index]
        index += skipped or 1


def _lines_of_motto(cells: Sequence[str], index: int) -> int:
    """Return how many lines from an index on make up a motto; 0 where they do not, or one line does."""
    if not cells[index].startswith(("CỘNG", "ĐẢNG")) or cells[index].startswith(_MOTTOES):
        return 0
    for size in range(2, _MOST_LINES + 1):
        if " ".join(" ".join(cells[index : index + size]).split()).startswith(_MOTTOES):
            return size
    return 0


def with_date_lines_joined(shown: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a head, a line of place and date that was broken as one."""
    for index, line in enumerate(shown):
        following = shown[index + 1] if index + 1 < len(shown) else ""
        is_broken = len(line) <= _LONGEST_PART and _DATE_ENDS.search(line) and _DATE_GOES_ON.match(following)
        text = f"{line} {following}" if is_broken else line
        before = shown[index - 1] if index else ""
        is_cell = index > 1 and shown[index - 2].strip() == _BARS
        if is_cell and before.istitle() and " " not in before and "ngày" in text:
            # «|», «Hà», «Nội, ngày 01 tháng 4 năm 2009».
            text = f"{before} {text}"
        yield text
