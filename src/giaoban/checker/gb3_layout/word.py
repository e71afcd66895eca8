"""Reads the facts of a page from a .docx file: sections, styles with what they are based on, theme, page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from giaoban.checker.gb3_layout.facts import Page, PageFacts, Passage, Piece
from giaoban.reader.loaders.numbering import W
from giaoban.reader.loaders.package import Package

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PASSED_OVER = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}instrText", _FALLBACK})
_TWIPS_PER_MM = 1440 / 25.4
_MOST_STYLES = 30
_DEEPEST = 200


def page_facts(data: bytes, where: str) -> PageFacts | None:
    """Return the facts of a .docx file; None where it holds no body.

    Raises:
        InvalidInput: the file is broken, protected or unsafe to unpack.
    """
    package = Package(data, where, kind=".docx")
    document = package.part("word/document.xml")
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        return None
    faces = _Faces(package)
    pages = tuple(page for section in body.iter(f"{W}sectPr") if (page := _page(section)) is not None)
    passages = tuple(passage for passage in _passages(body, faces, in_table=False) if passage.text)
    return PageFacts(pages, passages, tuple(_page_numbers(package)))


@dataclass(frozen=True, slots=True)
class _Face:
    """What a style or a run says of its letters; None: nothing, so that what stands above it counts."""

    font: str | None = None
    size: float | None = None

    def over(self, below: _Face) -> _Face:
        return _Face(self.font or below.font, self.size or below.size)


class _Faces:
    """Resolves the letters of a run: its own, its style's, its paragraph's style's, the document's."""

    def __init__(self, package: Package) -> None:
        self._theme = _theme_fonts(package.part("word/theme/theme1.xml"))
        styles = package.part("word/styles.xml")
        self._styles = {item.get(f"{W}styleId", ""): item for item in _children(styles, "style")}
        self._default = next(
            (
                name
                for name, item in self._styles.items()
                if item.get(f"{W}type") == "paragraph" and item.get(f"{W}default") in ("1", "true")
            ),
            "",
        )
        defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if styles is not None else None
        self._document = self._face(defaults)

    def of_paragraph(self, paragraph: Element) -> _Face:
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        return self._style(style or self._default).over(self._document)

    def of_run(self, run: Element, below: _Face) -> _Face:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return below
        return self._face(properties).over(self._style(_value(properties.find(f"{W}rStyle")))).over(below)

    def _style(self, name: str) -> _Face:
        face = _Face()
        for _ in range(_MOST_STYLES):
            style = self._styles.get(name)
            if style is None:
                break
            face = face.over(self._face(style.find(f"{W}rPr")))
            name = _value(style.find(f"{W}basedOn"))
        return face

    def _face(self, properties: Element | None) -> _Face:
        if properties is None:
            return _Face()
        fonts, size = properties.find(f"{W}rFonts"), _value(properties.find(f"{W}sz"))
        return _Face(self._font(fonts) if fonts is not None else None, _number(size) / 2 if _number(size) else None)

    def _font(self, fonts: Element) -> str | None:
        """Return the font of Latin letters; Word takes Vietnamese ones partly from ``ascii``, partly from ``hAnsi``."""
        named = {
            self._theme.get(fonts.get(f"{W}{side}Theme", "")[:5]) or fonts.get(f"{W}{side}")
            for side in ("ascii", "hAnsi")
            if fonts.get(f"{W}{side}Theme") or fonts.get(f"{W}{side}")
        }
        return named.pop() if len(named) == 1 else None


def _theme_fonts(theme: Element | None) -> dict[str, str]:
    found = {}
    for kind in ("major", "minor"):
        latin = theme.find(f".//{_A}{kind}Font/{_A}latin") if theme is not None else None
        if latin is not None and latin.get("typeface"):
            found[kind] = latin.get("typeface", "")
    return found


def _passages(parent: Element, faces: _Faces, *, in_table: bool, depth: int = 0) -> Iterator[Passage]:
    for child in parent if depth < _DEEPEST else ():
        if child.tag == f"{W}p":
            yield Passage(tuple(_pieces(child, faces, faces.of_paragraph(child))), in_table)
        elif child.tag not in _PASSED_OVER:
            yield from _passages(child, faces, in_table=in_table or child.tag == f"{W}tbl", depth=depth + 1)


def _pieces(parent: Element, faces: _Faces, below: _Face, depth: int = 0) -> Iterator[Piece]:
    for child in parent if depth < _DEEPEST else ():
        if child.tag == f"{W}r":
            words = "".join(text.text or "" for text in child.findall(f"{W}t"))
            if words:
                face = faces.of_run(child, below)
                yield Piece(words, face.font, face.size)
        elif child.tag not in _PASSED_OVER:
            yield from _pieces(child, faces, below, depth + 1)


def _page(section: Element) -> Page | None:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return None
    width, height = (_millimetres(size, name) for name in ("w", "h"))
    if not width or not height:
        return None
    sides = (_millimetres(margins, name) for name in ("top", "bottom", "left", "right", "gutter"))
    return Page(width, height, *sides)


def _page_numbers(package: Package) -> Iterator[bool]:
    """Yield for each header and footer that prints the number of the page whether it is a header."""
    relations = package.part("word/_rels/document.xml.rels")
    for relation in relations.iter(_RELATION) if relations is not None else ():
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind not in ("header", "footer"):
            continue
        target = relation.get("Target", "").lstrip("/")
        part = package.part(target if target.startswith("word/") else f"word/{target}")
        if part is not None and any("PAGE" in code.split() for code in _field_codes(part)):
            yield kind == "header"


def _field_codes(part: Element) -> Iterator[str]:
    for field in part.iter(f"{W}fldSimple"):
        yield field.get(f"{W}instr", "").upper()
    # Word cuts the code of a field into runs as it likes.
    for paragraph in part.iter(f"{W}p"):
        yield "".join(code.text or "" for code in paragraph.iter(f"{W}instrText")).upper()


def _children(root: Element | None, name: str) -> list[Element]:
    return root.findall(f"{W}{name}") if root is not None else []


def _value(item: Element | None) -> str:
    return item.get(f"{W}val", "") if item is not None else ""


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0


def _millimetres(item: Element, name: str) -> float:
    return abs(_number(item.get(f"{W}{name}", ""))) / _TWIPS_PER_MM
