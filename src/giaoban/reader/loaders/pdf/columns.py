"""Columns: blank strips between words that run down through several rows."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from giaoban.reader.loaders.pdf.rows import Row, make_rows
from giaoban.reader.loaders.pdf.words import Word

# How wide a strip must be, in sizes of the letters, when so many rows stand beside each other.
_NEEDED = ((12, 0.7), (4, 1.0), (2, 1.8), (1, 3.0))
_NARROWEST = 0.7
_BESIDE = 0.7
_FAR = 1.0e6
# Rows that may pass before a second column shows, and rows of one column that may follow the last pair.
_PATIENCE = 3
_LOOSE = 1.7
# Rows among which two columns must have shown, and the most that one region takes.
_SOON = 12
_LONGEST = 300
_PROSE = 22
_PROSE_ROWS = 5
_FIGURE = 14


@dataclass(frozen=True, slots=True)
class Region:
    """Consecutive rows; ``columns`` are the rows of each column, one column where the rows run through."""

    rows: tuple[Row, ...]
    columns: tuple[tuple[Row, ...], ...]

    @property
    def is_table(self) -> bool:
        """Tell whether the columns belong together row by row: figures, or short cells in three columns and more."""
        if len(self.columns) < 2:
            return False
        lengths = [median(len(row.text) for row in column) for column in self.columns]
        is_prose = len(self.rows) >= _PROSE_ROWS and min(lengths) >= _PROSE
        if len(self.columns) > 2:
            return not is_prose
        return not is_prose and len(self.rows) > 1 and any(_is_figures(column) for column in self.columns)


def _is_figures(column: tuple[Row, ...]) -> bool:
    numeric = sum(len(row.text) <= _FIGURE and any(sign.isdigit() for sign in row.text) for row in column)
    return numeric > len(column) / 2


def find_regions(rows: list[Row]) -> list[Region]:
    """Cut rows, given from top to bottom, into regions with columns and without."""
    regions: list[Region] = []
    plain: list[Row] = []
    place = 0
    while place < len(rows):
        end, strips = _grow(rows, place)
        if not strips:
            plain.append(rows[place])
            place += 1
            continue
        if plain:
            regions.append(Region(tuple(plain), (tuple(plain),)))
            plain = []
        block = rows[place:end]
        regions.append(Region(tuple(block), _split(block, strips)))
        place = end
    if plain:
        regions.append(Region(tuple(plain), (tuple(plain),)))
    return regions


Strip = tuple[float, float]


def _free(row: Row) -> list[Strip]:
    """Return the strips of a row without a word, the margins included."""
    found, edge = [], -_FAR
    for word in row.words:
        if word.left - edge >= _NARROWEST * row.size:
            found.append((edge, word.left))
        edge = max(edge, word.right)
    return [*found, (edge, _FAR)]


def _cross(first: list[Strip], second: list[Strip], width: float) -> list[Strip]:
    found, one, two = [], 0, 0
    while one < len(first) and two < len(second):
        left, right = max(first[one][0], second[two][0]), min(first[one][1], second[two][1])
        if right - left >= width:
            found.append((left, right))
        if first[one][1] < second[two][1]:
            one += 1
        else:
            two += 1
    return found


def _grow(rows: list[Row], start: int) -> tuple[int, list[Strip]]:
    """Return the end of the region that begins at a row, and its strips; no strips if it has but one column."""
    strips = _free(rows[start])
    best: tuple[int, list[Strip]] = (start, [])
    low, high = rows[start].left, rows[start].right
    for end in range(start + 1, len(rows) + 1):
        inner = [strip for strip in strips if low < strip[0] and strip[1] < high]
        kept = [strip for strip in inner if _is_gutter(rows[start:end], strip)] if inner else []
        if kept and _is_beside(rows[max(end - 2, start) : end], rows[end - 1], kept):
            best = (end, kept)
        if end == len(rows) or (not inner and end - start > _PATIENCE) or (best[1] and not inner):
            break
        if end - start > (_LONGEST if best[1] else _SOON):
            break
        if rows[end - 1].y - rows[end].y > 6 * rows[end].size:
            break
        strips = _cross(strips, _free(rows[end]), _NARROWEST * min(rows[end].size, rows[end - 1].size))
        low, high = min(low, rows[end].left), max(high, rows[end].right)
    return best


def _is_beside(last: list[Row], row: Row, strips: list[Strip]) -> bool:
    """Tell whether the last row still belongs to the columns: it has two, or goes on closely below one that has."""
    if any(row.left < strip[0] and row.right > strip[1] for strip in strips):
        return True
    if all(row.left >= strip[1] for strip in strips[-1:]):
        return True
    return last[0].y - row.y <= _LOOSE * row.size


def _is_gutter(rows: list[Row], strip: Strip) -> bool:
    """Tell whether enough rows stand beside each other on both sides of a strip for its width."""
    sides: tuple[list[float], list[float]] = ([], [])
    for row in rows:
        if row.left < strip[0]:
            sides[0].append(row.y)
        if row.right > strip[1]:
            sides[1].append(row.y)
    size = median(row.size for row in rows)
    pairs, other = 0, 0
    for y in sides[0]:
        while other < len(sides[1]) and sides[1][other] > y + _BESIDE * size:
            other += 1
        pairs += other < len(sides[1]) and sides[1][other] >= y - _BESIDE * size
    needed = next((width for count, width in _NEEDED if pairs >= count), _FAR)
    return strip[1] - strip[0] >= needed * size


def _split(rows: list[Row], strips: list[Strip]) -> tuple[tuple[Row, ...], ...]:
    edges = [(left + right) / 2 for left, right in strips]
    columns: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    for row in rows:
        for word in row.words:
            columns[sum(edge < word.left for edge in edges)].append(word)
    return tuple(tuple(make_rows(column)) for column in columns if column)
