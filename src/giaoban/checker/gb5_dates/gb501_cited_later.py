"""GB501: a document cites another one that was issued after it."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.core.dates_vi import format_date


def find(subject: Subject) -> Iterator[Draft]:
    """Compare the date of each citation with the date in the head of the document."""
    header = subject.document.header
    # Only a head with its own number says for certain which date is the document's own.
    if header.date is None or header.symbol is None:
        return
    issued = header.date
    for citation in subject.document.citations:
        if citation.date is not None and citation.date > issued and citation.date_start is not None:
            end = citation.date_end if citation.date_end is not None else citation.end
            yield Draft(
                min(citation.start, citation.date_start),
                max(citation.end, end),
                f"{citation.symbol or citation.text} ghi ngày {format_date(citation.date)}, "
                f"sau ngày ban hành văn bản này ({format_date(issued)})",
                "Đối chiếu ngày của văn bản được dẫn và ngày ở đầu văn bản",
            )


RULE = Rule("GB501", "cites-a-later-document", Severity.WARNING, find)
