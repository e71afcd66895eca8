"""A report as a document: its numbers from the figures, its footnotes from the entries behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import cards_by_code
from giaoban.apps.organizations.queries.committees import committee_notes
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure, sources
from giaoban.apps.reporting.queries.letterhead import committee_name, office_facts
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period
from giaoban.figures import Figure, FigureRequest, Parts
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
class ReportOrder:
    """Which report is wanted.

    ``name`` is a definition (``report_names``); ``dated`` the day of issue, whose layout is used; ``number`` None for a
    draft; ``narratives`` free text by slot of the definition.
    """

    name: str
    unit: Unit
    period: Period
    dated: date
    number: int | None = None
    draft_mark: str = ""
    narratives: Mapping[str, str] | None = None


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
    figures = compute_figures(
        [FigureRequest(measure, code, order.period) for measure in definition.measures()], parts=_PARTS
    )
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
        lists={key: _listed(code, key, order.period) for key in wanted},
        narratives=order.narratives,
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


def _listed(code: str, measure: str, period: Period) -> Sequence[ListEntry]:
    lines = explain_figure(FigureRequest(measure, code, period)).lines
    cards = cards_by_code({line.unit for line in lines if line.unit}, day=period.window.last_day)
    # A footnote says what was done; the decision on which it was done stays in the register.
    notes = committee_notes(line.ref for line in lines)
    return [ListEntry(committee_name(cards[line.unit].name), notes.get(line.ref, "")) for line in lines if line.unit]
