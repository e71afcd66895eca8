"""Offices in committees: who came to hold them and who held them when; who follows which unit."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from giaoban.apps.audit.journal import JournalEntry, JournalQuerySet
from giaoban.apps.members.models.people import Member
from giaoban.apps.organizations.models import CommitteeEntry, Dated, Office, Unit, granted_ancestry, on_day


class OfficeEvent(models.TextChoices):
    """How a person comes to an office or leaves it."""

    OPENING = "opening", "Đang giữ khi bắt đầu dùng sổ"
    ELECTED = "elected", "Bầu"
    APPOINTED = "appointed", "Chỉ định"
    APPROVED = "approved", "Chuẩn y"
    MOVED = "moved", "Điều động, bổ nhiệm"
    ENDED = "ended", "Thôi giữ chức vụ"
    PLANNED = "planned", "Rà soát, bổ sung quy hoạch"
    CONFIDENCE = "confidence", "Lấy phiếu tín nhiệm"


class OfficeEntryQuerySet(JournalQuerySet):
    """Conditions on entries."""

    def visible_to(self, user: Any, *, today: date, right: str = "organizations_view") -> Self:
        """Keep the entries whose unit stood, on the day of the entry, in a subtree on which the person holds the right.

        Who leads a unit is no secret of those who may see the unit.
        """
        below = granted_ancestry(user, today=today, right=right)
        return self.filter(Exists(below.filter(on_day(OuterRef("effective_date")), descendant=OuterRef("unit"))))

    def counted(self) -> Self:
        """Leave out what is not live, and what only repeats the entries of another record of the person (D12)."""
        aliases = apps.get_model("members", "MemberAlias").objects
        repeats = aliases.filter(other=OuterRef("member"), undone_at__isnull=True, takes_history=False)
        return self.live().exclude(Exists(repeats))


class OfficeEntry(JournalEntry):
    """Journal of offices: who came to hold, or ceased to hold, an office in a unit's committee.

    ``committee_entry`` is the decision on the committee (kiện toàn) that this change is part of; ``note`` says what the
    kind needs: for which term somebody is planned, on which occasion a vote of confidence was taken.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="office_entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="office_entries")
    office = models.CharField(max_length=20, choices=Office.choices)
    kind = models.CharField(max_length=10, choices=OfficeEvent.choices)
    note = models.CharField(max_length=120, blank=True)
    committee_entry = models.ForeignKey(
        CommitteeEntry, on_delete=models.PROTECT, related_name="office_entries", null=True, blank=True
    )

    objects = OfficeEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["kind", "effective_date"]), models.Index(fields=["unit", "effective_date"])]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()} {self.get_office_display()} {self.member}"


class OfficeTerm(Dated):
    """Projection: who held which office."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="office_terms")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="office_terms")
    office = models.CharField(max_length=20, choices=Office.choices)

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["unit", "valid_from"]),
            models.Index(fields=["unit", "office", "valid_to", "valid_from", "member"], name="members_office_held"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.office} of {self.unit}"


class VisitAssignment(Dated):
    """Which member of a committee follows which unit below it («tổ theo dõi, dự sinh hoạt»)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="visit_assignments_given")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="visit_assignments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="visit_assignments")
    decision = models.CharField(max_length=120, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "valid_from"]), models.Index(fields=["member", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.member} follows {self.unit} [{self.valid_from}, {self.valid_to})"
