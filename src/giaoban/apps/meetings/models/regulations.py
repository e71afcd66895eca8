"""Working regulations (quy chế làm việc) of committees: when each was reviewed, and what became of it."""

from __future__ import annotations

from django.db import models

from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.meetings.models.meetings import MeetingEntryQuerySet
from giaoban.apps.organizations.models import Unit


class RegulationEvent(models.TextChoices):
    """What a review came to."""

    KEPT = "kept", "Rà soát, giữ nguyên"
    AMENDED = "amended", "Sửa đổi, bổ sung"
    REPLACED = "replaced", "Ban hành mới"


class RegulationEntry(JournalEntry):
    """A committee reviewed its working regulation on ``effective_date``; the decision is that of the new text."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="regulation_entries")
    kind = models.CharField(max_length=8, choices=RegulationEvent.choices)

    objects = MeetingEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["unit", "effective_date"])]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()} {self.unit_id}"
