"""Numbers that a unit or a department reports itself, because no register holds what stands behind them (D6)."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from giaoban.apps.audit.journal import JournalEntry, JournalQuerySet
from giaoban.apps.organizations.models import Dated, Unit, granted_ancestry, on_day


class ValuePart(models.TextChoices):
    """What a value says: how much there was, or of how much («25/55»)."""

    DONE = "done", "Thực hiện"
    EXPECTED = "expected", "Tổng số"


class ValueMark(models.TextChoices):
    """How sure the number is; the mark stays in print (decision D7)."""

    EXACT = "", "Đúng số"
    ESTIMATED = "estimated", "ước"
    OVER = "over", "trên"
    NEARLY = "nearly", "gần"
    ABOUT = "about", "khoảng"


class ValueQuerySet(JournalQuerySet):
    """Conditions on values."""

    def visible_to(self, user: Any, *, today: Any, right: str = "figures_view") -> Self:
        """Keep the values whose unit stood, on their last day, in a subtree that the person may see (D11)."""
        below = granted_ancestry(user, today=today, right=right)
        return self.filter(Exists(below.filter(on_day(OuterRef("effective_date")), descendant=OuterRef("unit"))))


class ValueEntry(JournalEntry):
    """One number of one unit for some days; a unit reports only what the units below it do not.

    It covers ``first_day`` to ``last_day``, both included; ``effective_date`` is ``last_day``. ``code`` is a code of
    the measure's dimension ``dimension``, both empty for the whole number: a unit gives either the whole or the parts
    of one dimension, never both. ``submission`` is where it came from, None where a department entered it by itself.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="value_entries")
    measure = models.CharField(max_length=60)
    first_day = models.DateField()
    last_day = models.DateField()
    dimension = models.CharField(max_length=30, blank=True)
    code = models.CharField(max_length=40, blank=True)
    part = models.CharField(max_length=8, choices=ValuePart.choices, default=ValuePart.DONE)
    number = models.DecimalField(max_digits=24, decimal_places=4)
    mark = models.CharField(max_length=9, choices=ValueMark.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    submission = models.ForeignKey(
        "reporting.Submission", on_delete=models.PROTECT, related_name="value_entries", null=True, blank=True
    )

    objects = ValueQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [
            models.Index(fields=["unit", "measure", "last_day"]),
            models.Index(fields=["measure", "last_day"]),
        ]
        constraints = [
            *JournalEntry.Meta.constraints,
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="reporting_value_days"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.measure} {self.first_day} - {self.last_day}: {self.number}"


class ValueTime(models.TextChoices):
    """How a number of an office's own comes about: reported for a period or a day, or one divided by another."""

    FLOW = "flow", "Phát sinh trong kỳ"
    STOCK = "stock", "Có đến ngày cuối kỳ"
    RATE = "rate", "Tỷ lệ, bình quân: một số chia cho một số khác"


class OwnMeasure(Dated):
    """A number that an office asks its units for and that the program does not know; ``key`` is «own.…», permanent.

    A rate is asked of nobody: it is ``times`` as much of the measure ``numerator`` for each of ``denominator``, at
    every level from the sums of the two, for averages and shares of units do not add up (decision D4).
    """

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="own_measures")
    key = models.CharField(max_length=60, unique=True)
    label = models.CharField(max_length=200)
    noun = models.CharField(max_length=40)
    time = models.CharField(max_length=5, choices=ValueTime.choices, default=ValueTime.FLOW)
    numerator = models.CharField(max_length=60, blank=True)
    denominator = models.CharField(max_length=60, blank=True)
    times = models.PositiveIntegerField(default=1)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["owner"])]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(time="rate") & ~Q(numerator="") & ~Q(denominator="") & Q(times__gt=0)
                | ~Q(time="rate") & Q(numerator="", denominator=""),
                name="reporting_own_rate_parts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.label}"


class ValueFeed(Dated):
    """In these days a measure that has a register is fed by reported values in the unit's subtree (decision D6).

    The day on which it ends is the day from which the register is used for that measure: the dated switch.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="value_feeds")
    measure = models.CharField(max_length=60)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "measure", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.measure} {self.valid_from} - {self.valid_to}"
