"""Reports on the desk: what the chosen unit has to send, and what waits for the person to accept."""

from __future__ import annotations

from dataclasses import dataclass

from giaoban.apps.reporting.operations.cycles import keep_in_step
from giaoban.apps.reporting.queries.cycles.desk import DeskLines, desk_lines
from giaoban.apps.reporting.queries.cycles.stepping import at_unit
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk
from giaoban.web.components.pieces import Sign
from giaoban.web.cycles.place import ACCEPT, FILL, moment_words, sign_of


@dataclass(frozen=True, slots=True)
class ToDo:
    """One report to send, or one cycle to look through."""

    name: str
    url: str
    sign: Sign
    due: str
    button: str


@dataclass(frozen=True, slots=True)
class ReportsDue:
    """All of them, the nearest due moment first."""

    to_send: tuple[ToDo, ...] = ()
    to_accept: tuple[ToDo, ...] = ()


def reports_due(desk: Desk) -> ReportsDue:
    """Return what the person has to do about reports at the chosen unit; nothing is asked where they may do neither."""
    if not (desk.may(FILL) or desk.may(ACCEPT)):
        return ReportsDue()
    keep_in_step(act=desk.act, where=at_unit(desk.unit, desk.act.now))
    lines = desk_lines(desk.act.user, desk.unit, now=desk.act.now)
    return ReportsDue(_send(desk, lines), _accept(desk, lines))


def _send(desk: Desk, lines: DeskLines) -> tuple[ToDo, ...]:
    return tuple(
        ToDo(
            one.submission.cycle.title,
            desk.url("cycles:fill", one.submission.uid),
            sign_of(one.submission.state, one.timing, edition=one.submission.edition),
            moment_words(one.submission.due_at),
            "Bổ sung" if one.returned else "Nhập",
        )
        for one in lines.to_send
    )


def _accept(desk: Desk, lines: DeskLines) -> tuple[ToDo, ...]:
    found = []
    for one in lines.to_accept:
        words = [
            f"{format_number(one.waiting)} chờ tiếp nhận" if one.waiting else "",
            f"{format_number(one.owed)} chưa gửi" if one.owed else "",
            f"{format_number(one.overdue)} quá hạn" if one.overdue else "",
        ]
        tone, sign = ("bad", "✕") if one.overdue else ("late", "◐")
        shown = Sign(tone, sign, ", ".join(word for word in words if word))
        url = desk.url("cycles:cycle", one.cycle.uid)
        found.append(ToDo(one.cycle.title, url, shown, moment_words(one.cycle.due_at), "Xem"))
    return tuple(found)
