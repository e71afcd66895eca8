"""Forms of papers that a committee has changed for its subtree; the shipped ones are files."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from giaoban.apps.organizations.models import Dated, Unit


class OfficeForm(Dated):
    """A committee's own text of a form, from a day on (decision D14): the nearest ancestor's of the day wins.

    ``text`` is a whole form in the shape of the shipped files (``forms.parse_form``).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="paper_forms")
    code = models.CharField(max_length=40)
    text = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["owner", "code", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.owner} {self.code} [{self.valid_from}, {self.valid_to})"
