"""Offices in committees: who came to hold one, who ceased to, and the terms that follow from it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects, insert_rows
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.holdings import COMES, NOTED, OfficeFact, replay_holdings
from giaoban.apps.members.models import Member, MembershipSpell, OfficeEntry, OfficeEvent, OfficeTerm
from giaoban.apps.members.operations.drafts import OfficeDraft
from giaoban.apps.members.queries.aliases import standing_aliases, with_aliases
from giaoban.apps.organizations.kinds import Kind, Office
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.operations.terms import CORRECTED_MEANWHILE, lock_units
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.standing import kind_on, kind_spans
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import tidy

_AHEAD = timedelta(days=366)
_CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement


@transaction.atomic
def record_office_events(*, act: Act, drafts: Sequence[OfficeDraft]) -> list[OfficeEntry]:
    """This function will record office events, all or none, and rebuild the terms of those concerned.

    A person may hold offices of several units at once, also of one in which they do not stand: that is for the findings
    to tell, not refused here.

    Raises:
        InvalidInput: an office ends that the person does not hold, or begins twice; the unit does not stand on the day
            or its kind does not know the office; the person is a member nowhere on that day, or is elected while on
            probation (Điều lệ Đảng, điều 5); a day more than a year ahead.
        Conflict: somebody else corrected the entry first.
        NotAllowed, NotFound: no right ``organizations_manage`` at a unit.
    """
    units = {draft.unit.pk: draft.unit for draft in drafts}
    require(act, "organizations_manage", units.values())
    lock_units(units)
    _check(act, drafts)
    entries = _entries(act, drafts)
    try:
        with transaction.atomic():
            insert_objects(entries)
    except IntegrityError:
        raise Conflict(CORRECTED_MEANWHILE, hint="Mở lại trang để xem nội dung mới rồi đính chính tiếp") from None
    first = {(draft.member.pk, draft.unit.pk): index for index, draft in reversed(list(enumerate(drafts)))}
    rebuild_office_terms((draft.member.pk for draft in drafts), first)
    write_trail(
        act,
        [
            Happening(
                f"offices.{entry.kind}",
                "member",
                str(entry.member.uid),
                entry.unit.code,
                {"office": entry.office, "date": entry.effective_date.isoformat(), "void": entry.void},
            )
            for entry in entries
        ],
    )
    return entries


def void_office_entry(*, act: Act, entry: OfficeEntry) -> OfficeEntry:
    """This function will take an office event back by a correcting entry; the mistake stays readable in the journal.

    Raises:
        InvalidInput: without this entry the rest of the journal cannot be; Conflict: somebody else corrected it first.
    """
    return record_office_events(act=act, drafts=[taken_back(entry)])[0]


def redate_office_entry(*, act: Act, entry: OfficeEntry, day: date, decision: Decision) -> OfficeEntry:
    """This function will replace an office event by one with another day or decision; all else stays as it was."""
    draft = OfficeDraft(
        entry.member,
        entry.unit,
        _office(entry),
        OfficeEvent(entry.kind),
        day,
        decision,
        note=entry.note,
        ref=entry.ref,
        committee_entry=entry.committee_entry,
        corrects=entry.uid,
    )
    return record_office_events(act=act, drafts=[draft])[0]


def taken_back(entry: OfficeEntry) -> OfficeDraft:
    """Return the draft that only removes an entry."""
    kind = OfficeEvent(entry.kind)
    return OfficeDraft(
        entry.member, entry.unit, _office(entry), kind, entry.effective_date, corrects=entry.uid, void=True
    )


def _office(entry: OfficeEntry) -> Office:
    return Office(entry.office)


def _check(act: Act, drafts: Sequence[OfficeDraft]) -> None:
    spans = kind_spans(draft.unit.pk for draft in drafts)
    spells = _spells({draft.member.pk for draft in drafts if draft.kind in COMES and not draft.void})
    for index, draft in enumerate(drafts):
        if draft.void:
            continue
        with blame(index):
            if draft.day > act.today + _AHEAD:
                raise InvalidInput(
                    f"Ngày {format_date(draft.day)} còn quá xa",
                    where=draft.where,
                    expected="ngày không quá một năm sau hôm nay",
                )
            if draft.kind in (*COMES, *NOTED):
                _check_office(draft, kind_on(spans[draft.unit.pk], draft.day))
            if draft.kind in COMES:
                _check_person(draft, spells.get(draft.member.pk, ()))


def _check_office(draft: OfficeDraft, kind: Kind | None) -> None:
    if kind is None:
        raise InvalidInput(
            f"Đơn vị {draft.unit.code} không hoạt động ngày {format_date(draft.day)}",
            where=draft.where,
            expected="ngày đơn vị đang hoạt động",
        )
    if draft.office not in kind.offices:
        raise InvalidInput(
            f"{kind.label} không có chức vụ {kind.office_name(draft.office)}",
            where=draft.where,
            expected="một trong: " + ", ".join(kind.office_name(office) for office in kind.offices),
        )


def _check_person(draft: OfficeDraft, spells: Sequence[tuple[date, date, bool]]) -> None:
    official = next((official for start, end, official in spells if start <= draft.day < end), None)
    if official is None:
        raise InvalidInput(
            f"{draft.member.full_name} không sinh hoạt ở chi bộ nào ngày {format_date(draft.day)}",
            where=draft.where,
            expected="một đảng viên đang sinh hoạt ngày đó",
        )
    if not official and draft.kind == OfficeEvent.ELECTED:
        raise InvalidInput(
            f"{draft.member.full_name} là đảng viên dự bị, chưa được bầu vào cấp ủy",
            where=draft.where,
            expected="một đảng viên chính thức",
        )


def _spells(members: Iterable[int]) -> Mapping[int, Sequence[tuple[date, date, bool]]]:
    found: dict[int, list[tuple[date, date, bool]]] = defaultdict(list)
    for chunk in _chunks(members):
        rows = MembershipSpell.objects.filter(member__in=chunk)
        for member, start, end, official in rows.values_list("member_id", "valid_from", "valid_to", "official"):
            found[member].append((start, end, official))
    return found


def _chunks(keys: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(set(keys))
    return (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))


def _entries(act: Act, drafts: Sequence[OfficeDraft]) -> list[OfficeEntry]:
    wanted = {draft.corrects for draft in drafts if draft.corrects is not None}
    corrected: dict[uuid.UUID, OfficeEntry] = (
        {entry.uid: entry for entry in OfficeEntry.objects.filter(uid__in=wanted)} if wanted else {}
    )
    entries = []
    for index, draft in enumerate(drafts):
        target = corrected.get(draft.corrects) if draft.corrects is not None else None
        same = target is not None and (target.member_id, target.unit_id) == (draft.member.pk, draft.unit.pk)
        if draft.corrects is not None and not same:
            with blame(index):
                raise InvalidInput("Không có lần ghi cần đính chính", where=draft.where)
        entries.append(
            OfficeEntry(
                member=draft.member,
                unit=draft.unit,
                office=draft.office,
                kind=draft.kind,
                note=tidy(draft.note),
                committee_entry=draft.committee_entry,
                effective_date=draft.day,
                recorded_at=act.now,
                actor=act.user,
                entered_for=act.entered_for,
                decision_number=draft.decision.number,
                decision_date=draft.decision.date,
                decision_issuer=draft.decision.issuer,
                ref=draft.ref,
                corrects=target,
                void=draft.void,
            )
        )
    return entries


def rebuild_office_terms(members: Iterable[int], first: Mapping[tuple[int, int], int] | None = None) -> None:
    """This function will rebuild who held which office when, for some members, from their live entries.

    Args:
        members: by key.
        first: which of several drafts is to blame for a (member, unit) whose journal cannot be.

    Raises:
        InvalidInput: a journal that cannot be; the caller holds the transaction.
    """
    blamed = first or {}
    for chunk in _chunks(members):
        records = with_aliases(chunk)
        aliases = standing_aliases(records)
        OfficeTerm.objects.filter(member__in=records).delete()
        insert_rows(OfficeTerm, _TERM, list(office_spans({aliases.get(pk, pk) for pk in records}, blamed)))


_TERM = ("member_id", "unit_id", "office", "valid_from", "valid_to")
_Span = tuple[int, int, str, date, date]


def office_spans(members: Collection[int], blamed: Mapping[tuple[int, int], int]) -> Iterable[_Span]:
    """Give what the journal says: member, unit, office, from, to (half-open); arguments as ``rebuild_office_terms``.

    Offices recorded of a second record of a person are the person's (decision D12): ``members`` are kept records.
    """
    facts: dict[tuple[int, int, str], list[OfficeFact]] = defaultdict(list)
    words: dict[tuple[int, int, str], str] = {}
    aliases = standing_aliases(members)
    entries = OfficeEntry.objects.counted().filter(member__in={*members, *aliases}).select_related("member", "unit")
    for entry in entries.order_by("pk"):
        key = (aliases.get(entry.member_id, entry.member_id), entry.unit_id, entry.office)
        facts[key].append(OfficeFact(entry.pk, entry.kind, entry.effective_date))
        words.setdefault(key, office_words(entry.member, entry.unit.code, _office(entry)))
    for key, found in facts.items():
        index = blamed.get(key[:2])
        try:
            holdings = replay_holdings(words[key], found)
        except InvalidInput as error:
            error.index = index
            raise
        for holding in holdings:
            yield (*key, holding.start, holding.end)


def office_words(member: Member, unit: str, office: Office) -> str:
    """Return the place that an error names: «Nguyễn Văn A, Bí thư MAU.15»."""
    return f"{member.full_name}, {office.label} {unit}"
