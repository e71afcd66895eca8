"""GB602: two headings in a row with the same number."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb6_numbering.siblings import neighbours
from giaoban.core.text_vi import tidy


def find(subject: Subject) -> Iterator[Draft]:
    """Compare each heading with the one before it; a heading printed twice with its title is a page that runs on."""
    for before, here in neighbours(subject.document):
        if here.place == before.place and tidy(here.section.title) != tidy(before.section.title):
            number = here.section.number.strip(" .-–/():")
            line, _ = subject.source.position(before.section.start)
            end = min(here.section.end, here.section.start + len(here.section.number))
            yield Draft(
                here.section.start,
                max(end, here.section.start + 1),
                f"Hai đề mục liền nhau cùng mang số {number} (đề mục trước ở dòng {line})",
                "Đánh lại số đề mục",
            )


RULE = Rule("GB602", "heading-number-repeated", Severity.WARNING, find)
