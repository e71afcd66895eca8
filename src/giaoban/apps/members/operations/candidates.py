"""Recording candidates and their steps; the step that admits makes the member in the same transaction."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.candidate_walk import CandidateFact, CandidateThread, walk_candidate
from giaoban.apps.members.models import Candidate, CandidateEntry, CandidateEvent, CandidateState, Member
from giaoban.apps.members.operations._candidate_membership import NO_NUMBERS, Numbers, Wanted, follow_in_registers
from giaoban.apps.members.operations._days import check_birth
from giaoban.apps.members.operations._journal import (
    check_day,
    chunks,
    corrected_entries,
    journal_fields,
    write_entries,
)
from giaoban.apps.members.operations.entries import CORRECTED_MEANWHILE
from giaoban.apps.members.queries.candidate_threads import facts_of, rules_of
from giaoban.apps.members.queries.standing import NOWHERE, stands_of
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Unit, UnitKindSpan, on_day
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import PartialDate, format_date
from giaoban.core.errors import Conflict, GiaobanError, InvalidInput, blame
from giaoban.core.text_vi import fold, name_sort_key, quoted, tidy


@dataclass(frozen=True, slots=True)
class CandidateDraft:
    """A person whom a cell begins to consider; ``sex`` is «male», «female» or empty."""

    full_name: str
    birth: PartialDate
    unit: Unit
    sex: str = ""


@dataclass(frozen=True, slots=True)
class CandidateEntryDraft:
    """One step; only the fields that the kind needs are filled (see ``CandidateEntry``).

    ``numbers`` are those under which the person enters the register of members: the step that admits uses them.
    ``corrects`` is the uid of the entry that this one replaces, ``void`` removes that entry only.
    """

    candidate: Candidate
    kind: CandidateEvent
    day: date
    decision: Decision = field(default_factory=Decision)
    sponsor: Member | None = None
    sponsor_body: str = ""
    votes_for: int | None = None
    votes_of: int | None = None
    numbers: Numbers = NO_NUMBERS
    ref: str = ""
    corrects: uuid.UUID | None = None
    void: bool = False


def add_candidate(*, act: Act, draft: CandidateDraft) -> Candidate:
    """This function will enter one person; see ``add_candidates``."""
    return add_candidates(act=act, drafts=[draft])[0]


@transaction.atomic
def add_candidates(*, act: Act, drafts: Sequence[CandidateDraft]) -> list[Candidate]:
    """This function will enter people whom cells begin to consider, all or none.

    Raises:
        InvalidInput: half a name, a birth after today, a unit in which no members stand today.
        Conflict: the cell considers somebody of that name and birth already.
        NotAllowed, NotFound: no right ``members_record`` at a unit.
    """
    require(act, "members_record", {draft.unit.pk: draft.unit for draft in drafts}.values())
    cells = _cells({draft.unit.pk for draft in drafts}, act.today)
    for index, draft in enumerate(drafts):
        with blame(index):
            _check_person(act, draft, cells)
    _refuse_known(drafts)
    made = [
        Candidate(
            full_name=tidy(draft.full_name),
            folded_name=fold(draft.full_name),
            sort_key=name_sort_key(tidy(draft.full_name)),
            birth_date=draft.birth.day,
            birth_precision=draft.birth.precision,
            sex=draft.sex,
            unit=draft.unit,
            created_at=act.now,
        )
        for draft in drafts
    ]
    insert_objects(made)
    write_trail(act, [Happening("members.candidate_added", "candidate", str(one.uid), one.unit.code) for one in made])
    return made


def _cells(units: set[int], day: date) -> set[int]:
    with_members = [code for code, kind in kinds().items() if kind.members]
    spans = UnitKindSpan.objects.filter(on_day(day), unit__in=units, kind__in=with_members)
    standing = Unit.objects.filter(pk__in=spans.values("unit")).standing(day)
    return set(standing.values_list("pk", flat=True))


def _check_person(act: Act, draft: CandidateDraft, cells: set[int]) -> None:
    name = tidy(draft.full_name)
    if len(name.split(" ")) < 2:
        raise InvalidInput(f"Họ tên {quoted(draft.full_name)} chưa đủ", where="Họ và tên", expected="cả họ và tên")
    if any(sign.isdigit() for sign in name):
        raise InvalidInput(f"Họ tên {quoted(name)} có chữ số", where="Họ và tên", expected="họ và tên bằng chữ")
    check_birth(draft.birth, act.today, where="Ngày sinh")
    if draft.unit.pk not in cells:
        raise InvalidInput(
            f"{draft.unit.code} không phải chi bộ đang hoạt động", where="Chi bộ", expected="mã của một chi bộ"
        )


def _refuse_known(drafts: Sequence[CandidateDraft]) -> None:
    known = {
        (unit, folded, born, precision)
        for unit, folded, born, precision in Candidate.objects.filter(
            unit__in={draft.unit.pk for draft in drafts}, state=CandidateState.PREPARING
        ).values_list("unit_id", "folded_name", "birth_date", "birth_precision")
    }
    for index, draft in enumerate(drafts):
        key = draft.unit.pk, fold(draft.full_name), draft.birth.day, draft.birth.precision
        if key in known:
            with blame(index):
                raise Conflict(
                    f"{draft.unit.code} đang xem xét {tidy(draft.full_name)} sinh {draft.birth}",
                    where=tidy(draft.full_name),
                    hint="Mở người đó trong danh sách để ghi bước tiếp theo",
                )
        known.add(key)


@transaction.atomic
def record_candidate_entries(*, act: Act, drafts: Sequence[CandidateEntryDraft]) -> list[CandidateEntry]:
    """This function will record steps, all or none, and what follows from them in the register of members.

    The step that admits (the decision, or the ceremony where the office dates admissions by it) enters the person as a
    member; the ceremony is recorded in their journal too; a conclusion of the vetting enters the register of vetting.
    Corrections change or undo all that, as long as nothing else rests on it.

    Raises:
        InvalidInput: a step that cannot be (see ``candidate_walk``), a day after today, a sponsor who is no official
            member on the day, an admission that the register of members refuses or that others rest on.
        Conflict: the step was recorded already, or an entry was corrected by somebody else.
        NotAllowed, NotFound: no right ``members_record`` at a candidate's cell.
    """
    candidates = _lock({draft.candidate.pk for draft in drafts})
    require(act, "members_record", {one.unit_id: one.unit for one in candidates.values()}.values())
    for index, draft in enumerate(drafts):
        with blame(index):
            check_day(act, draft, f"{draft.candidate.full_name}, {draft.kind.label.lower()}")
    _check_sponsors(drafts)
    threads = _walk(candidates, drafts)
    entries = _write(act, candidates, drafts)
    numbers: dict[int, Numbers] = {}
    for draft in drafts:
        numbers[draft.candidate.pk] = draft.numbers.or_else(numbers.get(draft.candidate.pk, NO_NUMBERS))
    wanted = [Wanted(one, threads[pk], numbers[pk]) for pk, one in candidates.items()]
    with _blaming_drafts([one.candidate.pk for one in wanted], drafts):
        members = follow_in_registers(act, wanted)
    for pk, one in candidates.items():
        one.state, one.member_id = threads[pk].state, members[pk]
    Candidate.objects.bulk_update(candidates.values(), ["state", "member"], batch_size=500)
    for draft in drafts:
        fresh = candidates[draft.candidate.pk]
        draft.candidate.state, draft.candidate.member_id = fresh.state, fresh.member_id
    return entries


class _blaming_drafts:
    """Lets an error about one of several candidates name the draft through which it came."""

    def __init__(self, candidates: Sequence[int], drafts: Sequence[CandidateEntryDraft]) -> None:
        self.candidates = candidates
        self.places = {draft.candidate.pk: index for index, draft in enumerate(drafts)}

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        if isinstance(error, GiaobanError) and error.index is not None:
            error.index = self.places[self.candidates[error.index]]


def _lock(ids: set[int]) -> dict[int, Candidate]:
    """Two acts about one candidate happen one after another; SQLite's writers do so anyway."""
    found: dict[int, Candidate] = {}
    for part in chunks(ids):
        rows = Candidate.objects.filter(pk__in=part).select_related("unit").order_by("pk")
        if connection.features.has_select_for_update:
            rows = rows.select_for_update(of=("self",))
        found |= {one.pk: one for one in rows}
    return found


