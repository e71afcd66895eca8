"""A report as a document: its numbers from the figures, its footnotes from the entries behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.conf import settings

from giaoban.apps.obligations.queries.turns import turn_words
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import cards_by_code
from giaoban.apps.organizations.queries.committees import committee_notes
from giaoban.apps.reporting.queries.definitions import measure_words, report_definition
from giaoban.apps.reporting.queries.disclosure import is_restricted, may_see_names
from giaoban.apps.reporting.queries.figures import catalogue, compute_figures, sources
from giaoban.apps.reporting.queries.letterhead import committee_name, office_facts
from giaoban.apps.reporting.queries.listed import LISTED, MISSING, OF_COMMITTEES
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period, PeriodKind
from giaoban.core.text_vi import quoted
from giaoban.figures import MARKS, Coverage, Figure, FigureRequest, Parts, TargetResult, explain_many
from giaoban.figures.model import Number
from giaoban.writer.blocks import OfficialDocument, Quantity
from giaoban.writer.definitions import Definition, Issue, OfficeFacts, PeriodFacts, build, shipped_names
from giaoban.writer.sentences import FigureView, ListEntry

Telling = Callable[[str], None]

# Nobody reads a longer list on paper; the board and the screens of figures have it.
_MOST_LISTED = 500
_PARTS = Parts(previous=True, cumulative=True, targets=True, breakdown=True)
_SPELLING = {
    PeriodKind.MONTH: "tháng (2023-M03)",
    PeriodKind.QUARTER: "quý (2023-Q1)",
    PeriodKind.HALF: "6 tháng (2023-H1)",
    PeriodKind.NINE_MONTHS: "9 tháng (2023-9M)",
    PeriodKind.YEAR: "năm (2023)",
    PeriodKind.YEARS: "nhiều năm (2020..2025)",
}


@dataclass(frozen=True, slots=True)
class FrozenFigures:
    """Figures that stand still, by measure, with the entries behind them: ``(ref, code of the unit, number)``.

    A measure that is missing here was not known when they were taken; nothing is said of it.
    """

    figures: Mapping[str, Figure]
    entries: Mapping[str, Sequence[tuple[str, str | None, float]]]


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """Which report is wanted.

    ``name`` is a definition (``report_names``); ``dated`` the day of issue, whose layout is used; ``number`` None for a
    draft; ``narratives`` free text by slot of the definition; ``mark_empty`` shows what is still to be written. With
    ``frozen`` its figures and entries are said instead of what the registers hold now. ``definition`` is the one to
    follow where it is known already; else that of the day of issue. ``rights`` are those of the reader on the unit:
    what they do not open (decision D11) is not told; None for the paper itself, which tells its recipients all.
    """

    name: str
    unit: Unit
    period: Period
    dated: date
    number: int | None = None
    draft_mark: str = ""
    narratives: Mapping[str, str] | None = None
    frozen: FrozenFigures | None = None
    mark_empty: bool = False
    definition: Definition | None = None
    rights: frozenset[str] | None = None


def report_names() -> tuple[str, ...]:
    """Return the names of the reports that come with the program; ``definition_names`` has an office's own as well."""
    return shipped_names()


def report_document(order: ReportOrder, *, tell: Telling | None = None) -> OfficialDocument:
    """Return the document; each number in it is a figure and carries its measure key.

    Args:
        order: which report.
        tell: called with what is begun, for people who wait: first the figures, then the lists behind them.

    Raises:
        NotFound: no report of that name.
        InvalidInput: the report is not for such a period; no register was in use in the period, so nothing that the
            report says is known.
    """
    definition = order.definition or report_definition(order.unit, order.name, day=order.dated)
    if definition.periods and order.period.kind not in definition.periods:
        raise InvalidInput(
            f"Mẫu báo cáo {quoted(order.name)} không lập cho {order.period.name()}",
            where="kỳ",
            expected=", ".join(_SPELLING[kind] for kind in definition.periods),
            hint="Chọn kỳ khác hoặc mẫu khác",
        )
    code = order.unit.code
    bounds = sources().calendar.bounds([(code, order.period)])[code, order.period]
    requests = [FigureRequest(measure, code, order.period) for measure in definition.measures()]
    say = tell or (lambda _: None)
    say("Tính số liệu")
    if order.frozen is None:
        figures = compute_figures(requests, parts=replace(_PARTS, dimensions=definition.dimensions))
    else:
        figures = _still(order.frozen, requests)
    if all(figure.value is None for figure in figures):
        raise InvalidInput(
            f"Sổ chưa được dùng trong kỳ này: {order.period.name()}, đơn vị {code}",
            expected="kỳ từ khi dùng sổ",
            hint="Chọn kỳ khác, hoặc ghi ngày bắt đầu dùng sổ và nhập số liệu của kỳ này trước",
        )
    views = {figure.request.measure: figure_view(figure, order.rights) for figure in figures}
    say("Lập các danh sách")
    return build(
        definition,
        views,
        office=_in_outline(office_facts(order.unit, day=order.dated), definition),
        period=PeriodFacts(order.period, bounds.window),
        issue=Issue(order.dated, order.number, order.draft_mark),
        lists=_lists(order, definition, {figure.request.measure: figure.value for figure in figures}),
        narratives=order.narratives,
        mark_empty=order.mark_empty,
        words=measure_words(order.unit, definition),
    )


def _in_outline(office: OfficeFacts, definition: Definition) -> OfficeFacts:
    """Return the facts with those places of the office's outline that this report has: it is one for all reports."""
    ids = {section.id for section in definition.sections}
    return replace(office, outline=tuple(name for name in office.outline if name in ids))


