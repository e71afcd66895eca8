"""GB001: a suppression that suppresses nothing any more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject


def find(subject: Subject) -> Iterator[Draft]:
    """Report each suppression that was left over when the other rules had run."""
    for suppression in subject.unused:
        place = next(suppression.places(subject.text), None)
        if place is None:
            line = re.search(r"[^\s][^\r\n]*", subject.text)
            place = line.span() if line else (0, 0)
        where = f" ở «{suppression.quote}»" if suppression.quote else ""
        yield Draft(
            *place,
            f"Mục bỏ qua {suppression.code}{where} không còn tác dụng (lý do đã ghi: {suppression.reason})",
            "Xóa mục này khỏi tệp bỏ qua",
        )


RULE = Rule("GB001", "suppression-without-finding", Severity.INFO, find)
