"""What an office puts on its papers: names, place, recipients, signature; dated, since all of them change (D25)."""

from __future__ import annotations

from django.db import models

from giaoban.apps.organizations.models import Dated, Unit


class Letterhead(Dated):
    """The office's own data for the head and the foot of its documents.

    ``committee``, ``party_body`` and ``standing`` are the names that the text uses. Recipients stand one to a line; so
    do the lines of the signer's capacity. ``outline`` names report sections in the order that this office wants.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letterheads")
    superior = models.CharField(max_length=160)
    issuer = models.CharField(max_length=200)
    issuer_code = models.CharField(max_length=20)
    place = models.CharField(max_length=80)
    committee = models.CharField(max_length=160)
    party_body = models.CharField(max_length=160)
    standing = models.CharField(max_length=160)
    recipients = models.TextField(blank=True)
    capacity = models.TextField()
    position = models.CharField(max_length=80)
    signer = models.CharField(max_length=120, blank=True)
    outline = models.TextField(blank=True)

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.issuer} ({self.issuer_code})"
