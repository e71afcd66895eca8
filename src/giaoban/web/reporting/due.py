"""Sections of reports that wait for the person who was given them: a line on the desk."""

from __future__ import annotations

from dataclasses import dataclass

from giaoban.apps.reporting.queries.own_report.overview import desk_lines
from giaoban.core.dates_vi import format_date
from giaoban.core.period import Period
from giaoban.web.access import Desk
from giaoban.web.components.pieces import Sign
from giaoban.web.reporting.place import filled_title, title_of


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A section that is the person's own."""

    title: str
    url: str
    due: str
    sign: Sign


def owed_sections(desk: Desk) -> tuple[OwedRow, ...]:
    """Return the sections that were given to the person and still have no words, of every report they may read."""
    rows = []
    for line in desk_lines(desk.act.user, today=desk.act.today):
        period = Period.parse(line.report.period)
        due = line.duty.due
        late = due is not None and due < desk.act.today
        rows.append(
            OwedRow(
                title=f"{filled_title(line.title, period)}: {title_of(line.report.name, period)}",
                url=desk.url("reporting:report", line.report.uid, unit=line.report.unit.code, period=period),
                due=format_date(due) if due else "",
                sign=Sign("bad", "✕", "quá hạn") if late else Sign("late", "◐", f"còn {line.empty} mục chưa viết"),
            )
        )
    return tuple(rows)
