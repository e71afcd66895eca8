"""Letters that nobody has answered: few among all that were ever written, and asked for on every desk."""

from __future__ import annotations

from django.db import models

from giaoban.apps.members.models.people import MemberEntry
from giaoban.apps.organizations.models import Unit


class WaitingLetter(models.Model):
    """Projection: a live letter (``transfer_sent``) that no live entry answers, with its two ends.

    ``standing``: the member is one of a unit still; of others nobody waits for an answer.
    """

    entry = models.OneToOneField(MemberEntry, on_delete=models.PROTECT, related_name="waiting")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    sent_on = models.DateField()
    standing = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.from_unit} to {self.to_unit}"
