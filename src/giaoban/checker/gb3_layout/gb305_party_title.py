"""GB305: a document with a number of the Party without the Party's title, or with the motto of the State."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb3_layout.subject import first_line, laid
from giaoban.checker.gb3_layout.systems import has_party_title, head

_MOTTO = re.compile(r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM", re.IGNORECASE)


def find(subject: Subject) -> Iterator[Draft]:
    """Look at the head of the document."""
    known = laid(subject)
    if known is None or known.layout is None or has_party_title(subject):
        return
    symbol = subject.document.header.symbol
    if motto := _MOTTO.search(head(subject)):
        yield Draft(
            *motto.span(),
            f"Văn bản số {symbol} của Đảng lại ghi Quốc hiệu thay cho tiêu đề {known.layout.party_title.text}",
            f"Thay bằng {known.layout.party_title.text} ở góc phải, trang đầu",
        )
    else:
        yield Draft(
            *first_line(subject),
            f"Văn bản số {symbol} thiếu tiêu đề {known.layout.party_title.text}",
            f"Thêm {known.layout.party_title.text} ở góc phải, trang đầu",
        )


RULE = Rule("GB305", "party-title-missing", Severity.WARNING, find)
