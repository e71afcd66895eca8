"""Days that an office works or not, leaves given of single duties, what committees ask of units, papers handed in."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from giaoban.apps.audit.journal import AppendOnly, JournalEntry, JournalQuerySet
from giaoban.apps.organizations.models import Dated, Group, Unit, granted_ancestry, on_day


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


class Rhythm(models.TextChoices):
    """How often a standing duty is owed."""

    ONCE = "once", "Một lần"
    MONTH = "month", "Hằng tháng"
    QUARTER = "quarter", "Hằng quý"
    HALF_YEAR = "half_year", "6 tháng"
    YEAR = "year", "Hằng năm"


class StandingDuty(Dated):
    """What a committee asks of units in its subtree, from a day to a day (design.md, law 2; decision D14).

    ``code`` is what the board calls it («schedule», «action-programme:01-NQ/MAU»); a change ends the row and adds one
    of the same code. ``evidence`` is the key of an ``EvidenceSource``, ``subject`` what it is asked about. Of ONCE
    ``due_on`` is the last day in time; else it is ``due_days`` days after the period's first day (``from_start``) or
    after its last day (0: that day itself). ``lock_days`` after the due day nothing is taken any more (None: never
    locked). ``kinds`` are codes of kinds of unit; with ``groups`` or ``listed`` only units in one of these, or under
    one that is, owe it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="standing_duties")
    code = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    short = models.CharField(max_length=40)
    evidence = models.CharField(max_length=40)
    subject = models.CharField(max_length=120, blank=True)
    rhythm = models.CharField(max_length=9, choices=Rhythm.choices)
    due_on = models.DateField(null=True, blank=True)
    from_start = models.BooleanField(default=False)
    due_days = models.SmallIntegerField(default=0)
    lock_days = models.PositiveSmallIntegerField(null=True, blank=True)
    remind_days = models.PositiveSmallIntegerField(default=7)
    kinds = models.JSONField(default=list)
    groups = models.ManyToManyField(Group, related_name="+", blank=True)
    listed = models.ManyToManyField(Unit, related_name="+", blank=True)
    source = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["owner", "code", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.owner} {self.code}"


class HandInEvent(models.TextChoices):
    """A paper that a unit owes, on its way (decision D26)."""

    RECEIVED = "received", "Đã nhận"
    RETURNED = "returned", "Trả lại để bổ sung"
    ACCEPTED = "accepted", "Đạt yêu cầu"


class HandInFault(models.TextChoices):
    """Why a paper was sent back."""

    FORMAL = "formal", "Nội dung hình thức, sao chép"
    INCOMPLETE = "incomplete", "Chưa đầy đủ"
    FIGURES = "figures", "Số liệu chưa khớp"


class HandInQuerySet(JournalQuerySet):
    """Conditions on papers handed in."""

    def visible_to(self, user: Any, *, today: date, right: str = "organizations_view") -> Self:
        """Keep the entries whose unit stood, on their day, in a subtree that the person may see (D11)."""
        below = granted_ancestry(user, today=today, right=right)
        return self.filter(Exists(below.filter(on_day(OuterRef("effective_date")), descendant=OuterRef("unit"))))


class HandInEntry(JournalEntry):
    """A unit's report, action programme or other paper came, was sent back or was found in order.

    ``code`` is the standing duty's, ``owner`` its committee, ``within`` a day of the period for which it is (of ONCE:
    the due day). ``paper_number`` and ``paper_date`` are the paper's own.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hand_in_entries")
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=80)
    within = models.DateField()
    kind = models.CharField(max_length=8, choices=HandInEvent.choices)
    fault = models.CharField(max_length=10, choices=HandInFault.choices, blank=True)
    paper_number = models.CharField(max_length=60, blank=True)
    paper_date = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = HandInQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [
            models.Index(fields=["owner", "code", "within"]),
            models.Index(fields=["unit", "effective_date"]),
        ]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()} {self.code}"


class UnitContact(Dated):
    """Whom an office calls about a unit's duties, from a day to a day: work contacts, given for this.

    A change ends the row and adds one; all three empty: nobody from that day on.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.name}"


class ReminderEntry(AppendOnly):
    """A message that went out: to one address at most one a day. ``units`` are codes, ``duties`` how many it named."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    address = models.EmailField()
    units = models.JSONField(default=list)
    duties = models.PositiveIntegerField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        # The second of two that run at once is refused by the database.
        constraints = [models.UniqueConstraint(fields=["day", "address"], name="obligations_reminder_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.address}"
