"""Dated facts about a member by which figures are broken down (decision D9)."""

from __future__ import annotations

from django.db import models

from giaoban.apps.audit.journal import JournalEntry, JournalQuerySet
from giaoban.apps.members.models.people import Member
from giaoban.apps.organizations.models import Dated


class Trait(models.TextChoices):
    """Dated facts about a member by which figures are broken down (decision D9)."""

    SEX = "sex", "Giới tính"
    EDUCATION = "education", "Trình độ chuyên môn"
    THEORY = "theory", "Trình độ lý luận chính trị"
    OCCUPATION = "occupation", "Nghề nghiệp"


class TraitEntry(JournalEntry):
    """Journal of dated facts: from ``effective_date`` on, the trait has this value."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="trait_entries")
    trait = models.CharField(max_length=12, choices=Trait.choices)
    value = models.CharField(max_length=40)

    objects = JournalQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["member", "trait"])]

    def __str__(self) -> str:
        return f"{self.member} {self.trait}={self.value}"


class TraitSpan(Dated):
    """Projection: the value of a trait in force."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="traits")
    trait = models.CharField(max_length=12, choices=Trait.choices)
    value = models.CharField(max_length=40)

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["member", "trait", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.member} {self.trait}={self.value}"
