"""A report freezes: values, entries, tree and text of one moment, never changed afterwards (design.md, law 5; D8)."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from giaoban.apps.audit.journal import AppendOnly
from giaoban.apps.organizations.models import Unit, granted_ancestry, on_day


class SnapshotKind(models.TextChoices):
    """What was frozen."""

    SUBMISSION = "submission", "Tiếp nhận báo cáo"
    CUTOFF = "cutoff", "Chốt số liệu"
    SIGNED = "signed", "Ký ban hành"


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Conditions on snapshots."""

    def visible_to(self, user: Any, *, today: Any, right: str = "figures_view") -> Self:
        """Keep the snapshots of units that stand today in a subtree on which the person holds the right today, or that
        stood there on the period's last day (D11).
        """
        below = granted_ancestry(user, today=today, right=right).filter(descendant=OuterRef("unit"))
        return self.filter(Exists(below.filter(on_day(today) | on_day(OuterRef("last_day")))))


class Snapshot(AppendOnly):
    """What a unit's figures, tree and text were at ``taken_at``.

    ``figures``: {measure: ``Figure.as_json()``}; ``entries``: {measure: [[ref, unit, number], ...]} as the evidence of
    that moment has them, so that an adjustment is a difference of sets; ``tree``: {code: [name, kind, parent code]} on
    ``last_day``; ``texts``: {slot: text}. ``digest`` is the SHA-256 of the canonical JSON of these four with unit,
    period and days, and from ``digest_version`` 2 on with kind and edition, what it replaces, moment and person.
    ``first_day`` and ``last_day`` both belong to the period.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="snapshots")
    period = models.CharField(max_length=12)
    first_day = models.DateField()
    last_day = models.DateField()
    kind = models.CharField(max_length=10, choices=SnapshotKind.choices)
    edition = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField(default=dict)
    entries = models.JSONField(default=dict)
    tree = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    digest_version = models.PositiveSmallIntegerField(default=1)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "period", "kind"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.period} {self.get_kind_display()} {self.edition}"
