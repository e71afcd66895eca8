"""A report as data: sections, the sentences in them, the places for free text; and the facts that fill it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from giaoban.core.period import ROMAN, Period, PeriodKind, Window
from giaoban.writer.blocks import Signature
from giaoban.writer.printed import written_day

SECTOR = "sector"

# Which units a sentence is for: committees above the grassroots, grassroots committees, and cells.
UPPER, GRASSROOTS, CELL = LEVELS = ("upper", "grassroots", "cell")


@dataclass(frozen=True, slots=True)
class SentenceSpec:
    """A sentence as the definition gives it: pattern and words, with placeholders still in them.

    ``where`` and ``lines`` say for errors where it and its keys stand.
    """

    pattern: str
    words: Mapping[str, Any]
    where: str
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """Rows of a table of figures under one heading; of ``parts`` the parts by the default dimension follow."""

    title: str
    measures: tuple[str, ...]
    parts: tuple[str, ...] = ()
    levels: tuple[str, ...] = LEVELS


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of figures: a row for each measure, or with ``by`` a row for each code and a column for each measure.

    ``columns`` are keys of ``tables.COLUMNS``. ``lists`` instead names measures whose lists are printed, where these
    are too long for a footnote.
    """

    title: str
    groups: tuple[GroupSpec, ...] = ()
    columns: tuple[str, ...] = ()
    by: str = ""
    lists: tuple[str, ...] = ()

    def measures(self) -> tuple[str, ...]:
        """Return the measures that it prints."""
        return tuple(measure for group in self.groups for measure in group.measures) + self.lists


@dataclass(frozen=True, slots=True)
class ParagraphSpec:
    """A paragraph: sentences with figures, a table, or a slot for free text with guidance for the person who writes it.

    A slot ``each`` sector is asked for and printed once for each sector of the office, behind the words ``lead``.
    """

    sentences: tuple[SentenceSpec, ...] = ()
    slot: str = ""
    guidance: str = ""
    table: TableSpec | None = None
    each: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class AppendixSpec:
    """An appendix behind the signature: its title and its table; a wide one ``landscape``."""

    id: str
    title: str
    table: TableSpec
    landscape: bool = False


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
    """A whole report definition, checked when it was read.

    ``periods``: the kinds of period that it reports on, all if empty. ``dimensions``: those by which it needs the parts
    of numbers beside the default one; ``places`` where each measure is named first, for errors. ``footnotes``: the
    measures whose units are listed in a footnote; None for those that the program lists.
    """

    name: str
    type_code: str
    type_name: str
    title: tuple[TitleLine, ...]
    sections: tuple[SectionSpec, ...]
    closing: str
    keys: tuple[str, ...]
    appendices: tuple[AppendixSpec, ...] = ()
    periods: tuple[PeriodKind, ...] = ()
    dimensions: frozenset[str] = frozenset()
    places: Mapping[str, str] = field(default_factory=dict)
    footnotes: tuple[str, ...] | None = None

    def measures(self) -> tuple[str, ...]:
        """Return the measures whose figures ``build`` needs, each once, in the order of the text."""
        return self.keys

    def slots(self) -> tuple[str, ...]:
        """Return the places for free text, in the order of the text; those of sectors after ``for_sectors``."""
        paragraphs = (paragraph for section in self.sections for paragraph in section.paragraphs)
        return tuple(paragraph.slot for paragraph in paragraphs if paragraph.slot and not paragraph.each)

    def for_sectors(self, sectors: Sequence[tuple[str, str]]) -> Definition:
        """Return the definition with one slot for each sector (code and name) of an office, in the order given."""
        sections = tuple(
            replace(section, paragraphs=tuple(one for spec in section.paragraphs for one in _each(spec, sectors)))
            for section in self.sections
        )
        return replace(self, sections=sections)


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """How a table calls a measure: its label, its unit, and the labels of its codes by dimension."""

    label: str
    unit: str
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _each(spec: ParagraphSpec, sectors: Sequence[tuple[str, str]]) -> tuple[ParagraphSpec, ...]:
    if spec.each != SECTOR:
        return (spec,)
    return tuple(
        replace(
            spec,
            slot=f"{spec.slot}.{code}",
            lead=spec.lead.replace("{sector}", name),
            guidance=spec.guidance.replace("{sector}", name),
            each="",
        )
        for code, name in sectors
    )


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What an office says of itself on its papers (decision D25: signature and outline are the office's data).

    ``committee`` («Đảng ủy Khối»), ``party_body`` («Đảng bộ Khối») and ``standing`` («Ban Thường vụ Đảng ủy Khối») are
    the names used in the text. ``outline`` names sections in the order that this office wants among their siblings;
    sections not named follow in the definition's order. ``level`` is one of ``LEVELS``: what a committee says
    of those that it leads, a cell does not say of itself.
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
    level: str = UPPER


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

    @property
    def compared(self) -> str:
        """How the text calls what numbers are compared with: «cùng kỳ», of a whole year «năm trước»."""
        return "năm trước" if self.period.kind is PeriodKind.YEAR else "cùng kỳ"

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
        "compared": period.compared,
        "as_of": written_day(period.last_day),
        "next_period": following,
        "NEXT_PERIOD": following.upper(),
        "committee": office.committee,
        "party_body": office.party_body,
        "standing": office.standing,
        **_OF_LEVELS[office.level],
    }


# How the text calls those of whom a committee, a grassroots committee or a cell reports.
_OF_LEVELS: dict[str, dict[str, str]] = {
    UPPER: {"led": "tổ chức cơ sở đảng", "bodies": "các cấp ủy, chi bộ", "below": "các tổ chức đảng trực thuộc"},
    GRASSROOTS: {"led": "tổ chức đảng", "bodies": "các cấp ủy, chi bộ", "below": "các tổ chức đảng trực thuộc"},
    CELL: {"led": "tổ chức đảng", "bodies": "chi bộ", "below": "chi bộ"},
}


PLACEHOLDERS = (
    *("n", "period", "PERIOD", "in_period", "in_short", "quarter", "year", "last_year", "as_of", "compared"),
    *("next_period", "NEXT_PERIOD", "committee", "party_body", "standing", "led", "bodies", "below"),
)
