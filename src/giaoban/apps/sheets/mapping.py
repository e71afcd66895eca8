"""An office's own file read as one of ours: where its headings stand, which column each means, what stands for a code.

Pure: a mapping is proposed from headings and known synonyms, looked over by a person, and applied to raw cells; the
reading and judging after it are the same as for a template.
"""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from giaoban.apps.sheets.cells import BadCell, Cell
from giaoban.apps.sheets.columns import Column, read_text
from giaoban.apps.sheets.source import RawSheet
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import fold, quoted

IGNORED = ""
SECTION = "Mục trong danh sách"  # what stands in a heading between the rows, as a column of its own
_TOP_ROWS = 25  # titles, the office's name and a date stand above the headings
_CLOSE = 0.86  # so alike are «Ngày vào Đảng» and «Ngày vào đảng CSVN»; less is another word
_PUNCTUATION = str.maketrans("*.,:", "    ")
_NAMES = frozenset({"full_name"})
_NUMBERING = frozenset({"tt", "stt", "so tt", "so thu tu", "ghi chu"})


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How a file is read.

    ``headings``: heading of the file -> key of our column, or ``IGNORED``; ``constants``: key -> what stands in every
    row of a column that the file lacks; ``values``: key -> {what stands in the file: what it means}.
    """

    headings: MappingOf[str, str]
    constants: MappingOf[str, str] = field(default_factory=dict)
    values: MappingOf[str, MappingOf[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be told from the headings alone: ``row`` is where they stand (counted from 1 in the file).

    ``sure`` are the headings that were recognised exactly or as a synonym; ``missing`` are required columns that no
    heading means.
    """

    row: int
    mapping: SheetMapping
    sure: frozenset[str]
    missing: tuple[Column, ...]
    fingerprint: str


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(files(__package__).joinpath("synonyms.toml").read_text(encoding="utf-8"))
    return {key: tuple(_plain(one) for one in words) for key, words in data.items()}


def _plain(heading: str) -> str:
    return " ".join(fold(heading).translate(_PUNCTUATION).split())


def texts_of(cells: Sequence[Cell]) -> list[str]:
    """Return cells as texts; what is no text is blank."""
    found = []
    for cell in cells:
        try:
            found.append(read_text(cell) if cell != "" else "")
        except BadCell:
            found.append("")
    return found


def fingerprint(headings: Sequence[str]) -> str:
    """Return what a file of the same headings is known by again, whatever their order."""
    return hashlib.sha256("\n".join(sorted({_plain(one) for one in headings if one})).encode()).hexdigest()[:32]


def best_row(rows: Sequence[tuple[int, Sequence[Cell]]], columns: Sequence[Column]) -> tuple[int, int]:
    """Return how many headings are known in the best row near the top, and which of the rows it is (0, 0: none)."""
    found = [
        (sum(1 for text in texts_of(cells) if text and heading_key(text, columns)), -index)
        for index, (_number, cells) in enumerate(rows[:_TOP_ROWS])
    ]
    hits, index = max(found, default=(0, 0))
    return hits, -index


def propose(sheet: RawSheet, columns: Sequence[Column]) -> Proposal:
    """Return the best reading of a file's headings.

    Raises:
        InvalidInput: no row among the first could be one of headings.
    """
    hits, start = best_row(sheet.rows, columns)
    if not hits:
        known = ", ".join(f"«{column.heading}»" for column in columns if column.required)
        raise InvalidInput("Không tìm thấy dòng tiêu đề", where=sheet.name, expected=f"một dòng có các cột như {known}")
    number, texts = sheet.rows[start][0], texts_of(sheet.rows[start][1])
    headings, sure = _match([text for text in texts if text], columns)
    used = set(headings.values())
    missing = tuple(column for column in columns if column.required and column.key not in used)
    return Proposal(number, SheetMapping(headings), sure, missing, fingerprint(texts))


def heading_key(text: str, columns: Sequence[Column]) -> str:
    """Return the key of the column that a heading means, by its own words or a synonym; «» where it means none."""
    plain = _plain(text)
    for column in columns:
        if plain in (_plain(column.heading), column.key):
            return column.key
    for column in columns:
        if plain in _synonyms().get(column.key, ()):
            return column.key
    return ""


