"""The door of the package: runs one finder for each kind of claim over a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from giaoban.reader.model import Claim

Finder = Callable[[str], Iterable[Claim]]

FINDERS: tuple[Finder, ...] = ()


def find_claims(text: str) -> tuple[Claim, ...]:
    """Return every checkable statement of ``text`` in reading order; offsets point into ``text`` as it is given."""
    found = [claim for finder in FINDERS for claim in finder(text)]
    return tuple(sorted(found, key=lambda claim: (claim.start, claim.end, claim.kind)))
