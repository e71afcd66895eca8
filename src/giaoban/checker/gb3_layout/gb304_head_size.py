"""GB304: the Party's title or the issuer's name in another size than the layout asks for."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb3_layout.subject import PARTY_TITLE, laid, place, shown
from giaoban.core.text_vi import tidy

_HEAD_PASSAGES = 15


def find(subject: Subject) -> Iterator[Draft]:
    """Look for both among the first paragraphs; sizes of other parts no source confirms for every layout."""
    known = laid(subject)
    if known is None or known.layout is None:
        return
    issuer = subject.document.header.issuer
    wanted = {PARTY_TITLE: ("tiêu đề Đảng", known.layout.party_title.size)}
    if issuer:
        wanted[tidy(issuer).upper()] = ("tên cơ quan ban hành", known.layout.faces["issuer"].size)
    for passage in (cell for whole in known.facts.passages[:_HEAD_PASSAGES] for cell in whole.cells()):
        part, size = wanted.pop(tidy(passage.text).upper(), ("", 0))
        if part and passage.size is not None and passage.size != size:
            yield Draft(
                *place(subject, passage),
                f"Cỡ chữ của {part} là {shown(passage.size)}, thể thức theo {known.layout.code} là {shown(size)}",
                f"Đổi cỡ chữ sang {shown(size)}",
            )


RULE = Rule("GB304", "head-in-another-size", Severity.INFO, find)
