"""What units wrote, side by side for the writer; searched with or without diacritics."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.reporting.models import Submission, SubmissionState
from giaoban.core.period import Period
from giaoban.core.text_vi import fold


@dataclass(frozen=True, slots=True)
class WrittenText:
    """What one unit wrote into a slot; ``uid`` of its submission is the source that a text keeps a link to.

    ``accepted`` says that the words are those frozen on acceptance, and not still being written.
    """

    uid: uuid.UUID
    unit: UnitCard
    text: str
    state: str
    accepted: bool
    at: datetime | None


def what_units_wrote(unit: Unit, form: str, period: Period, slot: str, *, search: str = "") -> list[WrittenText]:
    """Return the words of a slot from all units below one on the period's last day, and from those that send to it
    since they moved, by code; four queries.

    Of an accepted submission the frozen words, else those of the draft that was sent; what is not sent is not shown.

    Args:
        form: code of the form. search: only texts that hold all of these words, with or without diacritics.
    """
    last = period.window.last_day
    below = Ancestry.objects.filter(on_day(last), ancestor=unit, depth__gt=0).values("descendant")
    shown = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
    rows = Submission.objects.filter(
        Q(unit__in=below) | Q(receiver=unit),
        cycle__form__code=form,
        cycle__period=str(period),
        cycle__cancelled_at__isnull=True,
        state__in=shown,
    ).select_related("snapshot", "unit")
    found = list(rows.order_by("unit__code").defer("snapshot__figures", "snapshot__entries", "snapshot__tree"))
    cards = place_cards([row.unit_id for row in found], day=last)
    words = fold(search).split()
    made = []
    for row in found:
        accepted = row.state == SubmissionState.ACCEPTED and row.snapshot is not None
        kept = row.snapshot.texts if accepted and row.snapshot is not None else _draft(row, slot)
        text = str(kept.get(slot, ""))
        folded = fold(text)
        if text and all(word in folded for word in words):
            moment = row.accepted_at if accepted else row.submitted_at
            made.append(WrittenText(row.uid, cards[row.unit_id], text, row.state, accepted, moment))
    return made


def _draft(row: Submission, slot: str) -> dict[str, str]:
    return {slot: row.draft.get(slot, {}).get("value", "")}
