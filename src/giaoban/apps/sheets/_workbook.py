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
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

_MOST_UNPACKED = 600 * 1024 * 1024
_MOST_MEMBERS = 2_000
_MOST_PLAIN = 4 * 1024 * 1024
_MOST_COLUMNS = 200
_CHUNK = 1 << 20
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LETTERS = re.compile(r"[A-Za-z]{1,6}\Z")


class _Odd(Exception):
    """What no spreadsheet program writes; the text says it in Vietnamese."""


class _Doctype(Exception):
    """The XML declares a document type, and with it perhaps entities."""


class SheetFacts:
    """What was seen in one sheet: the farthest filled row and column, and the cells that hold an error."""

    def __init__(self, parser: XMLParserType) -> None:
        self._parser = parser
        self.rows = 0
        self.columns = 0
        self.broken: dict[tuple[int, int], str] = {}
        self._row = 0
        self._row_text = "0"
        self._column = 0
        self._letters: dict[str, int] = {}
        self._error = False

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

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in the beginning of an element; called millions of times, so the common way is short."""
        if name == "c":
            reference = attributes.get("r")
            if reference is None:
                self._column += 1
            else:
                letters = reference.rstrip("0123456789")
                column = self._letters.get(letters)
                self._column = self._learn(letters) if column is None else column
                row = reference[len(letters) :]
                if row != self._row_text:
                    self._row, self._row_text = int(row[:9]), row
            if self._error:
                self._parser.CharacterDataHandler = None
            self._error = attributes.get("t") == "e"
        elif name in ("v", "t"):
            if self._row > self.rows:
                self.rows = self._row
            if self._column > self.columns:
                self.columns = self._column
            if self._error:
                # Text is asked for in such cells only.
                self.broken[self._row, self._column] = ""
                self._parser.CharacterDataHandler = self._text
        elif name == "row":
            self._row_text = attributes.get("r", str(self._row + 1))
            self._row = int(self._row_text[:9])
            self._column = 0
        elif ":" in name:
            self.start(name.rpartition(":")[2], attributes)

    def _learn(self, letters: str) -> int:
        if not _LETTERS.match(letters):
            raise _Odd(f"có ô ở cột {quoted(letters[:20])}")
        column = self._letters[letters] = column_number(letters.upper())
        return column

    def _text(self, text: str) -> None:
        self.broken[self._row, self._column] += text


def column_number(letters: str) -> int:
    """Return the number of a column counted from 1: A -> 1, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
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
                facts[member] = _walk(archive, member)
            return {title: facts[path] for title, path in _sheets(archive) if path in facts}
    except _BROKEN as error:
        raise InvalidInput(
            f"Tệp .xlsx hỏng ({_why(error)})",
            where=name,
            hint="Mở bằng Excel rồi lưu lại",
        ) from None
    except (_Doctype, DefusedXmlException):
        raise InvalidInput("Tệp khai báo thực thể XML (DOCTYPE), không được nhận", where=name) from None
    except RuntimeError:
        # zipfile says RuntimeError where a member is encrypted.
        raise InvalidInput("Tệp có mật khẩu, không mở được", where=name, hint="Bỏ mật khẩu rồi lưu lại") from None


def _why(error: Exception) -> str:
    """Say it in Vietnamese: the libraries speak English."""
    match error:
        case _Odd():
            return str(error)
        case KeyError():
            return "thiếu phần bên trong"
        case LookupError():
            return "khai báo mã chữ lạ"
        case zipfile.BadZipFile() | zlib.error() | EOFError() | OSError():
            return "không giải nén được, có thể tải về hoặc chép chưa đủ"
        case _:
            return "nội dung sai quy cách"


def _check_sizes(name: str, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if sum(member.file_size for member in members) > _MOST_UNPACKED or len(members) > _MOST_MEMBERS:
        raise InvalidInput("Tệp giải nén ra quá lớn", where=name, hint="Chỉ giữ lại trang tính cần nhập rồi lưu lại")
    if "xl/workbook.xml" not in archive.namelist():
        raise InvalidInput("Không phải tệp .xlsx", where=name, expected="tệp Excel (.xlsx) theo mẫu")


def _walk(archive: zipfile.ZipFile, member: str) -> SheetFacts:
    """Read one member piece by piece; ``zipfile`` stops at the declared size and compares the checksum."""
    parser = ParserCreate()
    facts = SheetFacts(parser)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if member.startswith("xl/worksheets/"):
        parser.StartElementHandler = facts.start
    else:
        parser.StartElementHandler = _count_checker(parser, archive.getinfo(member).file_size)
    is_xml = member.endswith((".xml", ".rels"))
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            if is_xml:
                parser.Parse(piece, False)
    if is_xml:
        parser.Parse(b"", True)
    return facts


def _count_checker(parser: XMLParserType, size: int) -> Callable[[str, dict[str, str]], None]:
    """The reader takes memory for as many parts as a list says it has; a list has fewer parts than bytes."""

    def check(name: str, attributes: dict[str, str]) -> None:
        for key in ("count", "uniqueCount"):
            if key in attributes and int(attributes[key]) > size:
                raise _Odd(f"phần {name} ghi {key} lớn hơn cả tệp")
        if size > _MOST_PLAIN:
            # Of a long list of strings only the head says how many there are.
            parser.StartElementHandler = None

    return check


def _refuse_doctype(*_declaration: object) -> None:
    raise _Doctype


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    if max(archive.getinfo(part).file_size for part in _PLAIN_PARTS) > _MOST_PLAIN:
        raise _Odd("mục lục trang tính quá lớn")
    targets = {
        row.get("Id"): row.get("Target", "") for row in fromstring(archive.read(_PLAIN_PARTS[1])) if row.get("Id")
    }
    for row in fromstring(archive.read(_PLAIN_PARTS[0])).iter():
        target = targets.get(row.get(_RELATION))
        if row.tag.endswith("}sheet") and target:
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            yield row.get("name", ""), posixpath.normpath(path)


_BROKEN = (
    _Odd,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    LookupError,
    ValueError,
    ExpatError,
    ParseError,
)
_PLAIN_PARTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
