"""Hypothesis strategy for the texts of the corpus with damages, alone and spliced."""

from __future__ import annotations

from functools import cache

from corpus.labels import documents
from hypothesis import strategies as st

from fuzz.damage import damaged
from fuzz.texts import cuts

_LONGEST = 20_000


@cache
def corpus_texts() -> tuple[str, ...]:
    """Return the texts of the corpus, read once."""
    return tuple(document.text for document in documents())


@st.composite
def mutated_texts(draw: st.DrawFn) -> str:
    """Draw a text of the corpus, sometimes with the end of another one, with one to six damages."""
    text = draw(st.sampled_from(corpus_texts()))
    if draw(st.booleans()):
        other = draw(st.sampled_from(corpus_texts()))
        place = draw(st.floats(0, 1, allow_nan=False, width=32))
        text = text[: int(place * len(text))] + other[int((1 - place) * len(other)) :]
    return damaged(text, draw(cuts(6)))[:_LONGEST]
