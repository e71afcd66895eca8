"""GB603: the parts of a heading carry the number of another one: «1.1.» under «2.»."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb6_numbering.siblings import Numbered, is_quoted, number_span, numbered, printed_number
from giaoban.reader.model import Document


def find(subject: Subject) -> Iterator[Draft]:
    """Look at the first child of each numbered heading whose children all begin with the same other number."""
    for parent, children in _families(subject.document):
        stems = {printed_number(child).rpartition(".")[0] for child in children}
        number, first = printed_number(parent), children[0]
        # A page out of its place brings children from the middle of another heading's list.
        if len(stems) != 1 or number in stems or first.place != 1 or is_quoted(subject.text, first.section.start):
            continue
        yield Draft(
            *number_span(first),
            f"Tiểu mục {printed_number(first)} nằm trong mục {number}",
            f"Ghi {number}.1 nếu là tiểu mục của mục {number}",
        )


def _families(document: Document) -> Iterator[tuple[Numbered, list[Numbered]]]:
    """Yield headings with a plain number, with those right under them whose number has one point more."""
    parent: Numbered | None = None
    children: list[Numbered] = []
    before = 0
    for section in document.sections:
        here = numbered(section)
        printed = printed_number(here) if here else ""
        if parent is not None and section.level > parent.section.level:
            if here and section.level == parent.section.level + 1 and printed.count(".") == 1:
                children.append(here)
            continue
        if parent is not None and children:
            yield parent, children
        # A heading out of order may itself be the slip, or no heading at all.
        is_in_order = here is not None and printed.isdigit() and here.place in (1, before + 1)
        parent, children = (here, []) if is_in_order else (None, [])
        before = here.place if here is not None and printed.isdigit() else 0
    if parent is not None and children:
        yield parent, children


RULE = Rule("GB603", "child-of-another-number", Severity.WARNING, find)
