"""Report forms: what an office asks of its units period by period; dated data of the office (decision D14)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from giaoban.apps.organizations.models import Dated, Unit


class FormRhythm(models.TextChoices):
    """For which periods a form is filled."""

    ONCE = "once", "Một lần"
    MONTH = "month", "Tháng"
    QUARTER = "quarter", "Quý"
    HALF = "half", "6 tháng"
    NINE_MONTHS = "nine_months", "9 tháng"
    YEAR = "year", "Năm"


class ReportForm(Dated):
    """A form from a day to a day; a change ends the row and adds one of the same ``code``.

    ``kinds`` are codes of the kinds of unit that fill it, anywhere at or below ``owner``; each sends it to the unit
    directly above. ``body`` holds sections with fields and the rules between them (apps/reporting/forms reads and
    checks it). It opens ``open_days`` before the period's last day, is due ``due_days`` after it and locks
    ``lock_days`` after the due day (None: never); of ONCE the cycle itself says when.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="report_forms")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    rhythm = models.CharField(max_length=11, choices=FormRhythm.choices)
    kinds = models.JSONField(default=list)
    body = models.JSONField(default=dict)
    open_days = models.PositiveSmallIntegerField(default=10)
    due_days = models.SmallIntegerField(default=0)
    lock_days = models.PositiveSmallIntegerField(null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["owner", "code", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.owner} {self.code}"
