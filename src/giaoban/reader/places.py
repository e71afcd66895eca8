"""Places of plain words in a text, where patterns are tried: words are found many times faster than patterns."""

from __future__ import annotations

from collections.abc import Iterator


def places_of(text: str, words: str) -> Iterator[int]:
    """Yield the places where some words stand in a text."""
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)
