"""OfficialDocument -> Markdown: the same words as the .docx, for reading, comparing and e-mail."""

from __future__ import annotations

import re

from giaoban.core.layouts import Layout, layout_on
from giaoban.writer.blocks import (
    Align,
    Block,
    Column,
    Footnote,
    FootnoteRef,
    Heading,
    Inline,
    ListItem,
    OfficialDocument,
    PageBreak,
    Paragraph,
    Row,
    Table,
)
from giaoban.writer.printed import (
    appendix_heading,
    cited_by_appendix,
    ended,
    place_and_date,
    recipient_lines,
    symbol_line,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
# At the start of a line these would make a list or a heading out of a sentence.
_LINE_START = re.compile(r"^(\d+)([.)])(?=\s)|^([-+])(?=\s)")
_RULES = {Align.LEFT: ":---", Align.CENTER: ":---:", Align.RIGHT: "---:"}


def to_markdown(source: OfficialDocument, layout: Layout | None = None) -> str:
    """Write a document as Markdown (CommonMark with tables and footnotes).

    Raises:
        NotFound: no layout is known for the date of issue.
    """
    layout = layout or layout_on(source.dated)
    writer = _Markdown(layout)
    writer.head(source)
    writer.blocks(ended(source.body, layout))
    writer.foot(source)
    for appendix in source.appendices:
        writer.say("---")
        writer.say(f"## {_escaped(appendix_heading(appendix, layout))}")
        writer.say(f"**{_escaped(appendix.title)}**")
        writer.say(f"*{_escaped(cited_by_appendix(source))}*")
        writer.blocks(appendix.body)
    writer.write_notes()
    return "\n\n".join(writer.parts) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _line(text: str) -> str:
    return _LINE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)


class _Markdown:
    """Collects paragraphs and footnotes in reading order."""

    def __init__(self, layout: Layout) -> None:
        self.parts: list[str] = []
        self._layout = layout
        self._notes: list[Footnote] = []

    def say(self, text: str) -> None:
        self.parts.append(text)

    def head(self, source: OfficialDocument) -> None:
        if source.superior:
            self.say(_escaped(self._layout.spell("superior", source.superior)))
        self.say(f"**{_escaped(' '.join(self._layout.spell('issuer', source.issuer).split()))}**")
        self.say(r"\*")
        self.say(_escaped(symbol_line(source)))
        if source.draft_mark:
            self.say(f"*{_escaped(source.draft_mark)}*")
        self.say(f"**{_escaped(self._layout.party_title.text)}**")
        self.say(f"*{_escaped(place_and_date(source))}*")
        self.say(f"# {_escaped(self._layout.spell('type_name', source.type_name))}")
        for words in source.title:
            self.say(f"**{_escaped(words)}**")
        self.say(self._layout.separator)

    def foot(self, source: OfficialDocument) -> None:
        if recipients := recipient_lines(source, self._layout):
            self.say("Nơi nhận:")
            self.say("\n".join(_escaped(name) for name in recipients))
        for signature in source.signatures:
            words = [self._layout.spell("capacity", capacity) for capacity in signature.capacity]
            words += [self._layout.spell("position", signature.position), signature.name]
            for each in filter(None, words):
                self.say(f"**{_escaped(each)}**")

    def blocks(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            match block:
                case Heading(level, number, title):
                    self.say(f"{'#' * (level + 1)} {_escaped(f'{number} {title}'.strip())}")
                case Paragraph(inlines):
                    self.say(_line(self._words(inlines)))
                case ListItem(inlines, mark):
                    self.say(f"{mark} {self._words(inlines)}")
                case Table():
                    self._table(block)
                case PageBreak():
                    pass

    def write_notes(self) -> None:
        """Write the footnotes; a note has no notes of its own."""
        for number, note in enumerate(self._notes, 1):
            self.say(f"[^{number}]: {self._words(note.inlines)}")

    def _words(self, inlines: tuple[Inline, ...]) -> str:
        return "".join(self._word(inline) for inline in inlines)

    def _word(self, inline: Inline) -> str:
        if isinstance(inline, FootnoteRef):
            self._notes.append(inline.note)
            return f"[^{len(self._notes)}]"
        mark = "**" * inline.bold + "*" * inline.italic
        return f"{mark}{_escaped(inline.text)}{mark[::-1]}"

    def _table(self, table: Table) -> None:
        if table.title:
            self.say(f"**{_escaped(table.title)}**")
        lines = [self._row(table.columns), "|" + "|".join(_RULES[column.align] for column in table.columns) + "|"]
        lines += [self._row(row) for row in (*table.rows, *((table.footer,) if table.footer else ()))]
        self.say("\n".join(lines))

    def _row(self, cells: tuple[Column, ...] | Row) -> str:
        words = [_escaped(cell.title) if isinstance(cell, Column) else self._words(cell) for cell in cells]
        return "| " + " | ".join(words) + " |"
