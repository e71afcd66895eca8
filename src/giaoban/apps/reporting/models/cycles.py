"""A cycle: one form, one period, every unit that fills it; and each unit's way from the first word to acceptance."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from giaoban.apps.audit.journal import AppendOnly
from giaoban.apps.organizations.models import Unit, granted_ancestry, on_day
from giaoban.apps.reporting.models.forms import ReportForm
from giaoban.apps.reporting.models.snapshots import Snapshot


class Cycle(models.Model):
    """A form was opened for a period. Moments have a time of day: a question may be due «tonight».

    ``opened_by`` opened it, or set the form whose rule did. ``locks_at`` None: never locked. ``cancelled_at``:
    withdrawn by the office, nothing is owed any more.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cycles")
    form = models.ForeignKey(ReportForm, on_delete=models.PROTECT, related_name="cycles")
    period = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    opens_at = models.DateTimeField()
    due_at = models.DateTimeField()
    locks_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "period"], name="reporting_cycle_once")]
        indexes = [models.Index(fields=["owner", "period"])]

    def __str__(self) -> str:
        return f"{self.form} {self.period}"


class OpeningRound(AppendOnly):
    """On this day the cycles whose moment had come were opened by rule, when somebody came first."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.day}"


class SubmissionState(models.TextChoices):
    """Where a unit's report stands."""

    NEW = "new", "Chưa nhập"
    DRAFT = "draft", "Đang nhập"
    SUBMITTED = "submitted", "Đã gửi"
    RETURNED = "returned", "Trả lại để bổ sung"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    RELEASED = "released", "Được miễn"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Conditions on submissions."""

    def visible_to(self, user: Any, *, today: Any, right: str = "figures_view") -> Self:
        """Keep the submissions of units that stand today in a subtree on which the person holds the right today, or
        that stood there on a day between the opening of their cycle and its due day (D11).
        """
        below = granted_ancestry(user, today=today, right=right).filter(descendant=OuterRef("unit"))
        then = Q(valid_from__lte=OuterRef("due_day"), valid_to__gt=OuterRef("opening_day"))
        days = {"opening_day": TruncDate("cycle__opens_at"), "due_day": TruncDate("cycle__due_at")}
        return self.alias(**days).filter(Exists(below.filter(on_day(today) | then)))


class Submission(models.Model):
    """One unit's report in a cycle; its steps are a journal, this row is where it stands now.

    ``receiver`` accepts it: the unit directly above on the day of opening, moved when the unit moves. ``due_at`` is the
    unit's own, later than the cycle's after an extension. ``draft`` holds the fields that were typed:
    {field id: {"value", "mark", "version", "by", "at"}}; ``version`` grows with each step, so that the second of two
    people is told. ``edition`` counts acceptances; ``snapshot`` is the one of the last acceptance.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="submissions")
    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="received_submissions")
    state = models.CharField(max_length=9, choices=SubmissionState.choices, default=SubmissionState.NEW)
    due_at = models.DateTimeField()
    draft = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    edition = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "unit"], name="reporting_submission_once")]
        indexes = [models.Index(fields=["receiver", "state"]), models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return f"{self.cycle} {self.unit}"


class StepKind(models.TextChoices):
    """What happened to a submission."""

    OPENED = "opened", "Mở kỳ báo cáo"
    SUBMITTED = "submitted", "Gửi báo cáo"
    WITHDRAWN = "withdrawn", "Rút lại"
    RETURNED = "returned", "Trả lại để bổ sung"
    ACCEPTED = "accepted", "Tiếp nhận"
    EXTENDED = "extended", "Gia hạn"
    RELEASED = "released", "Cho miễn"
    REOPENED = "reopened", "Mở lại để lập bản mới"
    MOVED = "moved", "Đổi nơi tiếp nhận"
    GAP_ACCEPTED = "gap_accepted", "Chấp nhận thiếu báo cáo"


class SubmissionStep(AppendOnly):
    """One step: who, when, with which remark.

    ``until`` of an extension; ``snapshot`` of an acceptance; ``detail`` holds what the step froze or confirmed (rules
    answered, units that were missing).
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    remark = models.CharField(max_length=1000, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveSmallIntegerField(default=0)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.submission} {self.get_kind_display()}"


class SubmissionFile(AppendOnly):
    """A file that goes with a submission; ``content`` at most 10 MB."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    field = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.submission} {self.name}"
