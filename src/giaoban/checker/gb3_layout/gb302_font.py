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
    wanted = known.wanted
    for font in dict.fromkeys(passage.font for passage in known.body):
        # The font has other names on other machines: Times New Roman (Body), TimesNewRomanPSMT.
        if font is None or _plain(font).startswith(_plain(wanted.font)):
            continue
        passages = [passage for passage in known.body if passage.font == font]
        yield Draft(
            *place(subject, passages[0]),
            f"{len(passages)} đoạn dùng phông {font}, thể thức theo {wanted.code} là {wanted.font}",
            f"Đổi phông sang {wanted.font}",
        )


def _plain(font: str) -> str:
    return "".join(font.casefold().split())


RULE = Rule("GB302", "body-in-another-font", Severity.WARNING, find)
