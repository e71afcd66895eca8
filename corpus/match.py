"""Which result answers which label."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from corpus.labels import Label


class Span(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Found = TypeVar("Found", bound=Span)


@dataclass(frozen=True, slots=True)
class Pairing(Generic[Found]):
    """Pairs of label and result, labels without a result, results without a label."""

    pairs: tuple[tuple[Label, Found], ...]
    missed: tuple[Label, ...]
    extra: tuple[Found, ...]


def overlap(one: Span, other: Span) -> int:
    """Return how many characters two spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def likeness(one: Span, other: Span) -> float:
    """Return shared characters over all characters of two spans: 1 for equal ones, 0 for strangers."""
    shared = overlap(one, other)
    return shared / (one.end - one.start + other.end - other.start - shared) if shared else 0.0


def covers(found: Span, label: Span) -> float:
    """Return the likeness if the result covers the whole label, else 0."""
    return likeness(found, label) if found.start <= label.start and found.end >= label.end else 0.0


def pair(
    labels: Sequence[Label], found: Sequence[Found], score: Callable[[Label, Found], float], *, least: float = 0.0
) -> Pairing[Found]:
    """Pair labels and results one to one, the best scores first; what scores ``least`` or below is no pair."""
    ranked = sorted(
        (
            (value, i, j)
            for i, label in enumerate(labels)
            for j, item in enumerate(found)
            if (value := score(label, item)) > least
        ),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )
    answered: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in ranked:
        if i not in answered and j not in used:
            answered[i] = j
            used.add(j)
    return Pairing(
        tuple((labels[i], found[j]) for i, j in sorted(answered.items())),
        tuple(label for i, label in enumerate(labels) if i not in answered),
        tuple(item for j, item in enumerate(found) if j not in used),
    )


def plain(text: str) -> str:
    """Return a text without differences of case, white space, dashes and marks at its ends."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("–", "-").replace("—", "-").replace("uỷ", "ủy")
    return " ".join(folded.replace("*", "").split()).strip(" .,;:-")


def shown(text: str, limit: int = 110) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
