"""Which statement asks for what is live of a register."""

from __future__ import annotations

from giaoban.apps.members.models import MemberEntry


def test_corrections_are_looked_up_and_not_joined() -> None:
    """A join would let PostgreSQL read the whole register a second time and expect one row of the result."""
    statement = str(MemberEntry.objects.live().query)
    assert " JOIN " not in statement
    assert "NOT EXISTS" in statement
    assert '"corrects_id" IS NOT NULL' in statement
