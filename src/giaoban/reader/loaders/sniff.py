"""What a file really is, by its first bytes: for the message when its suffix promises something else."""

from __future__ import annotations

import io
import re
import zipfile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# OLE directories store names in UTF-16: an encrypted office file holds its zip under this one.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|meta|body|div|p|table)\b", re.IGNORECASE)
_STARTS = (
    (b"%PDF-", "PDF", ".pdf"),
    (b"{\\rtf", "RTF", ""),
    (b"\x89PNG", "ảnh PNG", ".png"),
    (b"\xff\xd8\xff", "ảnh JPEG", ".jpg"),
    (b"II*\0", "ảnh TIFF", ".tif"),
    (b"MM\0*", "ảnh TIFF", ".tif"),
)
_OFFICE = (("word/", "Word (.docx)", ".docx"), ("xl/", "Excel (.xlsx)", ""), ("ppt/", "PowerPoint (.pptx)", ""))


def real_format(data: bytes) -> tuple[str, str]:
    """Return the name of the format for people, and the suffix under which it could be read; both empty if unknown."""
    for start, name, suffix in _STARTS:
        if data.startswith(start):
            return name, suffix
    if data.startswith(OLE):
        if ENCRYPTED in data:
            return "tệp văn phòng đặt mật khẩu", ""
        return "tệp Office dạng cũ (.doc, .xls)", ""
    if data.startswith(b"PK"):
        return _office(data)
    if _HTML.match(data[:1024].removeprefix(b"\xef\xbb\xbf")):
        return "HTML", ".html"
    return "", ""


def mismatch(data: bytes, kind: str) -> tuple[str, str]:
    """Return message and hint for bytes that are no file of ``kind`` (a suffix)."""
    name, suffix = real_format(data)
    if not name:
        return f"Nội dung không phải tệp {kind}", ""
    if suffix:
        return f"Nội dung không phải tệp {kind} mà là {name}", f"Hãy đổi đuôi tệp thành {suffix} rồi đọc lại"
    return f"Nội dung không phải tệp {kind} mà là {name}", "Hãy mở bằng phần mềm văn phòng và lưu lại thành .docx"


def _office(data: bytes) -> tuple[str, str]:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return "", ""
    for folder, name, suffix in _OFFICE:
        if any(entry.startswith(folder) for entry in names):
            return name, suffix
    return "tệp nén ZIP", ""
