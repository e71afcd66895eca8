"""Writes the spells and the state of members after their journals have grown."""

from __future__ import annotations

from collections.abc import Iterable

from giaoban.apps.members.models import Member, MemberEntry, MembershipSpell
from giaoban.apps.members.operations._replay import MemberFact, MemberLife, replay_member

_BATCH = 800
_CHUNK = 5000  # SQLite takes at most 32,766 values in one statement


def rebuild_members(member_ids: Iterable[int]) -> None:
    """This function will rebuild spells, unit, state and Party dates of members from their live entries.

    Raises:
        InvalidInput: a journal that cannot be; nothing is written then (the caller holds the transaction).
    """
    ids = sorted(set(member_ids))
    for start in range(0, len(ids), _CHUNK):
        _rebuild_chunk(ids[start : start + _CHUNK])


def _rebuild_chunk(ids: list[int]) -> None:
    members = {member.pk: member for member in Member.objects.filter(pk__in=ids)}
    facts: dict[int, list[MemberFact]] = {pk: [] for pk in ids}
    rows = (
        MemberEntry.objects.live()
        .filter(member_id__in=ids)
        .in_order()
        .values_list(
            "member_id",
            "kind",
            "effective_date",
            "unit_id",
            "from_unit_id",
            "to_unit_id",
            "temporary",
            "official",
            "how",
        )
    )
    for pk, *values in rows:
        facts[pk].append(MemberFact(*values))
    lives = {pk: replay_member(members[pk].full_name, members[pk].birth_date, facts[pk]) for pk in ids}
    MembershipSpell.objects.filter(member_id__in=ids).delete()
    MembershipSpell.objects.bulk_create(
        [
            MembershipSpell(
                member_id=pk,
                unit_id=spell.unit,
                official=spell.official,
                origin=spell.origin,
                valid_from=spell.start,
                valid_to=spell.end,
            )
            for pk, life in lives.items()
            for spell in life.spells
        ],
        batch_size=_BATCH,
    )
    changed = [member for pk, member in members.items() if _take_over(member, lives[pk])]
    Member.objects.bulk_update(changed, ["unit", "state", "admitted_on", "recognised_on"], batch_size=_BATCH)


def _take_over(member: Member, life: MemberLife) -> bool:
    """Set the projected fields; Party dates from an old roll stay where the journal does not know them."""
    after = (
        life.unit,
        life.state.value,
        life.admitted_on or member.admitted_on,
        life.recognised_on or member.recognised_on,
    )
    before = (member.unit_id, member.state, member.admitted_on, member.recognised_on)
    member.unit_id, member.state, member.admitted_on, member.recognised_on = after
    return before != after
