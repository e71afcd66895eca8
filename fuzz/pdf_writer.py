"""The smallest PDF files with Vietnamese text, written by hand: any place, any size, no library and no font file.

The font is not embedded; its ToUnicode table says which letter each code is, as in the files that Word exports.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

A4 = (595, 842)


def _to_unicode() -> bytes:
    blocks = [range(start, start + 64) for start in range(0, 256, 64)]
    parts = ["/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def"]
    parts.append("1 begincodespacerange <0000> <FFFF> endcodespacerange")
    for block in blocks:
        rows = "\n".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in block)
        parts.append(f"{len(block)} beginbfrange\n{rows}\nendbfrange")
    parts.append("endcmap end end")
    return "\n".join(parts).encode()


@dataclass
class PdfPage:
    """Content of one page. Letters are half as wide as their size."""

    content: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 12, turn: str = "1 0 0 1") -> PdfPage:
        # Half of a pair of surrogates is written as it is: a file may hold any code.
        codes = text.encode("utf-16-be", "surrogatepass").hex().upper()
        self.content.append(f"BT /F1 {size} Tf {turn} {x} {y} Tm <{codes}> Tj ET")
        return self

    def lines(self, x: float, y: float, lines: list[str], size: float = 12, step: float = 16) -> PdfPage:
        for number, line in enumerate(lines):
            self.text(x, y - number * step, line, size)
        return self

    def rule(self, x: float, y: float, to_x: float, to_y: float) -> PdfPage:
        self.content.append(f"0.5 w {x} {y} m {to_x} {to_y} l S")
        return self

    def picture(self) -> PdfPage:
        self.content.append("q 595 0 0 842 0 0 cm /I1 Do Q")
        return self


def pdf(*pages: PdfPage, compress: bool = False, size: tuple[int, int] = A4, more: str = "") -> bytes:
    """Return a file; ``more`` goes into the trailer."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Times /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Times /DW 500 /FontDescriptor 7 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(_to_unicode(), "", compress),
        _stream(bytes([200] * 64), "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray"
                " /BitsPerComponent 8 ", False),
        b"<< /Type /FontDescriptor /FontName /Times /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800"
        b" /Descent -200 /CapHeight 700 /StemV 80 >>",
    ]  # fmt: skip
    kids = []
    for page in pages:
        objects.append(_stream("\n".join(page.content).encode(), "", compress))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> /XObject << /I1 6 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects, more)


def _stream(data: bytes, entries: str, compress: bool) -> bytes:
    if compress:
        data, entries = zlib.compress(data), entries + "/Filter /FlateDecode "
    return f"<< {entries}/Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: list[bytes], more: str) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + item + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    data += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {more}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(data)
