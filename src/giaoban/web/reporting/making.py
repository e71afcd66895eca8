"""Reports that take long: asked for, shown while they are being made by a thread of this process, shown when they are.

The row in the database is what counts: whichever process shows the page begins anew what nobody makes any more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from django.db import connections
from django.http import HttpResponse
from django.utils import timezone

from giaoban.apps.audit.act import Act
from giaoban.apps.reporting.models import MadeReport
from giaoban.apps.reporting.operations import ask_report, make_report
from giaoban.apps.reporting.operations.made import beat
from giaoban.apps.reporting.queries.made import STALE, made_report, needs_maker
from giaoban.web.access import Desk
from giaoban.web.reporting.place import title_of

# A report is told in two steps: its figures, then the lists behind them.
_STEPS = 2


def made_of(desk: Desk, name: str) -> MadeReport | None:
    """Return the person's report of that name for the chosen unit and period, if one is kept."""
    return made_report(desk.act.user, desk.unit, name, desk.period, rights=desk.rights, now=desk.act.now)


def begin(desk: Desk, name: str) -> None:
    """Ask for a report and see to it that somebody makes it."""
    made = ask_report(act=desk.act, unit=desk.unit, name=name, period=desk.period)
    _see_to(made, desk.act)


def waiting_page(desk: Desk, name: str, made: MadeReport | None) -> HttpResponse:
    """Answer at once for a report that is not there yet; the page asks again by itself, also without JavaScript."""
    if made is not None:
        _see_to(made, desk.act)
    being_made = made is not None and made.done_at is None
    context = {
        "title": title_of(name, desk.period),
        "overview_url": desk.url("reporting:overview"),
        "make_url": desk.url("reporting:make", name),
        "here_url": desk.url("reporting:live", name),
        "being_made": being_made,
        "refused": made.refused if made is not None else "",
    }
    if made is not None and being_made:
        seconds = max(0, int((desk.act.now - made.asked_at).total_seconds()))
        context |= {"step": made.step or "Chờ đến lượt", "steps": made.steps, "most": _STEPS, "seconds": seconds}
    return desk.render("reporting/making.html", context)


def _see_to(made: MadeReport, act: Act) -> None:
    if needs_maker(made, now=act.now):
        in_background(lambda: _make(made, act))


def _make(made: MadeReport, act: Act) -> None:
    over = threading.Event()

    def live() -> None:
        try:
            while not over.wait(STALE.total_seconds() / 4):
                beat(made, timezone.now())
        finally:
            connections.close_all()

    beating = threading.Thread(target=live, daemon=True)
    beating.start()
    try:
        make_report(act=replace(act, now=timezone.now()), made=made)
    finally:
        over.set()
        beating.join()


def in_background(work: Callable[[], None]) -> None:
    """Do it in a thread of its own, with database connections of its own that are closed at the end."""

    def whole() -> None:
        try:
            work()
        finally:
            connections.close_all()

    threading.Thread(target=whole, name="report", daemon=True).start()
