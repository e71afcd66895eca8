"""A person who signs in, and the one-time code that is printed for them (no e-mail is needed, decision D29)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Makes people; what they may do comes from grants on units, never from the person's row."""

    def create_user(self, username: str, full_name: str, password: str | None = None, **extra: Any) -> User:
        """Make a person; without a password they sign in with a one-time code first."""
        user = self.model(username=username, full_name=full_name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with a name: nobody shares an account, and a helper signs in as themselves (design.md, law 9)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(null=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.username})"


class SavedView(models.Model):
    """A person's own filter of a list under a name; ``query`` is the address after «?», without the page."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    area = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=600)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "area", "name"], name="accounts_view_name_once")]

    def __str__(self) -> str:
        return self.name


class OneTimeCode(models.Model):
    """A printed code that lets a person set their password once; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"mã của {self.user}"
