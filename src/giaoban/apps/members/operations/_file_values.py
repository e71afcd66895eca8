"""Reads what somebody typed for a part of a member's file; the words of the form that a refusal names are here."""

from __future__ import annotations

from datetime import date
from typing import Any

from giaoban.apps.members.identity import seal_identity
from giaoban.apps.members.models import FilePart, Trait
from giaoban.apps.members.operations._days import NOT_AFTER_TODAY, future_day
from giaoban.apps.members.trait_values import TRAIT_VALUES
from giaoban.core.dates_vi import PartialDate, parse_date, parse_partial_date
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted, tidy

VALUE = "Giá trị đúng"
_NEVER_EMPTY = (FilePart.NAME, FilePart.BIRTH, FilePart.SEX, FilePart.CARD_NUMBER, FilePart.ADMITTED)
_LONGEST = {FilePart.NAME: 120, FilePart.OCCUPATION: 40}
_NUMBER_LONGEST = 20
TRAIT_PARTS = {
    FilePart.SEX: Trait.SEX,
    FilePart.EDUCATION: Trait.EDUCATION,
    FilePart.THEORY: Trait.THEORY,
    FilePart.OCCUPATION: Trait.OCCUPATION,
}


def full_name(text: str, *, where: str) -> str:
    """Return a name without needless blanks.

    Raises:
        InvalidInput: only one word.
    """
    name = tidy(text)
    if len(name.split(" ")) < 2:
        raise InvalidInput(f"Họ tên {quoted(text)} chưa đủ", where=where, expected="cả họ và tên")
    return name


def read_value(part: FilePart, text: str, *, today: date) -> Any:
    """Return what a text means for a part of the file: a text, a date, a sealed number; "" or None where it is blank.

    Raises:
        InvalidInput: it cannot be this; the message never holds more of an identity number than three digits.
    """
    words = tidy(text)
    if not words and part in _NEVER_EMPTY:
        raise InvalidInput(f"Chưa ghi {part.label.lower()}", where=VALUE, expected=f"{part.label.lower()} đúng")
    match part:
        case FilePart.NAME:
            return _short(full_name(words, where=VALUE), part)
        case FilePart.BIRTH:
            return _past(parse_partial_date(words, where=VALUE), today)
        case FilePart.ADMITTED | FilePart.RECOGNISED:
            return _past(parse_date(words, where=VALUE), today) if words else None
        case FilePart.IDENTITY:
            return seal_identity(words, where=VALUE)
        case FilePart.SEX | FilePart.EDUCATION | FilePart.THEORY:
            return _one_of(TRAIT_VALUES[TRAIT_PARTS[part]], words)
    return _short(words, part)


def _past(day: Any, today: date) -> Any:
    if (fault := future_day(day.day if isinstance(day, PartialDate) else day, today)) is not None:
        raise InvalidInput(fault, where=VALUE, expected=NOT_AFTER_TODAY)
    return day


def _one_of(values: dict[str, str], words: str) -> str:
    if not words:
        return ""
    found = next((code for code, word in values.items() if words.lower() in (code, word.lower())), None)
    if found is None:
        raise InvalidInput(f"Không có mức «{words}»", where=VALUE, expected="một trong: " + ", ".join(values.values()))
    return found


def _short(words: str, part: FilePart) -> str:
    longest = _LONGEST.get(part, _NUMBER_LONGEST)
    if len(words) > longest:
        raise InvalidInput(f"{part.label} dài {len(words)} ký tự", where=VALUE, expected=f"không quá {longest} ký tự")
    return words
