"""Word documents: paragraphs, tables, footnotes and the letterhead in page headers as one plain text.

A paragraph is a line, a table's row a line with tabs between its cells. A footnote's mark becomes a raised number in
the text, and the footnotes stand behind the body, each after its number. Passages that tracked changes delete are left
out, those that they insert are read; comments are no part of the text. Notes name both. Of page headers and footers
only those are read that name the issuer or the symbol; page numbers never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from giaoban.core.errors import InvalidInput
from giaoban.reader.loaders.base import Loaded
from giaoban.reader.loaders.docx_body import Body, raised
from giaoban.reader.loaders.numbering import Numbering, W
from giaoban.reader.loaders.package import Package

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# What only a letterhead says: the motto, the Party's name, or a document's own symbol («Số 12-BC/ĐU»).
_LETTERHEAD = re.compile(
    r"ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H[OÒ]À? XÃ HỘI|\d{1,5}\s?[-/]\s?(?:\d{4}/)?[A-ZĐ]{1,6}[a-z]?\d?/[A-ZĐ]"
)
_PAGE_NUMBER = re.compile(r"(?i)[\s\-–—/|\d]*(?:(?:trang|page)[\s\-–—/|\d]*)?")
_MOST_PARTS = 200
_SHOWN = 60
_NOTE_MARKS = (f"{W}footnoteReference", f"{W}endnoteReference")
_MARKED = re.compile("\ue000([^\ue001]*)\ue001")


def load(data: bytes, where: str, *, ocr: bool = False) -> Loaded:
    """Return the text of a .docx file, and notes about tracked changes, comments and page headers.

    Raises:
        InvalidInput: not a Word document, protected, damaged, with macros, or unsafe to unpack.
    """
    return read_package(Package(data, where, kind=".docx"))


def read_package(package: Package) -> Loaded:
    """Return the text of an opened Word document, and its notes: see ``load``."""
    root, content = _content(package)
    body = Body(Numbering(package.part("word/numbering.xml"), package.part("word/styles.xml")), package.where)
    lines = list(body.blocks(content))
    top, bottom, left_out = _page_headers(package, root, Body(Numbering(None, None), package.where))
    notes = {kind: package.part(f"word/{kind}s.xml") for kind in ("footnote", "endnote")}
    lines = [*top, *lines, *bottom]
    if body.marks:
        lines.append("")
    lines.extend(_footnotes(body, notes))
    return Loaded("\n".join(lines), (*_tracked(body), *_comments(package, root), *left_out))


def _content(package: Package) -> tuple[Element, Element]:
    """Return the root of the document and its body."""
    root = package.part("word/document.xml")
    content = root.find(f"{W}body") if root is not None else None
    if root is None or content is None:
        raise InvalidInput("Tệp nén này không chứa văn bản Word", where=package.where, expected="tệp .docx")
    return root, content


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of a paragraph that stands in no table, with the names of the bookmarks that begin in it."""

    text: str
    marks: tuple[str, ...] = ()


def load_marked(data: bytes, where: str, *, prefix: str) -> tuple[tuple[MarkedLine, ...], tuple[str, ...]]:
    """Return the lines of a .docx with their bookmarks, and the notes of ``load``.

    Tables, footnotes and their marks are left out: this reads the text that people changed by hand.

    Args:
        data, where: the bytes and the name of the file.
        prefix: how the names of the wanted bookmarks begin.

    Raises:
        InvalidInput: as ``load``.
    """
    package = Package(data, where, kind=".docx")
    root, content = _content(package)
    _write_marks(content, prefix, [])
    body = Body(Numbering(package.part("word/numbering.xml"), package.part("word/styles.xml")), where)
    lines = [
        MarkedLine(_MARKED.sub("", line).strip(), tuple(_MARKED.findall(line)))
        for block in body.blocks(content)
        for line in block.split("\n")
    ]
    return tuple(lines), (*_tracked(body), *_comments(package, root))


