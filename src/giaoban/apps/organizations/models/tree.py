"""Units, the journal of what happened to them, and the projections that answer «who stood under whom on that day».

All intervals are half-open; an interval without an end carries ``OPEN_END`` so that one comparison serves every date.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.audit.journal import JournalEntry, JournalQuerySet
from giaoban.apps.organizations.kinds import WIDE, UnitKind

OPEN_END = date(9999, 12, 31)


def on_day(day: date | F | OuterRef, prefix: str = "") -> Q:
    """Return the condition that a dated row (or the relation ``prefix``) is valid on a day."""
    return Q(**{f"{prefix}valid_from__lte": day, f"{prefix}valid_to__gt": day})


class Dated(models.Model):
    """A fact with a from and a to day, half-open."""

    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__lt=F("valid_to")), name="%(app_label)s_%(class)s_from_before_to"
            )
        ]


class UnitQuerySet(models.QuerySet["Unit"]):
    """Conditions on units."""

    def visible_to(self, user: Any, *, today: date, right: str = "organizations_view") -> Self:
        """Keep the units that stand, or ever stood, in a subtree on which the person holds the right today."""
        return self.filter(pk__in=granted_ancestry(user, today=today, right=right).values("descendant"))

    def standing(self, day: date) -> Self:
        """Keep the units that stood in some tree on a day."""
        return self.filter(Exists(Placement.objects.filter(on_day(day), unit=OuterRef("pk"))))

    def under(self, unit: Unit, day: date) -> Self:
        """Keep a unit and all that stood under it on a day."""
        return self.filter(Exists(Ancestry.objects.filter(on_day(day), ancestor=unit, descendant=OuterRef("pk"))))


class Unit(models.Model):
    """A Party organisation. ``code`` is opaque, permanent and never used again (D2); names and kinds have dates."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)

    objects = UnitQuerySet.as_manager()

    def __str__(self) -> str:
        return self.code


class UnitEvent(models.TextChoices):
    """What can happen to a unit; the journal's kinds."""

    OPENING = "opening", "Có từ trước khi dùng sổ"
    ESTABLISHED = "established", "Thành lập"
    RECEIVED = "received", "Tiếp nhận"
    SPLIT = "split", "Chia tách"
    MERGED = "merged", "Sáp nhập"
    CONSOLIDATED = "consolidated", "Hợp nhất"
    DISSOLVED = "dissolved", "Giải thể"
    HANDED_OVER = "handed_over", "Chuyển giao"
    MOVED = "moved", "Chuyển trực thuộc"
    RENAMED = "renamed", "Đổi tên"
    KIND_CHANGED = "kind_changed", "Chuyển loại hình"


class UnitEntry(JournalEntry):
    """The journal of the tree (D2). Only the fields that the event needs are filled.

    ``subject`` is the unit; ``from_parent`` the place it leaves, ``to_parent`` the place it comes to (None: outside the
    system, or the top). Entries of one act share ``event``. ``counts_as_established`` is set where the decision of a
    change of kind says that an organisation is established (D3). ``other`` links lives: the successor of a unit that is
    merged or consolidated, the predecessor of one that is split off or stands for those consolidated.
    """

    subject = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20, choices=UnitEvent.choices)
    event = models.UUIDField(default=uuid.uuid4)
    from_parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    to_parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    other = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    outside = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=250, blank=True)
    short_name = models.CharField(max_length=120, blank=True)
    unit_kind = models.CharField(max_length=24, choices=UnitKind.choices, blank=True)
    counts_as_established = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    objects = JournalQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["subject", "effective_date"]), models.Index(fields=["kind", "effective_date"])]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_kind_display()} {self.subject}"


class Placement(Dated):
    """Projection: under which unit a unit stood; None is the top of a tree."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="child_placements", null=True)

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "valid_from"]), models.Index(fields=["parent", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.unit} under {self.parent} [{self.valid_from}, {self.valid_to})"


class UnitName(Dated):
    """Projection: the name in force. ``folded`` is searched."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=120, blank=True)
    folded = models.CharField(max_length=400)

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "valid_from"])]

    def __str__(self) -> str:
        return self.name


class UnitKindSpan(Dated):
    """Projection: the kind in force."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="kind_spans")
    kind = models.CharField(max_length=24, choices=UnitKind.choices)

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["unit", "valid_from"]),
            # The few units that keep sums, among all.
            models.Index(fields=["unit"], condition=Q(kind__in=WIDE), name="organizations_wide"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.kind}"


class Ancestry(Dated):
    """Projection: who stood under whom, and how far below; a unit stands under itself with depth 0 while it stands."""

    ancestor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="below")
    descendant = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="above")
    depth = models.PositiveSmallIntegerField()

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["descendant", "ancestor", "valid_from", "valid_to"]),
            models.Index(fields=["ancestor", "descendant", "valid_from", "valid_to"]),
            # What came under a unit within some days.
            models.Index(fields=["ancestor", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.descendant} under {self.ancestor} ({self.depth})"


class GroupKind(models.TextChoices):
    """Ways in which a committee arranges its units beside the tree."""

    CLUSTER = "cluster", "Cụm"
    SECTOR = "sector", "Khối"


class Group(models.Model):
    """A cluster (cụm) or sector (khối) of one committee."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=10, choices=GroupKind.choices)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "kind", "code"], name="organizations_group_code")]

    def __str__(self) -> str:
        return self.name


class GroupMembership(Dated):
    """A unit's place in a cluster or sector; at most one of each kind on any day (the operation sees to it)."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="group_memberships")

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.unit} in {self.group}"


class GrantQuerySet(models.QuerySet["Grant"]):
    """Conditions on grants."""

    def holding(self, user: Any, *, today: date, right: str) -> Self:
        """Keep a person's grants that are valid on a day and whose role holds the right."""
        if not getattr(user, "is_active", False):
            return self.none()
        return self.filter(on_day(today), user_id=user.pk, role__in=rights_table().roles_with(right))


class Grant(Dated):
    """A role given to a person on a unit with its subtree, from a day to a day."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    decision = models.CharField(max_length=120, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = GrantQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["user", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} at {self.unit}"


def granted_ancestry(user: Any, *, today: date, right: str) -> models.QuerySet[Ancestry]:
    """Return the ancestry rows below the units on which a person holds a right today.

    This is the one join over the tree behind every ``visible_to`` (design.md, law 7). The caller adds the day on which
    the unit must have stood there: today for personal files, the entry's own day for entries, none for units.
    """
    return Ancestry.objects.filter(
        Exists(Grant.objects.holding(user, today=today, right=right).filter(unit=OuterRef("ancestor")))
    )
