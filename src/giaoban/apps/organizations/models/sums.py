"""Sums kept for the units under which thousands stand: what a page of a province adds up without reading its cells."""

from __future__ import annotations

from django.db import models

from giaoban.apps.organizations.models.tree import Unit


class Grain(models.TextChoices):
    """What the day of a row of `UnitSum` stands for."""

    DAY = "d", "ngày"
    MONTH = "m", "tháng"  # the day is the first of the month
    EVE = "e", "ngày, tính theo nơi đứng hôm trước"


class UnitSum(models.Model):
    """Projection: by how much a number of a wide unit, with all that stood under it, grew on a day or in a month.

    Of what happens (``member:admitted``) that is how often it happened; of what stands (``roll:official``, ``units``)
    what came less what went, so that the stock of a day is the sum of all rows up to it. Rows with equal keys add up:
    whoever records something adds rows and changes none, so that nobody waits for another at the row of a province;
    now and then rows with equal keys are folded into one.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sums")
    series = models.CharField(max_length=32)
    grain = models.CharField(max_length=1, choices=Grain.choices)
    day = models.DateField()
    number = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["unit", "series", "grain", "day"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.series} {self.day}: {self.number:+}"
