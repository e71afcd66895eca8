"""One shape for everything that can go wrong because of input: what, where, what would be right, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class GiaobanError(Exception):
    """An error that a person can mend; its text is shown to people, in Vietnamese, and never holds a traceback.

    Args:
        message: what is wrong, with the value.
        where: the place: file, sheet and cell, field.
        expected: what would be right.
        hint: what to do next.
    """

    code = "error"

    def __init__(self, message: str, *, where: str = "", expected: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.expected = expected
        self.hint = hint
        # Which of several things that were given together is meant, counted from 0; None where that is not known.
        self.index: int | None = None

    def __str__(self) -> str:
        """Return one line: ``where: message; cần: expected. hint``."""
        line = f"{self.where}: {self.message}" if self.where else self.message
        if self.expected:
            line += f"; cần: {self.expected}"
        if self.hint:
            line += f". {self.hint}"
        return line


class InvalidInput(GiaobanError):
    """The value does not have the form that is asked for."""

    code = "invalid"


class NotAllowed(GiaobanError):
    """The person may see the place but has no right to do this there."""

    code = "not_allowed"


class NotFound(GiaobanError):
    """Nothing of that name is there, or the person may not know of it (design.md law 7: outside the scope is 404)."""

    code = "not_found"


class Conflict(GiaobanError):
    """Somebody else has changed the same thing in the meantime, or the register already says something else."""

    code = "conflict"


@contextmanager
def blame(index: int) -> Iterator[None]:
    """Let an error raised inside name which of several things that were given together is meant, counted from 0."""
    try:
        yield
    except GiaobanError as error:
        if error.index is None:
            error.index = index
        raise
