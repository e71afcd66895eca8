"""What reading gives: frozen values whose spans point into the original text.

All ``start``/``end`` are 0-based code-point offsets into ``Document.text``, end exclusive: ``text[start:end]`` is the
``text`` of the value. Nothing here is filled in step by step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class CitationKind(StrEnum):
    """What family of documents a citation names."""

    PARTY = "party"
    STATE = "state"
    STANDARD = "standard"
    SHORT = "short"
    UNNUMBERED = "unnumbered"


class ClaimKind(StrEnum):
    """How the numbers of a statement can be checked against each other."""

    RATIO = "ratio"
    SUM = "sum"
    PERCENT_OF = "percent_of"
    GROWTH = "growth"
    ANNIVERSARY = "anniversary"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: «T/M ĐẢNG ỦY», «BÍ THƯ», the name."""

    capacity: str | None
    position: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Header:
    """The parts around the body; None where the text does not print them."""

    issuer: str | None = None
    symbol: str | None = None
    number: str | None = None
    type: str | None = None
    place: str | None = None
    date: date | None = None
    title: str | None = None
    recipients: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, in reading order; ``path`` joins the numbers of its ancestors: «II.1.1»."""

    path: str
    number: str
    title: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A document named in the text. ``symbol`` is the canonical spelling («12-NQ/TU»), ``text`` what was printed.

    ``word`` is what the text calls the document, in lower case («chương trình hành động» gives «chương trình»). The
    span of the printed date is kept also where it names no day of the calendar and ``date`` is None.
    """

    start: int
    end: int
    text: str
    kind: CitationKind
    symbol: str | None
    number: str | None
    type: str | None
    issuer: str | None
    date: date | None
    refers_to: int | None
    word: str | None = None
    date_start: int | None = None
    date_end: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement whose numbers can be checked. ``holds`` is None where the text does not print enough to decide."""

    start: int
    end: int
    text: str
    kind: ClaimKind
    values: tuple[Decimal, ...]
    holds: bool | None
    explain: str


@dataclass(frozen=True, slots=True)
class Target:
    """A goal with a number; ``op`` is one of >= > = <= < range keep.

    ``parent`` is the index, among the document's targets, of the goal that this one is a part of («trong đó …»).
    """

    start: int
    end: int
    text: str
    name: str
    op: str
    value: Decimal | tuple[Decimal, Decimal] | None
    unit: str | None
    deadline: str | None
    section: str | None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Work that a document gives to somebody."""

    start: int
    end: int
    text: str
    assignees: tuple[str, ...]
    deadline: str | None
    recurrence: str | None
    section: str | None


@dataclass(frozen=True, slots=True)
class Repair:
    """Text broken by OCR: what is printed, what it probably was, how sure (0 to 1)."""

    start: int
    end: int
    printed: str
    suggested: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Document:
    """One document that has been read; ``notes`` say, in Vietnamese, what of its file was left out."""

    name: str
    text: str
    header: Header
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    claims: tuple[Claim, ...]
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()
