"""What acceptance froze: the editions of a report, each as it was, and what changed since, entry by entry."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.apps.reporting.models import Snapshot, Submission
from giaoban.apps.reporting.queries.cycles.bodies import body_of
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.apps.reporting.queries.snapshots import adjustments, unit_names
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.cycles.place import AREA, VIEW, moment_words, open_report
from giaoban.web.numbers import RESTRICTED, guarded, number


@dataclass(frozen=True, slots=True)
class Moved:
    """A number that is another now than when it was frozen; its entries, each with what it adds or takes away."""

    label: str
    frozen: str
    now: str
    difference: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One acceptance: what was frozen."""

    name: str
    at: str
    by: str
    digest: str
    url: str


def moved_since(desk: Desk, submission: Submission) -> tuple[Moved, ...]:
    """Return what is otherwise now than when the report was accepted last."""
    if submission.snapshot is None:
        return ()
    found = adjustments(submission.snapshot)
    codes = {entry.unit for one in found for entry in (*one.came, *one.went)}
    names = unit_names(codes, day=submission.snapshot.last_day)
    moved = []
    for one in found:
        entries = [
            f"+{format_number(each.number)}: " + _line_words(each.line, names.get(each.unit, "")) for each in one.came
        ]
        entries += [
            f"−{format_number(each.number)}: {names.get(each.unit, '')}, lần ghi đã đính chính hoặc hủy"
            for each in one.went
        ]
        difference = (one.now or 0) - (one.frozen or 0)
        shown = [guarded(one.measure, value, desk.rights) for value in (one.frozen, one.now)]
        told = f"{'+' if difference > 0 else ''}{number(difference)}" if RESTRICTED not in shown else ""
        moved.append(
            Moved(
                one.measure.label,
                shown[0],
                shown[1],
                told,
                tuple(entries) if not one.measure.sensitive else (),
            )
        )
    return tuple(moved)


def _line_words(line: object, unit: str) -> str:
    parts = (getattr(line, "kind", ""), unit)
    return ", ".join(part for part in parts if part)


def editions_of(desk: Desk, submission: Submission) -> tuple[Edition, ...]:
    """Return what was accepted, the newest first."""
    rows = Snapshot.objects.filter(
        pk__in=submission.steps.filter(snapshot__isnull=False).values("snapshot")
    ).select_related("taken_by")
    return tuple(
        Edition(
            f"Bản {row.edition}",
            moment_words(row.taken_at),
            row.taken_by.full_name,
            row.digest[:16],
            desk.url("cycles:edition", submission.uid, row.edition),
        )
        for row in rows.defer("figures", "entries", "tree", "texts").order_by("-edition")
    )


@dataclass(frozen=True, slots=True)
class EditionPage:
    """What one acceptance froze, as it was."""

    title: str
    unit_name: str
    about: str
    figures: tuple[tuple[str, str, str], ...]
    texts: tuple[tuple[str, str], ...]
    digest: str
    back_url: str


@screen(AREA, right=VIEW)
def edition(desk: Desk, uid: uuid.UUID, which: int) -> HttpResponse:
    """Show an edition as it was accepted."""
    submission = open_report(desk, uid)
    steps = submission.steps.filter(snapshot__edition=which).select_related("snapshot__taken_by")
    step = steps.first()
    if step is None or step.snapshot is None:
        raise NotFound(f"Không có bản {which} của báo cáo này")
    held = step.snapshot
    known = catalogue()
    labels = {one.key: one.label for one in body_of(submission.cycle.form).fields}
    card = place_cards([submission.unit_id], day=held.last_day)[submission.unit_id]
    page = EditionPage(
        submission.cycle.title,
        card.place,
        f"Bản {held.edition}, {held.taken_by.full_name} tiếp nhận {moment_words(held.taken_at)}",
        tuple(
            (known[key].label, guarded(known[key], figure["value"], desk.rights), known[key].unit)
            for key, figure in held.figures.items()
            if key in known
        ),
        tuple((labels.get(key, key), text) for key, text in held.texts.items()),
        held.digest,
        desk.url("cycles:report", uid),
    )
    return desk.render("cycles/edition.html", {"page": page})
