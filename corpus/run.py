"""Runs the reader and the checker over the corpus and keeps counts and times."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.judge import judge
from corpus.labels import Labelled
from corpus.tally import Miss, Tallies, total
from giaoban.checker import check_document
from giaoban.reader import read_text


@dataclass(frozen=True, slots=True)
class Run:
    """What came out: tallies by document, characters and seconds of reading and of checking."""

    documents: dict[str, Tallies]
    characters: int
    reading: float
    checking: float

    @property
    def total(self) -> Tallies:
        """The tallies of all documents together."""
        return total(self.documents.values())


def run(documents: Iterable[Labelled]) -> Run:
    """Read, check and judge each document; one that ends in an exception counts as an error of its own kind."""
    by_name: dict[str, Tallies] = {}
    characters, reading, checking = 0, 0.0, 0.0
    for labelled in documents:
        text = labelled.text
        begun = time.perf_counter()
        try:
            document = read_text(text, name=labelled.name)
            read = time.perf_counter()
            findings = check_document(document)
            checked = time.perf_counter()
        except Exception as error:  # whatever it is: the other documents are measured all the same
            by_name[labelled.name] = crashed = Tallies()
            crashed["crashes"].missed.append(Miss(labelled.name, "the whole text", "no exception", repr(error)))
            continue
        characters += len(text)
        reading += read - begun
        checking += checked - read
        by_name[labelled.name] = judge(labelled, document, findings)
    return Run(by_name, characters, reading, checking)


def errors(result: Run) -> dict[str, int]:
    """Return the number of errors of each document."""
    return {name: tallies.errors for name, tallies in result.documents.items()}
