"""The running text behind the printed lines: wraps undone, marks of emphasis dropped, every place traceable to the
original.

A ``Flow`` reads as a person reads: one space between words, ``\\n`` only where a paragraph, a heading or a list item
really
begins. ``origin`` leads from any of its places back to the offset in the original text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HARD = "\n"

# Asterisks are Markdown's emphasis, the rest are invisible characters.
_INVISIBLE = "*\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WHITE = "".join(letter for letter in map(chr, range(0x3001)) if letter.isspace() and letter != " ")
# Runs that are more than one plain space begin with two spaces, or hold one of these. A set of single signs is found
# ten times as fast as a choice of patterns.
_ODD_RUN = re.compile(rf"[{_WHITE}{_INVISIBLE}][\s{_INVISIBLE}]*")
_SPACES = re.compile(" +")
# What opens a new paragraph whatever stands before it: bullets, «1.», «2.1-», «a)», «II-», «1/-», «I/».
_OPENING = re.compile(
    r"[-+•–—] ?(?=[^\W\d_])|[-+•–—] (?!\d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\))|[IVXL]{1,5}\s?(?:/?[-.–]|/)\s"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}(?:[.)-]|/[-.]?)\s|[a-zđ](?:\)|\.\d{1,2}\))\s"
)
# «A. » opens one behind a heading or a whole sentence; «xếp loại / A. Các chi bộ …» may be wrapped.
_UPPER = re.compile(r"[A-HĐ](?:[.)]|\s?[-–])\s+[A-ZĐÀ-Ỹ]")
# «(1) » opens one behind a line that ends a sentence or announces it.
_NUMBERED = re.compile(r"\(\d{1,2}\)\s")
_BULLET_REACH = 40
_BULLET_STAR = re.compile(rf"[\n\r]\s{{0,{_BULLET_REACH}}}\* \Z")
_SHORT_LINE = 50
_NUMBERS = frozenset("0123456789IVX")
# A number and words without a sign behind which a line goes on.
_TITLE = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)]?-|[.)])\s[^\n]+(?<![,;(\s])$", re.MULTILINE)
_LONGEST_PRINTED = 130
_NEAR = 1500
# «Chi bộ quyết nghị:», «… một số nhiệm vụ sau:»: a line goes on behind other colons.
_ANNOUNCES = (" sau:", " sau đây:", " nghị:")
_SHORTEST_HEADING = 8
_MARK = re.compile(r"[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Flow:
    """Running text with the way back; ``starts[i]`` is where piece ``i`` begins here, ``origins[i]`` where in the
    original."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    ends: tuple[int, ...]

    def origin(self, place: int) -> int:
        """Return the offset in the original of the character at ``place``."""
        piece = bisect_right(self.starts, place) - 1
        origin, last = self.origins[piece], self.ends[piece] - 1
        found = origin + place - self.starts[piece]
        return found if found <= last or found == origin else max(origin, last)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span (end exclusive) of ``text[start:end]``, which must not be empty."""
        piece = bisect_right(self.starts, end - 1) - 1
        last = piece + 1 == len(self.starts)
        is_whole = end == (len(self.text) if last else self.starts[piece + 1])
        stop = self.ends[piece] if is_whole else self.origins[piece] + end - self.starts[piece]
        return self.origin(start), stop


def _is_hard(original: str, start: int, end: int, run: str) -> bool:
    """Tell whether the line break inside a run of white space begins something new."""
    if ("*" in run and _BULLET_STAR.search(run[-_BULLET_REACH:])) or _OPENING.match(original, end):
        return True
    before = original[start - 1] if start else ""
    is_blank = run.count("\n") + run.count("\r\r") > 1
    following = original[end : end + 1]
    if before in ".!?…":
        return is_blank or following.isupper() or (following == "(" and _NUMBERED.match(original, end) is not None)
    if before in ";:" and following == "(" and _NUMBERED.match(original, end):
        return True
    if not following.isupper():
        return False
    if not is_blank:
        return (
            _ends_capitals(original, start, end)
            or original.endswith(_ANNOUNCES, 0, start)
            or _opens_with_letter(original, start, end)
            or _ends_title(original, start)
        )
    if before == ":":
        return True
    line_start = original.rfind("\n", 0, start) + 1
    return start - line_start < _SHORT_LINE and before not in ',;(“"'


def _is_hard_break(original: str, at: int) -> bool:
    """Tell whether a line break with a word or sign on each side begins something new."""
    following = original[at + 1 : at + 2]
    if following.isupper() and (original[at - 1] in ".!?…" or original.endswith(_ANNOUNCES, 0, at)):
        return True
    if following == "(":
        is_numbered = _NUMBERED.match(original, at + 1) is not None
        return is_numbered and (original[at - 1] in ".!?…;:" or _is_capitals(original, at))
    # A word of small letters goes on; «a) » does not, nor does what begins with a sign or a digit.
    if following.islower() and original[at + 2 : at + 3] != ")":
        return False
    if _OPENING.match(original, at + 1) is not None or _ends_capitals(original, at, at + 1):
        return True
    if following.isupper() and _ends_title(original, at):
        return True
    return _opens_with_letter(original, at, at + 1)


def _ends_title(original: str, end: int) -> bool:
    """Tell whether a short line with a number ends, as a heading does: «2.1. Trồng trọt».

    Only near lines that are longer than any print: there each paragraph is one line, as in texts out of Word.
    """
    start = original.rfind("\n", 0, end) + 1
    if end - start >= _SHORT_LINE or original[start] not in _NUMBERS or _TITLE.match(original, start) is None:
        return False
    near = original[max(0, start - _NEAR) : end + _NEAR]
    return any(len(line) > _LONGEST_PRINTED for line in near.split("\n"))


def _opens_with_letter(original: str, start: int, end: int) -> bool:
    """Tell whether a line begins with «A. » behind a short line or a whole sentence."""
    if _UPPER.match(original, end) is None:
        return False
    return original[start - 1] in ".;:!?" or start - original.rfind("\n", 0, start) <= _SHORT_LINE


def _ends_capitals(original: str, start: int, end: int) -> bool:
    """Tell whether a line in capitals, a heading, ends before a line that is not: «III. PHƯƠNG HƯỚNG», «Ủy ban …»."""
    if not original[end : end + 1].isupper() or not original[end + 1 : end + 2].islower():
        return False
    return _is_capitals(original, start)


def _is_capitals(original: str, end: int) -> bool:
    line = original[original.rfind("\n", 0, end) + 1 : end]
    return len(line) >= _SHORTEST_HEADING and line.isupper()


class _Builder:
    """Collects pieces; one piece maps character by character, or (a replaced run) as a whole."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.origins: list[int] = []
        self.ends: list[int] = []
        self.length = 0
        # Whether each sign of the last piece stands for one sign of the original.
        self.is_straight = False
        self.has_marks = False

    def put(self, text: str, origin: int, end: int) -> None:
        if not text:
            return
        self.parts.append(text)
        if len(text) == end - origin:
            self.count(origin, end)
            return
        self.starts.append(self.length)
        self.origins.append(origin)
        self.ends.append(end)
        self.is_straight = False
        self.length += len(text)

    def count(self, origin: int, end: int) -> None:
        """Note where parts stand of which each sign stands for one of the original."""
        if origin == end:
            return
        if self.is_straight and self.ends[-1] == origin:
            self.ends[-1] = end
        else:
            self.starts.append(self.length)
            self.origins.append(origin)
            self.ends.append(end)
            self.is_straight = True
        self.length += end - origin

    def put_words(self, start: int, end: int) -> None:
        """Put a stretch without line breaks; decomposed letters become one letter each."""
        piece = self.original[start:end]
        if not self.has_marks or piece.isascii() or unicodedata.is_normalized("NFC", piece):
            self.put(piece, start, end)
            return
        done = start
        for mark in _MARK.finditer(self.original, start, end):
            base = mark.start() - 1
            if base < done:
                continue
            self.put(self.original[done:base], done, base)
            self.put(unicodedata.normalize("NFC", self.original[base : mark.end()]), base, mark.end())
            done = mark.end()
        self.put(self.original[done:end], done, end)

    def put_run(self, start: int, end: int) -> None:
        """Put what stands for a run of white and invisible signs: nothing, a space, or a hard break."""
        white = self.original[start:end]
        if white.strip(_INVISIBLE) and not (self.parts and self.parts[-1].isspace()):
            is_break = ("\n" in white or "\r" in white) and _is_hard(self.original, start, end, white)
            self.put(HARD if is_break else " ", start, end)

    def put_slice(self, start: int, end: int) -> None:
        original = self.original
        # Where all letters are composed nothing is to be done for them, whatever marks stand there.
        self.has_marks = not unicodedata.is_normalized("NFC", original[start:end])
        # Nearly all runs are breaks of wrapped lines: what they part is put as one.
        kept = done = start
        for begin, stop in _runs(original, start, end):
            if stop - begin == 1 and done < begin and original[begin] == "\n" and not self.has_marks:
                self.parts.append(original[done:begin])
                self.parts.append(HARD if _is_hard_break(original, begin) else " ")
            else:
                self.count(kept, done)
                self.put_words(done, begin)
                self.put_run(begin, stop)
                kept = stop
            done = stop
        self.count(kept, done)
        self.put_words(done, end)


