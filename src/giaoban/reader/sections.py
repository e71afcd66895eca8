"""The tree of numbered headings, however they are numbered: A-, I-, 1., 1.1., 2.1-, Điều 5., a), (1), (i1).

A bullet («-», «+», «*») carries no number and makes no section. What wraps onto the start of a line («(2) …» in the
middle of a list that runs on, «15. Đến nay» behind «Chỉ thị số») is not a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from giaoban.reader.lines import Line, Lines, is_capitals
from giaoban.reader.model import Section

_HEADING = re.compile(
    r"""(?x)
    (?P<word>Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Điều|ĐIỀU)\s+(?:thứ\s+|THỨ\s+)?(?P<wnum>[IVXLivxl]{1,6}|[0-9]{1,3}|\w{2,5})(?![\w])[.:–-]?
  | (?P<roman>[IVXl]{1,6})\s?[-–—.:/)](?![IVX]\b)
  | (?P<upper>[A-HĐ])\s?[-–.)/](?=\s)
  | (?P<dec>[0-9]{1,2}(?:\.[0-9]{1,2}){1,4})(?:\s?[-–.):/]|(?=\s+[*_“"]*[A-ZĐÀ-Ỹ]))(?![0-9])
  | (?P<num>[0-9]{1,2})\s?[-–.)/](?![0-9])
  | (?P<letter>[a-zđ])\s?[)./](?=\s)
  | \((?P<pnum>[0-9]{1,2}|[a-zđ]|i[0-9]{1,2})\)
    """
)
_ROMANS = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII", "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV",
)  # fmt: skip
_ROMAN_VALUES = {roman: value for value, roman in enumerate(_ROMANS, 1)}
_ORDINALS = {
    "nhất": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_UPPERS = "ABCDĐEGH"
_RANKS = {
    "phần": 0, "chương": 1, "mục": 2, "upper": 3, "roman": 4, "điều": 5, "num": 6, "dec": 7, "letter": 12, "pnum": 13,
    "pletter": 14, "pi": 15,
}  # fmt: skip
_FARTHEST_JUMP = 3
_TABLE_ROW = re.compile(r"(?: {3,}|\t)\S+(?: {3,}|\t)\S+")
_TITLE_START = re.compile(r"[\s*_]*[“\"'‘(\[]?[*_]*[A-ZĐÀ-ỸƠƯĂÂÊÔ0-9]")
_SENTENCE_END = re.compile(r"(?<=[\wÀ-ỹ)”\"%])[.!?…]+(?=\s+[“\"(]?[A-ZĐÀ-Ỹ(])")
_BULLET = re.compile(r"[-–+*•]\s?(?![\s0-9])")
_RUN_IN = re.compile(r":(?=\s)")
_LONGEST_TITLE = 300
_LONGEST_RUN_IN = 220


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that begins like a heading: its style, its number as printed and as a value, the index of the line."""

    style: str
    number: str
    value: int
    line: int
    start: int
    title_start: int


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading whose content still runs on."""

    candidate: Candidate
    path: str
    level: int
    rank: int


def find_sections(lines: Lines, ranges: Iterable[tuple[int, int]]) -> tuple[Section, ...]:
    """Find the headings inside some ranges of a text: the body, and each annex behind the signature.

    A section ends where the next heading of its own or a higher level begins, at the latest with its range.
    """
    found: list[Section] = []
    for start, end in ranges:
        found.extend(_sections(lines, start, end))
    return tuple(found)


def _sections(lines: Lines, start: int, end: int) -> list[Section]:
    opened: list[_Open] = []
    placed: list[tuple[_Open, int]] = []
    for candidate in _headings(lines, start, end):
        rank = _rank(candidate)
        while opened and opened[-1].rank >= rank:
            opened.pop()
        entry = _Open(candidate, _path(opened, candidate), len(opened) + 1, rank)
        opened.append(entry)
        placed.append((entry, len(placed)))
    sections = []
    for entry, index in placed:
        following = next((other for other, _ in placed[index + 1 :] if other.level <= entry.level), None)
        limit = following.candidate.start if following else end
        stop = limit - _blank_length(lines.text, entry.candidate.start, limit)
        title = _title(lines, entry.candidate, stop)
        sections.append(Section(entry.path, entry.candidate.number, title, entry.level, entry.candidate.start, stop))
    return sections


def _blank_length(text: str, start: int, end: int) -> int:
    return end - start - len(text[start:end].rstrip(" \t\r\n\f*#"))


def _rank(candidate: Candidate) -> int:
    if candidate.style == "dec":
        return _RANKS["num"] + candidate.number.count(".")
    return _RANKS[candidate.style]


def _path(opened: list[_Open], candidate: Candidate) -> str:
    above = opened
    if candidate.style == "dec":
        # «1.1» already holds the number of the «1.» above it.
        above = [entry for entry in opened if entry.rank < _RANKS["num"]]
    return f"{above[-1].path}.{candidate.number}" if above else candidate.number


def _headings(lines: Lines, start: int, end: int) -> Iterator[Candidate]:
    """Yield the lines that are headings, judged by what stands before them and by the headings so far."""
    last: dict[tuple[str, str], int] = {}
    parent = ""
    for index in range(lines.index_at(start), lines.index_at(end)):
        candidate = _candidate(lines.items[index], index)
        if candidate is None or not _is_heading(lines, candidate, last.get(_family(candidate, parent))):
            continue
        rank = _rank(candidate)
        last = {family: value for family, value in last.items() if _family_rank(family) <= rank}
        last[_family(candidate, parent)] = candidate.value
        yield candidate


def _family(candidate: Candidate, parent: str) -> tuple[str, str]:
    head = candidate.number.rpartition(".")[0] if candidate.style == "dec" else parent
    return candidate.style, head


def _family_rank(family: tuple[str, str]) -> int:
    style, head = family
    return _RANKS["num"] + head.count(".") + 1 if style == "dec" else _RANKS[style]


def _candidate(line: Line, index: int) -> Candidate | None:
    match = _HEADING.match(line.text)
    if match is None or match.end() == len(line.text):
        return None
    style = match.lastgroup or ""
    read = _READERS[style](match)
    if read is None:
        return None
    style, number, value = read
    return Candidate(style, number, value, index, line.start, line.start + match.end())


def _read_word(match: re.Match[str]) -> tuple[str, str, int] | None:
    printed = match["wnum"]
    value = _ROMAN_VALUES.get(printed.upper()) or _ORDINALS.get(printed.lower())
    if printed.isdigit():
        value = int(printed)
    if value is None:
        return None
    number = printed.upper() if printed.upper() in _ROMAN_VALUES else str(value)
    return match["word"].lower(), number, value


def _read_roman(match: re.Match[str]) -> tuple[str, str, int] | None:
    number = match["roman"].replace("l", "I")
    value = _ROMAN_VALUES.get(number)
    return ("roman", number, value) if value else None


def _read_upper(match: re.Match[str]) -> tuple[str, str, int] | None:
    return "upper", match["upper"], _UPPERS.index(match["upper"]) + 1


def _read_decimal(match: re.Match[str]) -> tuple[str, str, int] | None:
    return "dec", match["dec"], int(match["dec"].rpartition(".")[2])


def _read_number(match: re.Match[str]) -> tuple[str, str, int] | None:
    return "num", match["num"], int(match["num"])


def _read_letter(match: re.Match[str]) -> tuple[str, str, int] | None:
    letter = match["letter"]
    return ("letter", letter, _LETTERS.index(letter) + 1) if letter in _LETTERS else None


def _read_parenthesis(match: re.Match[str]) -> tuple[str, str, int] | None:
    printed = match["pnum"]
    if printed.isdigit():
        return "pnum", printed, int(printed)
    if len(printed) > 1:
        return "pi", printed, int(printed[1:])
    return ("pletter", printed, _LETTERS.index(printed) + 1) if printed in _LETTERS else None


_READERS = {
    "wnum": _read_word,
    "roman": _read_roman,
    "upper": _read_upper,
    "dec": _read_decimal,
    "num": _read_number,
    "letter": _read_letter,
    "pnum": _read_parenthesis,
}


def _is_heading(lines: Lines, candidate: Candidate, last: int | None) -> bool:
    """Judge a candidate by the text behind its number, the line before it, and the heading before it in its list."""
    line = lines.items[candidate.line]
    title = lines.text[candidate.title_start : line.end]
    if not any(char.isalpha() for char in title) or _TABLE_ROW.search(lines.text, line.start, line.end):
        return False
    begins = lines.begins_paragraph(candidate.line)
    follows = candidate.value == (last or 0) + 1
    if candidate.style in ("letter", "pletter", "pnum", "pi"):
        return begins and follows
    if not _TITLE_START.match(title):
        return False
    if candidate.style in ("roman", "upper"):
        return (is_capitals(title) and len(title.strip()) > 3) or (begins and follows)
    if candidate.style == "num" and candidate.value == 0:
        return False
    if last is None:
        return begins
    near = last - _FARTHEST_JUMP < candidate.value <= last + _FARTHEST_JUMP or candidate.value == 1
    return begins and near


def _title(lines: Lines, candidate: Candidate, stop: int) -> str:
    """Return the heading's text, joined over wrapped lines; of a numbered paragraph, its first clause."""
    parts = [lines.text[candidate.title_start : lines.items[candidate.line].end]]
    capitals = is_capitals(parts[0])
    index = candidate.line
    while index + 1 < len(lines.items) and lines.items[index + 1].start < stop:
        if sum(map(len, parts)) > _LONGEST_TITLE or not _goes_on(lines, index, capitals):
            break
        parts.append(lines.items[index + 1].text)
        index += 1
    return _first_clause(" ".join(" ".join(parts).split()))


