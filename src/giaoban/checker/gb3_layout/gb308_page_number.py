"""GB308: page numbers at the foot of the page."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb3_layout.subject import first_line, laid


def find(subject: Subject) -> Iterator[Draft]:
    """Look at every header and footer that prints the number; a short document may have none."""
    known = laid(subject)
    if known is not None and known.facts.numbers_at_top and not any(known.facts.numbers_at_top):
        yield Draft(
            *first_line(subject),
            f"Số trang đặt ở lề dưới, thể thức theo {known.wanted.code} là giữa lề trên, từ trang thứ hai",
            "Chèn số trang vào giữa lề trên, bỏ ở trang đầu",
        )


RULE = Rule("GB308", "page-number-at-the-foot", Severity.INFO, find)
