"""The words of a PDF page with their places, upright whatever way the page was turned."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MOST_CHARACTERS = 100_000
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# PDFium puts these for a hyphen at the end of a line, whatever it means there; NUL stands for what prints nothing.
_NOTHING = "\0"
_PRINTED = {
    **dict.fromkeys([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F, 0xFEFF, 0xFFFF], _NOTHING),
    **dict.fromkeys([0x02, 0xFFFE, 0x2010, 0x2011], "-"),
}


class TooManyCharacters(Exception):
    """A page holds more than any printed page can."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in points; ``x`` runs in the direction of reading, ``y`` (the baseline) upwards.

    ``is_glued``: no blank stands before it in the content, it only differs in its print.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    is_glued: bool = False


def page_words(page: pdfium.PdfPage) -> tuple[list[Word], int]:
    """Return the words of a page in the order of its content, and the quarter turns of their direction.

    Marks of footnotes become raised digits.

    Raises:
        TooManyCharacters: the page is not a printed one.
    """
    layer = page.get_textpage()
    try:
        count = layer.count_chars()
        if count > MOST_CHARACTERS:
            raise TooManyCharacters
        turned = _read(layer, count)
    finally:
        layer.close()
    if not turned:
        return [], 0
    # Stamps and watermarks stand in another direction than the text.
    direction = Counter(quarter for quarter, _ in turned).most_common(1)[0][0]
    return _raise_marks([word for quarter, word in turned if quarter == direction]), direction


def _read(layer: pdfium.PdfTextPage, count: int) -> list[tuple[int, Word]]:
    """Return words with the quarter turns of their direction."""
    letters = _letters(layer, count)
    is_blank = [letter.isspace() or letter == _NOTHING for letter in letters]
    found: list[tuple[int, Word]] = []
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    handle = layer.raw
    place = 0
    while place < count:
        if is_blank[place]:
            place += 1
            continue
        start = place
        raw.FPDFText_GetCharOrigin(handle, start, at_x, at_y)
        quarter, size = _direction(handle, start), max(_size(handle, start), 0.1)
        first_u, first_v = turn(x.value, y.value, quarter)
        place += 1
        while place < count and not is_blank[place]:
            raw.FPDFText_GetCharOrigin(handle, place, at_x, at_y)
            u, v = turn(x.value, y.value, quarter) if quarter else (x.value, y.value)
            if abs(v - first_v) > 0.12 * size or u < first_u - size:
                break
            place += 1
        raw.FPDFText_GetLooseCharBox(handle, place - 1, at_box)
        ends = (turn(box.left, box.bottom, quarter), turn(box.right, box.top, quarter))
        right = max(first_u, ends[0][0], ends[1][0])
        text = letters[start:place]
        if all(map(math.isfinite, (first_u, right, first_v, size))):
            is_glued = start > 0 and not is_blank[start - 1]
            found.append((quarter, Word(text, first_u, right, first_v, size, is_glued)))
    return found


def _letters(layer: pdfium.PdfTextPage, count: int) -> str:
    """Return what each character prints, NUL for one that prints nothing."""
    text = layer.get_text_range() if count else ""
    if len(text) != count:
        text = "".join(_character(raw.FPDFText_GetUnicode(layer.raw, place)) for place in range(count))
    return text.translate(_PRINTED)


def _character(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


def _size(handle: object, place: int) -> float:
    return float(raw.FPDFText_GetFontSize(handle, place))


def _direction(handle: object, place: int) -> int:
    angle = float(raw.FPDFText_GetCharAngle(handle, place))
    # PDFium counts angles clockwise.
    return round(-angle / (math.pi / 2)) % 4 if math.isfinite(angle) else 0


def turn(x: float, y: float, quarter: int) -> tuple[float, float]:
    """Return a place as it is when the text has been turned upright."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]


def _raise_marks(words: list[Word]) -> list[Word]:
    """Join the small raised digits of footnotes with the word before, or leave them as marks of their own."""
    found: list[Word] = []
    for place, word in enumerate(words):
        if not word.text.isdigit() or not word.text.isascii():
            found.append(word)
            continue
        mark = replace(word, text=word.text.translate(_RAISED))
        before = found[-1] if found else None
        after = words[place + 1] if place + 1 < len(words) else None
        if before is not None and _is_raised(word, before) and -0.5 < (word.left - before.right) / before.size < 0.3:
            found[-1] = replace(before, text=before.text + mark.text, right=word.right)
        elif after is not None and _is_raised(word, after) and -0.5 < (after.left - word.right) / after.size < 2:
            found.append(replace(mark, y=after.y))
        else:
            found.append(word)
    return found


def _is_raised(word: Word, beside: Word) -> bool:
    return word.size < 0.85 * beside.size and 0.1 * beside.size < word.y - beside.y < 0.8 * beside.size