def _first_clause(text: str) -> str:
    """Cut a run-in heading at its colon, a numbered paragraph at its first full stop, a long one at a semicolon."""
    title = text.replace("*", "").replace("__", "").strip()
    if (colon := _RUN_IN.search(title)) and colon.start() <= _LONGEST_RUN_IN:
        title = title[: colon.start()]
    if sentence := _SENTENCE_END.search(title):
        title = title[: sentence.start()]
    if len(title) > _LONGEST_TITLE:
        title = title.partition("; ")[0]
    if len(title) > _LONGEST_TITLE:
        title = title[:_LONGEST_TITLE].rpartition(", ")[0] or title[:_LONGEST_TITLE].rpartition(" ")[0]
    return title.strip(" .,:;–•-")


def _goes_on(lines: Lines, index: int, capitals: bool) -> bool:
    """Tell whether a heading is wrapped onto the next line: the next line's first word would not have fitted."""
    line, following = lines.items[index], lines.items[index + 1]
    goes_on_small = following.text.lstrip("\"“”'(")[:1].islower() or line.text[-1] == "-"
    if following.blanks > (1 if lines.is_double_spaced or goes_on_small else 0) or _HEADING.match(following.text):
        return False
    if _BULLET.match(following.text):
        return False
    if capitals:
        return is_capitals(following.text)
    if line.text[-1] in ".:;!?":
        return False
    return goes_on_small or lines.is_full(index)
