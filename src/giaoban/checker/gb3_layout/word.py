"""Reads the facts of a page from a .docx file: sections, page numbers, paragraphs with their letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from giaoban.checker.gb3_layout.facts import Page, PageFacts, Passage, Piece
from giaoban.checker.gb3_layout.word_faces import NO_FACE, Face, Faces, value_of
from giaoban.reader.loaders.numbering import W
from giaoban.reader.loaders.package import Package

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
_PASSED_OVER = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}instrText", _FALLBACK})
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_LENGTH = re.compile(r"(?P<number>-?[0-9]+(?:\.[0-9]+)?)(?P<unit>mm|cm|in|pt|pc|pi)?\Z")
# Millimetres; a number without a unit counts twips.
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "pi": 25.4 / 6, None: 25.4 / 1440}
_PAGE_CODE = re.compile(r"(?<!\w)PAGE(?!\w)")
_CONDITION = re.compile(r"(?<!\w)IF(?!\w)")
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
    settings = package.part("word/settings.xml")
    sections = _sections(body)
    pages = [_page(section, settings) for section in sections]
    # What is not said of the first section is not told from an appendix.
    known = tuple(page for page in pages if page is not None) if pages and pages[0] is not None else ()
    passages = tuple(passage for passage in _passages(body, Faces(package)) if passage.text)
    printed = _page_numbers(package, sections, has_even=_is_on(settings, "evenAndOddHeaders"))
    return PageFacts(known, passages, tuple(printed), _is_first_numbered(package, sections))


def _sections(body: Element) -> list[Element]:
    """Return the properties of the sections without those that a tracked change keeps of before."""
    before = {id(old) for change in body.iter(f"{W}sectPrChange") for old in change}
    return [section for section in body.iter(f"{W}sectPr") if id(section) not in before]


def _passages(
    parent: Element, faces: Faces, below: Face = NO_FACE, in_table: bool = False, in_box: bool = False, depth: int = 0
) -> Iterator[Passage]:
    """Yield the paragraphs; those of a text box follow the one on which it hangs. ``below`` is the table's face."""
    for child in parent if depth < _DEEPEST else ():
        if child.tag == f"{W}p":
            yield Passage(tuple(_pieces(child, faces, faces.of_paragraph(child, below))), in_table, in_box)
            for box in _boxes(child):
                yield from _passages(box, faces, NO_FACE, in_table, True, depth + 1)
        elif child.tag == f"{W}tbl":
            yield from _passages(child, faces, faces.of_table(child).over(below), True, in_box, depth + 1)
        elif child.tag not in _PASSED_OVER:
            yield from _passages(child, faces, below, in_table, in_box, depth + 1)


def _boxes(parent: Element, depth: int = 0) -> Iterator[Element]:
    for child in parent if depth < _DEEPEST else ():
        if child.tag == _BOX:
            yield child
        elif child.tag not in _PASSED_OVER:
            yield from _boxes(child, depth + 1)


def _pieces(parent: Element, faces: Faces, below: Face, depth: int = 0) -> Iterator[Piece]:
    for child in parent if depth < _DEEPEST else ():
        if child.tag == f"{W}r":
            words = "".join(item.text or "" if item.tag == f"{W}t" else _SIGNS.get(item.tag, "") for item in child)
            if words and not _is_on(child.find(f"{W}rPr"), "vanish"):
                face = faces.of_run(child, below)
                yield Piece(words, face.font, face.points)
        elif child.tag not in _PASSED_OVER and child.tag != _BOX:
            yield from _pieces(child, faces, below, depth + 1)


def _page(section: Element, settings: Element | None) -> Page | None:
    """Return paper and margins; None where the file does not say all of them."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return None
    width, height = _millimetres(size, "w"), _millimetres(size, "h")
    top, bottom, left, right = (_millimetres(margins, name) for name in ("top", "bottom", "left", "right"))
    if not width or not height or top is None or bottom is None or left is None or right is None:
        return None
    gutter = _millimetres(margins, "gutter") or 0
    if _is_on(settings, "gutterAtTop"):
        return Page(width, height, top + gutter, bottom, left, right)
    return Page(width, height, top, bottom, left, right, gutter)


def _page_numbers(package: Package, sections: list[Element], *, has_even: bool) -> Iterator[bool]:
    """Yield for each header and footer of upright pages that prints the number of the page whether it is a header."""
    targets = _targets(package)
    for section in sections:
        page = section.find(f"{W}pgSz")
        if page is not None and (_millimetres(page, "w") or 0) > (_millimetres(page, "h") or 0):
            continue
        shown = {"default", *(["first"] if _is_on(section, "titlePg") else []), *(["even"] if has_even else [])}
        for kind in ("header", "footer"):
            for item in section.findall(f"{W}{kind}Reference"):
                if item.get(f"{W}type", "default") in shown and any(
                    _PAGE_CODE.search(code) for code in _codes_of(package, targets, item)
                ):
                    yield kind == "header"


def _is_first_numbered(package: Package, sections: list[Element]) -> bool:
    """Tell whether page one prints its number at the top: no other header is asked for there, no condition is set."""
    if not sections or _is_on(sections[0], "titlePg"):
        return False
    start = sections[0].find(f"{W}pgNumType")
    if start is not None and start.get(f"{W}start", "1") != "1":
        return False
    codes = [
        code
        for item in sections[0].findall(f"{W}headerReference")
        if item.get(f"{W}type", "default") == "default"
        for code in _codes_of(package, _targets(package), item)
    ]
    return any(_PAGE_CODE.search(code) for code in codes) and not any(map(_CONDITION.search, codes))


def _targets(package: Package) -> dict[str, str]:
    """Return the parts of the package by the names under which the document refers to them."""
    relations = package.part("word/_rels/document.xml.rels")
    return {
        item.get("Id", ""): item.get("Target", "").lstrip("/")
        for item in (relations.iter(_RELATION) if relations is not None else ())
        if item.get("TargetMode") != "External"
    }


def _codes_of(package: Package, targets: dict[str, str], reference: Element) -> Iterator[str]:
    """Yield the codes of the fields in a header or footer, in capitals."""
    target = targets.get(reference.get(_R_ID, ""), "")
    part = package.part(target if target.startswith("word/") else f"word/{target}") if target else None
    if part is None:
        return
    for field in part.iter(f"{W}fldSimple"):
        yield field.get(f"{W}instr", "").upper()
    # Word cuts the code of a field into runs as it likes.
    for paragraph in part.iter(f"{W}p"):
        yield "".join(code.text or "" for code in paragraph.iter(f"{W}instrText")).upper()


def _is_on(parent: Element | None, name: str) -> bool:
    """Tell whether a switch is there and not turned off."""
    item = parent.find(f"{W}{name}") if parent is not None else None
    return item is not None and value_of(item) not in ("0", "false", "off")


def _millimetres(item: Element, name: str) -> float | None:
    match = _LENGTH.match(item.get(f"{W}{name}", ""))
    return abs(float(match["number"])) * _UNITS[match["unit"]] if match is not None else None
