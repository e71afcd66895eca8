"""Quality of a meeting by a dated rubric, scored by the cell and reviewed above, both kept (decision D27); visits."""

from __future__ import annotations

from django.db import models

from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.meetings.models.meetings import Meeting, MeetingEntryQuerySet
from giaoban.apps.members.models import Member
from giaoban.apps.organizations.models import Unit


class ScoreStage(models.TextChoices):
    """Who scored."""

    SELF = "self", "Chi bộ tự chấm"
    REVIEW = "review", "Cấp trên thẩm định"


class ScoreEntry(JournalEntry):
    """A score sheet. ``points`` holds points by the rubric's item code (strings of decimals); ``grade`` is what the
    rubric of that day says of the ``total``. ``by_unit`` is the unit that scored: the cell, or the one that reviews.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="scores")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="score_entries")
    by_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=6, choices=ScoreStage.choices)
    rubric = models.CharField(max_length=40)
    rubric_from = models.DateField()
    points = models.JSONField(default=dict)
    total = models.DecimalField(max_digits=6, decimal_places=2)
    grade = models.CharField(max_length=12)
    note = models.CharField(max_length=300, blank=True)

    objects = MeetingEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["meeting", "stage"]), models.Index(fields=["unit", "effective_date"])]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_stage_display()} {self.total}"


class VisitEntry(JournalEntry):
    """A committee member who follows the unit came to its meeting (dự sinh hoạt cơ sở), with their remarks."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="visits")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="visit_entries")
    visitor = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="visit_entries")
    remarks = models.TextField(blank=True)

    objects = MeetingEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["unit", "effective_date"]), models.Index(fields=["meeting"])]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.visitor_id} at {self.meeting_id}"
