"""What a person types into one cell: «1.250», «ước 1.250», «25/55»."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import parse_number
from giaoban.core.text_vi import fold, tidy
from giaoban.figures import MARKS

_FORM = "số như 1.250 hoặc 3,5; thêm «ước», «trên», «gần», «khoảng» ở trước, «/55» ở sau nếu có tổng số"
_MINUS = ("-", "−", "–")
_BY_WORD = {fold(word): key for key, word in MARKS.items()}


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A typed number; both None where the cell was left blank."""

    number: Decimal | None = None
    of_total: Decimal | None = None
    mark: str = ""


def read_cell(text: str) -> TypedValue:
    """Read a cell.

    Raises:
        InvalidInput: it is no number.
    """
    text = tidy(text)
    if not text:
        return TypedValue()
    first, _, rest = text.partition(" ")
    mark = _BY_WORD.get(fold(first), "")
    done, slash, total = (rest if mark else text).partition("/")
    return TypedValue(_number(done, text), _number(total, text) if slash else None, mark)


def _number(words: str, text: str) -> Decimal:
    words = words.strip()
    below = words[:1] in _MINUS
    try:
        found = parse_number(words[1:].strip() if words and below else words)
    except InvalidOperation:
        found = None
    if found is None:
        raise InvalidInput(f"Không đọc được «{text[:40]}»", expected=_FORM)
    return -found if words and below else found
