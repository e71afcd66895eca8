"""The corpus itself: its labels are in its texts, and what it measures does not get worse unseen."""

from __future__ import annotations

import pytest
from corpus.labels import KINDS, Labelled, documents
from corpus.run import Run, run

from corpus import floors

DOCUMENTS = list(documents())


@pytest.fixture(scope="module")
def result() -> Run:
    return run(DOCUMENTS)


@pytest.mark.parametrize("labelled", DOCUMENTS, ids=lambda labelled: labelled.name)
def test_labels_stand_in_their_text(labelled: Labelled) -> None:
    assert labelled.text.strip()
    assert labelled.about, "say why the document is in the corpus"
    for kind in KINDS:
        if kind not in ("sections", "header"):
            for label in labelled.labels(kind):
                assert labelled.text[label.start : label.end] == label.quote
    assert all(section.path and section.title for section in labelled.sections)
    assert isinstance(labelled.header, dict)


def test_every_text_has_labels() -> None:
    texts = {path.with_suffix("") for path in floors.FILE.parent.rglob("*.txt")}
    labels = {labelled.path.with_suffix("") for labelled in DOCUMENTS}
    assert texts == labels


def test_no_score_is_below_its_floor(result: Run) -> None:
    low = list(floors.fallen(result))
    assert not low, "\n" + "\n".join(low)
