"""The styles of a document, made from its layout: real headings with outline levels, footnotes, the parts of the head.

Style names that have no built-in twin are Vietnamese, since the clerk picks them from Word's list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from giaoban.core.layouts import Face, Layout

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LANGUAGE: Final = "vi-VN"
POINTS_PER_MM: Final = 72 / 25.4


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * POINTS_PER_MM * 20)


@dataclass(frozen=True, slots=True)
class _Style:
    id: str
    name: str
    face: str
    align: str = "left"
    before: float = 0
    after: float = 0
    exact: bool = False
    indent: bool = False
    outline: int | None = None
    keep_next: bool = False


_STYLES: Final = (
    _Style("BodyText", "Body Text", "body", "both", exact=True, indent=True),
    _Style("ListParagraph", "List Paragraph", "body", "both", exact=True, indent=True),
    *(
        _Style(f"Heading{n}", f"heading {n}", f"heading{n}", "both", 6, 0, True, True, n - 1, keep_next=True)
        for n in range(1, 5)
    ),
    _Style("Title", "Title", "type_name", "center", before=24, keep_next=True),
    _Style("Subtitle", "Subtitle", "title", "center", keep_next=True),
    _Style("Separator", "Gạch dưới trích yếu", "separator", "center", after=12, keep_next=True),
    _Style("PartyTitle", "Tiêu đề Đảng", "party_title", "center", keep_next=True),
    _Style("Superior", "Cơ quan cấp trên", "superior", "center"),
    _Style("Issuer", "Cơ quan ban hành", "issuer", "center"),
    _Style("Asterisk", "Dấu sao", "asterisk", "center"),
    _Style("Symbol", "Số, ký hiệu", "symbol", "center"),
    _Style("PlaceDate", "Địa danh, ngày tháng", "place_date", "center"),
    _Style("DraftMark", "Dự thảo", "draft_mark", "center", before=6),
    _Style("Capacity", "Quyền hạn ký", "capacity", "center", before=6, keep_next=True),
    _Style("Position", "Chức vụ người ký", "position", "center", keep_next=True),
    _Style("Signer", "Người ký", "signer", "center", before=72, keep_next=True),
    _Style("RecipientsHeading", "Nơi nhận", "recipients_heading", "left", before=6, keep_next=True),
    _Style("Recipients", "Danh sách nơi nhận", "recipients", "left", keep_next=True),
    _Style("TableText", "Nội dung bảng", "table", "left", before=2, after=2),
    _Style("Caption", "caption", "appendix_title", "center", before=6, after=6, keep_next=True),
    _Style("AppendixTitle", "Tên phụ lục", "appendix_title", "center", keep_next=True, outline=0),
    _Style("FootnoteText", "footnote text", "footnote", "both"),
)


def styles_xml(layout: Layout) -> str:
    """Return the children of word/styles.xml for a layout, wrapped in w:styles."""
    font = quoteattr(layout.font)
    fonts = f"<w:rFonts w:ascii={font} w:hAnsi={font} w:cs={font} w:eastAsia={font}/>"
    language = f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'
    body = round(layout.faces["body"].size * 2)
    page_number = round(layout.page_number.size * 2)
    return (
        f'<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}'
        f'<w:sz w:val="{body}"/><w:szCs w:val="{body}"/>{language}</w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr><w:widowControl/></w:pPr><w:rPr>{fonts}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f"{_table_grid()}"
        '<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr>'
        f'<w:rPr><w:sz w:val="{page_number}"/><w:szCs w:val="{page_number}"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        + "".join(_style_xml(style, layout) for style in _STYLES)
        + "</w:styles>"
    )


def _table_grid() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f'<w:tblPr><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def _style_xml(style: _Style, layout: Layout) -> str:
    after = layout.paragraph_gap if style.exact else style.after
    spacing = f'w:before="{round(style.before * 20)}" w:after="{round(after * 20)}"'
    if style.exact:
        spacing += f' w:line="{round(layout.line_spacing * 20)}" w:lineRule="exact"'
    indent = f'<w:ind w:firstLine="{twips(layout.first_line_indent)}"/>' if style.indent else ""
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    keep = "<w:keepNext/>" if style.keep_next else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val={quoteattr(style.name)}/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}<w:widowControl/><w:spacing {spacing}/>{indent}'
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr>{_face_xml(_face(layout, style.face))}</w:style>'
    )


def _face(layout: Layout, name: str) -> Face:
    if name == "party_title":
        return Face(layout.party_title.size, bold=layout.party_title.bold)
    return layout.faces[name]


def _face_xml(face: Face) -> str:
    bold = "<w:b/><w:bCs/>" if face.bold else ""
    italic = "<w:i/><w:iCs/>" if face.italic else ""
    underline = '<w:u w:val="single"/>' if face.underline else ""
    size = round(face.size * 2)
    return f'<w:rPr>{bold}{italic}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{underline}</w:rPr>'
