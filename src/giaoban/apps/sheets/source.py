"""The file as it comes: its bytes, and the sheet in it that holds the data, as rows of raw cells."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from giaoban.apps.sheets._workbook import SheetFacts, inspect_workbook
from giaoban.apps.sheets.cells import Cell
from giaoban.core.errors import GiaobanError, InvalidInput, NotFound

GUIDE = "Hướng dẫn"
# So begins a line above the headings of a .csv that tells about it.
TOLD = "# "
MOST_BYTES = 60 * 1024 * 1024
MOST_ROWS = 200_000
_MOST_SHEETS = 12
_FITS = 4  # so many known headings are a list; no further sheet is looked at
Rows = Sequence[tuple[int, Sequence[Cell]]]
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER = {b"%PDF": "PDF", b"{\\rtf": "RTF", b"\xff\xd8\xff": "ảnh JPEG", b"\x89PNG": "ảnh PNG"}
_WANTED = "tệp .xlsx hoặc .csv theo mẫu (giaoban template)"


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A file that was given: its name without folders, and its bytes."""

    name: str
    data: bytes = field(repr=False)

    @classmethod
    def from_path(cls, path: Path) -> SheetFile:
        """Read a file from disk.

        Raises:
            NotFound: it is not there; GiaobanError: it cannot be read; InvalidInput: it is too large.
        """
        try:
            if path.stat().st_size > MOST_BYTES:
                raise _too_large(path.name)
            return cls(path.name, path.read_bytes())
        except FileNotFoundError:
            raise NotFound("Không có tệp này", where=str(path)) from None
        except OSError as error:
            raise GiaobanError(f"Không đọc được tệp ({error.strerror})", where=str(path)) from None

    @property
    def sha256(self) -> str:
        """Return the hash by which the audit names the file."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The cells of one sheet.

    ``rows`` gives (number of the row, cells); blank cells are «»; ``broken`` are cells that hold a spreadsheet error
    such as #REF!, by row and column (counted from 1); ``moved`` says in which column of the file a value stood that
    was laid into another, (row, column) -> column.
    """

    name: str
    rows: Sequence[tuple[int, Sequence[Cell]]]
    broken: Mapping[tuple[int, int], str]
    moved: Mapping[tuple[int, int], int] = field(default_factory=dict)


def open_sheet(file: SheetFile, *, score: Callable[[Rows], int] | None = None) -> RawSheet:
    """Read the first visible sheet that is not the guide.

    Args:
        score: how well the rows of a sheet fit; then the sheet that fits best is read, the first of equals.

    Raises:
        InvalidInput: not an .xlsx or .csv, broken, encrypted, too large, or without rows; one line says which.
    """
    if len(file.data) > MOST_BYTES:
        raise _too_large(file.name)
    if not file.data.strip():
        raise InvalidInput("Tệp trống", where=file.name, expected=_WANTED)
    if file.data.startswith(_ZIP):
        found = _open_workbook(file, score)
    elif file.data.startswith(_OLE):
        raise _old_or_locked(file)
    else:
        found = _open_csv(file)
    if not found.rows:
        raise InvalidInput("Trang tính trống", where=f"{file.name}, {found.name}", expected=_WANTED)
    return found


def _too_large(name: str) -> InvalidInput:
    return InvalidInput("Tệp quá lớn", where=name, expected=f"nhiều nhất {MOST_BYTES // 1024 // 1024} MB")


def _old_or_locked(file: SheetFile) -> InvalidInput:
    if _ENCRYPTED in file.data:
        return InvalidInput("Tệp có mật khẩu, không mở được", where=file.name, hint="Bỏ mật khẩu rồi lưu lại")
    return InvalidInput("Tệp Excel đời cũ (.xls)", where=file.name, expected=_WANTED, hint="Lưu lại dạng .xlsx")


