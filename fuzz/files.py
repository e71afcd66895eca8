"""Hypothesis strategies for files: texts in many encodings, pages of HTML, Word packages, PDF pages, damaged bytes."""

from __future__ import annotations

import io
import zipfile
from html import escape

from hypothesis import strategies as st

from fuzz.legacy_writer import to_tcvn3, to_vni
from fuzz.mutations import mutated_texts
from fuzz.pdf_writer import PdfPage, pdf
from fuzz.samples import File
from fuzz.texts import official_texts, runs

_TEXTS = st.one_of(official_texts(6), mutated_texts(), st.text(max_size=40))
_SHORT_TEXTS = st.one_of(official_texts(2), runs(50), st.text(max_size=12))
_OLD = {"tcvn3": to_tcvn3, "vni": to_vni}
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258", "cp1252", "latin-1", "utf-32", *_OLD)
# Values that a number, a name or a size may have in a damaged or hostile file.
_VALUES = (
    "0", "1", "2", "8", "9", "10", "-1", "", " ", "1.5", "1e9", "x", "²", "٣", "①", "2147483648", "9"*30, "9"*5_000,
    "none", "decimal", "upperRoman", "lowerLetter", "bullet", "decimalZero", "%1.", "%1.%2.%9", "%0", "PAGE", "first",
    "begin", "end", "separate", "nan", "inf",
)  # fmt: skip
_HTML = (
    "<p>", "</p>", "<br>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<td colspan=9>", "<ol>", "<ol start=7>",
    "<ol start='²'>", "<ul>", "<li>", "</ol>", "<sup>", "</sup>", "<pre>", "</pre>", "<del>", "</del>", "<script>",
    "</script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0' encoding='utf-16'?>",
    "<meta charset=utf-8>", "<meta charset=cp1258>", "<meta charset='x'>", "<meta charset=utf-16>",
    "<meta charset=vni>", "<div style='display: none'>", "<p hidden>", "&nbsp;", "&#0;", "&#xD800;", "&#x110000;",
    "&amp;", "&", "<", ">", "</", "<!DOCTYPE html>", "<html>", "</html>", "<body>", "<h1>", "<b>", "<sup>1</sup>",
    "<svg>", "<template>", "<select>", "\x00", "<a href='http://vi.du/'>", "<img src=x>", "<form>", "<button>",
    "<plaintext>", "<math>", "<td", "<p style=\"",
)  # fmt: skip
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
# What may hold other elements, with their attributes; and what holds text or nothing.
_HOLDERS = (
    "p", "p", "p", "r", "r", "tbl", "tr", "tc", "tc", "sdt", "sdtContent", "ins", "del", "moveFrom", "moveTo",
    "smartTag", "hyperlink", "pict", "txbxContent", "fldSimple", "pPr", "rPr", "numPr", "trPr", "sectPr", "body",
)  # fmt: skip
_LEAVES = (
    "tab", "br", "cr", "noBreakHyphen", "fldChar", "footnoteReference", "endnoteReference", "commentReference",
    "numId", "ilvl", "pStyle", "headerReference", "footerReference", "titlePg", "pgSz", "pgMar", "rFonts", "sz",
    "rStyle", "del", "ptab",
)  # fmt: skip
_ATTRIBUTES = (
    "w:val",
    "w:id",
    "w:fldCharType",
    "w:instr",
    "w:type",
    "r:id",
    "w:w",
    "w:h",
    "w:left",
    "w:ascii",
    "w:hAnsi",
)
_DEEPEST = 5


@st.composite
def _element(draw: st.DrawFn, depth: int = 0) -> str:
    kind = draw(st.integers(0, 3))
    if kind == 0 or depth >= _DEEPEST:
        return f"<w:t>{escape(draw(_SHORT_TEXTS))}</w:t>"
    if kind == 1:
        code = draw(st.sampled_from(("PAGE", " NUMPAGES ", "REF a", "")))
        return draw(st.sampled_from((f"<w:instrText>{code}</w:instrText>", _tag(draw, _LEAVES, "/>"))))
    children = "".join(draw(st.lists(_element(depth + 1), max_size=4)))
    opening = _tag(draw, _HOLDERS, ">")
    return f"{opening}{children}</{opening[1:].split()[0].rstrip('>')}>"


def _tag(draw: st.DrawFn, names: tuple[str, ...], ending: str) -> str:
    names_and_values = draw(st.dictionaries(st.sampled_from(_ATTRIBUTES), st.sampled_from(_VALUES), max_size=3))
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in names_and_values.items())
    return f"<w:{draw(st.sampled_from(names))}{attributes}{ending}"


