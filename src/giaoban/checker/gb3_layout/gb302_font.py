"""GB302: paragraphs in another typeface than the layout asks for."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb3_layout.subject import laid, place


def find(subject: Subject) -> Iterator[Draft]:
    """Report each foreign typeface once, at its first paragraph."""
    known = laid(subject)
    if known is None:
        return
    fonts = dict.fromkeys(passage.font for passage in known.body)
    for font in fonts:
        # The Times New Roman of one machine is called Times New Roman (Body), Times New Roman Bold on others.
        if font is None or font.casefold().startswith(known.layout.font.casefold()):
            continue
        passages = [passage for passage in known.body if passage.font == font]
        yield Draft(
            *place(subject, passages[0]),
            f"{len(passages)} đoạn dùng phông {font}, thể thức theo {known.layout.code} là {known.layout.font}",
            f"Đổi phông sang {known.layout.font}",
        )


RULE = Rule("GB302", "body-in-another-font", Severity.WARNING, find)
