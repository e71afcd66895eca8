"""Footnotes inside the text: where they stand, which mark they carry, and the flow of the body without them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from giaoban.reader.flow import Flow, make_flow

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
# Patterns of lines begin with the break before them: that is found ten times as fast as «^».
_RAISED_LINE = re.compile(rf"\n[ \t]*([{SUPERSCRIPTS}]{{1,3}})[ \t]*(?=\S)")
# «1 01 Nghị quyết», «9UBKT các ...», «3 (Quyết định ...»: the mark, then something that no date, number or heading
# goes on with.
_PLAIN_LINE = re.compile(r"\n[ \t]?([1-9]\d{0,2})(?: (?=[^\W_]|[(“\"])|(?=[^\W\d_]))")
_REFERENCE = r"(?<=[^\W\d_]|[)”\"]){}(?![\d/%]|[.,-]\d)"
# It begins with a digit, which the engine looks for fast, and looks back only then.
_ANY_REFERENCE = re.compile(r"[1-9](?:(?<=[^\W\d_].)|(?<=[)”\"].))\d{0,2}(?![\d/%]|[.,-]\d)")
_PAGE = re.compile(r"\f|(?<=[^\n]\n) (?=\S)")
_BLANK = re.compile(r"\n[ \t]*\n")
# What no note goes on with behind a blank line: a heading with its number, the recipients.
_BODY_AGAIN = re.compile(
    r"\n[ \t]*\n[ \t*]*(?:(?:[IVX]{1,5}|[A-D]|\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)]?\s?[-–]|[.)])\s?[^\W\d_a-zà-ỹđ]"
    r"|N(?:ơi nhận|ƠI NHẬN))"
)
_LONE_NUMBER = re.compile(r"\n([ \t\f]{0,120}(?:-[ \t]{0,4})?([0-9]{1,3})(?:[ \t]{0,4}-)?[ \t\r]{0,80})(?=\n|\Z)")
_FIRST_PAGE = 9
_FEWEST_LATE = 2
_CENTRED = 10
_LONGEST = 6000


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note with its mark; ``start`` and ``end`` are its place in the original, the flow begins after the mark."""

    mark: str
    start: int
    end: int
    flow: Flow


@dataclass(frozen=True, slots=True)
class Layout:
    """A text taken apart: the body as one flow, and the notes in the order of their places."""

    body: Flow
    footnotes: tuple[Footnote, ...]

    def flows(self) -> tuple[Flow, ...]:
        """Return the body and every note: each is read on its own."""
        return (self.body, *(note.flow for note in self.footnotes))


def reference_pattern(mark: str, *, raised: bool) -> re.Pattern[str]:
    """Return the pattern of a reference to a note: «tham gia¹⁰», «cơ sở4;»."""
    if raised:
        return re.compile(rf"(?<![{SUPERSCRIPTS}]){mark}(?![{SUPERSCRIPTS}])")
    return re.compile(_REFERENCE.format(mark))


def take_apart(text: str) -> Layout:
    """Find the notes of a text and return the body without them."""
    cuts = _page_numbers(text)
    page_ends = [start for start, _ in cuts]
    starts = _raised_notes(text) or _plain_notes(text, page_ends)
    if not starts and not cuts:
        return Layout(make_flow(text), ())
    notes: list[Footnote] = []
    for index, (mark, start, content) in enumerate(starts):
        limit = starts[index + 1][1] if index + 1 < len(starts) else len(text)
        page = bisect_right(page_ends, content)
        limit = min([limit, content + _LONGEST, *page_ends[page : page + 1]])
        end = _note_end(text, content, limit, raised=mark[0] in SUPERSCRIPTS)
        notes.append(Footnote(mark, start, end, make_flow(text, [(content, end)])))
        cuts.append((start, end))
    return Layout(make_flow(text, _between(sorted(cuts), len(text))), tuple(notes))


def _between(cuts: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """Return what is left of a text of some size without its cuts."""
    slices = []
    done = 0
    for start, end in cuts:
        if done < start:
            slices.append((done, start))
        done = max(done, end)
    slices.append((done, size))
    return slices


def _page_numbers(text: str) -> list[tuple[int, int]]:
    """Find lines that hold nothing but the page's number: between blank lines, each one more than the one before."""
    found: list[tuple[int, int]] = []
    last = None
    for line in _lines(_LONE_NUMBER, text):
        start, end = line.start(), line.end() - 1
        number = int(line[2])
        before, after = text[max(0, start - 2) : start], text[end : end + 2]
        is_centred = line[1].startswith(" " * _CENTRED)
        is_alone = is_centred or before[-1:] in ("", "\f") or before == "\n\n" or after == "\n\n"
        if is_alone and (number == last + 1 if last is not None else number <= _FIRST_PAGE):
            found.append((start, end))
            last = number
    return found


def _lines(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what a pattern that begins with a line break matches, at the first line too: it starts where a line starts,
    and ends one sign late."""
    return pattern.finditer("\n" + text)


def _note_end(text: str, content: int, limit: int, *, raised: bool) -> int:
    if page := _PAGE.search(text, content, limit):
        limit = page.start()
    if blank := (_BLANK if raised else _BODY_AGAIN).search(text, content, limit):
        limit = blank.start()
    return limit


def _raised_notes(text: str) -> list[tuple[str, int, int]]:
    if not any(mark in text for mark in SUPERSCRIPTS):
        return []
    found: list[tuple[str, int, int]] = []
    wanted = 1
    for line in _lines(_RAISED_LINE, text):
        number = int(line[1].translate(_TO_DIGITS))
        if found and number != wanted and number != 1:
            continue
        found.append((line[1], line.start(), line.end() - 1))
        wanted = number + 1
    return found


def _plain_notes(text: str, page_ends: list[int]) -> list[tuple[str, int, int]]:
    """Find notes «1 ...», «2 ...» whose marks run on, or begin anew behind a page's end, and of which most are referred
    to before they stand."""
    found: list[tuple[str, int, int]] = []
    wanted = 1
    lines = list(_lines(_PLAIN_LINE, text))
    for line in lines:
        number = int(line[1])
        begins_anew = (
            number == 1 and found and bisect_right(page_ends, line.start()) > bisect_right(page_ends, found[-1][1])
        )
        if number == wanted or begins_anew:
            found.append((line[1], line.start(), line.end() - 1))
            wanted = number + 1
    if not found:
        return _late_notes(text, [(line[1], line.start(), line.end() - 1) for line in lines])
    places = _references(text, max(int(mark) for mark, _, _ in found))
    known = 0
    last: dict[str, int] = {}
    for mark, start, _ in found:
        before = places.get(mark, [])
        known += bisect_right(before, start) > bisect_right(before, last.get(mark, 0))
        last[mark] = start
    return found if 2 * known >= len(found) else []


def _late_notes(text: str, lines: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Find notes of a part of a document: «5 ...», «6 ...», at least two, each referred to before it stands."""
    runs: list[list[tuple[str, int, int]]] = []
    for line in lines:
        if runs and int(line[0]) == int(runs[-1][-1][0]) + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    run = max(runs, key=len, default=[])
    if len(run) < _FEWEST_LATE:
        return []
    if any(text.find(mark, 0, start) < 0 for mark, start, _ in run):
        return []
    places = _references(text, int(run[-1][0]))
    return run if all(bisect_right(places.get(mark, []), start) for mark, start, _ in run) else []


def _references(text: str, highest: int) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for reference in _ANY_REFERENCE.finditer(text):
        if int(reference[0]) <= highest:
            places.setdefault(reference[0], []).append(reference.start())
    return places
