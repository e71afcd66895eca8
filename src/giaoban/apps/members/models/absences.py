"""Exemption from work and meetings, members who are far away (domain.md 2.8); never the text of a reason (D13)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.members.models.honours import UnitEntryQuerySet
from giaoban.apps.members.models.people import Member
from giaoban.apps.organizations.models import Dated, Unit


class AbsenceEvent(models.TextChoices):
    """What can happen; the journal's kinds."""

    EXEMPTED = "exempted", "Miễn công tác và sinh hoạt"
    EXEMPTION_ENDED = "exemption_ended", "Hết miễn công tác và sinh hoạt"
    AWAY = "away", "Đi làm ăn xa, tạm vắng"
    CONTACTED = "contacted", "Đã liên lạc với đảng viên đi xa"
    RETURNED = "returned", "Trở về sinh hoạt"


class AbsenceEntry(JournalEntry):
    """One step. ``until`` is the last day (inclusive; None: open): of an exemption the day on which it ends by itself,
    of an absence the day until which it is meant. ``place`` is a locality, never an address.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="absence_entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="absence_entries")
    kind = models.CharField(max_length=16, choices=AbsenceEvent.choices)
    until = models.DateField(null=True, blank=True)
    temporary = models.BooleanField(default=False)
    place = models.CharField(max_length=120, blank=True)
    abroad = models.BooleanField(default=False)

    objects = UnitEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [
            models.Index(fields=["member", "effective_date"]),
            models.Index(fields=["kind", "effective_date"]),
            models.Index(fields=["unit", "effective_date"]),
        ]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()} {self.member}"


class AbsenceKind(models.TextChoices):
    """The two states that stocks count."""

    EXEMPT = "exempt", "Được miễn công tác và sinh hoạt"
    AWAY = "away", "Đi làm ăn xa, tạm vắng"


class AbsenceSpan(Dated):
    """Projection: from when to when a member was exempt or away; ``until`` as in the entry.

    The unit is the member's of the day (``MembershipSpell``): an absence stays through a change of cell. ``now_at`` is
    where they stand now, None of one who is gone: what is to be followed up is found by it without reading members.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=8, choices=AbsenceKind.choices)
    until = models.DateField(null=True, blank=True)
    temporary = models.BooleanField(default=False)
    place = models.CharField(max_length=120, blank=True)
    abroad = models.BooleanField(default=False)
    last_contact = models.DateField(null=True, blank=True)
    now_at = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False)

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["now_at", "kind", "valid_to"], name="members_absence_now_at"),
            models.Index(fields=["member", "kind", "valid_from"]),
            models.Index(fields=["kind", "valid_to", "until"]),
            models.Index(fields=["until"], condition=Q(until__isnull=False), name="members_absence_until"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.kind} [{self.valid_from}, {self.valid_to})"
