"""Figures as screens show them. Every number comes from ``figures``; here it only gets its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from giaoban.apps.reporting.queries.disclosure import is_restricted
from giaoban.apps.reporting.queries.figures import catalogue, is_reported, sources
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.figures import (
    MARKS,
    VALUE_ONLY,
    Dimension,
    Figure,
    FigureRequest,
    Measure,
    Parts,
    compute_many,
)
from giaoban.figures.calendar import OneDay
from giaoban.web.access import Desk
from giaoban.web.components.pieces import FigureView, change_of, target_bar

MISSING = "—"
RESTRICTED = "hạn chế"
HEADLINE = ("organizations.grassroots", "members.total", "members.admitted", "members.recognised")
CELL_HEADLINE = ("members.total", "members.admitted", "members.recognised", "members.transferred")


def tree_on(desk: Desk) -> date | None:
    """Return the day along whose tree figures are read: today if the person chose so, else None (trees of then)."""
    return desk.act.today if desk.request.GET.get("cay") == "nay" else None


def tree_query(desk: Desk) -> dict[str, str]:
    """Return what keeps that choice in an address."""
    return {"cay": "nay"} if tree_on(desk) is not None else {}


def number(value: float | None) -> str:
    """Write a number; what is not known is a dash, never 0."""
    return MISSING if value is None else format_number(value)


def members_by_unit(codes: Sequence[str], day: date) -> dict[str, str]:
    """Return the number of members at or under each unit on a day; nothing for those where it is not known."""
    period = Period.quarter_of(day)
    asked = [FigureRequest("members.total", code, period) for code in codes]
    figures = compute_many(sources(OneDay(day)), asked, parts=VALUE_ONLY)
    return {one.request.unit: format_number(one.value) for one in figures if one.value is not None}


def guarded(measure: Measure, value: float | None, rights: frozenset[str]) -> str:
    """Write a part of a figure; one that is so small that it would name a person is for those who may see names."""
    return RESTRICTED if is_restricted(measure, value, rights) else number(value)


def view_of(desk: Desk, measure: Measure, figure: Figure, *, unit: str = "") -> FigureView:
    """Give a figure its words and the address of its entries."""
    coverage = figure.coverage
    note = ""
    told = is_reported(measure)
    if figure.value is None:
        note = "chưa có số báo cáo" if told else "chưa theo dõi trong kỳ này"
    elif coverage.reported < coverage.expected:
        note = f"{format_number(coverage.reported)}/{format_number(coverage.expected)} "
        note += "đơn vị đã báo cáo" if told else "tổ chức có sổ"
    return FigureView(
        key=measure.key,
        name=measure.label,
        value=_value_words(figure),
        unit=measure.unit,
        known=figure.value is not None,
        url=desk.url("home:entries", measure.key, unit=unit, query=tree_query(desk)),
        previous=number(figure.previous),
        change=change_of(figure.value, figure.previous, is_rate=measure.in_points),
        cumulative=number(figure.cumulative) if not measure.is_stock else "",
        target=target_bar(figure.percent_of_target, figure.target),
        note=note,
    )


def _value_words(figure: Figure) -> str:
    """Write the value with how sure it is, and of how much: «ước 1.200», «25/55»."""
    words = number(figure.value)
    if figure.expected is not None and figure.value is not None:
        words += f"/{number(figure.expected)}"
    return f"{MARKS[figure.mark]} {words}" if figure.mark else words


def unit_figures(desk: Desk, code: str, *, cell: bool) -> tuple[FigureView, ...]:
    """Return the few figures at the head of a unit's page."""
    asked = [FigureRequest(key, code, desk.period) for key in (CELL_HEADLINE if cell else HEADLINE)]
    parts = Parts(previous=True, cumulative=True, targets=True)
    figures = compute_many(sources(today=desk.act.today), asked, parts=parts)
    return tuple(view_of(desk, catalogue()[one.request.measure], one, unit=code) for one in figures)


def parts_words(measure: Measure, dimension: Dimension | None, codes: Mapping[str, float], desk: Desk) -> str:
    """Write the parts of a figure in one line: «chuyển đến 33, chuyển đi 59, chuyển nội bộ 22»."""
    if dimension is None or not dimension.codes:
        return ""
    if dimension.key == "term" and not codes.get("temporary"):
        return ""  # hardly anybody moves for a time; «chính thức 33» under 33 says nothing
    return ", ".join(
        f"{dimension.label_of(code)} {guarded(measure, value, desk.rights)}" for code, value in codes.items() if value
    )


def by_key(figures: Iterable[Figure]) -> dict[str, Figure]:
    """Return figures by the key of their measure."""
    return {figure.request.measure: figure for figure in figures}
