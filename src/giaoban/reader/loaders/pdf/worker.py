"""The process that opens a PDF file: apart, so that a hostile file can neither crash nor stop the one that asks.

``python -m giaoban.reader.loaders.pdf.worker text`` reads the file from standard input and writes JSON to standard
output: ``{"pages": [{"text", "scanned"}]}`` or ``{"error": "password" | "broken" | "pages" | "characters"}``.
``... render FOLDER 3,7`` writes pages (counted from 0) as PNG files into a folder.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from giaoban.reader.loaders.pdf.grids import page_lines
from giaoban.reader.loaders.pdf.layout import Page, page_texts
from giaoban.reader.loaders.pdf.words import TooManyCharacters, page_words

MOST_PAGES = 3_000
MOST_CHARACTERS = 10_000_000
_MEMORY = 1024 * 1024 * 1024
# 300 dots an inch, as scanners do; a page of a metre is drawn smaller.
_SCALE = 300 / 72
_MOST_DOTS = 5_000
_FEW_LETTERS = 20


class Unreadable(Exception):
    """The file cannot be read; the text is the code of the reason."""


def extract(data: bytes) -> list[dict[str, Any]]:
    """Return text and ``scanned`` (a picture in place of text) of every page.

    Raises:
        Unreadable: password, damage, too many pages or characters.
    """
    with _opened(data) as document:
        pages, scanned = [], []
        characters = 0
        for number in range(len(document)):
            page, is_scanned = _read_page(document, number)
            characters += sum(len(word.text) for word in page.words)
            if characters > MOST_CHARACTERS:
                raise Unreadable("characters")
            pages.append(page)
            scanned.append(is_scanned)
    return [{"text": text, "scanned": is_scanned} for text, is_scanned in zip(page_texts(pages), scanned, strict=True)]


@contextmanager
def _opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise Unreadable("password" if is_locked else "broken") from None
    try:
        if not 0 < len(document) <= MOST_PAGES:
            raise Unreadable("pages" if len(document) else "broken")
        yield document
    finally:
        document.close()


def _read_page(document: pdfium.PdfDocument, number: int) -> tuple[Page, bool]:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        # One damaged page of many: it has no text, and no picture that could be read.
        return Page([], [], 0, 1), False
    try:
        words, direction = page_words(page)
        width, height = page.get_size()
        lines = page_lines(page, direction) if words else []
        is_scanned = sum(len(word.text) for word in words) < _FEW_LETTERS and _has_picture(page)
        # Heights in the direction of the text; the origin of a page may be anywhere.
        left, bottom, right, top = page.get_mediabox(fallback_ok=True) or (0, 0, width, height)
        low, high = ((bottom, top), (-right, -left), (-top, -bottom), (left, right))[direction]
        return Page(words, lines, low, high), is_scanned
    except pdfium.PdfiumError:
        return Page([], [], 0, 1), False
    except TooManyCharacters:
        raise Unreadable("characters") from None
    finally:
        page.close()


def _has_picture(page: pdfium.PdfPage) -> bool:
    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)), None) is not None


def render(data: bytes, folder: Path, numbers: list[int]) -> None:
    """Draw pages as grey PNG files ``page-0003.png`` into a folder; needs Pillow."""
    with _opened(data) as document:
        for number in numbers:
            page = document[number]
            scale = min(_SCALE, _MOST_DOTS / max(*page.get_size(), 1))
            bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
            bitmap.to_pil().save(folder / f"page-{number:04}.png")
            bitmap.close()
            page.close()


def main() -> None:
    """Serve one request."""
    _limit_memory()
    data = sys.stdin.buffer.read()
    answer: dict[str, Any] = {}
    try:
        if sys.argv[1] == "text":
            answer["pages"] = extract(data)
        else:
            render(data, Path(sys.argv[2]), [int(number) for number in sys.argv[3].split(",")])
    except Unreadable as error:
        answer["error"] = str(error)
    except (pdfium.PdfiumError, MemoryError):
        answer["error"] = "broken"
    json.dump(answer, sys.stdout)


def _limit_memory() -> None:
    # Windows has no such limit; there the time limit of the asking process remains.
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
