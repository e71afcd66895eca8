"""What a rule is, what it sees, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from giaoban.reader.flow import Flow, make_flow
from giaoban.reader.model import Document
from giaoban.reader.source import SourceText


class Severity(StrEnum):
    """How bad a finding is; from a warning upwards ``giaoban check`` ends with status 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def fails(self) -> bool:
        """Whether a finding of this severity makes the check fail."""
        return self is not Severity.INFO


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


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule says; code, severity, line and column are added by the checker."""

    start: int
    end: int
    message: str
    suggestion: str | None = None


class Subject:
    """A read document with what several rules need of it, each made once and only when asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document

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
