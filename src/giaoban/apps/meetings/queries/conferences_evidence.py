"""Delegates at a conference as evidence of a standing duty (design.md, law 2)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from giaoban.apps.meetings.models import DelegationEntry, MeetingState, Presence
from giaoban.apps.obligations.duties import Progress
from giaoban.apps.obligations.evidence import Evidence, EvidenceAsk, Mark, marks_of


class ConferenceDelegates:
    """A unit sent delegates to a conference, or is excused; the subject is the conference's uid."""

    key = "conferences.delegates"
    title = "điểm danh hội nghị"

    def found(self, ask: EvidenceAsk) -> Iterator[Evidence]:
        """Return what was ticked of the units up to the day; nothing where the subject is no conference."""
        try:
            conference = uuid.UUID(ask.subject)
        except ValueError:
            return
        rows = (
            DelegationEntry.objects.live()
            .filter(meeting__uid=conference, unit__in=ask.units, effective_date__lte=ask.as_of)
            .exclude(meeting__state=MeetingState.CANCELLED)
            .filter(state__in=(Presence.PRESENT, Presence.EXCUSED))
            .order_by("effective_date", "unit__code")
        )
        for unit, day, state, delegates in rows.values_list("unit_id", "effective_date", "state", "delegates"):
            if state == Presence.PRESENT:
                yield Evidence(unit, day, day, Progress.DONE, f"{delegates:02} đại biểu dự", str(conference))
            else:
                yield Evidence(unit, day, day, Progress.NOTHING, "vắng có lý do", str(conference), excused=True)

    def marks(self, ask: EvidenceAsk) -> list[tuple[Mark, list[int]]]:
        """Return the same gathered."""
        return marks_of(self.found(ask))


DELEGATES = ConferenceDelegates()
