"""Kinds of official documents: the words that name them and the codes that stand for them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind of document. ``short`` says how far «Nghị quyết 12» alone may be trusted: free, guarded,
    confirmed, never (the data file says what they mean)."""

    codes: tuple[str, ...]
    words: tuple[str, ...]
    short: str

    @property
    def code(self) -> str:
        """The code that a word alone stands for."""
        return self.codes[0]


def load(name: str) -> dict[str, Any]:
    """Read one of the lexicon's data files."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def document_types() -> tuple[DocumentType, ...]:
    """Return every kind of document, in the order of the data file."""
    return tuple(
        DocumentType(tuple(entry["codes"]), tuple(entry["words"]), entry["short"])
        for entry in load("document_types.toml")["type"]
    )


@cache
def generic_words() -> tuple[str, ...]:
    """Return words such as «văn bản» that stand before a number but name no kind of their own."""
    return tuple(load("document_types.toml")["generic"]["words"])


@cache
def by_word() -> dict[str, DocumentType]:
    """Return the kinds by the words (lower case) that name them."""
    return {word: kind for kind in document_types() for word in kind.words}


@cache
def by_code() -> dict[str, DocumentType]:
    """Return the kinds by code; a code that two kinds share (QĐ) gives the first."""
    found: dict[str, DocumentType] = {}
    for kind in document_types():
        for code in kind.codes:
            found.setdefault(code, kind)
    return found
