"""GB309: the number of the page on the first page."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb3_layout.subject import first_line, laid


def find(subject: Subject) -> Iterator[Draft]:
    """Look at the header of the first page; numbers at the foot are GB308."""
    known = laid(subject)
    if known is not None and known.facts.is_first_numbered:
        yield Draft(
            *first_line(subject),
            f"Trang đầu có số trang, thể thức theo {known.wanted.code} đánh số từ trang thứ hai",
            "Chọn «Different First Page» (trang đầu khác) ở phần đầu trang",
        )


RULE = Rule("GB309", "page-number-on-first-page", Severity.INFO, find)
