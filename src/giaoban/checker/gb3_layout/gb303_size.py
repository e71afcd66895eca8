"""GB303: paragraphs in another size than the layout asks for."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb3_layout.subject import laid, place, shown, span


def find(subject: Subject) -> Iterator[Draft]:
    """Report each wrong size once, at its first paragraph."""
    known = laid(subject)
    if known is None:
        return
    low, high = known.wanted.size
    for size in dict.fromkeys(passage.size for passage in known.body):
        if size is None or low <= size <= high:
            continue
        passages = [passage for passage in known.body if passage.size == size]
        yield Draft(
            *place(subject, passages[0]),
            f"{len(passages)} đoạn dùng cỡ chữ {shown(size)}, thể thức theo {known.wanted.code} là {span((low, high))}",
            f"Đổi cỡ chữ của phần nội dung sang {span((low, high))}",
        )


RULE = Rule("GB303", "body-in-another-size", Severity.WARNING, find)
