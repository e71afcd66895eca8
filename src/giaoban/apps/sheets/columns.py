"""Columns of a sheet: what each asks for, how it is explained, and how a cell becomes a value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from giaoban.apps.sheets.cells import BadCell, Cell
from giaoban.core.dates_vi import PartialDate, Precision, format_date, parse_partial_date
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import fold, tidy

DAY_FORM = "ngày dạng 31/03/2023"
PARTIAL_FORM = "ngày dạng 31/03/1957, hoặc 03/1957, 1957 nếu chỉ biết tháng, năm"
# Characters that come along when text is copied from a web page or a PDF and that nobody sees.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_FIRST_YEAR, _LAST_YEAR = 1850, 2200


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Args:
        key: name in code; also accepted as a heading.
        heading: what people see in the first row.
        what: what is to be filled in.
        form: how it is to be written.
        example: one value as a person would type it.
        read: makes the value of a cell that is not blank, or raises ``BadCell``.
        required: a blank cell is wrong.
        blank: the value of a blank cell.
        choices: the labels offered in a list; empty where anything may be written.
        as_date: the cells are dates; all others are text, so that leading zeros stay.
        secret: at most the last three digits of a value are ever shown (decision D12).
    """

    key: str
    heading: str
    what: str
    form: str
    example: str
    read: Callable[[Cell], Any]
    required: bool = False
    blank: Any = ""
    choices: tuple[str, ...] = ()
    as_date: bool = False
    secret: bool = False


def shown(value: Cell) -> str:
    """Return a cell as it is quoted in messages."""
    if isinstance(value, bool):
        return "«TRUE»" if value else "«FALSE»"
    if isinstance(value, datetime):
        return f"«{format_date(value.date())} {value:%H:%M}»"
    if isinstance(value, date):
        return f"«{format_date(value)}»"
    if isinstance(value, float):
        return f"«{int(value)}»" if value.is_integer() else f"«{value}»".replace(".", ",")
    text = str(value)
    return f"«{text[:60]}…»" if len(text) > 60 else f"«{text}»"


def read_text(value: Cell) -> str:
    """Return a cell as text: whole numbers without a decimal point, dates as people write them."""
    if type(value) is str:
        if not value.isprintable():
            value = value.translate(_INVISIBLE)
        text = tidy(value)
        if not text.isprintable():
            names = sorted({f"U+{ord(letter):04X}" for letter in text if unicodedata.category(letter)[0] == "C"})
            raise BadCell(f"Có ký tự không in được ({', '.join(names)})", "chữ và số thường")
        return text
    if isinstance(value, bool):
        raise BadCell(f"{shown(value)} là giá trị đúng/sai", "chữ hoặc số")
    if isinstance(value, (date, float)):
        return shown(value)[1:-1]
    raise BadCell(f"«{value}» là giờ", "chữ hoặc số")


def text_reader(longest: int) -> Callable[[Cell], str]:
    """Return a reader of text of limited length."""

    def read(value: Cell) -> str:
        text = read_text(value)
        if len(text) > longest:
            raise BadCell(f"Dài {len(text)} ký tự", f"nhiều nhất {longest} ký tự")
        return text

    return read


def number_reader(longest: int, fewest_digits: int) -> Callable[[Cell], str]:
    """Return a reader of numbers that are names (card, telephone): a cell typed as a number may have lost its zeros."""
    plain = text_reader(longest)

    def read(value: Cell) -> str:
        text = plain(value)
        if type(value) is float and len(text) < fewest_digits:
            raise BadCell(
                f"Ô dạng số, chỉ còn {len(text)} chữ số, có thể đã mất số 0 ở đầu",
                f"ô dạng văn bản (Text) với đủ {fewest_digits} chữ số",
            )
        if isinstance(value, date):
            raise BadCell(f"{shown(value)} là ngày", "ô dạng văn bản (Text)")
        return text

    return read


def identity_reader(value: Cell) -> str:
    """Return a citizen identity number; a message never holds more than its last three digits."""
    text = re.sub(r"[\s.]", "", read_text(value))
    if text.isdigit() and text.isascii() and len(text) in (9, 12):
        return text
    hint = " (ô dạng số, có thể đã mất số 0 ở đầu)" if type(value) is float else ""
    raise BadCell(f"Số …{text[-3:]} có {len(text)} ký tự{hint}", "12 chữ số (giấy tờ cũ: 9), ô dạng văn bản (Text)")


