"""Runs, fields and footnotes. python-docx has no footnotes: their part is made here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from lxml import etree

from giaoban.writer.blocks import Footnote, FootnoteRef, Inline
from giaoban.writer.docx._styles import NAMESPACE

_SEPARATORS: Final = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    f"</w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>"
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)


def element(tag: str, *children: BaseOxmlElement, **attributes: str | int) -> BaseOxmlElement:
    """Make an element of the word-processing namespace; attributes are in it too (``val=3`` is w:val="3")."""
    made = cast(BaseOxmlElement, OxmlElement(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def run(text: str, *, bold: bool = False, italic: bool = False) -> BaseOxmlElement:
    """Make a run of words; white space is kept as it is."""
    made = element("r")
    if bold or italic:
        faces = ["b", "bCs"] * bold + ["i", "iCs"] * italic
        made.append(element("rPr", *(element(face) for face in faces)))
    words = element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(words)
    return made


def mark_paragraph(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around the words of a paragraph; ``number`` is unique in the document."""
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, element("bookmarkStart", id=number, name=name))
    paragraph._p.append(element("bookmarkEnd", id=number))


def page_field() -> list[BaseOxmlElement]:
    """Make the field that prints the number of the page."""
    begin, end = (element("r", element("fldChar", fldCharType=kind)) for kind in ("begin", "end"))
    code = element("instrText")
    code.text = "PAGE"
    return [begin, element("r", code), end]


def _mark(tag: str, **attributes: int) -> BaseOxmlElement:
    return element("r", element("rPr", element("rStyle", val="FootnoteReference")), element(tag, **attributes))


@dataclass(slots=True)
class Footnotes:
    """Collects the footnotes while the body is written, then makes their part."""

    notes: list[BaseOxmlElement] = field(default_factory=list)

    def write(self, paragraph: Paragraph, inlines: tuple[Inline, ...]) -> None:
        """Append inlines to a paragraph; a footnote gets the next number."""
        paragraph._p.extend(self._runs(inlines))

    def _runs(self, inlines: tuple[Inline, ...]) -> list[BaseOxmlElement]:
        return [
            self._refer(inline.note)
            if isinstance(inline, FootnoteRef)
            else run(inline.text, bold=inline.bold, italic=inline.italic)
            for inline in inlines
        ]

    def _refer(self, note: Footnote) -> BaseOxmlElement:
        number = len(self.notes) + 1
        style = element("pPr", element("pStyle", val="FootnoteText"))
        words = [run(inline.text) for inline in note.inlines if not isinstance(inline, FootnoteRef)]
        paragraph = element("p", style, _mark("footnoteRef"), run(" "), *words)
        self.notes.append(element("footnote", paragraph, id=number))
        return _mark("footnoteReference", id=number)

    def attach(self, document: Document) -> None:
        """Add word/footnotes.xml to the document."""
        root = etree.fromstring(f'<w:footnotes xmlns:w="{NAMESPACE}">{_SEPARATORS}</w:footnotes>'.encode())
        root.extend(self.notes)
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, blob, document.part.package)
        document.part.relate_to(part, RT.FOOTNOTES)