def figure_view(figure: Figure, rights: frozenset[str] | None = None) -> FigureView:
    """Return a figure as sentences and tables take it, for somebody with these rights on its unit; None: for all.

    Where one part is so small that it would name a person, no part is told: the whole would give the last one away.
    """
    breakdown: dict[str, Quantity | None] = dict(figure.breakdown)
    breakdowns: dict[str, dict[str, Quantity | None]] = {by: dict(parts) for by, parts in figure.breakdowns.items()}
    withheld = rights is not None and any(
        is_restricted(catalogue()[figure.request.measure], part, rights)
        for parts in (figure.breakdown, *figure.breakdowns.values())
        for part in parts.values()
    )
    if withheld:
        breakdown = dict.fromkeys(breakdown)
        breakdowns = {by: dict.fromkeys(parts) for by, parts in breakdowns.items()}
    return FigureView(
        value=figure.value,
        previous=figure.previous,
        cumulative=figure.cumulative,
        target=figure.target,
        percent_of_target=figure.percent_of_target,
        growth_percent=figure.growth_percent,
        breakdown=breakdown,
        expected=figure.expected,
        mark=MARKS.get(figure.mark, ""),
        breakdowns=breakdowns,
        withheld=withheld,
    )


def _still(frozen: FrozenFigures, requests: Sequence[FigureRequest]) -> list[Figure]:
    return [frozen.figures.get(request.measure, Figure(request, None, Coverage(0, 0))) for request in requests]


def _lists(
    order: ReportOrder, definition: Definition, values: Mapping[str, Number | None]
) -> dict[str, Sequence[ListEntry]]:
    """Return the lists behind these numbers; none where a number is not counted entry by entry, as reported ones."""
    # Also what is 0: how much is asked must not depend on how much happened.
    counted = {key: values[key] for key in _listed(definition) if key in values}
    wanted = {
        key: value
        for key, value in counted.items()
        if value is not None and value <= _MOST_LISTED and not _names_people(order, key, value)
    }
    found = _behind(order, wanted)
    codes = {unit for lines in found.values() for _, unit, _ in lines if unit}
    cards = cards_by_code(codes, day=order.period.window.last_day)
    # A footnote says what was done; the decision on which it was done stays in the register.
    noted = [lines for key, lines in found.items() if key.startswith(("committees.", "offices."))]
    notes = committee_notes(ref for lines in noted for ref, _, _ in lines)
    lists: dict[str, Sequence[ListEntry]] = {}
    for key, lines in found.items():
        entries = [
            ListEntry(
                committee_name(cards[unit].name) if key in OF_COMMITTEES else cards[unit].place,
                notes.get(ref, detail),
            )
            for ref, unit, detail in lines
            if unit
        ]
        if entries and len(entries) == values[key]:
            lists[key] = entries
    return lists


def _listed(definition: Definition) -> tuple[str, ...]:
    """Return the measures whose units this report lists: in footnotes, or where the list is long in an appendix."""
    notes = LISTED if definition.footnotes is None else definition.footnotes
    return tuple(dict.fromkeys((*notes, *(key for one in definition.appendices for key in one.table.lists))))


def _names_people(order: ReportOrder, key: str, value: Quantity) -> bool:
    """Tell whether a list of so few units would tell this reader of whom a sensitive register speaks."""
    register = catalogue()[key].register
    is_sensitive = any(measure.sensitive for measure in catalogue() if measure.register == register)
    if order.rights is None or not is_sensitive:
        return False
    return 0 < value < settings.SMALL_NUMBER and not may_see_names(order.rights, register)


def _behind(order: ReportOrder, measures: Mapping[str, Number]) -> dict[str, list[tuple[str, str | None, str]]]:
    """Return the reference, the unit and the matter of each entry behind numbers, by measure."""
    if order.frozen is not None:
        kept = order.frozen.entries
        turns = turn_words(order.unit, (ref for ref, _, _ in kept.get(MISSING, ())) if MISSING in measures else ())
        return {key: [(ref, unit, turns.get(ref, "")) for ref, unit, _ in kept.get(key, ())] for key in measures}
    asked = [FigureRequest(key, order.unit.code, order.period) for key in measures]
    return {
        proof.request.measure: [
            (line.ref, line.unit, line.subject if proof.request.measure == MISSING else "") for line in proof.lines
        ]
        for proof in explain_many(sources(), asked, values=list(measures.values()))
    }


def frozen_figures(
    unit: str,
    period: Period,
    *,
    figures: Mapping[str, Mapping[str, Any]],
    entries: Mapping[str, Sequence[Sequence[Any]]],
) -> FrozenFigures:
    """Return what a snapshot keeps (``Snapshot.figures``, ``Snapshot.entries``) as figures of its unit and period."""
    return FrozenFigures(
        {key: _figure(FigureRequest(key, unit, period), kept) for key, kept in figures.items()},
        {key: [(ref, where, number) for ref, where, number in lines] for key, lines in entries.items()},
    )


def _figure(request: FigureRequest, kept: Mapping[str, Any]) -> Figure:
    """Return the figure of ``Figure.as_json``."""
    names = {field.name for field in fields(Figure)} & kept.keys() - {"coverage", "targets"}
    targets = tuple(TargetResult(one["source"], one["value"], one["percent"]) for one in kept.get("targets", ()))
    return Figure(
        request=request,
        coverage=Coverage(**kept.get("coverage", {"expected": 0, "reported": 0})),
        targets=targets,
        **{name: kept[name] for name in names},
    )
