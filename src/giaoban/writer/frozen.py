"""A document as JSON and back: what was signed is printed the same when definitions and figures have moved on."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted
from giaoban.writer import blocks
from giaoban.writer.blocks import OfficialDocument


def _is_enum(kind: type[Any]) -> bool:
    return issubclass(kind, Enum)


_KINDS: dict[str, type[Any]] = {
    name: kind
    for name, kind in vars(blocks).items()
    if isinstance(kind, type) and (is_dataclass(kind) or _is_enum(kind))
}


def freeze(document: OfficialDocument) -> dict[str, Any]:
    """Return the whole document, ready for ``json.dumps``."""
    frozen: dict[str, Any] = _down(document)
    return frozen


def thaw(data: dict[str, Any]) -> OfficialDocument:
    """Return the document of ``freeze``.

    Raises:
        InvalidInput: this is no document, or one of a program that knew other blocks.
    """
    document = _up(data)
    if not isinstance(document, OfficialDocument):
        raise InvalidInput("Nội dung đã khóa không phải một văn bản", expected="văn bản do chương trình lập")
    return document


def _down(value: Any) -> Any:
    match value:
        case Enum():
            return {"is": type(value).__name__, "value": value.value}
        case date():
            return {"is": "date", "value": value.isoformat()}
        case Decimal():
            return {"is": "decimal", "value": str(value)}
        case tuple():
            return [_down(one) for one in value]
        case None | str() | int() | float():
            return value
    return {"is": type(value).__name__} | {one.name: _down(getattr(value, one.name)) for one in fields(value)}


def _up(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_up(one) for one in value)
    if not isinstance(value, dict):
        return value
    name = value["is"]
    if name == "date":
        return date.fromisoformat(value["value"])
    if name == "decimal":
        return Decimal(value["value"])
    kind = _KINDS.get(name)
    if kind is None:
        raise InvalidInput(f"Không biết loại nội dung {quoted(name)}", expected="văn bản do chương trình lập")
    if _is_enum(kind):
        return kind(value["value"])
    # A part that a later version of the program no longer has is left out.
    known = {one.name for one in fields(kind)}
    return kind(**{key: _up(held) for key, held in value.items() if key in known})