@st.composite
def _numbering(draw: st.DrawFn) -> str:
    """Draw lists whose depths, starts and forms may be anything."""
    value = st.sampled_from(_VALUES)
    levels = "".join(
        f'<w:lvl w:ilvl="{draw(value)}"><w:start w:val="{draw(value)}"/><w:numFmt w:val="{draw(value)}"/>'
        f'<w:lvlText w:val="{draw(value)}"/></w:lvl>'
        for _ in range(draw(st.integers(0, 3)))
    )
    lists = "".join(f'<w:num w:numId="{draw(value)}"><w:abstractNumId w:val="1"/></w:num>' for _ in range(3))
    return f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{lists}'


def _part(name: str, content: str) -> bytes:
    return f"<w:{name} {_W} {_R}>{content}</w:{name}>".encode("utf-8", "replace")


@st.composite
def _packages(draw: st.DrawFn) -> bytes:
    """Draw a Word file; each of its parts is there or not."""
    elements = st.lists(_element(), max_size=6).map("".join)
    parts = {"word/document.xml": _part("document", f"<w:body>{draw(elements)}</w:body>")}
    for name in ("footnotes", "endnotes", "comments", "styles", "header1"):
        if draw(st.booleans()):
            parts[f"word/{name}.xml"] = _part(name.rstrip("1"), draw(elements))
    if draw(st.booleans()):
        parts["word/numbering.xml"] = _part("numbering", draw(_numbering()))
    if draw(st.booleans()):
        target = draw(st.sampled_from(("header1.xml", "/word/header1.xml", "../x")))
        relation = f'<Relationship Id="1" Type="x/header" Target="{target}"/>'
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{space}">{relation}</Relationships>'.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _encoded(text: str, encoding: str) -> bytes:
    if encoding in _OLD:
        try:
            return _OLD[encoding](text)
        except ValueError:
            # A letter that the old encoding does not have.
            encoding = "cp1258"
    return text.encode(encoding, "replace")


@st.composite
def _pages(draw: st.DrawFn) -> bytes:
    """Draw a PDF file: words at any place, turned and of any size, rules that may be tables, pictures."""
    number = st.one_of(st.integers(-50, 900), st.sampled_from([0, 72, 100, 300, 500, 700, 100_000, -100_000]))
    pages = []
    for _ in range(draw(st.integers(1, 3))):
        page = PdfPage()
        for _ in range(draw(st.integers(0, 12))):
            match draw(st.integers(0, 3)):
                case 0:
                    lines = draw(_SHORT_TEXTS).split("\n")[:9]
                    page.lines(draw(number), draw(number), lines, draw(st.sampled_from([12, 8, 0.1, 300])))
                case 1:
                    turn = draw(st.sampled_from(["1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "1 0.2 -0.2 1", "0 0 0 0"]))
                    page.text(draw(number), draw(number), draw(_SHORT_TEXTS)[:80], turn=turn)
                case 2:
                    left, bottom, step = draw(number), draw(number), draw(st.sampled_from([20, 50, 0]))
                    for row in range(draw(st.integers(1, 6))):
                        page.rule(left, bottom + row * step, left + 300, bottom + row * step)
                        page.rule(left + row * step, bottom, left + row * step, bottom + 100)
                case _:
                    page.picture()
        pages.append(page)
    size = draw(st.sampled_from([(595, 842), (842, 595), (1, 1), (14_400, 14_400)]))
    return pdf(*pages, compress=draw(st.booleans()), size=size)


@st.composite
def damaged_bytes(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> bytes:
    """Draw bytes with some of them changed, a piece lost or the end cut off; one in two stays whole."""
    data = bytearray(draw(whole))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2, 6]))):
        place = int(draw(st.floats(0, 1, exclude_max=True)) * len(data)) if data else 0
        match draw(st.integers(0, 2)):
            case 0:
                data[place : place + 1] = draw(st.binary(max_size=3))
            case 1:
                del data[place : place + draw(st.integers(1, 60))]
            case _:
                data[place:] = b"" if draw(st.booleans()) else data[place:] * 2
    return bytes(data)


def files() -> st.SearchStrategy[File]:
    """Draw a file of any of the formats that are read."""
    pages_of_html = st.lists(st.one_of(st.sampled_from(_HTML), _SHORT_TEXTS), max_size=30).map("".join)
    encoded = st.builds(_encoded, _TEXTS, st.sampled_from(_ENCODINGS))
    encoded_html = st.builds(_encoded, pages_of_html, st.sampled_from(_ENCODINGS))
    return st.one_of(
        st.builds(File, st.sampled_from([".txt", ".md"]), damaged_bytes(encoded)),
        st.builds(File, st.sampled_from([".html", ".htm"]), damaged_bytes(encoded_html)),
        st.builds(File, st.just(".docx"), damaged_bytes(_packages())),
        st.builds(File, st.just(".docx"), _packages()),
        st.builds(File, st.just(".pdf"), _pages(), st.just(True)),
    )


def broken_pdf_files() -> st.SearchStrategy[File]:
    """Draw damaged PDF files; each is read in a process of its own."""
    return st.builds(File, st.just(".pdf"), damaged_bytes(_pages()))
