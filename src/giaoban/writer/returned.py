"""A draft that went out as a Word file and came back: which words were changed where, and which numbers by hand.

The marks of ``writer.anchors`` say which paragraph was which. Where a program lost them, headings and likeness do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING
from unicodedata import normalize

from giaoban.writer.anchors import END, block_text, read_anchor, slot_key, words_key
from giaoban.writer.blocks import Heading, Inline, ListItem, Number, OfficialDocument, Paragraph, plain_text

if TYPE_CHECKING:
    from giaoban.reader.loaders.docx import MarkedLine

_NUMBERING = re.compile(r"^\s*(?:[IVXLC]{1,6}\s*[-.–]|\d{1,2}(?:\.\d{1,2})*\s*[.)-]?|[a-zđ]\))\s*")
_TOKEN = re.compile(r"\d[\d.,]*\d%?|\d%?|\w+|[^\w\s]")
_HAS_DIGIT = re.compile(r"\d")
# Two sentences are the same one, changed, from this likeness on.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A figure's number that somebody changed in Word; «» where one side has none."""

    measure: str
    role: str
    part: str
    unit: str
    printed: str
    by_hand: str


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """Words with figures that came back otherwise; ``returned`` is empty where they were taken out."""

    section: str
    printed: str
    returned: str
    numbers: tuple[NumberChange, ...]


@dataclass(frozen=True, slots=True)
class SlotReturn:
    """The words that came back for a place for free text; ``version`` is the one that went out, None if not known."""

    slot: str
    text: str
    version: int | None


@dataclass(frozen=True, slots=True)
class Returned:
    """What a file says: the words of each slot, changed sentences, and lines (section, text) that fit nowhere.

    ``known`` is the share of the program's own headings and sentences that were found in it, from 0 to 1.
    """

    slots: tuple[SlotReturn, ...]
    sentences: tuple[SentenceChange, ...]
    loose: tuple[tuple[str, str], ...]
    known: float


@dataclass(slots=True)
class _Item:
    """A heading, words of the program, or a slot, as the document has it, and what came back for it."""

    kind: str
    key: str
    text: str
    section: int
    slot: str = ""
    inlines: tuple[Inline, ...] = ()
    lines: list[str] | None = None
    version: int | None = None


def plain(text: str) -> str:
    """Return words as they are compared: one form of letters, single spaces."""
    return " ".join(normalize("NFC", text).split())


def compare(document: OfficialDocument, lines: Sequence[MarkedLine], texts: Mapping[str, str]) -> Returned:
    """Compare a file that came back with the document.

    Args:
        document: the draft as it is now, built with its empty slots marked.
        lines: of the file.
        texts: the words of each slot now; a slot that is missing here is empty.
    """
    items = _items(document)
    loose = _assign(items, lines, texts)
    titles = [item.text for item in items if item.kind == "heading"]
    sentences = [change for item in items if item.kind == "said" and (change := _sentence(item, titles))]
    slots = [
        SlotReturn(item.slot, _slot_text(item, texts.get(item.slot, "")), item.version)
        for item in items
        if item.kind == "slot" and (item.lines is not None or texts.get(item.slot))
    ]
    own = [item for item in items if item.kind != "slot"]
    known = sum(item.lines is not None for item in own) / max(1, len(own))
    return Returned(tuple(slots), tuple(sentences), tuple((_title(titles, at), text) for at, text in loose), known)


def _items(document: OfficialDocument) -> list[_Item]:
    items: list[_Item] = []
    section = -1
    for block in document.body:
        match block:
            case Heading(title=title):
                section += 1
                items.append(_Item("heading", words_key(title), title, section))
            case Paragraph(inlines=inlines, slot=slot) | ListItem(inlines=inlines, slot=slot) if slot:
                if not any(item.slot == slot for item in items):
                    items.append(_Item("slot", slot_key(slot), "", section, slot))
            case Paragraph(inlines=inlines) | ListItem(inlines=inlines):
                text = block_text(block)
                items.append(_Item("said", words_key(text), text, section, inlines=inlines))
            case _:
                pass
    return items


def _assign(items: list[_Item], lines: Sequence[MarkedLine], texts: Mapping[str, str]) -> list[tuple[int, str]]:
    """Give each line to the item that it belongs to; return those that belong to none, with their section."""
    known = {plain(line): slot for slot, text in texts.items() for line in text.splitlines() if line.strip()}
    loose: list[tuple[int, str]] = []
    at: _Item | None = None
    for line in lines:
        if END in line.marks:
            break
        text = plain(line.text)
        if not text:
            continue
        item = _marked(items, line) or _found(items, text, known, at)
        if item is not None and (item.kind != "heading" or item.lines is None):
            at = item
            item.lines = [*(item.lines or []), text]
            if item is items[-1] and item.kind == "said":
                break
            continue
        if at is None:
            continue
        slot = _open_slot(items, at)
        if slot is None:
            loose.append((at.section, text))
        else:
            slot.lines = [*(slot.lines or []), text]
            at = slot
    return loose


