"""The body of a Word document as lines: paragraphs, tables, text boxes, fields, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from giaoban.core.errors import InvalidInput
from giaoban.reader.loaders.numbering import Numbering, W

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WRAPPERS = tuple(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_DELETED = (f"{W}del", f"{W}moveFrom")
_INSERTED = (f"{W}ins", f"{W}moveTo")
_SKIPPED = (_FALLBACK, f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}tblPr", f"{W}trPr")
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_DEEPEST = 100
# The head of an official document and its signature stand in tables of two columns.
_LAYOUT_COLUMNS = 2


def raised(number: int) -> str:
    """Return a number in raised digits, as marks of footnotes are printed."""
    return str(number).translate(_RAISED)


class Body:
    """Walks through a body once, counting lists, the marks of notes and tracked changes in reading order."""

    def __init__(self, numbering: Numbering, where: str) -> None:
        self.numbering = numbering
        self.where = where
        self.marks: list[tuple[str, str]] = []
        self.inserted = 0
        self.deleted = 0
        self._fields: list[_Field] = []

    def blocks(self, parent: Element, depth: int = 0) -> Iterator[str]:
        """Yield the lines of a body, a cell or a note."""
        self._guard(depth, "Bảng")
        held = ""
        for child in parent:
            if child.tag == f"{W}p":
                text = held + self._paragraph(child, depth)
                # A deleted paragraph mark joins the paragraph with the next one.
                held = text if child.find(f"{W}pPr/{W}rPr/{W}del") is not None else ""
                if not held:
                    yield text
                continue
            if held:
                yield held
                held = ""
            if child.tag == f"{W}tbl":
                yield from self._table(child, depth)
            elif child.tag in _WRAPPERS:
                self.inserted += child.tag in _INSERTED
                yield from self.blocks(child, depth + 1)
            elif child.tag in _DELETED:
                self.deleted += 1
        if held:
            yield held

    def _guard(self, depth: int, what: str) -> None:
        if depth > _DEEPEST:
            raise InvalidInput(f"{what} lồng nhau quá sâu", where=self.where, expected="tệp .docx thông thường")

    def _unwrapped(self, parent: Element, tag: str, depth: int = 0) -> Iterator[Element]:
        """Yield the children of a kind, also from inside content controls."""
        self._guard(depth, "Bảng")
        for child in parent:
            if child.tag == tag:
                yield child
            elif child.tag in _WRAPPERS:
                yield from self._unwrapped(child, tag, depth + 1)

    def _table(self, table: Element, depth: int) -> Iterator[str]:
        for row in self._unwrapped(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.deleted += 1
                continue
            self.inserted += row.find(f"{W}trPr/{W}ins") is not None
            yield from self._row(row, depth)

    def _row(self, row: Element, depth: int) -> Iterator[str]:
        cells = [[*self.blocks(cell, depth + 1)] for cell in self._unwrapped(row, f"{W}tc")]
        texts = ["\n".join(cell).strip() for cell in cells]
        if sum(map(bool, texts)) <= _LAYOUT_COLUMNS and any("\n" in text for text in texts):
            for cell in cells:
                yield from cell
        else:
            yield "\t".join(" ".join(text.split("\n")) for text in texts)

    def _paragraph(self, paragraph: Element, depth: int) -> str:
        parts: list[str] = []
        boxes: list[str] = []
        self._collect(paragraph, parts, boxes, depth)
        # A page number ends in its paragraph, whether its field is closed or not.
        self._fields = [field for field in self._fields if not field.is_page]
        label = self.numbering.label(paragraph.find(f"{W}pPr"))
        return "\n".join([label + "".join(parts), *boxes])

    def _collect(self, parent: Element, parts: list[str], boxes: list[str], depth: int) -> None:
        self._guard(depth, "Đoạn văn")
        for child in parent:
            tag = child.tag
            if tag == f"{W}t":
                self._put(child.text or "", parts)
            elif tag in _SIGNS:
                self._put(_SIGNS[tag], parts)
            elif tag == f"{W}fldChar":
                self._field_sign(child.get(f"{W}fldCharType"))
            elif tag == f"{W}instrText":
                if self._fields:
                    self._fields[-1].code += child.text or ""
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self.marks.append((tag.removeprefix(W).removesuffix("Reference"), child.get(f"{W}id", "")))
                parts.append(raised(len(self.marks)))
            elif tag == f"{W}txbxContent":
                boxes.extend(self.blocks(child, depth + 1))
            elif tag in _DELETED:
                self.deleted += 1
            elif tag == f"{W}fldSimple" and _PAGE_FIELD.match(child.get(f"{W}instr", "")):
                continue
            elif tag not in _SKIPPED:
                self.inserted += tag in _INSERTED
                self._collect(child, parts, boxes, depth + 1)

    def _put(self, text: str, parts: list[str]) -> None:
        if not any(field.is_page for field in self._fields):
            parts.append(text)

    def _field_sign(self, kind: str | None) -> None:
        """Follow a field through its begin, its code and its shown result."""
        if kind == "begin" and len(self._fields) < _DEEPEST:
            self._fields.append(_Field())
        elif kind == "end" and self._fields:
            self._fields.pop()


class _Field:
    """A field that is open; page numbers are no text."""

    __slots__ = ("code",)

    def __init__(self) -> None:
        self.code = ""

    @property
    def is_page(self) -> bool:
        return _PAGE_FIELD.match(self.code) is not None
