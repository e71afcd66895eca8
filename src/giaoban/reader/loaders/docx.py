"""Word documents: paragraphs, tables and footnotes as one plain text.

A paragraph is a line. A table's row is a line with tabs between its cells; where a cell holds several paragraphs (the
head of an official document, recipients beside the signature) the cells follow each other. A footnote's mark becomes a
raised number in the text, and the footnotes stand behind the body, each after its number. Deleted passages of tracked
changes are left out, inserted ones are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from giaoban.core.errors import InvalidInput
from giaoban.reader.loaders.numbering import Numbering, W
from giaoban.reader.loaders.package import Package

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DEEPEST = 200


def load(data: bytes, where: str) -> str:
    """Return the text of a .docx file.

    Raises:
        InvalidInput: not a Word document, protected, damaged, or unsafe to unpack.
    """
    package = Package(data, where, kind=".docx")
    root = package.part("word/document.xml")
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise InvalidInput("Tệp nén này không chứa văn bản Word", where=where, expected="tệp .docx")
    numbering = Numbering(package.part("word/numbering.xml"), package.part("word/styles.xml"))
    reader = _Reader(numbering, where)
    lines = list(reader.blocks(body))
    notes = {kind: package.part(f"word/{kind}s.xml") for kind in ("footnote", "endnote")}
    if reader.marks:
        lines.append("")
    for number, (kind, name) in enumerate(list(reader.marks), 1):
        lines.append(f"{_raised(number)} {' '.join(reader.note(notes[kind], kind, name))}")
        lines.append("")
    return "\n".join(lines)


def _raised(number: int) -> str:
    return str(number).translate(_RAISED)


class _Reader:
    """Walks through the body once, counting lists and the marks of notes in reading order."""

    def __init__(self, numbering: Numbering, where: str) -> None:
        self.numbering = numbering
        self.where = where
        self.marks: list[tuple[str, str]] = []

    def blocks(self, parent: Element, depth: int = 0) -> Iterator[str]:
        """Yield the lines of a body, a cell or a note."""
        if depth > _DEEPEST:
            raise InvalidInput("Bảng lồng nhau quá sâu", where=self.where, expected="tệp .docx thông thường")
        for child in parent:
            if child.tag == f"{W}p":
                yield self._paragraph(child)
            elif child.tag == f"{W}tbl":
                for row in child.findall(f"{W}tr"):
                    yield from self._row(row, depth)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
                yield from self.blocks(child, depth + 1)

    def note(self, root: Element | None, kind: str, name: str) -> Iterator[str]:
        """Yield the lines of a footnote or endnote."""
        for item in root.findall(f"{W}{kind}") if root is not None else []:
            if item.get(f"{W}id") == name:
                yield from (line.strip() for line in self.blocks(item))

    def _row(self, row: Element, depth: int) -> Iterator[str]:
        cells = [list(self.blocks(cell, depth + 1)) for cell in row.findall(f"{W}tc")]
        if any("\n" in "\n".join(cell).strip() for cell in cells):
            for cell in cells:
                yield from cell
        else:
            yield "\t".join("".join(cell).strip() for cell in cells)

    def _paragraph(self, paragraph: Element) -> str:
        parts: list[str] = []
        boxes: list[str] = []
        self._collect(paragraph, parts, boxes, 0)
        label = self.numbering.label(paragraph.find(f"{W}pPr"))
        return "\n".join([label + "".join(parts), *boxes])

    def _collect(self, parent: Element, parts: list[str], boxes: list[str], depth: int) -> None:
        if depth > _DEEPEST:
            raise InvalidInput("Đoạn văn lồng nhau quá sâu", where=self.where, expected="tệp .docx thông thường")
        for child in parent:
            tag = child.tag
            if tag == f"{W}t":
                parts.append(child.text or "")
            elif tag in (f"{W}tab", f"{W}ptab"):
                parts.append("\t")
            elif tag in (f"{W}br", f"{W}cr"):
                parts.append("\n")
            elif tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self.marks.append((tag.removeprefix(W).removesuffix("Reference"), child.get(f"{W}id", "")))
                parts.append(_raised(len(self.marks)))
            elif tag == f"{W}txbxContent":
                boxes.extend(self.blocks(child, depth + 1))
            elif tag not in (_FALLBACK, f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr"):
                self._collect(child, parts, boxes, depth + 1)