def _runs(original: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the longest runs of white and invisible signs that are more than one plain space."""
    done = start
    gap = original.find("  ", start, end)
    for odd in _ODD_RUN.finditer(original, start, end):
        at, stop = odd.span()
        begin = at
        if 0 <= gap < stop:
            for begin, close in _gaps(original, done, at):
                if close < at:
                    yield begin, close
                    done, begin = close, at
            gap = original.find("  ", stop, end)
        if begin == at > done and original[at - 1] == " ":
            begin = at - 1
        yield begin, stop
        done = stop
    if gap >= 0:
        yield from _gaps(original, done, end)


def _gaps(original: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield runs of two and more spaces."""
    at = original.find("  ", start, end)
    while at >= 0:
        close = _close_of_spaces(original, at, end)
        yield at, close
        at = original.find("  ", close, end)


def _close_of_spaces(original: str, at: int, end: int) -> int:
    spaces = _SPACES.match(original, at, end)
    return spaces.end() if spaces else at


def make_flow(original: str, slices: Iterable[tuple[int, int]] | None = None) -> Flow:
    """Return the running text of the given slices of ``original`` (all of it by default), in their order."""
    builder = _Builder(original)
    for start, end in slices if slices is not None else [(0, len(original))]:
        if builder.length and not builder.parts[-1].isspace():
            builder.put(" ", start, start)
        builder.put_slice(start, end)
    if not builder.starts:
        return Flow("", (0,), (0,), (0,))
    return Flow("".join(builder.parts), tuple(builder.starts), tuple(builder.origins), tuple(builder.ends))
