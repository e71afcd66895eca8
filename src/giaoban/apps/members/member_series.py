"""Names of what is summed of members for wide units."""

from __future__ import annotations

from giaoban.apps.members.models import MemberEvent

# Entries that are flows; a transfer that was only sent is none yet (decision D5), nor is an opening balance (D6).
SUMMED_KINDS = (
    MemberEvent.ADMITTED,
    MemberEvent.RECOGNISED,
    MemberEvent.CARD_ISSUED,
    MemberEvent.LEFT,
    MemberEvent.DIED,
    MemberEvent.RESTORED,
    MemberEvent.CARD_REISSUED,
    MemberEvent.STATUS_OPINION,
)
_ENTRY = "member:"


def series_of_entry(kind: str) -> str:
    """Return the series of the entries of a kind."""
    return f"{_ENTRY}{kind}"


def entry_kind(series: str) -> str:
    """Return the kind of entries whose series this is."""
    return series.removeprefix(_ENTRY)


def series_of_roll(official: bool) -> str:
    """Return the series of the members of one status."""
    return "roll:official" if official else "roll:probationary"
