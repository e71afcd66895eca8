"""What was decided about committees."""

from __future__ import annotations

from collections.abc import Iterable

from giaoban.apps.organizations.models import CommitteeEntry


def committee_notes(refs: Iterable[str]) -> dict[str, str]:
    """Return what each entry says was done («bổ sung Phó Bí thư»), by the entry's uid."""
    rows = CommitteeEntry.objects.filter(uid__in=[ref for ref in refs if ref]).values_list("uid", "note")
    return {str(uid): note for uid, note in rows}
