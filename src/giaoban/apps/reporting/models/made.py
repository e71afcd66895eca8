"""A report that takes long is made apart from the screen that asked for it: what was asked, and how far it is."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from giaoban.apps.organizations.models import Unit


class MadeReport(models.Model):
    """One person's report from the registers; a new request takes the place of the one before.

    ``rights`` are those with which it was asked for, sorted (D11: they decide what is told); ``beat_at`` is the last
    sign of life of whoever makes it, None before anybody began; ``document`` the JSON of ``writer.frozen``; ``refused``
    why there is none. A row is kept for a time and can always be made anew.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=20)
    period = models.CharField(max_length=12)
    rights = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=60, blank=True)
    steps = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    document = models.TextField(blank=True)
    refused = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "unit", "name", "period"], name="reporting_made_report_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.period} {self.unit}"
