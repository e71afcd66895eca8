"""What is decided about a unit's committee, and the terms of committees."""

from __future__ import annotations

from django.db import models

from giaoban.apps.audit.journal import JournalEntry, JournalQuerySet
from giaoban.apps.organizations.models.tree import Unit


class CommitteeEvent(models.TextChoices):
    """What a committee decides about the committee of a unit below it."""

    CONSOLIDATED = "consolidated", "Kiện toàn cấp ủy"
    INSPECTION_PLANNED = "inspection_planned", "Quy hoạch ủy ban kiểm tra"
    INSPECTION_APPROVED = "inspection_approved", "Chuẩn y ủy ban kiểm tra"
    ESTABLISHMENT_OPINION = "establishment_opinion", "Cho ý kiến về thành lập"


class CommitteeEntry(JournalEntry):
    """Journal of decisions about a unit's committee; ``note`` says what was done: «bổ sung Phó Bí thư»."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="committee_entries")
    kind = models.CharField(max_length=24, choices=CommitteeEvent.choices)
    note = models.CharField(max_length=300, blank=True)

    objects = JournalQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["kind", "effective_date"]), models.Index(fields=["unit", "effective_date"])]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()} {self.unit}"


class TermEvent(models.TextChoices):
    """What happens to a term of a committee; the journal's kinds."""

    OPENING = "opening", "Nhiệm kỳ đang có khi bắt đầu dùng sổ"
    CONGRESS = "congress", "Đại hội"
    APPOINTED = "appointed", "Chỉ định cấp ủy lâm thời"
    EXTENDED = "extended", "Kéo dài, rút ngắn nhiệm kỳ"
    ENDED = "ended", "Kết thúc nhiệm kỳ"


class TermEntry(JournalEntry):
    """A term: ``name`` «2020 - 2025», ``until`` the last day meant (inclusive); sizes as decided (None: unknown)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="term_entries")
    kind = models.CharField(max_length=10, choices=TermEvent.choices)
    name = models.CharField(max_length=20, blank=True)
    until = models.DateField(null=True, blank=True)
    committee_size = models.PositiveSmallIntegerField(null=True, blank=True)
    standing_size = models.PositiveSmallIntegerField(null=True, blank=True)
    inspection_size = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = JournalQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["unit", "effective_date"])]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()} {self.unit}"
