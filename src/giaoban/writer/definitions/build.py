"""Definition + figures + facts -> OfficialDocument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted
from giaoban.writer.blocks import Appendix, Block, Heading, Inline, ListItem, OfficialDocument, Paragraph, Text
from giaoban.writer.definitions.model import (
    Definition,
    MeasureWords,
    OfficeFacts,
    ParagraphSpec,
    PeriodFacts,
    SectionSpec,
    placeholders,
)
from giaoban.writer.definitions.sentence import fill, make_sentence
from giaoban.writer.definitions.tables import TableWriter
from giaoban.writer.sentences import Context, FigureView, ListEntry

# A longer list stands in an appendix, where the definition has one for it, and not in a footnote.
LONG_LIST = 30

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Issue:
    """What the paper's own journey gives it: date of issue, number (None on a draft), draft mark («Dự thảo lần 1»)."""

    dated: date
    number: int | None = None
    draft_mark: str = ""


def build(
    definition: Definition,
    figures: Mapping[str, FigureView],
    *,
    office: OfficeFacts,
    period: PeriodFacts,
    issue: Issue,
    lists: Mapping[str, Sequence[ListEntry]] | None = None,
    narratives: Mapping[str, str] | None = None,
    mark_empty: bool = False,
    words: Mapping[str, MeasureWords] | None = None,
) -> OfficialDocument:
    """Write a report.

    Args:
        definition: the report's sections and sentences.
        figures: a view for each of ``definition.measures()``; what is not known has ``value=None`` and is not said.
        office, period, issue: who reports, on what, and the paper's date and number.
        lists: what numbers count, for the footnotes: measure (or «measure:code») -> entries, as many as the number.
        narratives: free text by slot; each line is a paragraph, a line that begins with «- » an item of a list.
        words: how tables call the measures.
        mark_empty: show an empty slot with its guidance in brackets; otherwise it is left out, and with it a section
            that has nothing else.

    Raises:
        NotFound: a measure of the definition is missing in ``figures``.
        InvalidInput: a narrative for a slot, or a place in the office's outline, that the definition does not have.
        Conflict: a list or a breakdown does not fit its number.
    """
    narratives = narratives or {}
    _check_names(definition, office, narratives)
    values = placeholders(office, period)
    tables = _tables(definition, figures, period, lists or {}, words or {}, office.level)
    writer = _Body(values, tables.context, narratives, tables, mark_empty)
    body = writer.write(_in_order(definition.sections, office.outline))
    if definition.closing:
        body.append(Paragraph((Text(fill(definition.closing, values, "closing")),)))
    title = tuple(
        fill(line.text, values, "title") for line in definition.title if not line.section or line.section in writer.kept
    )
    return OfficialDocument(
        superior=office.superior,
        issuer=office.issuer,
        type_code=definition.type_code,
        issuer_code=office.issuer_code,
        place=office.place,
        dated=issue.dated,
        type_name=definition.type_name,
        title=title,
        body=tuple(body),
        recipients=office.recipients,
        signatures=office.signatures,
        number=issue.number,
        draft_mark=issue.draft_mark,
        appendices=_appendices(definition, tables, values),
    )


def _tables(
    definition: Definition,
    figures: Mapping[str, FigureView],
    period: PeriodFacts,
    lists: Mapping[str, Sequence[ListEntry]],
    words: Mapping[str, MeasureWords],
    level: str,
) -> TableWriter:
    """Set the long lists apart from those for footnotes, and give figures and words to what writes tables."""
    apart = {key for one in definition.appendices for key in one.table.lists if len(lists.get(key, ())) > LONG_LIST}
    context = Context(
        figures=figures,
        period=str(period.period),
        previous_period=str(period.period.previous_year()),
        elapsed=period.elapsed,
        compared=period.compared,
        lists={key: entries for key, entries in lists.items() if key not in apart},
    )
    return TableWriter(context, words, {key: lists[key] for key in apart}, level)


def _appendices(definition: Definition, tables: TableWriter, values: Mapping[str, str]) -> tuple[Appendix, ...]:
    written = [(spec, tables.write(spec.table, "")) for spec in definition.appendices]
    kept = [(spec, tuple(blocks)) for spec, blocks in written if blocks]
    numbers = [""] if len(kept) == 1 else [str(order) for order in range(1, len(kept) + 1)]
    return tuple(
        Appendix(number, fill(spec.title, values, spec.id), blocks, spec.landscape)
        for number, (spec, blocks) in zip(numbers, kept, strict=True)
    )


