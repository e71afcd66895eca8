"""Which units sent delegates to a conference, and what they reported and proposed there."""

from __future__ import annotations

from django.db import models

from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.meetings.models.attendance import Presence
from giaoban.apps.meetings.models.meetings import Meeting, MeetingEntryQuerySet
from giaoban.apps.organizations.models import Unit


class DelegationEntry(JournalEntry):
    """A unit was invited to a sitting (``state`` empty), came with so many ``delegates``, or did not come.

    There is one live entry for a unit and meeting; what comes later corrects what was before.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="delegations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="delegation_entries")
    sitting = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=Presence.choices, blank=True)
    delegates = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)

    objects = MeetingEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["meeting", "unit"]), models.Index(fields=["unit", "effective_date"])]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.unit_id} {self.state or 'invited'}"


class ProposalEntry(JournalEntry):
    """What a unit reported to a conference, or proposed there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="proposals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="proposal_entries")
    proposal = models.BooleanField(default=False)
    text = models.TextField()

    objects = MeetingEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["meeting", "unit"])]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.unit_id}"
