"""What follows from candidates' threads in the registers of members and of vetting; made, changed and undone.

What a thread brought about carries ``candidate:<uid>`` as its ``ref``: so it is found again, and nobody corrects it
past the thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.members.candidate_walk import CandidateFact, CandidateThread
from giaoban.apps.members.identity import blind_index
from giaoban.apps.members.models import (
    Candidate,
    CandidateEvent,
    CorrectionEntry,
    CorrectionRequest,
    Member,
    MemberAccount,
    MemberAlias,
    MemberEntry,
    MemberEvent,
    MemberState,
    Trait,
    TraitEntry,
    VettingEntry,
    VettingPurpose,
)
from giaoban.apps.members.operations._projection import rebuild_members
from giaoban.apps.members.operations.drafts import EntryDraft, FirstEntry, MemberDraft
from giaoban.apps.members.operations.enrolment import enrol_members
from giaoban.apps.members.operations.entries import check_places, write_entries
from giaoban.apps.members.operations.vetting import VettingDraft, record_vetting_entries
from giaoban.apps.members.queries.candidacies import CANDIDATE_REF
from giaoban.apps.organizations.operations import Decision
from giaoban.core.dates_vi import PartialDate, Precision, format_date
from giaoban.core.errors import Conflict, GiaobanError, InvalidInput, blame

_CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement


@dataclass(frozen=True, slots=True)
class Numbers:
    """Under which numbers somebody enters the register of members; all may be empty."""

    file_number: str = ""
    identity_number: str = ""
    phone: str = ""

    def or_else(self, other: Numbers) -> Numbers:
        """Return these, each empty one as in ``other``."""
        return Numbers(
            self.file_number.strip() or other.file_number,
            self.identity_number.strip() or other.identity_number,
            self.phone.strip() or other.phone,
        )


NO_NUMBERS = Numbers()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A candidate with the thread as it is to be."""

    candidate: Candidate
    thread: CandidateThread
    numbers: Numbers

    @property
    def ref(self) -> str:
        """How entries that follow from the thread are marked."""
        return f"{CANDIDATE_REF}{self.candidate.uid}"

    @property
    def decision(self) -> Decision:
        """The paper of the admission."""
        admission = self.thread.admission
        return Decision(admission.number, admission.decided, admission.issuer) if admission else Decision()

    @property
    def ceremony(self) -> CandidateFact | None:
        """The ceremony, of somebody who is admitted."""
        found = self.thread.steps.get(CandidateEvent.CEREMONY)
        return found[0] if found and self.thread.admission else None


@dataclass(slots=True)
class _Following:
    """What has to be written, candidate by candidate."""

    drafts: list[EntryDraft] = field(default_factory=list)
    emptied: set[int] = field(default_factory=set)
    enrol: list[tuple[int, MemberDraft]] = field(default_factory=list)


def follow_in_registers(act: Act, wanted: Sequence[Wanted]) -> dict[int, int | None]:
    """This function will make the registers say what the threads say; returns the member of each candidate, by key.

    Raises:
        InvalidInput, Conflict: the register of members refuses, or an admission that is to be undone is rested on;
            ``index`` counts in ``wanted``.
    """
    own = _own_entries(wanted)
    known = _known_members(wanted, own)
    members: dict[int, int | None] = {}
    todo = _Following()
    for index, one in enumerate(wanted):
        with blame(index):
            admitted = own.get((one.ref, MemberEvent.ADMITTED))
            if one.thread.admission is None:
                members[one.candidate.pk] = None
                if admitted is not None:
                    _undo(one, own, todo)
            elif admitted is None:
                _admit(one, index, known.get(index), members, todo)
            else:
                members[one.candidate.pk] = admitted.member_id
                _change(todo, admitted, one.thread.admission.day, one.decision)
    _enrol(act, wanted, todo, members)
    _ceremonies(wanted, own, members, todo)
    if todo.drafts:
        check_places(todo.drafts)
        write_entries(act, todo.drafts)
        rebuild_members((draft.member.pk for draft in todo.drafts), emptied=todo.emptied)
        Member.objects.filter(pk__in=todo.emptied, state=MemberState.VOIDED).update(**_NAMELESS)
    _vetting(act, wanted)
    return members


# The numbers of an admission that was taken back may be those of somebody else.
_NAMELESS = dict.fromkeys(
    (
        "file_number",
        "card_number",
        "phone",
        "identity_cipher",
        "identity_cipher_key",
        "identity_index",
        "identity_index_key",
        "identity_tail",
    ),
    "",
)


def _own_entries(wanted: Sequence[Wanted]) -> dict[tuple[str, str], MemberEntry]:
    found: dict[tuple[str, str], MemberEntry] = {}
    refs = [one.ref for one in wanted]
    for start in range(0, len(refs), _CHUNK):
        rows = MemberEntry.objects.live().filter(ref__in=refs[start : start + _CHUNK])
        found |= {(row.ref, row.kind): row for row in rows.select_related("member", "unit")}
    return found


