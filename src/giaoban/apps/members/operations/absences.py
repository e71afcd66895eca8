"""Exemption from work and meetings, members who are far away (domain.md 2.8): recording, and the spans that follow."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_rows
from giaoban.apps.audit.operations import Happening
from giaoban.apps.members.models import AbsenceEntry, AbsenceEvent, AbsenceSpan, Member
from giaoban.apps.members.operations._absence_replay import AbsenceFact, AbsenceWalk
from giaoban.apps.members.operations._followed import follow_members
from giaoban.apps.members.operations._journal import (
    check_day,
    chunks,
    corrected_entries,
    journal_fields,
    lock_members,
    write_entries,
)
from giaoban.apps.members.operations._whereabouts import note_whereabouts
from giaoban.apps.members.queries.aliases import standing_aliases, with_aliases
from giaoban.apps.members.queries.standing import NOWHERE, Stands, stands_of
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, blame

_FACT = ("member_id", "pk", "kind", "effective_date", "until", "place", "abroad")


class SpanRow(NamedTuple):
    """An absence as it is stored, without its member."""

    kind: str
    valid_from: date
    valid_to: date
    until: date | None
    temporary: bool
    place: str
    abroad: bool
    last_contact: date | None


_SPAN = ("member_id", *SpanRow._fields)


@dataclass(frozen=True, slots=True)
class AbsenceDraft:
    """One step. ``until`` is the last day (inclusive): an exemption with it is one for a time and ends by itself;
    ``place`` (a locality) and ``abroad`` belong to ``AWAY``. ``corrects``, ``void`` and ``seq`` as in every journal.
    """

    member: Member
    kind: AbsenceEvent
    day: date
    until: date | None = None
    place: str = ""
    abroad: bool = False
    decision: Decision = field(default_factory=Decision)
    ref: str = ""
    seq: int = 0
    corrects: uuid.UUID | None = None
    void: bool = False


@transaction.atomic
def record_absence_entries(*, act: Act, drafts: Sequence[AbsenceDraft]) -> list[AbsenceEntry]:
    """This function will record exemptions and absences at the cell where the member stood on the day, all or none.

    Raises:
        InvalidInput: a day after today, a member who stood nowhere on it, a place missing, or an entry that cannot be
            (see ``_absence_replay``). An entry of earlier that could not be recorded today (one taken over before a
            rule was checked) stands in the way of nothing: it can be taken back, and others can be recorded.
        Conflict: somebody else corrected an entry first.
        NotAllowed, NotFound: no right ``members_record`` at a unit.
    """
    members = {draft.member.pk for draft in drafts}
    lock_members(members)
    known = corrected_entries(AbsenceEntry, drafts, "unit")
    stands = stands_of(members)
    odd = {one.entry for one in odd_entries(members)}
    entries: list[AbsenceEntry] = []
    for index, draft in enumerate(drafts):
        with blame(index):
            corrected = known.get(draft.corrects) if draft.corrects else None
            entries.append(_entry(act, draft, corrected, stands.get(draft.member.pk, NOWHERE)))
    units = Unit.objects.in_bulk({entry.unit_id for entry in entries})
    require(act, "members_record", units.values())
    write_entries(
        act,
        entries,
        [
            Happening(
                f"members.{entry.kind}",
                "member",
                str(draft.member.uid),
                units[entry.unit_id].code,
                {"entry": str(entry.uid), "date": entry.effective_date.isoformat(), "void": entry.void},
            )
            for entry, draft in zip(entries, drafts, strict=True)
        ],
    )
    rebuild_absences(members, known_odd=odd)
    return entries


def _entry(act: Act, draft: AbsenceDraft, corrected: AbsenceEntry | None, stands: Stands) -> AbsenceEntry:
    where = draft.member.full_name
    check_day(act, draft, where)
    if corrected is not None and corrected.member_id != draft.member.pk:
        corrected = None
    fields = journal_fields(act, draft, corrected)
    if draft.void and corrected is not None:
        unit = corrected.unit_id
    else:
        unit = _cell(draft, stands)
        if draft.kind == AbsenceEvent.AWAY and not draft.place.strip():
            raise InvalidInput("Chưa ghi nơi đến", where="Nơi đến", expected="tên địa phương, ví dụ Bình Dương")
    return AbsenceEntry(
        member_id=draft.member.pk,
        unit_id=unit,
        kind=draft.kind,
        until=draft.until,
        temporary=draft.kind == AbsenceEvent.EXEMPTED and draft.until is not None,
        place=draft.place.strip(),
        abroad=draft.abroad,
        seq=draft.seq,
        **fields,
    )


def _cell(draft: AbsenceDraft, stands: Stands) -> int:
    found = stands.on_or_first(draft.day)
    if found is None:
        raise InvalidInput(
            f"{draft.member.full_name} không sinh hoạt tại chi bộ nào ngày {format_date(draft.day)}",
            where=draft.member.full_name,
            expected="ngày đang sinh hoạt",
        )
    return found.unit


def rebuild_absences(member_ids: Iterable[int], *, known_odd: Collection[int] = ()) -> None:
    """This function will rebuild the spans of members from their live entries.

    Args:
        known_odd: keys of entries that are passed over where they cannot be; any other such entry is refused.

    Raises:
        InvalidInput: a journal that cannot be; nothing is written then (the caller holds the transaction).
    """
    wanted = with_aliases(member_ids)
    aliases = standing_aliases(wanted)
    joined = aliases.keys() | set(aliases.values())
    # Both records of a person are rebuilt together: the absences of one may be told in the other.
    for part in filter(None, [sorted(joined), *chunks(wanted - joined)]):
        rows = [(pk, *one) for pk, one in absences_told(part, aliases, known_odd)]
        with follow_members(part):
            AbsenceSpan.objects.filter(member__in=part).delete()
            if rows:
                insert_rows(AbsenceSpan, _SPAN, rows)
                note_whereabouts(part)


class OddEntry(NamedTuple):
    """A live entry that cannot be after those before it: its key, its member, why, and what would be right."""

    entry: int
    member: int
    error: InvalidInput


def absences_told(
    members: Sequence[int], aliases: Mapping[int, int], known_odd: Collection[int] = ()
) -> Iterator[tuple[int, SpanRow]]:
    """Give what the journals of members (primary keys) say, member by member.

    Args:
        aliases: the kept record by second record.
        known_odd: keys of entries that are passed over where they cannot be.

    Raises:
        InvalidInput: a journal that cannot be.
    """
    for pk, walk, odd in _walks(members, aliases):
        for one in odd:
            if one.entry not in known_odd:
                raise one.error
        for span in walk.found:
            kept = (span.start, span.end, span.until, span.temporary, span.place, span.abroad, span.last_contact)
            yield pk, SpanRow(span.kind.value, *kept)


def odd_entries(member_ids: Iterable[int]) -> list[OddEntry]:
    """Return the live entries of members that cannot be: taken over before a rule was checked, say."""
    wanted = with_aliases(member_ids)
    aliases = standing_aliases(wanted)
    joined = aliases.keys() | set(aliases.values())
    parts = filter(None, [sorted(joined), *chunks(wanted - joined)])
    return [one for part in parts for _pk, _walk, odd in _walks(part, aliases) for one in odd]


def _walks(members: Sequence[int], aliases: Mapping[int, int]) -> Iterator[tuple[int, AbsenceWalk, list[OddEntry]]]:
    names = dict(Member.objects.filter(pk__in=members).values_list("pk", "full_name"))
    facts: dict[int, list[tuple[int, AbsenceFact]]] = {pk: [] for pk in members}
    for pk, entry, *values in AbsenceEntry.objects.counted().filter(member__in=members).in_order().values_list(*_FACT):
        facts[aliases.get(pk, pk)].append((entry, AbsenceFact(*values)))
    for pk, found in facts.items():
        walk, odd = AbsenceWalk(names[pk]), []
        for entry, fact in found:
            try:
                walk.apply(fact)
            except InvalidInput as error:
                odd.append(OddEntry(entry, pk, error))
        yield pk, walk, odd


def exempt_member(
    *, act: Act, member: Member, day: date, until: date | None = None, decision: Decision | None = None
) -> AbsenceEntry:
    """This function will record an exemption, or its extension; without ``until`` it has no end."""
    draft = AbsenceDraft(member, AbsenceEvent.EXEMPTED, day, until, decision=decision or Decision())
    return record_absence_entries(act=act, drafts=[draft])[0]


def end_exemption(*, act: Act, member: Member, day: date, decision: Decision | None = None) -> AbsenceEntry:
    """This function will record that a member takes part again from a day on."""
    draft = AbsenceDraft(member, AbsenceEvent.EXEMPTION_ENDED, day, decision=decision or Decision())
    return record_absence_entries(act=act, drafts=[draft])[0]


def member_goes_away(
    *, act: Act, member: Member, day: date, place: str, abroad: bool = False, until: date | None = None
) -> AbsenceEntry:
    """This function will record that a member went far away: to which locality and, where known, until when."""
    draft = AbsenceDraft(member, AbsenceEvent.AWAY, day, until, place, abroad)
    return record_absence_entries(act=act, drafts=[draft])[0]


def contact_member(*, act: Act, member: Member, day: date) -> AbsenceEntry:
    """This function will record that the cell was in contact with a member who is away."""
    return record_absence_entries(act=act, drafts=[AbsenceDraft(member, AbsenceEvent.CONTACTED, day)])[0]


def member_returns(*, act: Act, member: Member, day: date) -> AbsenceEntry:
    """This function will record that a member who was away is back."""
    return record_absence_entries(act=act, drafts=[AbsenceDraft(member, AbsenceEvent.RETURNED, day)])[0]


def void_absence_entry(*, act: Act, entry: AbsenceEntry) -> AbsenceEntry:
    """This function will take an entry back by a correcting entry; the mistake stays readable in the journal."""
    draft = AbsenceDraft(
        entry.member, AbsenceEvent(entry.kind), entry.effective_date, corrects=entry.uid, void=True, seq=entry.seq
    )
    return record_absence_entries(act=act, drafts=[draft])[0]


def redate_absence_entry(*, act: Act, entry: AbsenceEntry, day: date, decision: Decision) -> AbsenceEntry:
    """This function will replace an entry by one with another day or decision; all else stays as it was."""
    draft = AbsenceDraft(
        entry.member,
        AbsenceEvent(entry.kind),
        day,
        entry.until,
        entry.place,
        entry.abroad,
        decision,
        entry.ref,
        entry.seq,
        entry.uid,
    )
    return record_absence_entries(act=act, drafts=[draft])[0]
