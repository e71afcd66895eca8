"""GB601: a heading's number leaves one or more out."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb6_numbering.siblings import neighbours

_FARTHEST = 4


def find(subject: Subject) -> Iterator[Draft]:
    """Compare each heading with the one before it."""
    for before, here in neighbours(subject.document):
        if 1 < here.place - before.place <= _FARTHEST:
            number = here.section.number.strip(" .-–/():")
            previous = before.section.number.strip(" .-–/():")
            end = min(here.section.end, here.section.start + len(here.section.number))
            yield Draft(
                here.section.start,
                max(end, here.section.start + 1),
                f"Đề mục {number} đứng ngay sau đề mục {previous}: thiếu số ở giữa",
                "Đánh lại số đề mục hoặc bổ sung đề mục còn thiếu",
            )


RULE = Rule("GB601", "heading-number-jumps", Severity.WARNING, find)
