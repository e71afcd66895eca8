"""The file around the text: an empty document in a layout, its properties, and bytes that depend on nothing else."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, time

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.rel import Relationships
from docx.oxml import parse_xml
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from giaoban.core.layouts import Layout
from giaoban.writer.blocks import OfficialDocument
from giaoban.writer.docx._inlines import element
from giaoban.writer.docx._styles import LANGUAGE, NAMESPACE, styles_xml

_KEPT_IN_PACKAGE = {RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES}
_KEPT_IN_DOCUMENT = {RT.STYLES, RT.SETTINGS}
_EPOCH = (1980, 1, 1, 0, 0, 0)

# Compatibility mode 15 keeps Word from opening the file as «[Compatibility Mode]».
_SETTINGS = f"""<w:settings xmlns:w="{NAMESPACE}">
<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat><w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>
</w:settings>"""


def empty_document(layout: Layout, *, landscape: bool) -> Document:
    """Return a document with the layout's paper (turned by a quarter), margins and styles and nothing in it."""
    document = docx.Document()
    _keep_only(document.part.package.rels, _KEPT_IN_PACKAGE)
    _keep_only(document.part.rels, _KEPT_IN_DOCUMENT)
    for whole, xml in ((document.styles.element, styles_xml(layout)), (document.settings.element, _SETTINGS)):
        whole[:] = list(parse_xml(xml))
    section = document.sections[0]
    _lay(section, layout, landscape=landscape)
    section.top_margin, section.bottom_margin = Mm(layout.margins.top), Mm(layout.margins.bottom)
    section.left_margin, section.right_margin = Mm(layout.margins.left), Mm(layout.margins.right)
    section.header_distance = Mm(layout.page_number.from_edge)
    section.footer_distance = Pt(20)
    section.different_first_page_header_footer = True
    return document


def turn_pages(document: Document, layout: Layout, *, landscape: bool) -> None:
    """Begin a section on a new page that lies on its side, or stands again; the page numbers run on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    shrink(document.paragraphs[-1])
    _lay(section, layout, landscape=landscape)
    section.different_first_page_header_footer = False


def _lay(section: Section, layout: Layout, *, landscape: bool) -> None:
    width, height = layout.paper
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(height), Mm(width)) if landscape else (Mm(width), Mm(height))


def shrink(paragraph: Paragraph) -> None:
    """Make an empty paragraph that the file format asks for so low that it never begins a page of its own."""
    paragraph.paragraph_format.line_spacing = Pt(1)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(element("rPr", element("sz", val=2)), "w:sectPr", "w:pPrChange")


def text_width(layout: Layout, *, landscape: bool) -> float:
    """Return the width of the text in millimetres on a page that stands or lies."""
    return layout.text_width + (layout.paper[1] - layout.paper[0] if landscape else 0)


def _keep_only(relationships: Relationships, kinds: set[str]) -> None:
    # python-docx's template brings a thumbnail, a theme and 800 kB of unused styles along.
    for key in [key for key, rel in relationships.items() if rel.reltype not in kinds]:
        del relationships[key]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who took a document out of the office's data, when, and what it covers (decision D16)."""

    who: str
    when: datetime
    scope: str


def set_properties(document: Document, source: OfficialDocument, stamp: Stamp | None = None) -> None:
    """Fill the file's properties from the document; without a stamp its date of issue stands for all dates."""
    properties = document.core_properties
    day = datetime.combine(source.dated, time(), tzinfo=UTC)
    properties.title = " ".join((source.type_name, *source.title))
    properties.author = properties.last_modified_by = " ".join(source.issuer.split())
    properties.created = properties.modified = day
    properties.language = LANGUAGE
    properties.revision = 1
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    if stamp is not None:
        properties.last_modified_by = stamp.who
        properties.modified = stamp.when.astimezone(UTC)
        properties.comments = stamp.scope


def to_bytes(document: Document) -> bytes:
    """Return the .docx; the same document gives the same bytes, since no entry of the archive holds the hour."""
    raw = io.BytesIO()
    document.save(raw)
    fixed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
