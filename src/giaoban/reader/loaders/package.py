"""Office files are zip archives of XML parts: opened with limits, and with entities refused."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from giaoban.core.errors import InvalidInput
from giaoban.reader.loaders.sniff import ENCRYPTED, OLE, mismatch

_MOST_MEMBERS = 5_000
_LARGEST_PART = 64 * 1024 * 1024
# A tree of XML takes some hundred bytes for each tag and attribute; 300 pages of a report hold about 600,000.
_MOST_NODES = 3_000_000
_LARGEST_WHOLE = 512 * 1024 * 1024
# Real office XML packs 5 to 30 times smaller, empty tables up to some 100 times.
_STEEPEST_RATIO = 300
_SMALL = 1024 * 1024


class Package:
    """The parts of an office file.

    Raises:
        InvalidInput: not a zip archive, protected by a password, an old binary format, truncated, with macros, or a zip
            bomb.
    """

    def __init__(self, data: bytes, where: str, *, kind: str) -> None:
        self.where = where
        self.kind = kind
        if data.startswith(OLE):
            raise self._refuse_binary(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            if data.startswith(b"PK"):
                raise self._wrong("Tệp bị hỏng hoặc bị cắt cụt", hint="Hãy lấy lại tệp gốc") from None
            message, hint = mismatch(data, kind)
            raise self._wrong(message, hint=hint) from None
        self._check_sizes()
        if any(name.lower().endswith("vbaproject.bin") for name in self._zip.namelist()):
            raise self._wrong(
                "Tệp có macro, không được mở", hint="Hãy mở bằng Word và lưu lại thành .docx (loại không macro)"
            )

    def part(self, name: str) -> Element | None:
        """Return the root of an XML part; None if the package has no such part.

        Raises:
            InvalidInput: the part is damaged, too large, or declares entities.
        """
        try:
            with self._zip.open(name) as stream:
                data = stream.read(_LARGEST_PART + 1)
        except KeyError:
            return None
        except RuntimeError:
            raise self._wrong("Tệp được đặt mật khẩu", hint="Hãy bỏ mật khẩu rồi lưu lại") from None
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, ValueError):
            raise self._wrong(f"Phần {name} bị hỏng hoặc bị cắt cụt", hint="Hãy lấy lại tệp gốc") from None
        if len(data) > _LARGEST_PART:
            raise self._wrong(f"Phần {name} bung ra quá lớn")
        if data.count(b"<") + data.count(b"=") > _MOST_NODES:
            raise self._wrong(f"Phần {name} có quá nhiều phần tử")
        try:
            root = fromstring(data, forbid_dtd=True)
        except DefusedXmlException:
            raise self._wrong(f"Phần {name} khai báo thực thể XML, không an toàn") from None
        except (ParseError, ValueError, LookupError):
            raise self._wrong(f"Phần {name} không phải XML đúng", hint="Hãy lấy lại tệp gốc") from None
        assert isinstance(root, Element)
        return root

    def _check_sizes(self) -> None:
        members = self._zip.infolist()
        if len(members) > _MOST_MEMBERS:
            raise self._wrong(f"Tệp nén có {len(members)} phần, quá nhiều")
        if sum(member.file_size for member in members) > _LARGEST_WHOLE:
            raise self._wrong("Tệp nén bung ra quá lớn")
        for member in members:
            if member.file_size > _SMALL and member.file_size > _STEEPEST_RATIO * max(member.compress_size, 1):
                raise self._wrong(f"Phần {member.filename} nén bất thường ({member.file_size} byte)")

    def _refuse_binary(self, data: bytes) -> InvalidInput:
        if ENCRYPTED in data:
            return self._wrong("Tệp được đặt mật khẩu", hint="Hãy bỏ mật khẩu rồi lưu lại")
        return self._wrong("Đây là tệp Word dạng cũ (.doc)", hint="Hãy mở bằng Word và lưu lại thành .docx")

    def _wrong(self, message: str, *, hint: str = "") -> InvalidInput:
        return InvalidInput(message, where=self.where, expected=f"tệp {self.kind} không đặt mật khẩu", hint=hint)