def _check_sponsors(drafts: Sequence[CandidateEntryDraft]) -> None:
    stands = stands_of(draft.sponsor.pk for draft in drafts if draft.sponsor is not None)
    for index, draft in enumerate(drafts):
        if draft.sponsor is None or draft.void:
            continue
        stood = stands.get(draft.sponsor.pk, NOWHERE).on_or_first(draft.day)
        if stood is None or not stood.official:
            what = "là đảng viên dự bị" if stood is not None else "không có tên trong sổ đảng viên"
            with blame(index):
                raise InvalidInput(
                    f"{draft.sponsor.full_name} {what} ngày {format_date(draft.day)}",
                    where="Người giới thiệu",
                    expected="một đảng viên chính thức",
                )


def _walk(candidates: Mapping[int, Candidate], drafts: Sequence[CandidateEntryDraft]) -> dict[int, CandidateThread]:
    known, rules = facts_of(candidates), rules_of(candidates.values())
    by_candidate: dict[int, list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        by_candidate[draft.candidate.pk].append(index)
    threads = {}
    for pk, places in by_candidate.items():
        facts = known[pk]
        for index in places:
            draft = drafts[index]
            if draft.corrects is not None and facts.pop(draft.corrects, None) is None:
                with blame(index):
                    raise Conflict(CORRECTED_MEANWHILE, hint="Mở lại trang để xem nội dung mới rồi đính chính tiếp")
        fresh = [_fact(drafts[index], candidates[pk]) for index in places if not drafts[index].void]
        one = candidates[pk]
        with blame(places[-1]):
            threads[pk] = walk_candidate(one.full_name, one.birth_date, [*facts.values(), *fresh], rules[pk])
    return threads


def _fact(draft: CandidateEntryDraft, candidate: Candidate) -> CandidateFact:
    return CandidateFact(
        draft.kind,
        draft.day,
        draft.decision.number,
        draft.decision.date,
        draft.decision.issuer,
        draft.sponsor.pk if draft.sponsor is not None else None,
        draft.sponsor_body,
        draft.votes_for,
        draft.votes_of,
        candidate.unit_id,
    )


def _write(
    act: Act, candidates: Mapping[int, Candidate], drafts: Sequence[CandidateEntryDraft]
) -> list[CandidateEntry]:
    known = corrected_entries(CandidateEntry, drafts)
    entries = [
        CandidateEntry(
            candidate_id=draft.candidate.pk,
            kind=draft.kind,
            unit_id=candidates[draft.candidate.pk].unit_id,
            sponsor_id=draft.sponsor.pk if draft.sponsor is not None else None,
            sponsor_body=draft.sponsor_body,
            votes_for=draft.votes_for,
            votes_of=draft.votes_of,
            **journal_fields(act, draft, known.get(draft.corrects) if draft.corrects else None),
        )
        for draft in drafts
    ]
    happenings = [
        Happening(
            f"members.candidate_{draft.kind.value}",
            "candidate",
            str(draft.candidate.uid),
            candidates[draft.candidate.pk].unit.code,
            {"entry": str(entry.uid), "date": entry.effective_date.isoformat(), "void": entry.void},
        )
        for draft, entry in zip(drafts, entries, strict=True)
    ]
    write_entries(act, entries, happenings)
    return entries


def record_candidate_step(*, act: Act, draft: CandidateEntryDraft) -> CandidateEntry:
    """This function will record one step; see ``record_candidate_entries``."""
    return record_candidate_entries(act=act, drafts=[draft])[0]


def void_candidate_entry(*, act: Act, entry: CandidateEntry) -> CandidateEntry:
    """This function will take a step back; of the step that admitted, the membership too, if nothing rests on it."""
    return record_candidate_entries(act=act, drafts=[_again(entry, void=True)])[0]


def redate_candidate_entry(*, act: Act, entry: CandidateEntry, day: date, decision: Decision) -> CandidateEntry:
    """This function will replace a step by one with another day or paper; the membership follows."""
    return record_candidate_entries(act=act, drafts=[_again(entry, day=day, decision=decision)])[0]


def _again(
    entry: CandidateEntry, *, day: date | None = None, decision: Decision | None = None, void: bool = False
) -> CandidateEntryDraft:
    return CandidateEntryDraft(
        entry.candidate,
        CandidateEvent(entry.kind),
        day or entry.effective_date,
        decision or Decision(entry.decision_number, entry.decision_date, entry.decision_issuer),
        entry.sponsor,
        entry.sponsor_body,
        entry.votes_for,
        entry.votes_of,
        ref=entry.ref,
        corrects=entry.uid,
        void=void,
    )
