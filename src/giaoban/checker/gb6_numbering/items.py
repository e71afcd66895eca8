"""Items of lists, «a)», «(1)»: where a list that runs in order leaves one out.

The reader takes them for headings only while they stand in order, so they are looked for in the lines here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from giaoban.checker.base import Subject
from giaoban.checker.gb6_numbering.siblings import is_quoted, stands_between
from giaoban.reader.footnotes import Footnote, take_apart

# It begins with the break before its line, which is found faster than «^».
_ITEM = re.compile(r"\n[ \t\f\u00a0*_]*(?P<mark>(?P<letter>[a-zđ])\)|\((?P<number>[1-9][0-9]?)\))[ \t*_]*(?=[A-ZĐÀ-Ỹ])")
# Headings, and items that are headings of their own, end without a sign.
_SHORT_HEADING = re.compile(
    r"[ \t*_]*(?:[a-zđ]\)|\([1-9][0-9]?\)|(?:[1-9][0-9]?\.){1,3}[0-9]{0,2}[ )-]|[IVX]{1,4}[.-])[^\n]{3,60}"
)
# The Vietnamese alphabet has no f, j, w, z; some lists leave out đ, some count as in English.
_VIETNAMESE = "abcdđeghiklmnopqrstuvxy"
_ALPHABETS = (_VIETNAMESE, _VIETNAMESE.replace("đ", ""), "abcdefghijklmnopqrstuvwxyz")
_ENDS = ".;:,!?…"
_FARTHEST = 3


@dataclass(frozen=True, slots=True)
class Jump:
    """An item that does not follow the one before it; ``missing`` names what is left out, as the list prints it."""

    start: int
    end: int
    printed: str
    before: str
    missing: str


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    mark: str
    letter: str | None
    number: int


def jumps(subject: Subject) -> Iterator[Jump]:
    """Yield the items that leave one out: their list began with «a)» or «(1)» and no heading stands in between.

    An item counts only at the start of a paragraph with a capital letter, or right under a heading or another item, so
    that «điểm a,» wrapped before «c) khoản 2» is none.
    """
    text = subject.text
    items = [item for item in map(_item, _ITEM.finditer("\n" + text)) if _opens_paragraph(text, item.start)]
    heads = sorted(section.start for section in subject.document.sections if not _is_item_number(section.number))
    ordered = _in_order(items)
    notes: list[Footnote] | None = None
    for index, (before, here) in enumerate(pairwise(items)):
        missing = _missing(before, here)
        if not missing or not ordered[index] or bisect_right(heads, before.start) < bisect_left(heads, here.start):
            continue
        if is_quoted(text, here.start) or stands_between(text, before.end, here.start, missing):
            continue
        # Footnotes may be marked «(1)» too; taking them apart costs more than all of the above.
        notes = list(take_apart(text).footnotes) if notes is None else notes
        note = bisect_right(notes, here.start, key=lambda note: note.start) - 1
        if note < 0 or here.start >= notes[note].end:
            shown = ", ".join(f"{name})" if here.letter else f"({name})" for name in missing)
            yield Jump(here.start, here.end, here.mark, before.mark, shown)


def _item(match: re.Match[str]) -> _Item:
    """Return an item found in a text with a line break before it."""
    number = int(match["number"]) if match["number"] else 0
    return _Item(match.start("mark") - 1, match.end("mark") - 1, match["mark"], match["letter"], number)


def _opens_paragraph(text: str, start: int) -> bool:
    above = text[max(0, start - 200) : start].rstrip(" \t\r\n\f*_\u00a0")
    return not above or above[-1] in _ENDS or _SHORT_HEADING.fullmatch(above[above.rfind("\n") + 1 :]) is not None


def _is_item_number(number: str) -> bool:
    """Tell whether a section is itself an item of such a list; a plain «2» is both, and its brackets are not kept."""
    return len(number) == 1 and number.isalpha() and number.islower()


def _in_order(items: list[_Item]) -> list[bool]:
    """Tell for each item whether it ends a list that is in order from its first item on."""
    found: list[bool] = []
    for before, here in pairwise([None, *items]):
        assert here is not None
        goes_on = before is not None and (before.letter is None) == (here.letter is None) and _follows(before, here)
        found.append(_is_first(here) or (goes_on and found[-1]))
    return found


def _is_first(item: _Item) -> bool:
    return item.letter == "a" or item.number == 1


def _follows(before: _Item, here: _Item) -> bool:
    if before.letter is None or here.letter is None:
        return here.number == before.number + 1
    return f"{before.letter}{here.letter}" in " ".join(_ALPHABETS)


def _missing(before: _Item, here: _Item) -> list[str]:
    """Return what stands between two items in every way of counting; nothing where they follow, or are far apart."""
    if before.letter is None or here.letter is None:
        between = list(map(str, range(before.number + 1, here.number))) if before.number and here.number else []
    else:
        ways = [
            list(alphabet[alphabet.index(before.letter) + 1 : alphabet.index(here.letter)])
            for alphabet in _ALPHABETS
            if before.letter in alphabet and here.letter in alphabet
        ]
        if any(not way for way in ways):
            return []
        between = [letter for letter in ways[0] if all(letter in way for way in ways)] if ways else []
    return between if len(between) <= _FARTHEST else []
