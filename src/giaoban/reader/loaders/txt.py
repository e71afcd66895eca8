"""Plain text: UTF-8, and UTF-16 that says so in its first two bytes.

The byte order mark is the signature of the encoding and no character of the text: it is dropped. Everything else stays
as it is, line breaks included, so that offsets point into exactly the decoded file.
"""

from __future__ import annotations

import codecs

from giaoban.core.errors import InvalidInput

_EXPECTED = "văn bản UTF-8, hoặc UTF-16 có BOM"
_HINT = "Hãy mở tệp bằng Word hoặc Notepad và lưu lại với mã hóa UTF-8"


def load(data: bytes, where: str) -> str:
    """Decode a text file.

    Raises:
        InvalidInput: another encoding, or NUL bytes; the message names the byte.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, shift = "utf-16", 0
    elif data.startswith(codecs.BOM_UTF8):
        encoding, shift = "utf-8", len(codecs.BOM_UTF8)
    else:
        encoding, shift = "utf-8", 0
    try:
        text = data[shift:].decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"Byte thứ {error.start + shift + 1} (0x{data[error.start + shift]:02X}) không phải {encoding.upper()}",
            where=where,
            expected=_EXPECTED,
            hint=_HINT,
        ) from None
    at = text.find("\0")
    if at >= 0:
        byte = len(text[:at].encode(encoding)) + shift + 1
        raise InvalidInput(f"Có byte NUL ở byte thứ {byte}", where=where, expected=_EXPECTED, hint=_HINT)
    return text
