"""Conclusions with owner and date, which come back at the next meeting until they are done (domain.md 3.2)."""

from __future__ import annotations

import uuid

from django.db import models

from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.meetings.models.meetings import Meeting, MeetingEntryQuerySet
from giaoban.apps.members.models import Member
from giaoban.apps.organizations.models import Unit


class ConclusionEvent(models.TextChoices):
    """What can happen to a conclusion."""

    MADE = "made", "Kết luận"
    DONE = "done", "Đã làm xong"
    CARRIED = "carried", "Còn phải làm tiếp"
    DROPPED = "dropped", "Không làm nữa"


class ConclusionEntry(JournalEntry):
    """One event of a conclusion; ``thread`` joins all events of one conclusion, the first is MADE.

    ``meeting`` is the one at which the event was said. Of MADE: the ``text``, its owner (a member, or words such as
    «chi ủy»), and ``due`` (last day, inclusive; None: until the next meeting).
    """

    thread = models.UUIDField(default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="conclusions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="conclusion_entries")
    kind = models.CharField(max_length=8, choices=ConclusionEvent.choices)
    text = models.TextField(blank=True)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    owner_words = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)

    objects = MeetingEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [
            models.Index(fields=["thread"]),
            models.Index(fields=["meeting", "kind"]),
            models.Index(fields=["unit", "effective_date"]),
        ]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()} {self.thread}"
