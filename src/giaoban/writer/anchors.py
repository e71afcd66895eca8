"""Invisible marks in a Word file that tell, when it comes back, which paragraph was which.

Each block of the body gets a hidden bookmark («_gb_…»; Word and LibreOffice keep those and show them to nobody): its
place, the version of the free text it shows, and a key: of the slot, or of the words without their digits, so that a
sentence is known again although its figures have changed meanwhile.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from giaoban.writer.blocks import Block, Heading, ListItem, OfficialDocument, Paragraph, plain_text

PREFIX = "_gb_"
END = "_gb_end"
_NAME = re.compile(r"_gb_(\d+)_(\d+)_([0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a mark says: the version of the slot that stood there (0 where there is none) and the key of the block."""

    version: int
    key: str


def slot_key(slot: str) -> str:
    """Return the key of a place for free text."""
    return _digest(f"slot {slot}")


def words_key(text: str) -> str:
    """Return the key of words that the program wrote: figures may change, the key stays."""
    return _digest(re.sub(r"[\W\d_]+", " ", text).strip().casefold())


def block_text(block: Block) -> str:
    """Return the words of a block without footnotes; nothing for tables and page breaks."""
    match block:
        case Heading(_, number, title):
            return f"{number} {title}".strip()
        case Paragraph(inlines):
            return plain_text(inlines)
        case ListItem(inlines, mark):
            return f"{mark} {plain_text(inlines)}"
        case _:
            return ""


def anchor_names(document: OfficialDocument, versions: Mapping[str, int]) -> list[str]:
    """Return the mark of each block of the body; «» for a block that is no paragraph.

    Args:
        versions: the version of each slot whose words stand in the document.
    """
    names = []
    for place, block in enumerate(document.body):
        if isinstance(block, Paragraph | ListItem) and block.slot:
            names.append(f"{PREFIX}{place}_{versions.get(block.slot, 0)}_{slot_key(block.slot)}")
        elif text := block.title if isinstance(block, Heading) else block_text(block):
            # A heading's number depends on which sections before it have words.
            names.append(f"{PREFIX}{place}_0_{words_key(text)}")
        else:
            names.append("")
    return names


def read_anchor(name: str) -> Anchor | None:
    """Return what a mark says; None for a bookmark that is not one of these."""
    found = _NAME.fullmatch(name)
    return Anchor(int(found[2]), found[3]) if found else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
