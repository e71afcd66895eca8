"""A report as data: sections, the sentences in them, the places for free text; and the facts that fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from giaoban.core.period import ROMAN, Period, PeriodKind, Window
from giaoban.writer.blocks import Signature
from giaoban.writer.printed import written_day


@dataclass(frozen=True, slots=True)
class SentenceSpec:
    """A sentence as the definition gives it: pattern and words, with placeholders still in them."""

    pattern: str
    words: Mapping[str, Any]
    where: str


@dataclass(frozen=True, slots=True)
class ParagraphSpec:
    """A paragraph: sentences with figures, or a slot for free text with guidance for the person who writes it."""

    sentences: tuple[SentenceSpec, ...] = ()
    slot: str = ""
    guidance: str = ""


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section; its level gives the numbering (1: «I-», 2: «1.», 3: «1.1.», 4: «a)»)."""

    id: str
    level: int
    title: str
    paragraphs: tuple[ParagraphSpec, ...]


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A line of the title; with ``section``, only where that section is in the report."""

    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole report definition, checked when it was read."""

    name: str
    type_code: str
    type_name: str
    title: tuple[TitleLine, ...]
    sections: tuple[SectionSpec, ...]
    closing: str
    keys: tuple[str, ...]

    def measures(self) -> tuple[str, ...]:
        """Return the measures whose figures ``build`` needs, each once, in the order of the text."""
        return self.keys

    def slots(self) -> tuple[str, ...]:
        """Return the names of the places for free text, in the order of the text."""
        return tuple(paragraph.slot for section in self.sections for paragraph in section.paragraphs if paragraph.slot)


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What an office says of itself on its papers (decision D25: signature and outline are the office's data).

    ``committee`` («Đảng ủy Khối»), ``party_body`` («Đảng bộ Khối») and ``standing`` («Ban Thường vụ Đảng ủy Khối») are
    the names used in the text. ``outline`` names sections in the order that this office wants among their siblings;
    sections not named follow in the definition's order.
    """

    superior: str
    issuer: str
    issuer_code: str
    place: str
    committee: str
    party_body: str
    standing: str
    recipients: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    outline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """The period of the report; ``bounds`` are the days that its figures cover (D7), the calendar's if None."""

    period: Period
    bounds: Window | None = None

    @property
    def last_day(self) -> date:
        """The day at which stocks are read."""
        return (self.bounds or self.period.window).last_day

    @property
    def elapsed(self) -> Decimal:
        """Share of the year that has passed when the period ends, in months."""
        return Decimal((self.period.end.month - 1) or 12) / 12

    @property
    def next(self) -> Period:
        """The period whose tasks the report sets: after nine months, the fourth quarter."""
        if self.period.kind is PeriodKind.NINE_MONTHS:
            return Period.quarter(self.period.year, 4)
        return self.period.next()

    def short_name(self) -> str:
        """Return how the text speaks of the period after it was named once: «quý», «tháng», «kỳ», «năm»."""
        names = {PeriodKind.QUARTER: "quý", PeriodKind.MONTH: "tháng", PeriodKind.YEAR: "năm"}
        return names.get(self.period.kind, "kỳ")


def placeholders(office: OfficeFacts, period: PeriodFacts) -> dict[str, str]:
    """Return what a definition may put into its words as {name}; ``n`` is left for the sentence itself."""
    name, following = period.period.name(), period.next.name()
    return {
        "n": "{n}",
        "period": name,
        "PERIOD": name.upper(),
        "in_period": f"trong {name}",
        "in_short": f"trong {period.short_name()}",
        "quarter": ROMAN[(period.period.end.month - 2) // 3 % 4 + 1],
        "year": str(period.period.year),
        "last_year": str(period.period.year - 1),
        "as_of": written_day(period.last_day),
        "next_period": following,
        "NEXT_PERIOD": following.upper(),
        "committee": office.committee,
        "party_body": office.party_body,
        "standing": office.standing,
    }


PLACEHOLDERS = (
    *("n", "period", "PERIOD", "in_period", "in_short", "quarter", "year", "last_year", "as_of"),
    *("next_period", "NEXT_PERIOD", "committee", "party_body", "standing"),
)
