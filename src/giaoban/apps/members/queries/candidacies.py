"""Whether an entry of a member follows from a candidate's thread, so that it is corrected there."""

from __future__ import annotations

import uuid

CANDIDATE_REF = "candidate:"


def candidate_behind(ref: str) -> uuid.UUID | None:
    """Return the uid of the candidate whose thread brought an entry about; None for every other entry."""
    return uuid.UUID(ref.removeprefix(CANDIDATE_REF)) if ref.startswith(CANDIDATE_REF) else None
