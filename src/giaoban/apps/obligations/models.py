"""Days that an office works or not, and the leaves given of single duties: both journals (decision D1)."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from giaoban.apps.audit.journal import JournalEntry, JournalQuerySet
from giaoban.apps.organizations.models import Unit, granted_ancestry, on_day


class DayKind(models.TextChoices):
    """What a day is."""

    OFF = "off", "Ngày nghỉ"
    WORKED = "worked", "Ngày làm việc"


class CalendarEntry(JournalEntry):
    """A committee says of the day ``effective_date`` that it is off or worked in its subtree (decision D14)."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="calendar_entries")
    kind = models.CharField(max_length=6, choices=DayKind.choices)
    note = models.CharField(max_length=200, blank=True)

    objects = JournalQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["owner", "effective_date"])]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()}"


class LeaveEvent(models.TextChoices):
    """What is allowed of a duty."""

    EXTENDED = "extended", "Gia hạn"
    EXCUSED = "excused", "Cho miễn"


class LeaveEntryQuerySet(JournalQuerySet):
    """Conditions on leaves."""

    def visible_to(self, user: Any, *, today: date, right: str = "members_view") -> Self:
        """Keep the leaves whose unit stood, on the day they were given, in a subtree that the person may see (D11)."""
        below = granted_ancestry(user, today=today, right=right)
        return self.filter(Exists(below.filter(on_day(OuterRef("effective_date")), descendant=OuterRef("unit"))))


class LeaveEntry(JournalEntry):
    """A duty (``rule`` and ``subject`` as in ``Case``) of a unit is extended to ``until`` (inclusive) or excused."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="leave_entries")
    rule = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=LeaveEvent.choices)
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)

    objects = LeaveEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["rule", "subject"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.rule} {self.subject}"
