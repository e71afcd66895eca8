"""A stretch of a list whose whole length is known: what one page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Line = TypeVar("Line")
WHOLE = slice(None)


@dataclass(frozen=True, slots=True)
class Part(Generic[Line]):
    """``rows`` are those that were asked for, ``total`` is how many the list has."""

    rows: tuple[Line, ...]
    total: int
