"""The committee's own report on its way: chốt số liệu, dự thảo, góp ý, ý kiến, trình ký, lấy số, ban hành (D23)."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models

from giaoban.apps.audit.journal import AppendOnly
from giaoban.apps.organizations.models import Unit, granted_ancestry
from giaoban.apps.reporting.models.snapshots import Snapshot


class Stage(models.TextChoices):
    """The stages in their order (decision D23)."""

    COLLECTING = "collecting", "Thu thập số liệu"
    CUTOFF = "cutoff", "Đã chốt số liệu"
    DRAFTING = "drafting", "Dự thảo"
    COMMENTING = "commenting", "Các ban góp ý"
    LEADERS = "leaders", "Thường trực cho ý kiến"
    SIGNING = "signing", "Trình ký"
    NUMBERED = "numbered", "Đã lấy số"
    ISSUED = "issued", "Đã ban hành"
    SENT = "sent", "Đã phát hành"


class OwnReportQuerySet(models.QuerySet["OwnReport"]):
    """Conditions on the committees' own reports."""

    def visible_to(self, user: Any, *, today: Any, right: str = "reports_write") -> Self:
        """Keep the reports of units in a subtree on which the person holds the right today."""
        return self.filter(unit__in=granted_ancestry(user, today=today, right=right).values("descendant"))


class OwnReport(models.Model):
    """A committee's report of one period; its steps and texts are journals, this row is where it stands now.

    ``name`` is a definition («quarter»). A new edition of an issued report is a new row that ``replaces`` the old.
    ``version`` grows with each step, so that the second of two people is told.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="own_reports")
    name = models.CharField(max_length=20)
    period = models.CharField(max_length=12)
    edition = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.COLLECTING)
    version = models.PositiveIntegerField(default=0)
    dated = models.DateField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    cutoff = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    signed = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = OwnReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "name", "period", "edition"], name="reporting_own_report_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.name} {self.period} ({self.edition})"


class SectionDuty(models.Model):
    """A section of the report is a department's, due on a day (inclusive); changed in place, each change audited."""

    report = models.ForeignKey(OwnReport, on_delete=models.PROTECT, related_name="duties")
    section = models.CharField(max_length=40)
    department = models.CharField(max_length=120)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    due = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "section"], name="reporting_section_duty_once")]

    def __str__(self) -> str:
        return f"{self.report} {self.section}: {self.department}"


class TextOrigin(models.TextChoices):
    """How words came into a slot."""

    TYPED = "typed", "Viết trên màn hình"
    UNITS = "units", "Lấy từ báo cáo của đơn vị"
    WORD = "word", "Lấy từ tệp Word"


class ReportText(AppendOnly):
    """A version of the words in a slot; the newest counts. ``sources``: uids of the submissions it was taken from."""

    report = models.ForeignKey(OwnReport, on_delete=models.PROTECT, related_name="texts")
    slot = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    origin = models.CharField(max_length=5, choices=TextOrigin.choices, default=TextOrigin.TYPED)
    sources = models.JSONField(default=list)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    written_at = models.DateTimeField()

    class Meta:
        # The second of two people who save the same version is refused and told.
        constraints = [
            models.UniqueConstraint(fields=["report", "slot", "version"], name="reporting_report_text_version")
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.slot} v{self.version}"


class ReportComment(AppendOnly):
    """A department's or a leader's remark on a slot, or an answer to one."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(OwnReport, on_delete=models.PROTECT, related_name="comments")
    slot = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    answers = models.ForeignKey("self", on_delete=models.PROTECT, related_name="answered_by", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report} {self.slot}: {self.text[:40]}"


class ReportStep(AppendOnly):
    """The report went from a stage to a stage, forward or back; ``snapshot`` where it froze something.

    ``detail`` holds what the step itself settled: the number and the day it was given, the recipients it was sent to.
    """

    report = models.ForeignKey(OwnReport, on_delete=models.PROTECT, related_name="steps")
    from_stage = models.CharField(max_length=10, choices=Stage.choices)
    to_stage = models.CharField(max_length=10, choices=Stage.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    remark = models.CharField(max_length=1000, blank=True)
    detail = models.JSONField(default=dict)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.report} {self.get_to_stage_display()}"


class ReturnedFile(AppendOnly):
    """The leaders' Word file as it came back; ``changes`` is what was found in it: texts taken over, numbers changed by
    hand with the figures' own values.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(OwnReport, on_delete=models.PROTECT, related_name="returned_files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    changes = models.JSONField(default=dict)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report} {self.name}"
