"""The tree of numbered headings, however they are numbered: A-, I-, 1., 1.1., 2.1-, Điều 5., a), (1), (i1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise

from giaoban.reader.headings import HEADING, HOLDS_ABOVE, Heading, find_headings
from giaoban.reader.lines import Lines, is_capitals
from giaoban.reader.model import Section

_SENTENCE_END = re.compile(r"(?<=[\wÀ-ỹ)”\"%])[.!?…]+(?=\s+[“\"(]?[A-ZĐÀ-Ỹ(])")
_ANNEX = re.compile(r"PHỤ (?:LỤC|BIỂU)(?:\s+(?:SỐ\s+)?[0-9IVX]{1,4})?\W*(?:CHI TIẾT\W*)?\Z")
_BULLET = re.compile(r"[-–+*•]\s?(?![\s0-9])")
_RUN_IN = re.compile(r":(?=\s)")
# «1. Điều 3 (Khoản 1): Quyền được thông tin» names a place in a law first.
_PLACE = re.compile(r"(?:Điều|Khoản|Điểm)\s[0-9]{1,3}(?:\s?\([^()]{1,30}\))?\s?")
_LONGEST_TITLE = 300
_LONGEST_RUN_IN = 220


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading whose content still runs on."""

    heading: Heading
    path: str
    level: int


def find_sections(lines: Lines, ranges: Iterable[tuple[int, int]]) -> tuple[Section, ...]:
    """Find the headings inside some ranges of a text: the body, and each annex behind the signature.

    A section ends where the next heading of its own or a higher level begins, at the latest with its range.
    """
    return tuple(
        section
        for start, end in ranges
        for first, last in pairwise([start, *_annexes(lines, start, end), end])
        for section in _sections(lines, first, last)
    )


def _annexes(lines: Lines, start: int, end: int) -> list[int]:
    """Return where annexes begin inside a range: their headings do not go on with the numbers before them."""
    if lines.text.find("PHỤ", start, end) < 0:
        return []
    inside = lines.items[lines.index_at(start) : lines.index_at(end)]
    return [
        line.start for line in inside if line.text.startswith("PHỤ") and _ANNEX.match(line.text) and line.start > start
    ]


def _sections(lines: Lines, start: int, end: int) -> list[Section]:
    opened: list[_Open] = []
    placed: list[_Open] = []
    for heading in find_headings(lines, start, end):
        while opened and opened[-1].heading.rank >= heading.rank:
            opened.pop()
        entry = _Open(heading, _path(opened, heading), len(opened) + 1)
        opened.append(entry)
        placed.append(entry)
    return [_section(lines, entry, _end(lines.text, placed, index, end)) for index, entry in enumerate(placed)]


def _section(lines: Lines, entry: _Open, end: int) -> Section:
    heading = entry.heading
    return Section(entry.path, heading.number, _title(lines, heading, end), entry.level, heading.start, end)


def _end(text: str, placed: list[_Open], index: int, end: int) -> int:
    entry = placed[index]
    following = next((other for other in islice(placed, index + 1, None) if other.level <= entry.level), None)
    limit = following.heading.start if following else end
    while limit > entry.heading.title_start and text[limit - 1] in " \t\r\n\f*#":
        limit -= 1
    return limit


def _path(opened: list[_Open], heading: Heading) -> str:
    above = opened
    if heading.style in HOLDS_ABOVE:
        # «1.1» already holds the number of the «1.» above it, «(2.1)» that of «(2)», «V.1» that of «V.».
        above = [entry for entry in opened if entry.heading.rank < HOLDS_ABOVE[heading.style]]
    return f"{above[-1].path}.{heading.number}" if above else heading.number


def _title(lines: Lines, heading: Heading, stop: int) -> str:
    """Return the heading's text, joined over wrapped lines; of a numbered paragraph, its first clause."""
    parts = [lines.text[heading.title_start : lines.items[heading.line].end]]
    index = heading.line
    if not parts[0].strip() and index + 1 < len(lines.items) and lines.items[index + 1].start < stop:
        # «Chương II», and its name on the next line.
        index += 1
        parts = [lines.items[index].text]
    while index + 1 < len(lines.items) and lines.items[index + 1].start < stop:
        if sum(map(len, parts)) > _LONGEST_TITLE or not _goes_on(lines, index, parts[0]):
            break
        parts.append(lines.items[index + 1].text)
        index += 1
    return _first_clause(" ".join(" ".join(parts).split()))


def _first_clause(text: str) -> str:
    """Cut a run-in heading at its colon, a numbered paragraph at its first full stop, a long one at a semicolon."""
    title = text.replace("*", "").replace("__", "").strip()
    colon = _RUN_IN.search(title)
    if colon and _PLACE.fullmatch(title, 0, colon.start()):
        colon = _RUN_IN.search(title, colon.end())
    if colon and colon.start() <= _LONGEST_RUN_IN:
        title = title[: colon.start()]
    if sentence := _SENTENCE_END.search(title):
        title = title[: sentence.start()]
    if len(title) > _LONGEST_TITLE:
        title = title.partition("; ")[0]
    if len(title) > _LONGEST_TITLE:
        title = title[:_LONGEST_TITLE].rpartition(", ")[0] or title[:_LONGEST_TITLE].rpartition(" ")[0]
    return title.strip(" .,:;–•/-")


def _goes_on(lines: Lines, index: int, begun: str) -> bool:
    """Tell whether a heading is wrapped onto the next line: the next line's first word would not have fitted."""
    line, following = lines.items[index], lines.items[index + 1]
    if following.text[:1].isdigit() and not following.blanks and lines.numbers_place(index + 1):
        return True
    goes_on_small = following.text.lstrip("\"“”'(")[:1].islower() or line.text[-1] == "-"
    if following.blanks > (1 if lines.is_double_spaced or goes_on_small else 0) or HEADING.match(following.text):
        return False
    if _BULLET.match(following.text):
        return False
    if is_capitals(begun):
        return is_capitals(following.text)
    if line.text[-1] in ".:;!?":
        return False
    return goes_on_small or lines.is_full(index)
