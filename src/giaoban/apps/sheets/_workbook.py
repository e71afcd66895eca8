"""Looks into an .xlsx before it is read: bombs, entities, cells far away, and cells that hold an error.

The reader itself allocates the whole rectangle up to the farthest cell and gives error cells back as blank, so both
must be seen beforehand. Nothing is unpacked to memory as a whole.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from giaoban.core.errors import InvalidInput

_MOST_UNPACKED = 600 * 1024 * 1024
_MOST_MEMBERS = 2_000
_MOST_PLAIN = 4 * 1024 * 1024
_MOST_COLUMNS = 200
_CHUNK = 1 << 20
_OVERLAP = 512
_DOCTYPE = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Cells from column AA or row 100,000 on: few in an ordinary file, so the common case is one search that finds nothing.
_FAR = re.compile(rb"""\sr=["'](?:([A-Z]{2,})(\d+)|([A-Z])(\d{6,}))["'][^<>]*(?<!/)><(?!/)""")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\st=["']e["'])[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>(.{0,400}?)</(?:\w+:)?c>"""
)
_ERROR_NAME = re.compile(rb"#[A-Z0-9/?!_]+")


@dataclass(slots=True)
class SheetFacts:
    """What was seen in one sheet: the farthest row and column among far cells, and cells that hold an error."""

    rows: int = 0
    columns: int = 0
    broken: dict[tuple[int, int], str] = field(default_factory=dict)

    def refuse_far_cells(self, where: str, *, most_rows: int) -> None:
        """Return quietly unless a filled cell lies so far out that the sheet cannot be a list.

        Raises:
            InvalidInput: too many rows or columns.
        """
        if self.rows > most_rows + 1:
            raise InvalidInput(
                f"Dòng {self.rows} có nội dung", where=where, expected=f"nhiều nhất {most_rows} dòng một tệp"
            )
        if self.columns > _MOST_COLUMNS:
            raise InvalidInput(
                f"Có ô có nội dung ở cột thứ {self.columns}", where=where, expected=f"nhiều nhất {_MOST_COLUMNS} cột"
            )

    def see(self, block: bytes) -> None:
        """Take in one stretch of a sheet's XML."""
        for match in _FAR.finditer(block):
            letters, row = (match[1], match[2]) if match[1] else (match[3], match[4])
            self.rows = max(self.rows, int(row[:9]))
            self.columns = max(self.columns, column_number(letters[:6]))
        if b't="e"' in block or b"t='e'" in block:
            for match in _ERROR.finditer(block):
                name = _ERROR_NAME.search(match[3])
                self.broken[int(match[2]), column_number(match[1])] = name[0].decode() if name else "#?"


def column_number(letters: bytes) -> int:
    """Return the number of a column counted from 1: A -> 1, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def inspect_workbook(name: str, data: bytes) -> dict[str, SheetFacts]:
    """Return what was seen in each sheet, by its name.

    Raises:
        InvalidInput: broken, not a workbook, unpacks to too much, or declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(name, archive)
            facts: dict[str, SheetFacts] = {}
            for member in archive.namelist():
                facts[member] = _walk(name, archive, member)
            return {title: facts[path] for title, path in _sheets(archive) if path in facts}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, KeyError, ParseError) as error:
        raise InvalidInput(
            f"Tệp .xlsx hỏng ({str(error).splitlines()[0] if str(error) else 'thiếu phần'})",
            where=name,
            hint="Mở bằng Excel rồi lưu lại",
        ) from None
    except (RuntimeError, DefusedXmlException):
        # zipfile says RuntimeError where a member is encrypted.
        raise InvalidInput("Tệp có mật khẩu hoặc có phần không được phép", where=name) from None


def _check_sizes(name: str, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if sum(member.file_size for member in members) > _MOST_UNPACKED or len(members) > _MOST_MEMBERS:
        raise InvalidInput("Tệp giải nén ra quá lớn", where=name, hint="Chỉ giữ lại trang tính cần nhập rồi lưu lại")
    if "xl/workbook.xml" not in archive.namelist():
        raise InvalidInput("Không phải tệp .xlsx", where=name, expected="tệp Excel (.xlsx) theo mẫu")


def _walk(name: str, archive: zipfile.ZipFile, member: str) -> SheetFacts:
    """Unpack one member piece by piece; ``zipfile`` stops at the declared size and compares the checksum."""
    facts = SheetFacts()
    is_sheet = member.startswith("xl/worksheets/")
    for block in _blocks(archive, member):
        if member.endswith((".xml", ".rels")) and any(mark in block for mark in _DOCTYPE):
            raise InvalidInput("Tệp khai báo thực thể XML (DOCTYPE), không được nhận", where=name)
        if is_sheet:
            facts.see(block)
    return facts


def _blocks(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    tail = b""
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            block = tail + piece
            yield block
            tail = block[-_OVERLAP:]


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    if max(archive.getinfo(part).file_size for part in _PLAIN_PARTS) > _MOST_PLAIN:
        raise zipfile.BadZipFile("mục lục trang tính quá lớn")
    targets = {
        row.get("Id"): row.get("Target", "") for row in fromstring(archive.read(_PLAIN_PARTS[1])) if row.get("Id")
    }
    for row in fromstring(archive.read(_PLAIN_PARTS[0])).iter():
        target = targets.get(row.get(_RELATION))
        if row.tag.endswith("}sheet") and target:
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            yield row.get("name", ""), posixpath.normpath(path)


_PLAIN_PARTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
