"""The documents of the corpus and what they should give: a text and, beside it, labels by quoted text.

A label names its place by a quote and, where the quote stands several times, by which of them it is (``n``, from 1).
What is not labelled is not in the text, except for the kinds that the document lists under ``partial``, and what a
label marks as ``debatable``: both are judged in neither direction.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
KINDS = ("citations", "claims", "sections", "targets", "tasks", "header", "repairs", "findings")
_KEYS = {
    "citations": {"kind", "symbol", "date", "means", "type", "issuer"},
    "claims": {"kind", "holds"},
    "targets": {"op", "value", "unit", "deadline", "name", "part_of"},
    "tasks": {"assignees", "deadline", "recurrence"},
    "repairs": {"to"},
    "findings": {"code"},
}
_HEADER = {"issuer", "symbol", "number", "type", "place", "date", "title", "recipients", "signers", "none"}
_DOCUMENT = {"about", "partial", "allow", "sections", "header", *_KEYS}


class BadLabel(ValueError):
    """A label that cannot be meant so: an unknown key, a quote that is not in the text."""


@dataclass(frozen=True, slots=True)
class Label:
    """One expected result: where it stands (offsets of the quote) and what is expected of it, by key."""

    start: int
    end: int
    quote: str
    expected: Mapping[str, Any]
    debatable: bool = False

    def __getitem__(self, key: str) -> Any:
        return self.expected.get(key)

    def __contains__(self, key: str) -> bool:
        return key in self.expected


@dataclass(frozen=True, slots=True)
class SectionLabel:
    """An expected heading: its path and how its title begins."""

    path: str
    title: str
    debatable: bool = False


@dataclass(frozen=True)
class Labelled:
    """A document with its labels; both files are read when they are first asked for."""

    path: Path

    @property
    def name(self) -> str:
        """Folder and name: «reports/quarter-1»."""
        return str(self.path.relative_to(DATA).with_suffix(""))

    @cached_property
    def text(self) -> str:
        """The text as it is given to the reader."""
        return self.path.with_suffix(".txt").read_text(encoding="utf-8")

    @cached_property
    def _table(self) -> dict[str, Any]:
        table = tomllib.loads(self.path.read_text(encoding="utf-8"))
        if unknown := table.keys() - _DOCUMENT:
            raise BadLabel(f"{self.name}: unknown keys {sorted(unknown)}")
        if unknown := set(table.get("partial", ())) - set(KINDS):
            raise BadLabel(f"{self.name}: unknown kinds {sorted(unknown)} under partial")
        return table

    @property
    def about(self) -> str:
        """Why the document is in the corpus."""
        return str(self._table.get("about", ""))

    @property
    def partial(self) -> frozenset[str]:
        """Kinds of which only a part is labelled: what else is found counts neither way."""
        return frozenset(self._table.get("partial", ()))

    @property
    def allow(self) -> tuple[str, ...]:
        """Beginnings of codes of findings that count neither way here, unless they are labelled."""
        return tuple(self._table.get("allow", ()))

    @cached_property
    def header(self) -> dict[str, Any]:
        """Expected parts of the header; under ``none`` those that the text does not print."""
        header = self._table.get("header", {})
        if unknown := header.keys() - _HEADER:
            raise BadLabel(f"{self.name}: unknown parts of the header {sorted(unknown)}")
        return dict(header)

    @cached_property
    def sections(self) -> tuple[SectionLabel, ...]:
        """Expected headings: one on a line, path and start of the title parted by «|», «?» before a debatable one."""
        found = []
        for line in self._table.get("sections", "").strip().splitlines():
            path, mark, title = line.partition("|")
            if not mark:
                raise BadLabel(f"{self.name}: a heading without «|»: {line}")
            found.append(SectionLabel(path.strip().lstrip("? "), title.strip(), path.strip().startswith("?")))
        return tuple(found)

    def labels(self, kind: str) -> tuple[Label, ...]:
        """Return the labels of one kind in the order of the file.

        Raises:
            BadLabel: an unknown key, a quote that the text does not print, or not so often.
        """
        return tuple(self._label(kind, entry) for entry in self._table.get(kind, ()))

    def _label(self, kind: str, entry: dict[str, Any]) -> Label:
        rest = dict(entry)
        quote, nth, debatable = rest.pop("q"), rest.pop("n", 1), rest.pop("debatable", False)
        if unknown := rest.keys() - _KEYS[kind]:
            raise BadLabel(f"{self.name}: unknown keys {sorted(unknown)} of «{quote}»")
        start = -1
        for _ in range(nth):
            start = self.text.find(quote, start + 1)
            if start < 0:
                raise BadLabel(f"{self.name}: «{quote}» stands less than {nth} times in the text")
        if isinstance(rest.get("date"), date):
            rest["date"] = rest["date"].isoformat()
        return Label(start, start + len(quote), quote, rest, debatable)


def documents(chosen: str = "") -> Iterator[Labelled]:
    """Yield the documents by name; with ``chosen`` only those whose name contains it."""
    for path in sorted(DATA.rglob("*.toml")):
        document = Labelled(path)
        if chosen in document.name:
            yield document
