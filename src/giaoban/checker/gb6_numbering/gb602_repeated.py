"""GB602: two headings in a row with the same number."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb6_numbering.siblings import neighbours, number_span, printed_number
from giaoban.core.text_vi import tidy


def find(subject: Subject) -> Iterator[Draft]:
    """Compare each heading with the one before it.

    A heading printed twice with its title is a page that runs on; two first numbers are two lists.
    """
    for before, here in neighbours(subject):
        is_same = here.place == before.place != 1
        if is_same and tidy(here.section.title) != tidy(before.section.title):
            line, _ = subject.source.position(before.section.start)
            yield Draft(
                *number_span(here),
                f"Hai đề mục liền nhau cùng mang số {printed_number(here)} (đề mục trước ở dòng {line})",
                "Đánh lại số đề mục",
            )


RULE = Rule("GB602", "heading-number-repeated", Severity.WARNING, find)
