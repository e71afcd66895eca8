"""What the finders hand on to each other: a citation before repeats are resolved."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from giaoban.reader.citations.dates import PrintedDate
from giaoban.reader.model import CitationKind


class Found(NamedTuple):
    """One citation in the text that was searched. ``key`` is equal for citations of the same unnumbered document.

    ``is_weak`` marks a short form («Thông báo 05») that stands only if the document also has the full citation.
    """

    start: int
    end: int
    kind: CitationKind
    number: str | None = None
    symbol: str | None = None
    type: str | None = None
    word: str | None = None
    issuer: str | None = None
    printed_date: PrintedDate | None = None
    key: str | None = None
    is_weak: bool = False

    @property
    def day(self) -> date | None:
        """The date of issue, where it is printed and exists."""
        return self.printed_date.day if self.printed_date else None
