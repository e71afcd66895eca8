"""Plain text: UTF-8, UTF-16, and the encodings before Unicode (TCVN3, VNI, Windows-1258) where they are sure.

The byte order mark is the signature of the encoding and no character of the text: it is dropped. Everything else stays
as it is, line breaks included, so that offsets point into exactly the decoded file. What comes from an encoding before
Unicode is converted to NFC, and a note says so.
"""

from __future__ import annotations

import codecs

from giaoban.core.errors import InvalidInput
from giaoban.reader.loaders import legacy
from giaoban.reader.loaders.base import Loaded
from giaoban.reader.loaders.sniff import real_format

_EXPECTED = "văn bản UTF-8, hoặc UTF-16 có BOM, TCVN3 hay VNI tiếng Việt"
_HINT = "Hãy mở tệp bằng Word hoặc Notepad và lưu lại với mã hóa UTF-8"
# Without a byte order mark this many characters of everyday Vietnamese writing are no accident.
_SURE_LENGTH = 4


def load(data: bytes, where: str, *, ocr: bool = False) -> Loaded:
    """Decode a text file.

    Raises:
        InvalidInput: another encoding or format, or NUL bytes; the message names the byte.
    """
    return decode(data, where)


def decode(data: bytes, where: str) -> Loaded:
    """Decode bytes in the encoding that they show themselves.

    Raises:
        InvalidInput: no encoding is sure, or there are NUL bytes; the message names the byte.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, shift = "utf-16", 0
    elif data.startswith(codecs.BOM_UTF8):
        encoding, shift = "utf-8", len(codecs.BOM_UTF8)
    elif b"\0" in data and (order := _byte_order(data)):
        return Loaded(data.decode(order))
    else:
        encoding, shift = "utf-8", 0
    try:
        text = data[shift:].decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and not shift and b"\0" not in data and (found := legacy.decode(data)):
            return Loaded(found[0], (f"Tệp dùng bảng mã cũ {found[1]}, đã đổi sang Unicode",))
        raise _undecodable(data, error, encoding, shift, where) from None
    at = text.find("\0")
    if at >= 0:
        byte = _place_of(text[:at], encoding) + shift + 1
        raise _wrong(f"Có byte NUL ở byte thứ {byte}", where)
    return Loaded(text)


def _undecodable(data: bytes, error: UnicodeDecodeError, encoding: str, shift: int, where: str) -> InvalidInput:
    name = real_format(data)[0]
    # A page of HTML is text: there only the encoding is wrong.
    if name not in ("", "HTML"):
        return _wrong(f"Nội dung không phải văn bản thuần mà là {name}", where)
    place = error.start + shift
    return _wrong(f"Byte thứ {place + 1} (0x{data[place]:02X}) không phải {encoding.upper()}", where)


def _place_of(before: str, encoding: str) -> int:
    """Return how many bytes stand before a character, the mark of UTF-16 included."""
    return len(before.encode(encoding))


def _byte_order(data: bytes) -> str:
    """Return «utf-16-le» or «utf-16-be» for UTF-16 without a mark, nothing where that is not sure."""
    if len(data) % 2 or len(data) < 2 * _SURE_LENGTH:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(_is_everyday(letter) for letter in set(text)):
            return encoding
    return ""


def _is_everyday(letter: str) -> bool:
    """Tell whether Vietnamese text holds such characters: Latin letters with marks, digits, signs, white space."""
    code = ord(letter)
    if code < 0x20:
        return letter in "\t\n\r\f"
    return (
        code < 0x7F
        or 0xA0 <= code < 0x250
        or 0x300 <= code < 0x330
        or 0x1E00 <= code < 0x1F00
        or 0x2000 <= code < 0x2300
        or 0x2500 <= code < 0x2800
        or code in (0x2C6, 0x2DC, 0xFEFF, 0xFFFD)
    )


def _wrong(message: str, where: str) -> InvalidInput:
    return InvalidInput(message, where=where, expected=_EXPECTED, hint=_HINT)
