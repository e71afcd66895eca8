"""A PDF file as one text: pages apart by form feeds, scanned pages recognised if that is asked for."""

from __future__ import annotations

import tempfile
from pathlib import Path

from giaoban.core.errors import InvalidInput
from giaoban.reader.loaders import ocr as recognition
from giaoban.reader.loaders.base import Loaded
from giaoban.reader.loaders.pdf.process import PageText, read_pages, render_page

_MOST_SHOWN = 12


def load(data: bytes, where: str, *, ocr: bool = False) -> Loaded:
    """Return the text of a PDF file; a note names scanned pages among others.

    Raises:
        InvalidInput: no PDF, protected, damaged, too large; all its pages are scanned and ``ocr`` is off or not
            installed; it has no text at all.
    """
    pages = read_pages(data, where)
    scanned = [number for number, page in enumerate(pages) if page.scanned]
    if scanned and ocr:
        return _recognised(data, where, pages, scanned)
    text = _joined([page.text for page in pages])
    if text.strip():
        note = f"{_named(scanned)} là ảnh quét, không đọc được chữ. {recognition.HINT}"
        return Loaded(text, (note,) if scanned else ())
    if scanned:
        raise InvalidInput(
            f"{_named(scanned)} là ảnh quét, không có lớp chữ",
            where=where,
            expected="tệp PDF có lớp chữ",
            hint=recognition.HINT,
        )
    raise InvalidInput("Tệp PDF không có chữ nào", where=where, expected="tệp PDF có lớp chữ")


def _recognised(data: bytes, where: str, pages: list[PageText], scanned: list[int]) -> Loaded:
    texts = [page.text for page in pages]
    tesseract = recognition.find(where)
    with tempfile.TemporaryDirectory(prefix="giaoban-ocr-") as name:
        folder = Path(name)
        for number in scanned:
            picture = render_page(data, where, number, folder)
            texts[number] = tesseract.read(picture, where)
            picture.unlink()
    note = f"{_named(scanned)} được nhận dạng từ ảnh quét (OCR), cần soát lại với bản gốc"
    return Loaded(_joined(texts), (note,))


def _joined(texts: list[str]) -> str:
    """Join pages; a form feed is a page break and no paragraph's end."""
    return "\n\f".join(text for text in texts if text.strip())


def _named(numbers: list[int]) -> str:
    shown = ", ".join(str(number + 1) for number in numbers[:_MOST_SHOWN])
    rest = len(numbers) - _MOST_SHOWN
    return f"Trang {shown}" + (f" và {rest} trang khác" if rest > 0 else "")
