"""Who came, person by person, and whose dues are paid; never why somebody was away (decision D13)."""

from __future__ import annotations

from django.db import models

from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.meetings.models.meetings import Meeting, MeetingEntryQuerySet
from giaoban.apps.members.models import Member
from giaoban.apps.organizations.models import Unit


class Presence(models.TextChoices):
    """A member at a meeting."""

    PRESENT = "present", "Có mặt"
    EXCUSED = "excused", "Vắng có lý do"
    ABSENT = "absent", "Vắng không lý do"


class AttendanceEntry(JournalEntry):
    """A member's presence was set. ``uid`` is made where the tap is made, so that a repeated tap is known (D22).

    A later tap corrects the earlier one of the same member; there is one live entry for a member and meeting.
    ``by_code``: the member said so on their own telephone, by the code that was shown. ``counts``: the person is one of
    those who should come, as the roll of that day says: who is exempt or lives elsewhere for a time counts only where
    they came, a guest only where the office's rule counts guests.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="attendance_entries")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendance_entries")
    state = models.CharField(max_length=8, choices=Presence.choices)
    online = models.BooleanField(default=False)
    spoke = models.BooleanField(default=False)
    sitting = models.PositiveSmallIntegerField(default=1)
    by_code = models.BooleanField(default=False)
    counts = models.BooleanField(default=True)

    objects = MeetingEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [
            models.Index(fields=["meeting", "member"]),
            models.Index(fields=["member", "effective_date"]),
            models.Index(fields=["unit", "effective_date"]),
        ]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_state_display()} {self.member_id}"


class DuesEntry(JournalEntry):
    """A member's dues of a month were ticked as paid or not; no amounts, no income (decision D13)."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="dues_entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="dues_entries")
    month = models.DateField()
    paid = models.BooleanField()

    objects = MeetingEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["unit", "month"]), models.Index(fields=["member", "month"])]

    def __str__(self) -> str:
        return f"{self.month} {self.member_id} {self.paid}"
