"""Whether a member was sent and is not received yet."""

from __future__ import annotations

from giaoban.apps.members.models import Member, MemberEntry, MemberEvent


def member_on_the_way(member: Member) -> MemberEntry | None:
    """Return the live letter of a member whom the receiving cell has not accepted yet."""
    letters = MemberEntry.objects.live().filter(member=member, kind=MemberEvent.TRANSFER_SENT)
    answered = MemberEntry.objects.live().filter(member=member, sent__isnull=False).values("sent_id")
    found: MemberEntry | None = letters.exclude(pk__in=answered).in_order().last()
    return found
