"""From when registers are kept, which days periods cover, the dated rules of a committee (D6, D7, D14)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from giaoban.apps.organizations.models.tree import Dated, Unit


class RegisterUse(models.Model):
    """From which day a unit and its subtree keep a register; before it a figure is «not kept», never 0 (D6)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="registers")
    register = models.CharField(max_length=30)
    in_use_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "register"], name="organizations_register_use_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.register} {self.in_use_from}"


class ReportingBounds(models.Model):
    """The days that an office's reporting period really covers (D7): «số liệu tính đến 15/3/2023».

    ``first_day`` and ``last_day`` both belong to the period. Without a row the calendar holds.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reporting_bounds")
    period = models.CharField(max_length=12)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "period"], name="organizations_bounds_once"),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="organizations_bounds_first_before_last"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.period}: {self.first_day} - {self.last_day}"


class RuleSetting(Dated):
    """A rule that a committee sets for its subtree (decision D14): the nearest ancestor's in force on the day wins.

    ``key`` is one of ``rules.toml``; ``value`` is read as the type that is declared there; ``source`` the document.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rule_settings")
    key = models.CharField(max_length=60)
    value = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["owner", "key", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}={self.value}"
