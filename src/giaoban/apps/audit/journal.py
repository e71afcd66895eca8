"""The shape of a register's journal (decision D1): rows are added, never changed; a mistake gets a correcting entry."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from giaoban.core.dates_vi import Precision


class AppendOnly(models.Model):
    """A table whose rows the database itself refuses to change or delete (decision D18)."""

    class Meta:
        abstract = True


@cache
def _is_live(journal: type[models.Model]) -> Q:
    """Return the condition of a journal, put together once: nearly every question to a register begins with it."""
    corrections = journal._base_manager.filter(corrects=OuterRef("pk"), corrects__isnull=False)
    return Q(~Exists(corrections), void=False)


class JournalQuerySet(models.QuerySet[Any]):
    """Conditions that every register shares."""

    def live(self) -> Self:
        """Leave out what was corrected and the corrections that only void.

        Corrections are few and have an index of their own. Joined (``corrected_by__isnull``) they are not known to
        PostgreSQL as few: it reads the whole register a second time and expects one row of the result.
        """
        journal: type[models.Model] = self.model
        return self.filter(_is_live(journal))

    def in_order(self) -> Self:
        """Order as things happened: by day, then by the order within the day."""
        return self.order_by("effective_date", "seq", "id")


class JournalEntry(AppendOnly):
    """What happened, when, when we learned it, by whom, on which decision.

    An entry that ``corrects`` another takes its place: with ``void`` it only removes it, otherwise it holds the full
    replacement. ``corrects`` is unique, so the second of two people who correct the same entry is refused.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    effective_date = models.DateField()
    effective_precision = models.CharField(
        max_length=5, default=Precision.DAY, choices=[(item.value, item.name) for item in Precision]
    )
    seq = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decision_number = models.CharField(max_length=60, blank=True)
    decision_date = models.DateField(null=True, blank=True)
    decision_issuer = models.CharField(max_length=200, blank=True)
    ref = models.CharField(max_length=60, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="corrected_by", null=True, blank=True
    )
    void = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(void=False) | Q(corrects__isnull=False),
                name="%(app_label)s_%(class)s_void_corrects",
            )
        ]