def _known_members(wanted: Sequence[Wanted], own: Mapping[tuple[str, str], MemberEntry]) -> dict[int, Member]:
    """Members whom the register has already, by the place in ``wanted``: entered without the thread on that very day
    in that cell, or members once who left and are known again by a number (D19: never by the name alone)."""
    asked = {
        index: one
        for index, one in enumerate(wanted)
        if one.thread.admission is not None and (one.ref, MemberEvent.ADMITTED) not in own
    }
    found: dict[int, Member] = {}
    entered: dict[tuple[Any, ...], Member] = {}
    days = {one.thread.admission.day for one in asked.values() if one.thread.admission}
    rows = MemberEntry.objects.live().filter(
        kind=MemberEvent.ADMITTED,
        effective_date__in=days,
        unit__in={one.candidate.unit_id for one in asked.values()},
        member__birth_precision=Precision.DAY,
    )
    for row in rows.exclude(ref__startswith=CANDIDATE_REF).select_related("member"):
        entered[row.unit_id, row.effective_date, row.member.folded_name, row.member.birth_date] = row.member
    for index, one in asked.items():
        person, admission = one.candidate, one.thread.admission
        assert admission is not None
        key = person.unit_id, admission.day, person.folded_name, person.birth_date
        if key in entered and person.birth_precision == Precision.DAY:
            found[index] = entered[key]
    return found | _readmitted({index: one for index, one in asked.items() if index not in found})


def _readmitted(asked: Mapping[int, Wanted]) -> dict[int, Member]:
    files = {one.numbers.file_number: index for index, one in asked.items() if one.numbers.file_number}
    identities = {
        blind_index(one.numbers.identity_number): index for index, one in asked.items() if one.numbers.identity_number
    }
    gone = Member.objects.filter(state=MemberState.LEFT)
    found = {files[one.file_number]: one for one in gone.filter(file_number__in=files)} if files else {}
    if identities:
        found |= {identities[one.identity_index]: one for one in gone.filter(identity_index__in=identities)}
    return found


def _admit(one: Wanted, index: int, known: Member | None, members: dict[int, int | None], todo: _Following) -> None:
    admission, person = one.thread.admission, one.candidate
    assert admission is not None
    if person.member_id is not None and known is None:
        # Entered without the thread, and the thread now says another day: which one is right only people can tell.
        raise Conflict(
            f"Sổ đảng viên ghi {person.full_name} kết nạp ngày khác {format_date(admission.day)}",
            where=person.full_name,
            hint="Đính chính ngày kết nạp ở trang đảng viên trước",
        )
    if known is None:
        first = FirstEntry(
            MemberEvent.ADMITTED, admission.day, person.unit, official=False, decision=one.decision, ref=one.ref
        )
        draft = MemberDraft(
            person.full_name,
            PartialDate(person.birth_date, Precision(person.birth_precision)),
            first,
            file_number=one.numbers.file_number,
            identity_number=one.numbers.identity_number,
            phone=one.numbers.phone,
            traits=((Trait.SEX, person.sex),),
        )
        todo.enrol.append((index, draft))
        return
    members[person.pk] = known.pk
    if known.state == MemberState.LEFT:
        todo.drafts.append(
            EntryDraft(
                known,
                MemberEvent.ADMITTED,
                admission.day,
                person.unit,
                official=False,
                decision=one.decision,
                ref=one.ref,
            )
        )


def _enrol(act: Act, wanted: Sequence[Wanted], todo: _Following, members: dict[int, int | None]) -> None:
    if not todo.enrol:
        return
    try:
        made = enrol_members(act=act, drafts=[draft for _index, draft in todo.enrol])
    except GiaobanError as error:
        if error.index is not None:
            error.index = todo.enrol[error.index][0]
        raise
    for (index, _draft), member in zip(todo.enrol, made, strict=True):
        members[wanted[index].candidate.pk] = member.pk


def _change(todo: _Following, entry: MemberEntry, day: date, decision: Decision) -> None:
    before = entry.effective_date, entry.decision_number, entry.decision_date, entry.decision_issuer
    if before == (day, decision.number, decision.date, decision.issuer):
        return
    todo.drafts.append(_replacing(entry, day, decision))


def _replacing(entry: MemberEntry, day: date, decision: Decision, *, void: bool = False) -> EntryDraft:
    return EntryDraft(
        entry.member,
        MemberEvent(entry.kind),
        day,
        entry.unit,
        official=entry.official,
        decision=decision,
        ref=entry.ref,
        seq=entry.seq,
        corrects=entry.uid,
        void=void,
    )


