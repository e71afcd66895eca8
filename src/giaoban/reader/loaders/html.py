"""HTML pages: what a reader sees, block by block, nothing fetched.

lxml's parser reads in linear time and builds no tree here. A block element is a line, a table's row a line with tabs
between its cells; where a cell holds blocks (pages that are laid out with tables) the cells follow each other. Scripts,
styles, forms, navigation and deleted passages are left out.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from lxml import etree

from giaoban.core.errors import InvalidInput
from giaoban.reader.loaders import legacy, txt
from giaoban.reader.loaders.base import Loaded
from giaoban.reader.loaders.html_text import Collector
from giaoban.reader.loaders.sniff import real_format

_LARGEST = 30 * 1024 * 1024
_META = re.compile(rb"<meta\b[^>]{0,300}?charset\s{0,20}=\s{0,20}[\"']?\s{0,20}([\w:.-]{1,40})", re.IGNORECASE)
_HEAD = 4096
# Browsers read these as Windows-1252. Pages older than Unicode name them and draw VNI or TCVN3 letters by their fonts.
_WESTERN = ("cp1252", "iso8859-1", "ascii", "latin-1")
_READ = ("utf-8", "cp1258", "utf-16", "utf-16-le", "utf-16-be", *_WESTERN)
_UNNAMED = ("x-user-defined", "unicode", "vni", "tcvn3", "tcvn-5712", "x-tcvn")
_EXPECTED = "trang HTML mã hóa UTF-8"


def load(data: bytes, where: str, *, ocr: bool = False) -> Loaded:
    """Return the text of an HTML page.

    Raises:
        InvalidInput: another format, an encoding that is not known or not sure, NUL bytes, too large.
    """
    if len(data) > _LARGEST:
        raise InvalidInput(f"Trang HTML {len(data) / 1e6:.0f} MB quá lớn", where=where, expected="không quá 30 MB")
    name = real_format(data)[0]
    if name not in ("", "HTML"):
        raise InvalidInput(f"Nội dung không phải tệp .html mà là {name}", where=where, expected=_EXPECTED)
    decoded = _decode(data, where)
    collector = Collector()
    # huge_tree: without it libxml2 stops silently at 256 levels.
    target: Any = collector
    parser = etree.HTMLParser(target=target, huge_tree=True, no_network=True, remove_pis=True, remove_comments=True)
    try:
        # A declaration of XML or an empty page is no error to a person.
        if decoded.text.strip():
            parser.feed(_declared_utf8(decoded.text))
            parser.close()
    except (etree.LxmlError, ValueError):
        raise InvalidInput("Trang HTML bị hỏng", where=where, expected=_EXPECTED) from None
    return Loaded(collector.text(), (*decoded.notes, *collector.notes()))


def _declared_utf8(text: str) -> bytes:
    """Return bytes for the parser: with a mark of UTF-8, which it believes more than what the page declares."""
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def _decode(data: bytes, where: str) -> Loaded:
    """Decode by byte order mark, then by what the page declares, then by what the bytes show."""
    declared = _META.search(data[:_HEAD])
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data or not declared:
        return txt.decode(data, where)
    name = declared[1].decode("ascii", "replace").lower()
    try:
        encoding = codecs.lookup(name).name
    except (LookupError, ValueError):
        encoding = ""
    if name in _UNNAMED or encoding.startswith("utf") or encoding in ("", *_WESTERN):
        return _western(data, where, name) if encoding in _WESTERN else txt.decode(data, where)
    if encoding not in _READ:
        raise InvalidInput(f"Trang HTML dùng bảng mã {name}", where=where, expected=_EXPECTED)
    return Loaded(legacy.windows_1258(data.decode("latin-1")))


def _western(data: bytes, where: str, name: str) -> Loaded:
    try:
        return txt.decode(data, where)
    except InvalidInput:
        return Loaded(data.decode("cp1252", "replace"))
