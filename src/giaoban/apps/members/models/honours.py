"""Commendations, badges, yearly ratings and vetting conclusions: what is said of members and cells by decision."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from giaoban.apps.audit.journal import JournalEntry, JournalQuerySet
from giaoban.apps.members.models.candidates import Candidate
from giaoban.apps.members.models.people import Member
from giaoban.apps.organizations.models import Unit, granted_ancestry, on_day


class UnitEntryQuerySet(JournalQuerySet):
    """Conditions on entries that belong to one unit."""

    def visible_to(self, user: Any, *, today: date, right: str = "members_view") -> Self:
        """Keep the entries whose unit stood, on the day of the entry, in a subtree that the person may see (D11)."""
        below = granted_ancestry(user, today=today, right=right)
        return self.filter(Exists(below.filter(on_day(OuterRef("effective_date")), descendant=OuterRef("unit"))))

    def counted(self) -> Self:
        """Leave out what is not live, and what only repeats the entries of another record of the person (D12)."""
        aliases = apps.get_model("members", "MemberAlias").objects
        repeats = aliases.filter(other=OuterRef("member"), undone_at__isnull=True, takes_history=False)
        return self.live().exclude(Exists(repeats))


class HonourEvent(models.TextChoices):
    """What can happen; the journal's kinds."""

    COMMENDATION_PROPOSED = "commend_proposed", "Đề nghị khen thưởng"
    COMMENDED = "commended", "Khen thưởng"
    BADGE_PROPOSED = "badge_proposed", "Đề nghị tặng Huy hiệu Đảng"
    BADGE_AWARDED = "badge_awarded", "Tặng Huy hiệu Đảng"
    FOUR_GOODS = "four_goods", "Công nhận «bốn tốt»"


class HonourLevel(models.TextChoices):
    """Who awards."""

    GRASSROOTS = "grassroots", "Cấp cơ sở"
    UPPER = "upper", "Cấp trên trực tiếp cơ sở"
    PROVINCIAL = "provincial", "Cấp tỉnh"
    CENTRAL = "central", "Trung ương"


class HonourForm(models.TextChoices):
    """What is given with a commendation."""

    LETTER = "letter", "Giấy khen"
    CERTIFICATE = "certificate", "Bằng khen"
    INSIGNIA = "insignia", "Kỷ niệm chương"
    BONUS = "bonus", "Biểu dương, tặng thưởng"


class HonourReason(models.TextChoices):
    """What is commended."""

    FIVE_YEARS = "five_years", "Hoàn thành xuất sắc nhiệm vụ 5 năm liền"
    YEARLY = "yearly", "Thành tích trong năm"
    TERM = "term", "Thành tích trong nhiệm kỳ"
    THEMATIC = "thematic", "Thành tích theo chuyên đề, phong trào"
    SPECIAL = "special", "Thành tích đặc biệt xuất sắc"


class HonourEntry(JournalEntry):
    """A commendation or a badge. Without ``member`` the unit itself is commended, or recognised as «bốn tốt».

    ``years`` and ``round`` («3/2/2023») belong to badges; ``early`` for grave illness, ``posthumous`` after death.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="honour_entries", null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="honour_entries")
    kind = models.CharField(max_length=20, choices=HonourEvent.choices)
    level = models.CharField(max_length=12, choices=HonourLevel.choices, blank=True)
    form = models.CharField(max_length=12, choices=HonourForm.choices, blank=True)
    reason = models.CharField(max_length=12, choices=HonourReason.choices, blank=True)
    years = models.PositiveSmallIntegerField(null=True, blank=True)
    round = models.CharField(max_length=20, blank=True)
    early = models.BooleanField(default=False)
    posthumous = models.BooleanField(default=False)

    objects = UnitEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [
            models.Index(fields=["kind", "effective_date"]),
            models.Index(fields=["member", "effective_date"]),
            models.Index(fields=["unit", "effective_date"]),
        ]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()} {self.member or self.unit}"


class Grade(models.TextChoices):
    """The four grades of the year (366-QĐ/TW, điều 11), and «not rated»."""

    EXCELLENT = "excellent", "Hoàn thành xuất sắc nhiệm vụ"
    GOOD = "good", "Hoàn thành tốt nhiệm vụ"
    FAIR = "fair", "Hoàn thành nhiệm vụ"
    POOR = "poor", "Không hoàn thành nhiệm vụ"
    NOT_RATED = "not_rated", "Chưa xếp loại"


class RatingEntry(JournalEntry):
    """The grade of a year. Without ``member`` the unit itself is rated."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="rating_entries", null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rating_entries")
    year = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=10, choices=Grade.choices)

    objects = UnitEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["year", "unit"]), models.Index(fields=["member", "year"])]

    def __str__(self) -> str:
        return f"{self.year} {self.get_grade_display()} {self.member or self.unit}"


class VettingPurpose(models.TextChoices):
    """Why the political standard was concluded on."""

    CADRE = "cadre", "Công tác cán bộ"
    ADMISSION = "admission", "Kết nạp đảng viên"


class VettingEntry(JournalEntry):
    """A conclusion on the political standard: number and date only; the file stays on paper (design.md)."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="vetting_entries", null=True, blank=True)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="vetting_entries", null=True, blank=True
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="vetting_entries")
    purpose = models.CharField(max_length=10, choices=VettingPurpose.choices)

    objects = UnitEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["purpose", "effective_date"]), models.Index(fields=["unit", "effective_date"])]
        constraints = [
            *JournalEntry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(member__isnull=False) | Q(candidate__isnull=False), name="members_vetting_of_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.decision_number}"
