"""A report as a document: its numbers from the figures, its footnotes from the entries behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import cards_by_code
from giaoban.apps.organizations.queries.committees import committee_notes
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure, sources
from giaoban.apps.reporting.queries.letterhead import committee_name, office_facts
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period
from giaoban.figures import Coverage, Figure, FigureRequest, Parts, TargetResult
from giaoban.writer.blocks import OfficialDocument
from giaoban.writer.definitions import Issue, PeriodFacts, build, load, shipped_names
from giaoban.writer.sentences import FigureView, ListEntry

# Numbers of units that the text lists in a footnote («Gồm: (1) Đảng ủy Sở A (bổ sung Phó Bí thư); ...»).
LISTED = (
    "committees.consolidated",
    "offices.inspection_commissions_planned",
    "offices.inspection_commissions_approved",
)
_PARTS = Parts(previous=True, cumulative=True, targets=True, breakdown=True)


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
    ``frozen`` its figures and entries are said instead of what the registers hold now.
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


def report_names() -> tuple[str, ...]:
    """Return the names of the reports that can be written."""
    return shipped_names()


def report_document(order: ReportOrder) -> OfficialDocument:
    """Return the document; each number in it is a figure and carries its measure key.

    Raises:
        NotFound: no report of that name.
        InvalidInput: no register was in use in the period, so nothing that the report says is known.
    """
    definition = load(order.name)
    code = order.unit.code
    bounds = sources().calendar.bounds([(code, order.period)])[code, order.period]
    requests = [FigureRequest(measure, code, order.period) for measure in definition.measures()]
    figures = compute_figures(requests, parts=_PARTS) if order.frozen is None else _still(order.frozen, requests)
    if all(figure.value is None for figure in figures):
        raise InvalidInput(
            f"Sổ chưa được dùng trong kỳ này: {order.period.name()}, đơn vị {code}",
            expected="kỳ từ khi dùng sổ",
            hint="Chọn kỳ khác, hoặc ghi ngày bắt đầu dùng sổ và nhập số liệu của kỳ này trước",
        )
    views = {figure.request.measure: _view(figure) for figure in figures}
    wanted = [key for key in LISTED if key in views and views[key].value]
    return build(
        definition,
        views,
        office=office_facts(order.unit, day=order.dated),
        period=PeriodFacts(order.period, bounds.window),
        issue=Issue(order.dated, order.number, order.draft_mark),
        lists={key: _listed(order, key) for key in wanted},
        narratives=order.narratives,
        mark_empty=order.mark_empty,
    )


def _view(figure: Figure) -> FigureView:
    return FigureView(
        value=figure.value,
        previous=figure.previous,
        cumulative=figure.cumulative,
        target=figure.target,
        percent_of_target=figure.percent_of_target,
        growth_percent=figure.growth_percent,
        breakdown=dict(figure.breakdown),
        expected=figure.expected,
    )


def _still(frozen: FrozenFigures, requests: Sequence[FigureRequest]) -> list[Figure]:
    return [frozen.figures.get(request.measure, Figure(request, None, Coverage(0, 0))) for request in requests]


def _listed(order: ReportOrder, measure: str) -> Sequence[ListEntry]:
    if order.frozen is None:
        request = FigureRequest(measure, order.unit.code, order.period)
        found = [(line.ref, line.unit) for line in explain_figure(request).lines]
    else:
        found = [(ref, unit) for ref, unit, _ in order.frozen.entries.get(measure, ())]
    cards = cards_by_code({unit for _, unit in found if unit}, day=order.period.window.last_day)
    # A footnote says what was done; the decision on which it was done stays in the register.
    notes = committee_notes(ref for ref, _ in found)
    return [ListEntry(committee_name(cards[unit].name), notes.get(ref, "")) for ref, unit in found if unit]


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
