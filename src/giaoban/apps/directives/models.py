"""Annual targets of a measure (decision D10): several sources may set one; one of them is the main one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from giaoban.apps.organizations.models import Unit


class AnnualTarget(models.Model):
    """What a unit is to reach in a year; ``source`` is the document or plan that says so."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="annual_targets")
    measure = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=2)
    source = models.CharField(max_length=160)
    is_main = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "measure", "year", "source"], name="directives_target_source_once"),
            models.UniqueConstraint(
                fields=["unit", "measure", "year"], condition=Q(is_main=True), name="directives_one_main_target"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.measure} {self.year}: {self.value}"
