"""What was decided about committees."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.models import CommitteeEntry, Unit
from giaoban.core.errors import NotFound


def committee_notes(refs: Iterable[str]) -> dict[str, str]:
    """Return what each entry says was done («bổ sung Phó Bí thư»), by the entry's uid."""
    rows = CommitteeEntry.objects.filter(uid__in=[ref for ref in refs if ref]).values_list("uid", "note")
    return {str(uid): note for uid, note in rows}


def find_committee_entry(user: User, uid: uuid.UUID, *, today: date) -> CommitteeEntry:
    """Return a decision about the committee of a unit in the person's scope; also one that was corrected.

    Raises:
        NotFound: there is none, or it lies outside the scope.
    """
    seen = Unit.objects.visible_to(user, today=today)
    found: CommitteeEntry | None = (
        CommitteeEntry.objects.filter(uid=uid, unit__in=seen).select_related("unit", "corrected_by__actor").first()
    )
    if found is None:
        raise NotFound("Không tìm thấy lần ghi này trong phạm vi của đồng chí")
    return found
