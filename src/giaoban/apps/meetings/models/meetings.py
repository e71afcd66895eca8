"""A meeting, what happened to it, and its texts (domain.md 3.1 to 3.4)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from giaoban.apps.audit.journal import AppendOnly, JournalEntry, JournalQuerySet
from giaoban.apps.members.models import Member
from giaoban.apps.organizations.models import Group, Unit, granted_ancestry, on_day


class MeetingKind(models.TextChoices):
    """What kind of meeting it is; a thematic one never takes the place of a regular one (42-HD/BTCTW)."""

    REGULAR = "regular", "Sinh hoạt chi bộ thường kỳ"
    THEMATIC = "thematic", "Sinh hoạt chuyên đề"
    CELL_COMMITTEE = "cell_committee", "Họp chi ủy"
    COMMITTEE = "committee", "Họp cấp ủy"
    ALL_MEMBERS = "all_members", "Hội nghị đảng viên"
    EXTRAORDINARY = "extraordinary", "Họp bất thường"
    WORKING = "working", "Làm việc với cấp ủy cơ sở"
    CONFERENCE = "conference", "Hội nghị"
    BRIEFING = "briefing", "Hội nghị giao ban"


class MeetingForm(models.TextChoices):
    """How people come together (03-HD/TW 2022: online and by party groups)."""

    IN_PERSON = "in_person", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    MIXED = "mixed", "Trực tiếp kết hợp trực tuyến"
    BY_GROUPS = "by_groups", "Theo tổ đảng"


class MeetingState(models.TextChoices):
    """Where it stands."""

    PLANNED = "planned", "Đã đăng ký lịch"
    HELD = "held", "Đã họp"
    CANCELLED = "cancelled", "Đã hủy"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Conditions on meetings."""

    def visible_to(self, user: Any, *, today: date, right: str = "meetings_view") -> Self:
        """Keep the meetings whose unit stood, on their day, in a subtree that the person may see (D11)."""
        below = granted_ancestry(user, today=today, right=right)
        return self.filter(Exists(below.filter(on_day(OuterRef("day")), descendant=OuterRef("unit"))))


class Meeting(models.Model):
    """One meeting of a unit; its state and times are projections of its entries.

    ``month`` is the first day of the month that it counts for. ``day`` is the day of its earliest sitting,
    ``starts_at`` and ``ends_at`` that sitting's times (``ends_at`` None until it is known).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=16, choices=MeetingKind.choices)
    month = models.DateField()
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=MeetingState.choices, default=MeetingState.PLANNED)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    form = models.CharField(max_length=10, choices=MeetingForm.choices, default=MeetingForm.IN_PERSON)
    place = models.CharField(max_length=200, blank=True)
    topic = models.CharField(max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "month", "kind"]),
            models.Index(fields=["unit", "day"]),
            models.Index(fields=["kind", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}"


class MeetingEvent(models.TextChoices):
    """What can happen to a meeting; the journal's kinds."""

    PLANNED = "planned", "Đăng ký lịch"
    CANCELLED = "cancelled", "Hủy"
    INVITED = "invited", "Gửi thông báo, tài liệu"
    HELD = "held", "Đã họp"
    MINUTES_FILED = "minutes_filed", "Nộp biên bản"
    RESOLUTION_FILED = "resolution_filed", "Nộp nghị quyết"


class MeetingEntryQuerySet(JournalQuerySet):
    """Conditions on what is recorded of meetings."""

    def visible_to(self, user: Any, *, today: date, right: str = "meetings_view") -> Self:
        """Keep the entries whose unit stood, on the day of the entry, in a subtree that the person may see (D11)."""
        below = granted_ancestry(user, today=today, right=right)
        return self.filter(Exists(below.filter(on_day(OuterRef("effective_date")), descendant=OuterRef("unit"))))


class MeetingEntry(JournalEntry):
    """One event; ``effective_date`` is the day on which it happened (of PLANNED: on which it was registered).

    A meeting of several sittings has a PLANNED and a HELD entry for each ``sitting`` (from 1); ``group`` is the cluster
    for which a sitting is held. ``starts_at`` and ``ends_at`` are the times of the sitting.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="meeting_entries")
    kind = models.CharField(max_length=16, choices=MeetingEvent.choices)
    sitting = models.PositiveSmallIntegerField(default=1)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    form = models.CharField(max_length=10, choices=MeetingForm.choices, blank=True)
    place = models.CharField(max_length=200, blank=True)
    topic = models.CharField(max_length=300, blank=True)
    chair = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    secretary = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = MeetingEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [
            models.Index(fields=["meeting", "effective_date"]),
            models.Index(fields=["unit", "effective_date"]),
            models.Index(fields=["kind", "effective_date"]),
        ]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()} {self.meeting_id}"


class TextPart(models.TextChoices):
    """Texts of a meeting."""

    AGENDA = "agenda", "Nội dung, chương trình"
    MINUTES = "minutes", "Biên bản"
    RESOLUTION = "resolution", "Nghị quyết"


class MeetingText(AppendOnly):
    """A version of a text; the newest of a part is the one that counts, the others stay."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="texts")
    part = models.CharField(max_length=10, choices=TextPart.choices)
    version = models.PositiveIntegerField()
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    written_at = models.DateTimeField()

    class Meta:
        # The second of two people who save the same version is refused and told.
        constraints = [models.UniqueConstraint(fields=["meeting", "part", "version"], name="meetings_text_version")]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.meeting_id} v{self.version}"
