"""Two records of one person, joined as an alias and never repointed (D12); what members ask about themselves."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from giaoban.apps.members.models.people import Member


class MemberAlias(models.Model):
    """``other`` is a second record of the person of ``kept``; undone when ``undone_at`` is set.

    ``takes_history`` says whether the entries of ``other`` tell a part of the person's life (another cell, earlier) or
    only repeat what stands in ``kept``; repeated entries are not counted while the alias stands.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kept = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="aliases")
    other = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="alias_of")
    takes_history = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["other"], condition=Q(undone_at__isnull=True), name="members_alias_once"),
            models.CheckConstraint(condition=~Q(kept=F("other")), name="members_alias_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.other} = {self.kept}"


class MemberAccount(models.Model):
    """The sign-in of a member, through which they see their own data."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="member_account")
    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="account")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.user} = {self.member}"


class RequestState(models.TextChoices):
    """What became of a request."""

    ASKED = "asked", "Chờ xem xét"
    ACCEPTED = "accepted", "Đã đính chính"
    REFUSED = "refused", "Không đính chính"


class CorrectionRequest(models.Model):
    """A member asks to have something about themselves corrected; answered by a person who may record there."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="correction_requests")
    about = models.CharField(max_length=60)
    wish = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.ASKED)
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        indexes = [models.Index(fields=["member", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.member}: {self.about}"