def _ceremonies(
    wanted: Sequence[Wanted],
    own: Mapping[tuple[str, str], MemberEntry],
    members: Mapping[int, int | None],
    todo: _Following,
) -> None:
    """The ceremony in the member's journal; taken back together with the admission, or alone."""
    by_key = Member.objects.in_bulk([pk for pk in members.values() if pk is not None])
    for one in wanted:
        entry, member = own.get((one.ref, MemberEvent.CEREMONY)), members[one.candidate.pk]
        if one.ceremony is None or member is None:
            if entry is not None and entry.member_id not in todo.emptied:
                todo.drafts.append(_replacing(entry, entry.effective_date, Decision(), void=True))
        elif entry is not None:
            _change(todo, entry, one.ceremony.day, Decision())
        else:
            draft = EntryDraft(
                by_key[member], MemberEvent.CEREMONY, one.ceremony.day, one.candidate.unit, ref=one.ref, seq=1
            )
            todo.drafts.append(draft)


def _undo(one: Wanted, own: Mapping[tuple[str, str], MemberEntry], todo: _Following) -> None:
    mine = [entry for (ref, _kind), entry in own.items() if ref == one.ref]
    member = mine[0].member
    _refuse_dependents(member, mine)
    todo.drafts += [_replacing(entry, entry.effective_date, Decision(), void=True) for entry in mine]
    todo.emptied.add(member.pk)


def _refuse_dependents(member: Member, mine: Iterable[MemberEntry]) -> None:
    """Return quietly if nothing was recorded of a member but what the thread brought about.

    Raises:
        InvalidInput: something rests on the admission.
    """
    own = [entry.pk for entry in mine]
    since = min(entry.effective_date for entry in mine)
    others = [
        f"{entry.get_kind_display().lower()} ngày {format_date(entry.effective_date)}"
        for entry in MemberEntry.objects.live().filter(member=member).exclude(pk__in=own).in_order()
        if entry.effective_date >= since
    ]
    elsewhere = sum(_count(relation, member, since) for relation in Member._meta.related_objects)
    if elsewhere:
        others.append(f"{elsewhere} lần ghi ở sổ khác")
    if others:
        raise InvalidInput(
            f"{member.full_name} đã là đảng viên và có thêm: {', '.join(others[:5])}",
            where=member.full_name,
            expected="người chưa có việc gì khác sau kết nạp",
            hint="Bỏ các lần ghi đó trước, hoặc chỉ đính chính ngày và số quyết định",
        )


def _count(relation: Any, member: Member, since: date) -> int:
    model = relation.related_model
    rows = model._default_manager.filter(**{relation.field.name: member})
    if model in (MemberAlias, MemberAccount, CorrectionRequest):
        return int(rows.count())
    # What somebody came with (sex, schooling, numbers) rests on nothing; their own journal was looked at.
    if not issubclass(model, JournalEntry) or model in (MemberEntry, TraitEntry, CorrectionEntry):
        return 0
    return int(rows.live().filter(effective_date__gte=since).count())


def _vetting(act: Act, wanted: Sequence[Wanted]) -> None:
    """The conclusion is entered once: the step of the thread is the entry of the register of vetting too."""
    refs = [one.ref for one in wanted]
    keys = [one.candidate.pk for one in wanted]
    own: dict[str, VettingEntry] = {}
    told: set[tuple[int, str]] = set()
    for start in range(0, len(refs), _CHUNK):
        part = (
            VettingEntry.objects.live().filter(candidate__in=keys[start : start + _CHUNK]).select_related("candidate")
        )
        for entry in part:
            if entry.ref in refs[start : start + _CHUNK]:
                own[entry.ref] = entry
            else:
                told.add((entry.candidate_id, entry.decision_number))
    drafts = []
    for one in wanted:
        found = one.thread.steps.get(CandidateEvent.VETTED)
        fact, entry = (found[0] if found else None), own.get(one.ref)
        number = fact.number.strip() if fact is not None else ""
        if fact is None or not number:
            if entry is not None:
                drafts.append(_vetting_draft(one, entry.effective_date, Decision(), entry, void=True))
            continue
        decision = Decision(number, fact.decided, fact.issuer)
        same = entry is not None and (
            (entry.effective_date, entry.decision_number, entry.decision_date, entry.decision_issuer)
            == (fact.day, decision.number, decision.date, decision.issuer)
        )
        if not same and (one.candidate.pk, number) not in told:
            drafts.append(_vetting_draft(one, fact.day, decision, entry))
    if drafts:
        record_vetting_entries(act=act, drafts=drafts)


def _vetting_draft(
    one: Wanted, day: date, decision: Decision, entry: VettingEntry | None, *, void: bool = False
) -> VettingDraft:
    return VettingDraft(
        VettingPurpose.ADMISSION,
        day,
        candidate=one.candidate,
        decision=decision,
        ref=one.ref,
        corrects=entry.uid if entry is not None else None,
        void=void,
    )
