"""What was typed into a form: numbers, marks, words; as the draft of a submission keeps it. No queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from giaoban.apps.reporting.forms import Field, FieldKind, FormBody
from giaoban.apps.reporting.models import ValueMark
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import MINUS, parse_number
from giaoban.core.text_vi import quoted

_MOST_DIGITS = 20


class Typed(NamedTuple):
    """One number that was typed: its field, which of the two numbers of «25/55», and how sure it is."""

    field: Field
    name: str
    number: Decimal
    mark: str

    @property
    def is_total(self) -> bool:
        """Whether it says of how many."""
        return self.name != self.field.key


def typed_number(draft: Mapping[str, Any], name: str) -> Decimal | None:
    """Return the number that stands in a draft under a name; None where none does."""
    text = draft.get(name, {}).get("value", "")
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def typed_numbers(body: FormBody, draft: Mapping[str, Any]) -> Iterator[Typed]:
    """Yield the numbers of a draft in the order of the form."""
    for field in body.fields:
        if field.kind is FieldKind.VALUE:
            for name in field.inputs:
                number = typed_number(draft, name)
                if number is not None:
                    yield Typed(field, name, number, draft[name].get("mark", ""))


def typed_texts(body: FormBody, draft: Mapping[str, Any]) -> dict[str, str]:
    """Return the words and choices of a draft by field, empty ones left out."""
    return {
        field.key: text
        for field in body.fields
        if field.kind in (FieldKind.TEXT, FieldKind.CHOICE) and (text := draft.get(field.key, {}).get("value", ""))
    }


def clean_value(field: Field, value: str, mark: str) -> str:
    """Return a typed value as the draft keeps it: a number as «1234.5», words with plain line ends; «» for nothing.

    Raises:
        InvalidInput: it is no number, too long, has too many decimals, or is none of the options.
    """
    text = value.replace("\r\n", "\n").strip()
    if mark and (field.kind is not FieldKind.VALUE or mark not in ValueMark.values):
        raise InvalidInput(
            f"Không dùng được dấu {quoted(mark)} ở đây",
            where=field.label,
            expected="ước, trên, gần, khoảng của một con số, hoặc để trống",
        )
    if field.kind is FieldKind.VALUE:
        return _clean_number(field, text) if text else ""
    if field.kind is FieldKind.CHOICE and text and text not in field.options:
        raise InvalidInput(
            f"Không có phương án {quoted(text)}", where=field.label, expected="một trong: " + ", ".join(field.options)
        )
    if field.kind is FieldKind.TEXT and len(text) > field.most_letters:
        raise InvalidInput(
            f"Nội dung dài {len(text)} ký tự", where=field.label, expected=f"không quá {field.most_letters} ký tự"
        )
    return text


def _clean_number(field: Field, text: str) -> str:
    minus = text[:1] in ("-", MINUS)
    number = parse_number(text[1:].strip() if minus else text)
    if number is None:
        raise InvalidInput(
            f"Không đọc được số {quoted(text)}", where=field.label, expected="số như 12, 1.250 hoặc 12,5"
        )
    plain = format(number, "f")
    whole, _, printed = plain.partition(".")
    fraction = printed.rstrip("0")
    if len(fraction) > field.decimals:
        allowed = f"không quá {field.decimals} chữ số sau dấu phẩy" if field.decimals else "số nguyên"
        hint = "Nghìn viết bằng dấu chấm: 1.250" if len(printed) == 3 else ""
        raise InvalidInput(f"Số {text} có phần lẻ", where=field.label, expected=allowed, hint=hint)
    if len(whole) > _MOST_DIGITS:
        raise InvalidInput(f"Số {text} quá lớn", where=field.label, expected=f"không quá {_MOST_DIGITS} chữ số")
    return ("-" if minus and number else "") + (f"{whole}.{fraction}" if fraction else whole)