def partial_day_reader(value: Cell) -> PartialDate:
    """Return a date of which the day, or day and month, may be unknown."""
    if type(value) is str:
        try:
            found = parse_partial_date(tidy(value))
        except InvalidInput as error:
            raise BadCell(error.message, PARTIAL_FORM) from None
    elif isinstance(value, datetime):
        if (value.hour, value.minute, value.second) != (0, 0, 0):
            raise BadCell(f"{shown(value)} có giờ", PARTIAL_FORM)
        found = PartialDate(value.date(), Precision.DAY)
    elif isinstance(value, date):
        found = PartialDate(value, Precision.DAY)
    elif type(value) is float and value.is_integer() and _FIRST_YEAR <= value <= _LAST_YEAR:
        found = PartialDate(date(int(value), 1, 1), Precision.YEAR)
    else:
        raise BadCell(f"{shown(value)} không phải là ngày", PARTIAL_FORM)
    if not _FIRST_YEAR <= found.day.year <= _LAST_YEAR:
        raise BadCell(f"Năm {found.day.year} không hợp lý", f"năm từ {_FIRST_YEAR} đến {_LAST_YEAR}")
    return found


def day_reader(value: Cell) -> date:
    """Return a whole date."""
    if type(value) is date and _FIRST_YEAR <= value.year <= _LAST_YEAR:
        return value
    try:
        found = partial_day_reader(value)
    except BadCell as error:
        raise BadCell(error.message, DAY_FORM if error.expected == PARTIAL_FORM else error.expected) from None
    if found.precision is not Precision.DAY:
        raise BadCell(f"{shown(value)} chưa đủ ngày, tháng, năm", DAY_FORM)
    return found.day


def choice_reader(choices: Mapping[Any, str]) -> Callable[[Cell], Any]:
    """Return a reader of one of several values, written as its label (diacritics may be missing) or its code."""
    known = {fold(label): code for code, label in choices.items()} | {str(code): code for code in choices}
    exact: dict[Cell, Any] = {label: code for code, label in choices.items()}
    offered = ", ".join(f"«{label}»" for label in choices.values())

    def read(value: Cell) -> Any:
        found = exact.get(value)
        if found is not None:
            return found
        text = read_text(value)
        found = known.get(fold(text), known.get(text))
        if found is None:
            raise BadCell(f"{shown(text)} không có trong danh mục", f"một trong: {offered}")
        return found

    return read


def text_column(
    key: str, heading: str, what: str, example: str, *, longest: int, required: bool = False, form: str = ""
) -> Column:
    """Return a column of text."""
    form = form or f"chữ, nhiều nhất {longest} ký tự"
    return Column(key, heading, what, form, example, text_reader(longest), required)


def number_column(key: str, heading: str, what: str, example: str, *, longest: int, fewest_digits: int = 1) -> Column:
    """Return a column of numbers that name something; kept as text."""
    form = "chữ và số, ô dạng văn bản (Text) để giữ số 0 ở đầu"
    return Column(key, heading, what, form, example, number_reader(longest, fewest_digits))


def identity_column(key: str, heading: str, what: str, example: str) -> Column:
    """Return a column of citizen identity numbers."""
    form = "12 chữ số (giấy tờ cũ: 9), ô dạng văn bản (Text)"
    return Column(key, heading, what, form, example, identity_reader, secret=True)


def whole_reader(low: int, high: int) -> Callable[[Cell], int]:
    """Return a reader of whole numbers between two, both allowed."""

    def read(value: Cell) -> int:
        text = read_text(value)
        if not (text.isascii() and text.isdecimal() and low <= int(text) <= high):
            raise BadCell(f"{shown(value)} không phải là số từ {low} đến {high}", f"một số từ {low} đến {high}")
        return int(text)

    return read


def whole_column(
    key: str, heading: str, what: str, example: str, *, low: int, high: int, required: bool = False
) -> Column:
    """Return a column of whole numbers; blank is None."""
    return Column(key, heading, what, f"số từ {low} đến {high}", example, whole_reader(low, high), required, None)


def day_column(key: str, heading: str, what: str, example: str, *, required: bool = False) -> Column:
    """Return a column of whole dates; blank is None."""
    return Column(key, heading, what, DAY_FORM, example, day_reader, required, None, as_date=True)


def partial_day_column(key: str, heading: str, what: str, example: str, *, required: bool = False) -> Column:
    """Return a column of dates that may be incomplete; kept as text, or 03/1957 would become a whole day."""
    return Column(key, heading, what, PARTIAL_FORM, example, partial_day_reader, required, None)


def choice_column(
    key: str, heading: str, what: str, example: str, choices: Mapping[Any, str], *, required: bool = False
) -> Column:
    """Return a column of codes, offered by their labels; ``choices`` goes from code to label."""
    labels = tuple(str(label) for label in choices.values())
    read = choice_reader({code: str(label) for code, label in choices.items()})
    return Column(key, heading, what, "chọn trong danh sách", example, read, required, None, labels)


YES_NO = {True: "Có", False: "Không"}
