"""Discipline of members: the first register of inspection (domain.md 5.4)."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from giaoban.apps.audit.journal import JournalEntry, JournalQuerySet
from giaoban.apps.members.models import Member
from giaoban.apps.organizations.models import Unit, granted_ancestry, on_day


class DisciplineForm(models.TextChoices):
    """Forms of discipline of a member."""

    REPRIMAND = "reprimand", "Khiển trách"
    WARNING = "warning", "Cảnh cáo"
    REMOVAL = "removal", "Cách chức"
    EXPULSION = "expulsion", "Khai trừ"


class DecidingLevel(models.TextChoices):
    """Who decided."""

    CELL = "cell", "Chi bộ"
    GRASSROOTS = "grassroots", "Cấp ủy cơ sở"
    UPPER = "upper", "Cấp trên trực tiếp cơ sở"
    PROVINCIAL = "provincial", "Cấp tỉnh"


class DisciplineQuerySet(JournalQuerySet):
    """Conditions on discipline entries."""

    def visible_to(self, user: Any, *, today: date, right: str = "inspection_view") -> Self:
        """Keep the entries whose unit stood, on the day of the entry, in a subtree that the person may see."""
        below = granted_ancestry(user, today=today, right=right)
        return self.filter(Exists(below.filter(on_day(OuterRef("effective_date")), descendant=OuterRef("unit"))))


class DisciplineEntry(JournalEntry):
    """A member was disciplined; ``unit`` is the cell in which they stood on that day."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="discipline_entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="discipline_entries")
    form = models.CharField(max_length=10, choices=DisciplineForm.choices)
    level = models.CharField(max_length=12, choices=DecidingLevel.choices)

    objects = DisciplineQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["effective_date"]), models.Index(fields=["unit", "effective_date"])]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_form_display()} {self.member}"
