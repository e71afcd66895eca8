"""Who signs: capacity, position and name, below each other or for two persons side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from giaoban.reader.lines import is_capitals
from giaoban.reader.model import Signer

CAPACITY = re.compile(
    r"(?:T\s?/\s?M|TM|K\s?/\s?T|KT|T\s?/\s?L|TL|T\s?/\s?U\s?Q|TUQ|Q)(?:\.|(?=[\s.]))\s*\S|(?:T/M|K/T|T/L|TUQ)\b"
)
POSITION = re.compile(
    r"(?:PHÓ |Q\. ?|QUYỀN )?(?:BÍ THƯ|CHỦ TỊCH|CHỦ NHIỆM|TRƯỞNG|CHÁNH|GIÁM ĐỐC|TỔNG|BỘ TRƯỞNG|THỦ TƯỚNG|"
    r"VIỆN TRƯỞNG|HIỆU TRƯỞNG|CỤC TRƯỞNG|NGƯỜI (?:GHI|LẬP|BÁO CÁO)|CHỦ TRÌ|THƯ KÝ|ỦY VIÊN|UỶ VIÊN|PHÓ )"
)
# A rank or degree may stand before a name: «Thượng tá Mai Đức Lộc», «TS. Lê Thu Hà».
NAME = re.compile(
    r"(?:(?:Thiếu|Trung|Thượng|Đại)\s+(?:tá|úy|uý|tướng)\s+|(?:(?:PGS|GS|TS|ThS|BS|CKI{1,2})\.?\s*){1,3})?"
    r"(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]{0,7}\s+){1,5}[A-ZĐÀ-Ỹ][a-zđà-ỹ]{0,7}\Z"
)


@dataclass(slots=True)
class Signature:
    """The cells of signatures, each with its column; they count only where two persons sign side by side."""

    cells: list[tuple[int, str]] = field(default_factory=list)
    is_in_columns: bool = False

    def add(self, cell: str, column: int) -> None:
        self.cells.append((column, cell))

    def in_order(self) -> list[str]:
        """Return the cells as they are read: line by line, or column by column."""
        if self.is_in_columns:
            return [cell for _, cell in sorted(self.cells, key=lambda placed: placed[0])]
        return [cell for _, cell in self.cells]


def is_signature(cell: str) -> bool:
    """Tell whether a cell names a capacity or a post in capitals."""
    return (CAPACITY.match(cell) or POSITION.match(cell)) is not None and is_capitals(cell)


def signers(cells: list[str]) -> tuple[Signer, ...]:
    """Read capacity, position and name, in that order, as often as they come."""
    found: list[Signer] = []
    capacity = position = None
    for cell in cells:
        if CAPACITY.match(cell) and is_capitals(cell) and capacity is None:
            capacity, position = cell, None
        elif NAME.match(cell) and (capacity or position):
            found.append(Signer(capacity, position, " ".join(cell.split())))
            capacity = position = None
        elif is_capitals(cell) and any(char.isalpha() for char in cell):
            if position is None:
                position = cell
            else:
                position += f" {cell}"
    if (capacity or position) and not found:
        found.append(Signer(capacity, position, None))
    return tuple(found)