def _open_workbook(file: SheetFile, score: Callable[[Rows], int] | None) -> RawSheet:
    facts = inspect_workbook(file.name, file.data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
            and sheet.visible == SheetVisibleEnum.Visible
            and sheet.name != GUIDE
        ]
        if not names:
            raise InvalidInput("Không có trang tính nào", where=file.name, expected=_WANTED)
        found = _rows_of(book, names[0], facts.get(names[0]), file.name)
        best = score(found.rows) if score is not None else _FITS
        for name in names[1:_MOST_SHEETS]:
            if score is None or best >= _FITS:
                break
            try:
                other = _rows_of(book, name, facts.get(name), file.name)
            except InvalidInput:
                continue  # a sheet beside the list may be what it wants
            if score(other.rows) > best:
                found, best = other, score(other.rows)
    except PasswordError:
        raise InvalidInput("Tệp có mật khẩu, không mở được", where=file.name, hint="Bỏ mật khẩu rồi lưu lại") from None
    except CalamineError:
        raise _broken(file.name) from None
    except BaseException as error:
        # The reader is written in Rust; its panics are no subclass of Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _broken(file.name) from None
    return found


def _rows_of(book: CalamineWorkbook, name: str, known: SheetFacts | None, file: str) -> RawSheet:
    if known is not None:
        known.refuse_far_cells(f"{file}, {name}", most_rows=MOST_ROWS)
    sheet = book.get_sheet_by_name(name)
    # Blank columns before the first filled one are left out by the reader; they count for the letters.
    blank = [""] * (sheet.start[1] if sheet.start else 0)
    rows = [
        (number, [*blank, *cells] if blank else cells)
        for number, cells in enumerate(sheet.iter_rows(), start=1)
        if any(cell != "" for cell in cells)
    ]
    return RawSheet(name, rows, known.broken if known is not None else {})


def _broken(name: str) -> InvalidInput:
    return InvalidInput("Tệp .xlsx hỏng (nội dung sai quy cách)", where=name, hint="Mở bằng Excel rồi lưu lại")


def _open_csv(file: SheetFile) -> RawSheet:
    for start, kind in _OTHER.items():
        if file.data.startswith(start):
            raise InvalidInput(f"Đây là tệp {kind}", where=file.name, expected=_WANTED)
    suffix = PurePath(file.name).suffix.lower()
    if suffix != ".csv":
        what = (
            "Tệp không phải là .xlsx"
            if suffix in (".xlsx", ".xlsm")
            else f"Loại tệp «{suffix or file.name}» không nhận"
        )
        raise InvalidInput(what, where=file.name, expected=_WANTED)
    text = _decode(file)
    rows: list[tuple[int, Sequence[Cell]]] = []
    try:
        for number, cells in enumerate(_records(text), start=1):
            if any(cell.strip() for cell in cells) and (rows or not _is_told(cells)):
                rows.append((number, cells))
    except csv.Error:
        raise InvalidInput(
            f"Dòng {len(rows) + 1} trở đi không đọc được",
            where=file.name,
            expected="ô có dấu ngoặc kép phải đóng lại",
        ) from None
    if len(rows) > MOST_ROWS + 1:
        raise InvalidInput(f"Có {len(rows)} dòng", where=file.name, expected=f"nhiều nhất {MOST_ROWS} dòng một tệp")
    return RawSheet(file.name, rows, {})


def _decode(file: SheetFile) -> str:
    if b"\x00" in file.data:
        raise InvalidInput(
            f"Có byte NUL ở vị trí {file.data.index(0)}", where=file.name, expected="tệp .csv mã UTF-8", hint=_AS_UTF8
        )
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        raise InvalidInput(
            f"Dòng {line} không phải mã UTF-8 (byte 0x{file.data[error.start]:02X})",
            where=file.name,
            expected="tệp .csv mã UTF-8",
            hint=_AS_UTF8,
        ) from None


_AS_UTF8 = "Trong Excel: Lưu thành, chọn «CSV UTF-8»"


def _records(text: str) -> Iterator[list[str]]:
    """A Vietnamese Excel separates by «;», others by «,»: the first line that is not about the file tells."""
    lines = (line for line in io.StringIO(text) if line.strip() and not line.lstrip('"').startswith(TOLD))
    first = next(lines, "")
    separator = ";" if first.count(";") >= first.count(",") else ","
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _is_told(cells: Sequence[str]) -> bool:
    """Tell whether a line speaks about the file; Excel may have added blank cells when it was saved again."""
    return bool(cells) and cells[0].startswith(TOLD) and not any(cell.strip() for cell in cells[1:])
