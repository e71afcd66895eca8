"""What an office puts on its papers: names, place, recipients, signature; dated, since all of them change (D25)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from giaoban.apps.audit.journal import AppendOnly
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


class ReportDefinition(Dated):
    """An office's own definition of a report from a day to a day; it holds in the owner's subtree, where the nearest
    ancestor's wins over one from above and over the one that comes with the program (decision D14).

    ``name`` is how a report is asked for («quarter»); ``body`` the TOML as ``writer.definitions`` reads it. A change
    ends the row and adds one.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="report_definitions")
    name = models.CharField(max_length=20)
    body = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["owner", "name", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.owner} {self.name}"


class HeadingMemory(models.Model):
    """How an office reads its own files of one kind, so that the next file of the same headings needs no questions.

    ``fingerprint`` is that of the headings (``sheets.mapping``); the three JSON fields are a ``SheetMapping``.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="heading_memories")
    kind = models.CharField(max_length=30)
    fingerprint = models.CharField(max_length=32)
    headings = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "fingerprint"], name="reporting_heading_memory_once")
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.kind}"


class NoticeText(AppendOnly):
    """A version of what people wrote into a notice, or of the lists that it printed; the newest of a slot counts.

    ``name`` is the notice («briefing»), ``period`` the text of its period; ``slot`` a place for free text, or «issued»:
    then ``text`` is the JSON of the lists as they stood when the notice was given its number (design.md, law 5).
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="notice_texts")
    name = models.CharField(max_length=20)
    period = models.CharField(max_length=12)
    slot = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    written_at = models.DateTimeField()

    class Meta:
        # The second of two people who save the same version is refused and told.
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name", "period", "slot", "version"], name="reporting_notice_text_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.period} {self.slot} v{self.version}"
