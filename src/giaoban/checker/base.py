"""What a rule is, what it sees, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar, cast

from giaoban.checker.gb3_layout.facts import PageFacts
from giaoban.checker.suppressions import Suppression
from giaoban.reader.flow import Flow, make_flow
from giaoban.reader.model import Document
from giaoban.reader.pieces import Pieces
from giaoban.reader.places import small_letters
from giaoban.reader.source import SourceText

Made = TypeVar("Made")


class Severity(StrEnum):
    """How bad a finding is; from a warning upwards ``giaoban check`` ends with status 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def fails(self) -> bool:
        """Whether a finding of this severity makes the check fail."""
        return self is not Severity.INFO


class Applicability(StrEnum):
    """Who may make a fix: the program by itself, the program when told to, or only a person who knows the original."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True)
class Fix:
    """Text to put in place of ``text[start:end]``.

    A safe fix changes signs and blanks only: never a digit, never a letter of a name.
    """

    start: int
    end: int
    replacement: str
    applicability: Applicability


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where (offsets into the original text, line and column from 1), what, what would be
    right."""

    code: str
    severity: Severity
    start: int
    end: int
    line: int
    column: int
    message: str
    suggestion: str | None = None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule says; code, severity, line and column are added by the checker."""

    start: int
    end: int
    message: str
    suggestion: str | None = None
    fix: Fix | None = None


class Subject:
    """A read document with what several rules need of it, each made once and only when asked for.

    ``facts`` is what its file says about pages and typefaces; None for a text without pages. ``unused`` are the
    suppressions that no finding of the other rules needed.
    """

    def __init__(
        self, document: Document, facts: PageFacts | None = None, unused: tuple[Suppression, ...] = ()
    ) -> None:
        self.document = document
        self.facts = facts
        self.unused = unused
        self._made: dict[object, object] = {}

    def once(self, make: Callable[[Subject], Made]) -> Made:
        """Return what a function makes of this subject; several rules that ask for the same share one run of it."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast("Made", self._made[make])

    @property
    def text(self) -> str:
        """The original text; all offsets point into it."""
        return self.document.text

    @cached_property
    def source(self) -> SourceText:
        """Lines and columns of the text."""
        return SourceText(self.document.text, self.document.name)

    @cached_property
    def flow(self) -> Flow:
        """The running text: line wraps undone, with the way back."""
        return make_flow(self.document.text)

    @cached_property
    def small(self) -> str:
        """The running text in small letters: a word is found there in any case."""
        return small_letters(self.flow.text)

    @cached_property
    def pieces(self) -> Pieces:
        """The running text cut at blanks."""
        return Pieces(self.flow.text)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code (never reused), a slug that names the pattern complained of, and the function that looks for it.

    What it checks, why, and examples stand in ``explanations/CODE.md``: text of ``giaoban explain``, of the docs and of
    the tests.
    """

    code: str
    slug: str
    severity: Severity
    find: Callable[[Subject], Iterable[Draft]]
    since: str = "0.1"
