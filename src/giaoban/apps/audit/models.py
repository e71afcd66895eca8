"""The audit trail: rows are written in the transaction of the act; a sealer numbers and chains them later (D20)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from giaoban.apps.audit.journal import AppendOnly


class AuditRow(AppendOnly):
    """One act: who, when, what, on which object. ``detail`` never holds an identity number (decision D12)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    entered_for = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40, blank=True)
    object_uid = models.CharField(max_length=60, blank=True)
    unit_code = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_uid"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_kind} {self.object_uid}"


class AuditLink(AppendOnly):
    """The place of an audit row in the chain: a number without gaps and a hash over the row and the link before it."""

    row = models.OneToOneField(AuditRow, on_delete=models.PROTECT, related_name="link")
    number = models.PositiveBigIntegerField(unique=True)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"


class PurgeSwitch(models.Model):
    """While a row is here, SQLite's guards let rows be deleted: the one named purge path (decision D18)."""

    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.reason
