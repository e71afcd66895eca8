"""The numbers of «biên bản đối chiếu đảng số»: figures, so that opening + in − out = closing and each can be opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from giaoban.apps.organizations.queries.chosen import UnitCard
from giaoban.apps.papers.compose import Facts, Value
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_count
from giaoban.core.period import Period
from giaoban.figures import Figure, FigureRequest, Parts
from giaoban.writer.blocks import Number

TOTAL = "members.total"
# field of the form: measure, and the part of its breakdown that moves the roll (decision D5)
_FLOWS: Mapping[str, tuple[str, tuple[str, str] | None]] = {
    "ket_nap": ("members.admitted", None),
    "khoi_phuc": ("members.restored", None),
    "mo_so": ("members.opened", None),
    "chuyen_den": ("members.transferred_in", ("term", "official")),
    "cung_to_chuc_den": ("organizations.members_received", None),
    "chuyen_di": ("members.transferred_out", ("term", "official")),
    "cung_to_chuc_di": ("organizations.members_handed_over", None),
    "ra_khoi": ("members.left", None),
    "tu_tran": ("members.died", None),
}
_STATUS = {"chinh_thuc": "official", "du_bi": "probationary"}


def roll_facts(cards: Sequence[UnitCard], period: Period) -> dict[str, Facts]:
    """Return the fields of the roll by code of unit; all units in one computation."""
    requests = [
        request
        for card in cards
        for request in (
            FigureRequest(TOTAL, card.code, period.before()),
            FigureRequest(TOTAL, card.code, period),
            *(FigureRequest(measure, card.code, period) for measure, _part in _FLOWS.values()),
        )
    ]
    figures = iter(compute_figures(requests, parts=Parts(breakdown=True)))
    found = {}
    for card in cards:
        opening, closing = next(figures), next(figures)
        flows = {field: next(figures) for field in _FLOWS}
        found[card.code] = Facts(_values(card, period, opening, closing, flows))
    return found


def _values(
    card: UnitCard, period: Period, opening: Figure, closing: Figure, flows: Mapping[str, Figure]
) -> dict[str, Value]:
    values: dict[str, Value] = {
        "ten_don_vi": card.name,
        "tu_ngay": format_date(period.window.start),
        "den_ngay": format_date(period.window.last_day),
    }
    values |= _printed("dau_ky", opening, None) | _printed("cuoi_ky", closing, None)
    for field, code in _STATUS.items():
        values |= _printed(field, closing, ("status", code))
    for field, (_measure, part) in _FLOWS.items():
        values |= _printed(field, flows[field], part)
    return values


def _printed(field: str, figure: Figure, part: tuple[str, str] | None) -> dict[str, Value]:
    """A figure as a number of the text; what is not kept stays blank, it is not 0 (decision D6)."""
    if figure.value is None:
        return {}
    value = figure.value if part is None else figure.breakdowns.get(part[0], {}).get(part[1], 0)
    request = figure.request
    text = format_count(int(value))
    return {field: Number(text, request.measure, value, "đảng viên", str(request.period), part=part[1] if part else "")}
