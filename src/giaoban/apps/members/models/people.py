"""Members, the journal of their Party life, and the projections that stocks are read from.

A member row has only what the work needs (decision D13): no religion, family, foreign relations, property or income.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from giaoban.apps.audit.journal import JournalEntry, JournalQuerySet
from giaoban.apps.organizations.models import Dated, Unit, granted_ancestry, on_day
from giaoban.core.dates_vi import Precision


class MemberState(models.TextChoices):
    """Where a member stands now; a projection of the journal."""

    PROBATIONARY = "probationary", "Đảng viên dự bị"
    OFFICIAL = "official", "Đảng viên chính thức"
    GUEST = "guest", "Sinh hoạt tạm thời"
    GONE_OUT = "gone_out", "Đã chuyển đi"
    LEFT = "left", "Đã ra khỏi Đảng"
    DIED = "died", "Đã từ trần"
    VOIDED = "voided", "Đã bỏ ghi kết nạp"
    ALIAS = "alias", "Trùng hồ sơ"


STANDING = (MemberState.PROBATIONARY, MemberState.OFFICIAL)


class MemberQuerySet(models.QuerySet["Member"]):
    """Conditions on members."""

    def visible_to(self, user: Any, *, today: date, right: str = "members_view") -> Self:
        """Keep the members whose unit stands today in a subtree on which the person holds the right (D11)."""
        below = granted_ancestry(user, today=today, right=right).filter(on_day(today))
        return self.filter(unit__in=below.values("descendant"))

    def standing(self) -> Self:
        """Keep those who are members of a unit now."""
        return self.filter(state__in=STANDING)


class Member(models.Model):
    """A Party member. ``unit``, ``state``, the Party dates and ``badge_years`` are projections of the journals."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    full_name = models.CharField(max_length=120)
    folded_name = models.CharField(max_length=120, db_index=True)
    sort_key = models.CharField(max_length=260, db_index=True)
    birth_date = models.DateField()
    birth_precision = models.CharField(
        max_length=5, default=Precision.DAY, choices=[(item.value, item.name) for item in Precision]
    )
    file_number = models.CharField(max_length=20, blank=True)
    card_number = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    # Decision D12: ciphertext, blind index and the ids of both keys; only the last three digits are readable.
    identity_cipher = models.CharField(max_length=255, blank=True)
    identity_cipher_key = models.CharField(max_length=10, blank=True)
    identity_index = models.CharField(max_length=64, blank=True)
    identity_index_key = models.CharField(max_length=10, blank=True)
    identity_tail = models.CharField(max_length=3, blank=True)

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="members")
    state = models.CharField(max_length=12, choices=MemberState.choices)
    admitted_on = models.DateField(null=True, blank=True)
    recognised_on = models.DateField(null=True, blank=True)
    ceremony_on = models.DateField(null=True, blank=True)
    # The years of the highest badge that was awarded, 0 for none: who is still owed one is found by it and by a day.
    badge_years = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = MemberQuerySet.as_manager()

    class Meta:
        indexes = [
            # Lists and searches below a unit read names from here alone: they never meet the rows of those left out.
            models.Index(fields=["unit", "state", "folded_name", "sort_key", "id"], name="members_member_listed"),
            # Badges that are owed, and probation that ends: under a wide unit by the day, under others by their cells.
            models.Index(
                fields=["badge_years", "admitted_on", "unit", "id"],
                condition=Q(state=MemberState.OFFICIAL.value),
                name="members_member_badge",
            ),
            models.Index(
                fields=["unit", "badge_years", "admitted_on", "id"],
                condition=Q(state=MemberState.OFFICIAL.value),
                name="members_member_badge_below",
            ),
            models.Index(
                fields=["unit", "admitted_on", "ceremony_on", "id"],
                condition=Q(state=MemberState.PROBATIONARY.value),
                name="members_member_probation",
            ),
            models.Index(
                fields=["unit", "admitted_on"],
                condition=Q(state=MemberState.DIED.value),
                name="members_member_died",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["file_number"], condition=~Q(file_number=""), name="members_file_once"),
            models.UniqueConstraint(fields=["card_number"], condition=~Q(card_number=""), name="members_card_once"),
            models.UniqueConstraint(
                fields=["identity_index"], condition=~Q(identity_index=""), name="members_identity_once"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class MemberEvent(models.TextChoices):
    """What can happen to a member; the journal's kinds."""

    OPENING = "opening", "Có trong danh sách khi bắt đầu dùng sổ"
    ADMITTED = "admitted", "Kết nạp"
    RECOGNISED = "recognised", "Công nhận chính thức"
    CARD_ISSUED = "card_issued", "Phát thẻ"
    TRANSFER_SENT = "transfer_sent", "Giới thiệu chuyển sinh hoạt"
    TRANSFERRED = "transferred", "Chuyển sinh hoạt"
    LETTER_WITHDRAWN = "withdrawn", "Rút giấy giới thiệu"
    TEMPORARY_ENDED = "temp_ended", "Hết sinh hoạt tạm thời"
    LEFT = "left", "Ra khỏi Đảng"
    DIED = "died", "Từ trần"
    RESTORED = "restored", "Khôi phục đảng tịch"
    CEREMONY = "ceremony", "Lễ kết nạp"
    COURSE_PASSED = "course_passed", "Học xong lớp đảng viên mới"
    PROBATION_REVIEWED = "reviewed", "Chi bộ xét công nhận chính thức"
    CARD_REISSUED = "card_reissued", "Cấp lại thẻ"
    STATUS_OPINION = "status_opinion", "Cho ý kiến về tư cách đảng viên"
    FOLLOWED = "followed", "Chuyển theo tổ chức"


class LeavingHow(models.TextChoices):
    """How a member left the Party (domain.md 2.8)."""

    RESIGNED = "resigned", "Xin ra khỏi Đảng"
    STRUCK_OFF = "struck_off", "Xóa tên"
    EXPELLED = "expelled", "Khai trừ"


class CardReason(models.TextChoices):
    """Why a card is issued once more (domain.md 2.5)."""

    LOST = "lost", "Bị mất"
    DAMAGED = "damaged", "Bị hỏng"
    EXCHANGED = "exchanged", "Đổi thẻ"


class MemberEntryQuerySet(JournalQuerySet):
    """Conditions on entries."""

    def visible_to(self, user: Any, *, today: date, right: str = "members_view") -> Self:
        """Keep the entries whose unit stood, on the day of the entry, in a subtree that the person may see (D11)."""
        below = granted_ancestry(user, today=today, right=right)
        return self.filter(
            Exists(below.filter(on_day(OuterRef("effective_date")), descendant=OuterRef("unit")))
            | Exists(below.filter(on_day(OuterRef("effective_date")), descendant=OuterRef("from_unit")))
        )

    def counted(self) -> Self:
        """Leave out what is not live, and what only repeats the entries of another record of the person (D12)."""
        aliases = apps.get_model("members", "MemberAlias").objects
        repeats = aliases.filter(other=OuterRef("member"), undone_at__isnull=True, takes_history=False)
        return self.live().exclude(Exists(repeats))


class MemberEntry(JournalEntry):
    """The journal of Party life.

    ``unit`` is where the entry belongs: the cell that admits, recognises, loses or receives. A transfer has both ends;
    an end outside the system is None and named in ``outside``. A transfer inside is dated by its receipt and names the
    letter it answers in ``sent``; one to the outside is dated by its letter (decision D5). A temporary transfer changes
    no stock. ``ground`` is a code: why somebody was struck off, why a card was issued once more. ``card_number`` is the
    number on a card that was issued, ``card_before`` the one that the member had then.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=16, choices=MemberEvent.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="member_entries")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    outside = models.CharField(max_length=200, blank=True)
    temporary = models.BooleanField(default=False)
    how = models.CharField(max_length=12, choices=LeavingHow.choices, blank=True)
    official = models.BooleanField(default=True)
    sent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="receipts", null=True, blank=True)
    round = models.CharField(max_length=20, blank=True)
    # A transfer out of the country; the last day meant by a temporary transfer (inclusive).
    abroad = models.BooleanField(default=False)
    until = models.DateField(null=True, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    card_number = models.CharField(max_length=20, blank=True)
    card_before = models.CharField(max_length=20, blank=True)

    objects = MemberEntryQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [
            models.Index(fields=["kind", "effective_date"]),
            models.Index(fields=["member", "effective_date"]),
            models.Index(fields=["unit", "effective_date"]),
            # Stays for a time are few among all transfers, and looked for wherever they are.
            models.Index(
                fields=["effective_date"],
                condition=Q(kind=MemberEvent.TRANSFERRED.value, temporary=True),
                name="members_entry_for_a_time",
            ),
            # An admission that was decided before the day by which it is counted: party age begins with the decision.
            models.Index(
                fields=["decision_date"],
                condition=Q(kind=MemberEvent.ADMITTED.value, decision_date__lt=F("effective_date")),
                name="members_entry_decided_before",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()} {self.member}"


class SpellOrigin(models.TextChoices):
    """How a spell began."""

    OPENING = "opening", "Số dư đầu"
    ADMITTED = "admitted", "Kết nạp"
    RECOGNISED = "recognised", "Công nhận chính thức"
    TRANSFERRED = "transferred", "Chuyển đến"
    RESTORED = "restored", "Khôi phục"
    FOLLOWED = "followed", "Theo tổ chức"


class MembershipSpell(Dated):
    """Projection: a stretch of days in which a member stood in one unit with one status; stocks count these."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="spells")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="spells")
    official = models.BooleanField()
    origin = models.CharField(max_length=12, choices=SpellOrigin.choices)

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["unit", "valid_from", "valid_to"]),
            models.Index(fields=["member", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.unit} [{self.valid_from}, {self.valid_to})"


class RollCount(Dated):
    """Projection of the spells: how many members of one status a unit had through a stretch of days.

    Stocks of whole provinces are sums of these: a cell has two rows where it has twenty members.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="roll_counts")
    official = models.BooleanField()
    members = models.PositiveIntegerField()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "valid_from", "valid_to"])]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "official", "valid_from"], name="members_rollcount_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.members} [{self.valid_from}, {self.valid_to})"
