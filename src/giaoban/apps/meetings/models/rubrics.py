"""An office's own rubric of the quality of meetings: dated data (decision D14)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from giaoban.apps.organizations.models import Dated, Unit


class OfficeRubric(Dated):
    """A version of a rubric from a day to a day; a change ends the row and adds one of the same ``code``.

    ``body`` is what ``rubrics.read_rubric`` reads. A code belongs to one owner for good, so that a score sheet that
    keeps the code and the version's first day always finds the rubric by which it was given.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="meeting_rubrics")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    body = models.JSONField(default=dict)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code", "valid_from"], name="meetings_rubric_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.code}"