def _marked(items: list[_Item], line: MarkedLine) -> _Item | None:
    for name in line.marks:
        anchor = read_anchor(name)
        item = next((one for one in items if anchor and one.key == anchor.key), None)
        if item is not None and anchor is not None and (item.kind == "slot" or item.lines is None):
            if item.kind == "slot" and item.version is None:
                item.version = anchor.version
            return item
    return None


def _found(items: list[_Item], text: str, known: Mapping[str, str], at: _Item | None) -> _Item | None:
    """Find the item of a line that has lost its mark: by its heading, by words that are the same, by likeness."""
    # A heading has its number: the title above the text often says the same as one of them.
    title = plain(_NUMBERING.sub("", text)).casefold() if _NUMBERING.match(text) else ""
    for item in items:
        if title and item.kind == "heading" and item.lines is None and plain(item.text).casefold() == title:
            return item
    if text in known:
        return next((item for item in items if item.slot == known[text]), None)
    if at is None:
        return None
    waiting = [item for item in items if item.kind == "said" and item.lines is None]
    near = [item for item in waiting if item.section == at.section] or waiting[-1:]
    likeness = [(_likeness(item.text, text), place) for place, item in enumerate(near)]
    best, place = max(likeness, default=(0.0, 0))
    return near[place] if best >= _ALIKE else None


def _likeness(one: str, other: str) -> float:
    mine, theirs = (re.sub(r"[\W\d_]+", " ", text).casefold().split() for text in (one, other))
    return SequenceMatcher(a=mine, b=theirs, autojunk=False).ratio()


def _open_slot(items: list[_Item], at: _Item) -> _Item | None:
    """Return the slot into which words go that stand after an item: itself, else the next one of the section."""
    if at.kind == "slot":
        return at
    place = next(number for number, item in enumerate(items) if item is at)
    after = [item for item in items[place:] if item.section == at.section and item.kind == "slot"]
    before = [item for item in items[:place] if item.section == at.section and item.kind == "slot"]
    return next(iter(after or before[::-1]), None)


def _slot_text(item: _Item, now: str) -> str:
    text = "\n".join(item.lines or [])
    # The end of the whole text has the mark of the layout after it, which is no word of the slot.
    bare = text.removesuffix("/.").rstrip(".;")
    return (
        now.strip()
        if [plain(line) for line in now.splitlines() if line.strip()] == text.splitlines()
        else (text if bare == text.rstrip(".;") else bare + ".")
    )


def _title(titles: Sequence[str], section: int) -> str:
    return titles[section] if 0 <= section < len(titles) else ""


def _sentence(item: _Item, titles: Sequence[str]) -> SentenceChange | None:
    printed, returned = plain(item.text), " ".join(item.lines or [])
    if printed.removesuffix("./.").rstrip(".") == returned.removesuffix("./.").rstrip("."):
        return None
    return SentenceChange(_title(titles, item.section), printed, returned, _numbers(item, returned))


def _numbers(item: _Item, returned: str) -> tuple[NumberChange, ...]:
    printed = plain_text(item.inlines)
    owners: list[Number | None] = []
    tokens: list[str] = []
    place, spans = 0, []
    for inline in item.inlines:
        length = len(plain_text((inline,)))
        if isinstance(inline, Number):
            spans.append((place, place + length, inline))
        place += length
    for found in _TOKEN.finditer(printed):
        tokens.append(found[0])
        owners.append(next((number for start, end, number in spans if start <= found.start() < end), None))
    others = _TOKEN.findall(returned)
    changes: list[NumberChange] = []
    for kind, first, last, start, end in SequenceMatcher(None, tokens, others, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        ours = [(tokens[one], number) for one in range(first, last) if (number := owners[one]) is not None]
        theirs = [word for word in others[start:end] if _HAS_DIGIT.search(word)]
        for mine, hand in zip_longest(ours, theirs):
            word, number = mine or ("", None)
            changes.append(
                NumberChange(
                    number.measure if number else "",
                    number.role.value if number else "",
                    number.part if number else "",
                    number.unit if number else "",
                    word,
                    hand or "",
                )
            )
    return tuple(changes)
