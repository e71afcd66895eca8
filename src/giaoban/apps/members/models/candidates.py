"""People on the way to admission, and the journal of their steps (domain.md 2.1)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from giaoban.apps.audit.journal import JournalEntry, JournalQuerySet
from giaoban.apps.members.models.people import Member
from giaoban.apps.organizations.models import Unit, granted_ancestry, on_day
from giaoban.core.dates_vi import Precision


class CandidateState(models.TextChoices):
    """Where a candidate stands; a projection of the journal."""

    PREPARING = "preparing", "Đang xem xét"
    ADMITTED = "admitted", "Đã kết nạp"
    STOPPED = "stopped", "Thôi xem xét"


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Conditions on candidates."""

    def visible_to(self, user: Any, *, today: date, right: str = "members_view") -> Self:
        """Keep the candidates whose cell stands today in a subtree on which the person holds the right (D11)."""
        below = granted_ancestry(user, today=today, right=right).filter(on_day(today))
        return self.filter(unit__in=below.values("descendant"))


class Candidate(models.Model):
    """A person whom a cell considers for admission. ``unit``, ``state`` and ``member`` are projections of the journal.

    Only what the papers need (decision D13): no family, religion or foreign relations; vetting is a number and a date.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    full_name = models.CharField(max_length=120)
    folded_name = models.CharField(max_length=120, db_index=True)
    sort_key = models.CharField(max_length=260, db_index=True)
    birth_date = models.DateField()
    birth_precision = models.CharField(
        max_length=5, default=Precision.DAY, choices=[(item.value, item.name) for item in Precision]
    )
    sex = models.CharField(max_length=10, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="candidates")
    state = models.CharField(max_length=12, choices=CandidateState.choices, default=CandidateState.PREPARING)
    # Whoever is admitted anew comes a second time as a candidate: two candidacies of one member.
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="candidacies", null=True, blank=True)
    created_at = models.DateTimeField()

    objects = CandidateQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return self.full_name


class CandidateEvent(models.TextChoices):
    """The steps from the first class to the ceremony; the journal's kinds."""

    CLASS_PASSED = "class_passed", "Giấy chứng nhận lớp nhận thức về Đảng"
    APPLIED = "applied", "Đơn xin vào Đảng"
    SPONSORED = "sponsored", "Giới thiệu vào Đảng"
    VETTED = "vetted", "Có kết luận thẩm tra lý lịch"
    CELL_RESOLVED = "cell_resolved", "Nghị quyết của chi bộ"
    BASE_RESOLVED = "base_resolved", "Nghị quyết của đảng ủy cơ sở"
    PROPOSED = "proposed", "Tờ trình cấp có thẩm quyền"
    DECIDED = "decided", "Quyết định kết nạp"
    DECISION_RECEIVED = "received", "Chi bộ nhận quyết định"
    CEREMONY = "ceremony", "Lễ kết nạp"
    STOPPED = "stopped", "Thôi xem xét"


class CandidateEntryQuerySet(JournalQuerySet):
    """Conditions on entries."""

    def visible_to(self, user: Any, *, today: date, right: str = "members_view") -> Self:
        """Keep the entries whose unit stood, on the day of the entry, in a subtree that the person may see (D11)."""
        below = granted_ancestry(user, today=today, right=right)
        return self.filter(Exists(below.filter(on_day(OuterRef("effective_date")), descendant=OuterRef("unit"))))


class CandidateEntry(JournalEntry):
    """One step. The number and date of the paper (certificate, vetting case, resolution, decision) stand in the
    decision's fields; ``sponsor`` is a member, ``sponsor_body`` a youth union or trade union; votes are of all official
    members called.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=16, choices=CandidateEvent.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="candidate_entries")
    sponsor = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="sponsored", null=True, blank=True)
    sponsor_body = models.CharField(max_length=120, blank=True)
    votes_for = models.PositiveIntegerField(null=True, blank=True)
    votes_of = models.PositiveIntegerField(null=True, blank=True)

    objects = CandidateEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [
            models.Index(fields=["candidate", "effective_date"]),
            models.Index(fields=["kind", "effective_date"]),
            models.Index(fields=["unit", "effective_date"]),
        ]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()} {self.candidate}"


class DossierEvent(models.TextChoices):
    """What happens to a paper of a dossier."""

    FILED = "filed", "Đã có trong hồ sơ"
    MISSING = "missing", "Chưa có trong hồ sơ"


class DossierEntry(JournalEntry):
    """Which papers of a dossier are there: the last live entry of a code decides. ``code`` as in the paper rules."""

    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="dossier_entries", null=True, blank=True
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="dossier_entries", null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="dossier_entries")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=DossierEvent.choices)

    objects = CandidateEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["candidate", "code"]), models.Index(fields=["member", "code"])]

    def __str__(self) -> str:
        return f"{self.code} {self.get_kind_display()}"
