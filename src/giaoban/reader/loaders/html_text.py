"""The visible text of a page, collected from the events of a parser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_HIDDEN = frozenset({
    "script", "style", "head", "title", "nav", "noscript", "template", "svg", "math", "iframe", "object", "embed",
    "canvas", "audio", "video", "select", "textarea", "button", "del", "s", "strike", "datalist", "dialog", "map",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption",
})  # fmt: skip
_VOID = frozenset({
    "area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_AROUND_MARK = " \t\r\n[]"
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Word and LibreOffice: the mark of a note leads back to its reference («#_ftnref1», «#sdfootnote1anc»).
_OWN_MARK = re.compile(r"#\S*(?:ftnref[0-9]+|footnote[0-9]+anc)\Z")
# What LibreOffice prints on each page.
_PAGE_PARTS = frozenset({"header", "footer"})
# A blank that must not break is a blank; other white space of HTML is one blank.
_WHITE = re.compile(r"[ \t\r\n\f\u00a0]+")
_LAYOUT_CELLS = 2
# Tables and lists inside each other; what lies deeper is read as plain lines.
_DEEPEST = 50


@dataclass
class _Table:
    """A table that is open: the lines in which it stands, and the lines of each cell of its open row."""

    outer: list[str]
    cells: list[list[str]] = field(default_factory=list)


class Collector:
    """Target of a parser: ``start``, ``end``, ``data``, ``close``; then ``text()``."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._tables: list[_Table] = []
        self._lists: list[int | None] = []
        self._hidden: list[str] = []
        self._too_deep = 0
        self._raised = 0
        self._is_mark = False
        self._pre = 0
        self._deleted = 0
        self._label = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if self._hidden:
            if tag == self._hidden[0]:
                self._hidden.append(tag)
            return
        is_hidden = "hidden" in attributes or _NOT_SHOWN.search(attributes.get("style") or "") is not None
        is_hidden = is_hidden or (tag == "div" and attributes.get("title") in _PAGE_PARTS)
        if tag in _HIDDEN or (is_hidden and tag not in _VOID):
            self._deleted += tag in ("del", "s", "strike")
            self._hidden.append(tag)
        elif tag == "br":
            self._break()
        elif tag in _BLOCKS:
            self._break()
            self._open(tag, attributes)
        elif tag == "sup":
            self._raised += 1
        elif tag == "a":
            self._is_mark = _OWN_MARK.search(attributes.get("href") or "") is not None

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table" and len(self._tables) >= _DEEPEST:
            self._too_deep += 1
        elif tag == "table":
            self._tables.append(_Table(self._lines))
        elif self._too_deep and tag in ("tr", "td", "th"):
            pass
        elif tag == "tr" and self._tables:
            self._end_row()
        elif tag in ("td", "th") and self._tables:
            self._lines = []
            self._tables[-1].cells.append(self._lines)
        elif tag in ("ol", "ul") and len(self._lists) < _DEEPEST:
            first = attributes.get("start") or "1"
            number = int(first) if first.isascii() and first.isdigit() and len(first) < 7 else 1
            self._lists.append(number if tag == "ol" else None)
        elif tag == "li":
            self._label = self._next_label()
        elif tag == "pre":
            self._pre += 1

    def _next_label(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1] - 1}. "

    def end(self, tag: str) -> None:
        """Close an element."""
        if self._hidden:
            if tag == self._hidden[0]:
                self._hidden.pop()
            return
        if tag in _BLOCKS:
            self._break()
            self._close(tag)
        elif tag == "sup" and self._raised:
            self._raised -= 1
        elif tag == "a":
            self._is_mark = False

    def _close(self, tag: str) -> None:
        if self._too_deep and tag in ("table", "tr"):
            self._too_deep -= tag == "table"
        elif tag == "table" and self._tables:
            self._end_row()
            self._lines = self._tables.pop().outer
        elif tag == "tr" and self._tables:
            self._end_row()
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif tag == "pre" and self._pre:
            self._pre -= 1

    def data(self, text: str) -> None:
        """Take text of the open element."""
        if self._hidden:
            return
        if self._pre:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._line.append(first)
            for line in rest:
                self._break(keep_blanks=True)
                self._line.append(line)
            return
        mark = text.strip(_AROUND_MARK) if self._raised or self._is_mark else ""
        if mark.isdecimal():
            text = mark.translate(_RAISED) + " " * self._is_mark
        self._line.append(text)

    def comment(self, text: str) -> None:
        """Leave out a comment."""

    def close(self) -> None:
        """End the page; tables that are still open end with it."""
        self._break()
        self._too_deep = 0
        while self._tables:
            self._close("table")

    def text(self) -> str:
        """Return the lines of the page."""
        return "\n".join(self._lines)

    def notes(self) -> list[str]:
        """Return what a person should know of passages that were left out."""
        return [f"Có {self._deleted} chỗ gạch bỏ trong trang, không đọc vào nội dung"] if self._deleted else []

    def _break(self, *, keep_blanks: bool = False) -> None:
        """End the line."""
        text = "".join(self._line)
        self._line = []
        shown = text.rstrip() if self._pre or keep_blanks else _WHITE.sub(" ", text).strip()
        if shown:
            self._lines.append(self._label + shown)
            self._label = ""

    def _end_row(self) -> None:
        """Put the cells of the open row behind the rows of its table."""
        table = self._tables[-1]
        self._lines = table.outer
        filled = [cell for cell in table.cells if cell]
        rows = table.outer
        if len(filled) <= _LAYOUT_CELLS and any(len(cell) > 1 for cell in filled):
            rows.extend(line for cell in filled for line in cell)
        elif filled:
            rows.append("\t".join(" ".join(cell) for cell in table.cells))
        table.cells = []
