"""An act as pages show it, before it is recorded and after."""

from __future__ import annotations

from dataclasses import dataclass, replace

from giaoban.apps.reporting.queries.act_preview import ActPreview, ActReport
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk
from giaoban.web.components.pieces import Link
from giaoban.web.numbers import number

_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What happens to one unit."""

    unit: Link
    words: str


@dataclass(frozen=True, slots=True)
class FollowLine:
    """Who follows from where to where."""

    way: str
    count: str
    names: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure before and after."""

    unit: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ListView:
    """A titled list."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """What an act does."""

    sentence: str
    day: str
    units: tuple[ChangeLine, ...]
    more_units: str
    followings: tuple[FollowLine, ...]
    lists: tuple[ListView, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewView:
    """An act that was not recorded yet."""

    report: ReportView
    figures: tuple[FigureLine, ...]
    fingerprint: str


def report_view(desk: Desk, report: ActReport, *, recorded: bool = True) -> ReportView:
    """Give a report its words, and its addresses where the act is recorded: new units are nowhere before."""
    story = report.story
    more = len(report.units) - _MOST_LINES
    return ReportView(
        sentence=story.sentence if story is not None else "",
        day=format_date(story.day) if story is not None else "",
        units=tuple(
            ChangeLine(
                Link(one.unit.name, desk.url("organizations:unit", one.unit.code) if recorded else ""), one.words
            )
            for one in report.units[:_MOST_LINES]
        ),
        more_units=f"và {format_number(more)} lần ghi khác" if more > 0 else "",
        followings=tuple(
            FollowLine(
                f"{one.origin.place} → {one.goal.place}",
                f"{format_number(one.count)} đảng viên",
                ", ".join(one.names),
            )
            for one in report.followings
        ),
        lists=tuple(ListView(one.title, one.lines) for one in report.consequences),
        warnings=report.warnings,
    )


def preview_view(desk: Desk, preview: ActPreview) -> PreviewView:
    """Give a preview its words."""
    report = report_view(desk, preview.report, recorded=False)
    owed = tuple(ListView(one.title, one.lines) for one in preview.owed)
    return PreviewView(
        replace(report, lists=(*report.lists, *owed)),
        tuple(FigureLine(one.unit.place, one.label, number(one.before), number(one.after)) for one in preview.figures),
        preview.fingerprint,
    )
