"""Writes the spells and the state of members after their journals have grown."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from giaoban.apps.audit.bulk import insert_rows
from giaoban.apps.members.models import Member, MemberEntry, MembershipSpell, MemberState
from giaoban.apps.members.operations._followed import follow_members
from giaoban.apps.members.operations._letters import note_letters
from giaoban.apps.members.operations._replay import MemberFact, MemberLife, replay_member
from giaoban.apps.members.operations._roll import recount_units
from giaoban.apps.members.operations._sums import sum_spells
from giaoban.apps.members.operations._whereabouts import note_whereabouts
from giaoban.apps.members.operations.unit_endings import refuse_spells_after_end
from giaoban.apps.members.queries.aliases import standing_aliases, with_aliases

_CHUNK = 5000  # SQLite takes at most 32,766 values in one statement
_SPELL = ("member_id", "unit_id", "official", "origin", "valid_from", "valid_to")
_STANDING = ("unit_id", "state", "admitted_on", "recognised_on", "ceremony_on")
_FACT = (
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


class Standing(NamedTuple):
    """The projected fields of a member."""

    unit_id: int
    state: str
    admitted_on: date | None
    recognised_on: date | None
    ceremony_on: date | None = None

    def apply_to(self, member: Member) -> None:
        """Set the fields of an object that was loaded or made before."""
        if member.unit_id != self.unit_id:
            member.unit_id = self.unit_id
        member.state, member.admitted_on, member.recognised_on = self.state, self.admitted_on, self.recognised_on
        member.ceremony_on = self.ceremony_on


def rebuild_members(member_ids: Iterable[int], *, emptied: Container[int] = ()) -> Mapping[int, Standing]:
    """This function will rebuild spells, unit, state and Party dates of members from their live entries.

    Returns where each member stands after it.

    Args:
        emptied: members of whom no entry need be left: the admission with which they came was taken back.

    Raises:
        InvalidInput: a journal that cannot be; nothing is written then (the caller holds the transaction).
    """
    wanted = with_aliases(member_ids)
    aliases = standing_aliases(wanted)
    joined = aliases.keys() | set(aliases.values())
    # Both records of a person are rebuilt together: the life of one may be told in the other.
    standings: dict[int, Standing] = _rebuild_chunk(sorted(joined), emptied) if joined else {}
    ids = sorted(wanted - joined)
    for start in range(0, len(ids), _CHUNK):
        standings |= _rebuild_chunk(ids[start : start + _CHUNK], emptied)
    return standings


def _rebuild_chunk(ids: list[int], emptied: Container[int]) -> dict[int, Standing]:
    with follow_members(ids):
        return _write_chunk(ids, emptied)


def _write_chunk(ids: list[int], emptied: Container[int]) -> dict[int, Standing]:
    known = {
        pk: (name, born, Standing(*standing))
        for pk, name, born, *standing in Member.objects.filter(pk__in=ids).values_list(
            "pk", "full_name", "birth_date", *_STANDING
        )
    }
    aliases = standing_aliases(ids)
    facts: dict[int, list[MemberFact]] = {pk: [] for pk in ids}
    for pk, *values in MemberEntry.objects.counted().filter(member_id__in=ids).in_order().values_list(*_FACT):
        facts[aliases.get(pk, pk)].append(MemberFact(*values))
    lives = {
        pk: replay_member(known[pk][0], known[pk][1], facts[pk])
        for pk in ids
        if pk not in aliases and (facts[pk] or pk not in emptied)
    }
    refuse_spells_after_end((known[pk][0], spell) for pk, life in lives.items() for spell in life.spells)
    _write_spells(
        ids,
        {
            (pk, spell.unit, spell.official, spell.origin.value, spell.start, spell.end)
            for pk, life in lives.items()
            for spell in life.spells
        },
    )
    after = {
        pk: known[pk][2]._replace(state=MemberState.ALIAS.value)
        if pk in aliases
        else _standing(lives.get(pk), known[pk][2])
        for pk in ids
    }
    _update({pk: standing for pk, standing in after.items() if standing != known[pk][2]})
    note_letters(ids)
    moved = [pk for pk, standing in after.items() if standing[:2] != known[pk][2][:2]]
    if moved:
        note_whereabouts(moved)
    return after


def _write_spells(ids: list[int], told: set[tuple[int, int, bool, str, date, date]]) -> None:
    """Many entries, of cards and classes, change no spell: then nothing is written and no unit counted anew."""
    spells = MembershipSpell.objects.filter(member_id__in=ids)
    kept = set(spells.values_list(*_SPELL))
    changed = told ^ kept
    if changed:
        sum_spells(kept - told, told - kept)
        touched = {pk for pk, *_rest in changed}
        spells.filter(member_id__in=touched).delete()
        insert_rows(MembershipSpell, _SPELL, sorted((row for row in told if row[0] in touched), key=_in_time))
        recount_units({unit for _pk, unit, *_rest in changed})


def _in_time(row: Sequence[Any]) -> tuple[int, date]:
    return row[0], row[4]


def _standing(life: MemberLife | None, before: Standing) -> Standing:
    """Party dates from an old roll stay where the journal does not know them: it knows them from an admission on."""
    if life is None:
        return Standing(before.unit_id, MemberState.VOIDED.value, None, None)
    return Standing(
        life.unit,
        life.state.value,
        life.admitted_on or before.admitted_on,
        life.recognised_on if life.admitted_on else life.recognised_on or before.recognised_on,
        life.ceremony_on,
    )


def _update(changed: Mapping[int, Standing]) -> None:
    """``bulk_update`` writes one long CASE for each column; a statement for each row takes a fraction of its time."""
    if not changed:
        return
    adapt = connection.ops.adapt_datefield_value
    rows = [
        (standing.unit_id, standing.state, *(adapt(day) for day in standing[2:]), pk)
        for pk, standing in changed.items()
    ]
    table = connection.ops.quote_name(Member._meta.db_table)
    columns = ", ".join(f"{name} = %s" for name in _STANDING)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {columns} WHERE id = %s", rows)