def _match(texts: Sequence[str], columns: Sequence[Column]) -> tuple[dict[str, str], frozenset[str]]:
    """Exact and known words first; then what is nearly a heading, where only one column is near."""
    found: dict[str, str] = {}
    sure = set()
    for text in texts:
        key = heading_key(text, columns)
        if key and key not in found.values():
            found[text] = key
            sure.add(text)
    for text in texts:
        if text in found:
            continue
        free = [column for column in columns if column.key not in found.values()]
        found[text] = IGNORED if _plain(text) in _NUMBERING else _nearly(text, free)
    return {text: found[text] for text in texts}, frozenset(sure)


def _nearly(text: str, columns: Sequence[Column]) -> str:
    plain = _plain(text)
    scores = sorted(
        (
            (
                max(_alike(plain, word) for word in (_plain(column.heading), *_synonyms().get(column.key, ()))),
                column.key,
            )
            for column in columns
        ),
        reverse=True,
    )
    near = [key for score, key in scores if score >= _CLOSE]
    return near[0] if len(near) == 1 else IGNORED


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def apply(sheet: RawSheet, mapping: SheetMapping, columns: Sequence[Column]) -> RawSheet:
    """Return the sheet as a template would hold it: our headings, only the columns that are meant, constants added.

    Rows keep their numbers, so that errors name the cells of the office's own file.

    Raises:
        InvalidInput: the headings of the mapping are not in the file, or a key is not one of the columns.
    """
    known = {column.key: column for column in columns}
    wrong = sorted(
        (set(mapping.headings.values()) | mapping.constants.keys() | mapping.values.keys()) - {IGNORED, *known}
    )
    if wrong:
        raise InvalidInput(f"Không có cột {quoted(wrong[0])}", expected="một trong: " + ", ".join(known))
    start, texts = _find(sheet, mapping)
    kept = [(at, mapping.headings[text]) for at, text in enumerate(texts) if mapping.headings.get(text)]
    keys = [key for _at, key in kept]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        raise InvalidInput(f"Hai cột của tệp cùng là «{known[twice].heading}»", where=sheet.name, expected="một cột")
    added = [(key, value) for key, value in mapping.constants.items() if key not in keys and value]
    words = {key: {_plain(text): value for text, value in one.items()} for key, one in mapping.values.items()}
    # Positions stay: a column that is not meant keeps its place with a blank heading and blank cells.
    places = dict(kept)
    width = len(texts)
    head: list[Cell] = [known[places[at]].heading if at in places else "" for at in range(width)]
    rows: list[tuple[int, Sequence[Cell]]] = [
        (sheet.rows[start][0], [*head, *(known[key].heading for key, _ in added)])
    ]
    for number, cells in sheet.rows[start + 1 :]:
        values = [
            _meant(cells[at], words.get(places[at]), places[at]) if at in places and at < len(cells) else ""
            for at in range(width)
        ]
        if any(value != "" for value in values):
            rows.append((number, [*values, *(value for _key, value in added)]))
    return RawSheet(sheet.name, rows, sheet.broken, sheet.moved)


def _meant(cell: Cell, words: MappingOf[str, str] | None, key: str) -> Cell:
    if not isinstance(cell, str):
        return cell
    if key in _NAMES:
        return _in_small_letters(cell)
    return words.get(_plain(cell), cell) if words else cell


def _in_small_letters(name: str) -> str:
    """«NGUYỄN Văn AN» is Nguyễn Văn An: a word all in capitals keeps the first."""
    return " ".join(word.capitalize() if len(word) > 1 and word.isupper() else word for word in name.split())


def _find(sheet: RawSheet, mapping: SheetMapping) -> tuple[int, list[str]]:
    wanted = {text for text, key in mapping.headings.items() if key}
    for index, (_number, cells) in enumerate(sheet.rows[:_TOP_ROWS]):
        texts = texts_of(cells)
        if wanted <= set(texts):
            return index, texts
    missing = ", ".join(f"«{text}»" for text in sorted(wanted)[:5])
    raise InvalidInput("Tệp không có các cột đã ghép", where=sheet.name, expected=f"một dòng tiêu đề có {missing}")


def distinct_values(sheet: RawSheet, proposal: Proposal, key: str, *, most: int = 500) -> tuple[str, ...]:
    """Return the different texts that stand in the column that means ``key``, in the order of the file."""
    start, texts = _find(sheet, proposal.mapping)
    at = next((place for place, text in enumerate(texts) if proposal.mapping.headings.get(text) == key), None)
    if at is None:
        return ()
    found: dict[str, None] = {}
    for _number, cells in sheet.rows[start + 1 :]:
        if at < len(cells) and isinstance(cells[at], str) and str(cells[at]).strip():
            found.setdefault(" ".join(str(cells[at]).split()))
            if len(found) >= most:
                break
    return tuple(found)