def _check_names(definition: Definition, office: OfficeFacts, narratives: Mapping[str, str]) -> None:
    ids = tuple(section.id for section in definition.sections)
    for where, given, known in (
        ("nội dung viết", tuple(narratives), definition.slots()),
        ("bố cục của cơ quan", office.outline, ids),
    ):
        if unknown := [name for name in given if name not in known]:
            raise InvalidInput(
                f"Mẫu báo cáo {quoted(definition.name)} không có {', '.join(unknown)}",
                where=where,
                expected=f"một trong {', '.join(known)}",
            )


def _in_order(sections: Sequence[SectionSpec], outline: tuple[str, ...]) -> list[SectionSpec]:
    """Return the sections with siblings in the office's order; each keeps what stands below it."""
    groups: list[list[SectionSpec]] = []
    for section in sections:
        if groups and section.level > groups[0][0].level:
            groups[-1].append(section)
        else:
            groups.append([section])
    ranked = sorted(groups, key=lambda group: outline.index(group[0].id) if group[0].id in outline else len(outline))
    ordered: list[SectionSpec] = []
    for first, *below in ranked:
        ordered += [first, *(_in_order(below, outline) if below else [])]
    return ordered


def _heading_number(counters: list[int]) -> str:
    """Return the printed number of a section from the counts of its level and those above."""
    match counters:
        case [first]:
            roman, left = "", first
            for value, letters in _ROMAN:
                while left >= value:
                    roman, left = roman + letters, left - value
            return f"{roman}-"
        case [_, second]:
            return f"{second}."
        case [_, second, third]:
            return f"{second}.{third}."
        case _:
            return f"{'abcdeghiklmnopqrstuvxy'[counters[-1] - 1]})"


class _Body:
    """Writes sections; a section without text is left out, and numbers run over what is left."""

    def __init__(
        self,
        values: Mapping[str, str],
        context: Context,
        narratives: Mapping[str, str],
        tables: TableWriter,
        mark_empty: bool,
    ) -> None:
        self.kept: set[str] = set()
        self._values = values
        self._context = context
        self._narratives = narratives
        self._tables = tables
        self._mark_empty = mark_empty

    def write(self, sections: Sequence[SectionSpec]) -> list[Block]:
        written = [(section, self._paragraphs(section)) for section in sections]
        counters: list[int] = []
        body: list[Block] = []
        for place, (section, blocks) in enumerate(written):
            if not blocks and not self._has_text_below(written, place):
                continue
            self.kept.add(section.id)
            counters = (counters + [0] * section.level)[: section.level]
            counters[-1] += 1
            title = fill(section.title, self._values, section.id)
            body += [Heading(section.level, _heading_number(counters), title), *blocks]
        return body

    @staticmethod
    def _has_text_below(written: list[tuple[SectionSpec, list[Block]]], place: int) -> bool:
        level = written[place][0].level
        for section, blocks in written[place + 1 :]:
            if section.level <= level:
                return False
            if blocks:
                return True
        return False

    def _paragraphs(self, section: SectionSpec) -> list[Block]:
        return [block for paragraph in section.paragraphs for block in self._paragraph(paragraph)]

    def _paragraph(self, spec: ParagraphSpec) -> list[Block]:
        if spec.each:
            return []
        if spec.slot:
            return self._narrative(spec)
        if spec.table:
            return self._tables.write(spec.table, fill(spec.table.title, self._values, spec.table.title))
        inlines: list[Inline] = []
        for one in spec.sentences:
            sentence = make_sentence(one, self._values, self._tables.level)
            said = sentence.write(self._context) if sentence else None
            if said is not None:
                inlines += [Text(" "), *said] if inlines else said
        return [Paragraph(tuple(inlines))] if inlines else []

    def _narrative(self, spec: ParagraphSpec) -> list[Block]:
        lines = [line.strip() for line in self._narratives.get(spec.slot, "").splitlines() if line.strip()]
        lead: list[Block] = []
        if spec.lead:
            # A line of its own: the words of the slot stay whole for whoever edits them.
            lead = [ListItem((Text(fill(spec.lead, self._values, spec.slot), italic=True),))]
        if lines:
            return [*lead, *(_line(line, spec.slot) for line in lines)]
        if self._mark_empty:
            return [*lead, Paragraph((Text(f"[{spec.guidance or spec.slot}]", italic=True),), slot=spec.slot)]
        return []


def _line(text: str, slot: str) -> Block:
    if text.startswith("- "):
        return ListItem((Text(text.removeprefix("- ").strip()),), slot=slot)
    return Paragraph((Text(text),), slot=slot)