def _write_marks(parent: Element, prefix: str, waiting: list[str], depth: int = 0) -> None:
    """Turn bookmarks into words between signs that no text has; one that stands before a paragraph goes into it."""
    if depth > _MOST_PARTS:
        return
    for child in list(parent):
        if child.tag == f"{W}tbl" or child.tag in _NOTE_MARKS:
            parent.remove(child)
        elif child.tag == f"{W}bookmarkStart":
            name = child.get(f"{W}name", "")
            if name.startswith(prefix):
                waiting.append(name)
        elif child.tag == f"{W}p":
            names, inside = (
                list(waiting),
                [
                    name
                    for mark in child.iter(f"{W}bookmarkStart")
                    if (name := mark.get(f"{W}name", "")).startswith(prefix)
                ],
            )
            waiting.clear()
            _write_marks(child, prefix, [], depth + 1)
            if names or inside:
                sign = Element(f"{W}t")
                sign.text = "".join(f"\ue000{name}\ue001" for name in [*names, *inside])
                child.insert(0, sign)
        else:
            _write_marks(child, prefix, waiting, depth + 1)


def _footnotes(body: Body, parts: dict[str, Element | None]) -> Iterator[str]:
    """Yield the notes that the body refers to, in the order of their marks."""
    items = {
        (kind, item.get(f"{W}id", "")): item
        for kind, part in parts.items()
        for item in (part.findall(f"{W}{kind}") if part is not None else [])
    }
    for number, mark in enumerate(list(body.marks), 1):
        item = items.get(mark)
        lines = [line.strip() for line in body.blocks(item)] if item is not None else []
        yield f"{raised(number)} {' '.join(lines)}"
        yield ""


def _page_headers(package: Package, root: Element, body: Body) -> tuple[list[str], list[str], list[str]]:
    """Return the lines of headers and of footers that belong to the text, and a note about the others."""
    names = _relations(package)
    found: dict[str, list[str]] = {"header": [], "footer": []}
    others: list[str] = []
    seen: set[str] = set()
    for kind, name in list(_references(root))[:_MOST_PARTS]:
        target = names.get(name, "")
        if target in seen:
            continue
        seen.add(target)
        part = package.part(target) if target else None
        lines = [line for line in body.blocks(part) if line.strip()] if part is not None else []
        text = "\n".join(lines)
        if _LETTERHEAD.search(text):
            found[kind] += [line for line in lines if not _PAGE_NUMBER.fullmatch(line) and line not in found[kind]]
        elif not _PAGE_NUMBER.fullmatch(text):
            shown = " ".join(text.split())
            others.append(shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…")
    note = [f"Đầu trang, chân trang không tính vào nội dung: «{text}»" for text in dict.fromkeys(others)]
    return found["header"], found["footer"], note


def _references(root: Element) -> Iterator[tuple[str, str]]:
    """Yield kind and relation of the headers and footers that some page shows."""
    for section in root.iter(f"{W}sectPr"):
        has_first = section.find(f"{W}titlePg") is not None
        for kind in ("header", "footer"):
            for item in section.findall(f"{W}{kind}Reference"):
                if has_first or item.get(f"{W}type") != "first":
                    yield kind, item.get(_R_ID, "")


def _relations(package: Package) -> dict[str, str]:
    """Return the parts of the package by the names under which the document refers to them; nothing outside it."""
    root = package.part("word/_rels/document.xml.rels")
    inside = [
        item for item in (root.iter(_RELATION) if root is not None else []) if item.get("TargetMode") != "External"
    ]
    return {
        item.get("Id", ""): target[1:] if (target := item.get("Target", "")).startswith("/") else f"word/{target}"
        for item in inside
    }


def _tracked(body: Body) -> list[str]:
    if not body.inserted and not body.deleted:
        return []
    counts = [f"{count} chỗ {name}" for count, name in ((body.inserted, "thêm"), (body.deleted, "xóa")) if count]
    return [f"Còn sửa đổi được theo dõi chưa chấp nhận ({', '.join(counts)}): đọc phần thêm, bỏ phần xóa"]


def _comments(package: Package, root: Element) -> list[str]:
    part = package.part("word/comments.xml")
    held = {item.get(f"{W}id") for item in part.findall(f"{W}comment")} if part is not None else set()
    used = {item.get(f"{W}id") for item in root.iter(f"{W}commentReference")}
    count = len(held & used) or len(held)
    return [f"Có {count} nhận xét bên lề (comment), không tính vào nội dung"] if count else []
