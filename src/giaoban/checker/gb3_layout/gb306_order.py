"""GB306: number, or place and date, below the name of the kind of document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb3_layout.subject import laid
from giaoban.checker.gb3_layout.systems import head
from giaoban.core.text_vi import tidy
from giaoban.reader.lexicon import by_code


def find(subject: Subject) -> Iterator[Draft]:
    """Compare the places of the parts in the head; where a text box is on the page, its place in the file tells not."""
    header, known = subject.document.header, laid(subject)
    kind = _kind(subject) if known is not None else None
    if known is None or kind is None:
        return
    boxes = {tidy(passage.text) for passage in known.facts.passages if passage.in_box}
    for part, beginning in (
        ("Số và ký hiệu", rf"^[ \t*]*Số\s?:?\s?{header.number}\s?[-/][^\r\n\t]+" if header.number else None),
        ("Địa danh và ngày tháng", rf"{re.escape(header.place)},?\s*ngày[^\r\n\t]+" if header.place else None),
    ):
        match = re.search(beginning, head(subject), re.MULTILINE) if beginning else None
        if match is not None and kind.end() <= match.start() and tidy(match[0]) not in boxes:
            yield Draft(
                match.start(),
                match.end(),
                f"{part} đứng sau tên loại {' '.join(kind[0].split())}",
                "Đặt trên tên loại: số và ký hiệu bên trái, địa danh và ngày tháng bên phải",
            )


def _kind(subject: Subject) -> re.Match[str] | None:
    """Return the line that names the kind of document in capitals: «NGHỊ QUYẾT»."""
    known = by_code().get(subject.document.header.type or "")
    if known is None:
        return None
    words = "|".join(re.escape(word.upper()).replace(r"\ ", r"\s+") for word in known.words)
    return re.search(rf"^[ \t*]*(?:{words})[ \t*]*$", head(subject), re.MULTILINE)


RULE = Rule("GB306", "head-parts-out-of-order", Severity.WARNING, find)
