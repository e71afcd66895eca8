"""What an act on the tree did beside the tree, so that it can be taken back; official codes of units."""

from __future__ import annotations

from django.db import models

from giaoban.apps.audit.journal import AppendOnly
from giaoban.apps.organizations.models.tree import Dated, Unit


class ActEffect(AppendOnly):
    """One thing that followed from an act: a member, an office, a group, a grant, a code.

    ``event`` is the act (``UnitEntry.event``), ``follower`` the part of the program that did it and undoes it, ``ref``
    the uid or key of what it wrote or changed, ``detail`` what it needs to undo it.
    """

    event = models.UUIDField()
    follower = models.CharField(max_length=20)
    ref = models.CharField(max_length=36)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["event"])]

    def __str__(self) -> str:
        return f"{self.follower} {self.ref}"


class OfficialCode(Dated):
    """The code of a unit in the official lists. It encodes the hierarchy, so it changes with it (decision D2)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="official_codes")
    code = models.CharField(max_length=30)

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "valid_from"]), models.Index(fields=["code"])]

    def __str__(self) -> str:
        return self.code
