"""Recording about committees, the rest: who leaves, terms, decisions, corrections."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.http import HttpResponse

from giaoban.apps.audit.act import day_of
from giaoban.apps.members.models import OfficeEntry, OfficeEvent
from giaoban.apps.members.operations import (
    OfficeDraft,
    record_office_events,
    redate_office_entry,
    void_consolidation,
    void_office_entry,
)
from giaoban.apps.members.queries.committee_people import find_office_entry
from giaoban.apps.members.queries.office_holders import offices_to_end
from giaoban.apps.organizations.models import CommitteeEntry, CommitteeEvent, TermEntry, TermEvent
from giaoban.apps.organizations.operations import (
    CommitteeDraft,
    TermDraft,
    record_committee_events,
    record_term_entry,
    void_term_entry,
)
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.committees import find_committee_entry
from giaoban.apps.organizations.queries.standing import kind_on, kind_spans
from giaoban.apps.organizations.queries.terms import find_term_entry, proposed_term
from giaoban.apps.organizations.terms import BEGINS
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import attempt
from giaoban.web.organizations.committee_forms import CommitteeDecisionForm, EndingForm
from giaoban.web.organizations.committee_place import (
    BOTH,
    gone_words,
    held_now,
    holder_key,
    holders_of,
    open_place,
    saved,
    seat_words,
    show_form,
)
from giaoban.web.organizations.term_forms import (
    TERM_FIELDS,
    CorrectDecisionForm,
    CorrectEntryForm,
    CorrectTermForm,
    TermForm,
)

_FORM = "giaoban/record.html"
Entry = OfficeEntry | TermEntry | CommitteeEntry


@screen("organizations", right="organizations_view", methods=BOTH)
def end(desk: Desk, code: str) -> HttpResponse:
    """Record who leaves an office; those who died, left the Party or moved away come first, ticked, with their day."""
    place = open_place(desk, code)
    held = held_now(desk, place)
    due = {holder_key(one.held): one for one in offices_to_end(held, desk.act.today)}
    holders = []
    for one in sorted(held, key=lambda one: holder_key(one) not in due):
        found = due.get(holder_key(one))
        words = seat_words(place, one) + (f": {found.why}" if found else "")
        holders.append((holder_key(one), words, one.left_on if found else None))
    ticked = [name.removeprefix("end_") for name in desk.posted or () if name.startswith("end_")]
    form = EndingForm(desk.posted, holders=holders, gone=gone_words(place, ticked, held))
    if form.is_valid():
        endings = form.endings()
        people = holders_of(desk, place, [key for key, _day in endings])
        drafts = [
            OfficeDraft(member, place.unit, office, OfficeEvent.ENDED, day, form.decision())
            for (member, office), (_key, day) in zip(people, endings, strict=True)
        ]
        done = attempt(
            lambda error: form.refuse_row(error, endings),
            lambda: record_office_events(act=desk.act, drafts=drafts),
        )
        if done:
            return saved(desk, code, f"Đã ghi thôi giữ chức vụ: {format_number(len(done))} trường hợp.")
    page = RecordPage(
        "Thôi giữ chức vụ", place.card.name, "Ghi thôi giữ chức vụ", desk.url("organizations:committee", code)
    )
    return show_form(desk, "organizations/committee_end.html", page, form)


@screen("organizations", right="organizations_view", methods=BOTH)
def term(desk: Desk, code: str) -> HttpResponse:
    """Record a term that runs already, is changed or ends; one that a congress begins is recorded with its people."""
    place = open_place(desk, code)
    form = TermForm(desk.posted, kind=place.kind, initial={"kind_of": TermEvent.OPENING})
    if form.is_valid():
        data = form.cleaned_data
        kind, name, until = TermEvent(data["kind_of"]), data["name"].strip(), data["until"]
        proposed = proposed_term(place.unit, data["day"]) if kind in BEGINS else None
        if proposed is not None and not name:
            name, until = proposed.name, until or proposed.until
        draft = TermDraft(place.unit, kind, data["day"], name, until, form.sizes(), form.decision())
        if attempt(form, lambda: record_term_entry(act=desk.act, draft=draft)):
            words = f"Đã ghi {str(kind.label).lower()}" + (f" {name}" if name else "")
            return saved(desk, code, f"{words}, ngày {format_date(data['day'])}.")
    page = RecordPage(
        "Nhiệm kỳ",
        place.card.name,
        "Ghi nhiệm kỳ",
        desk.url("organizations:committee", code),
        note="Nhiệm kỳ do đại hội hoặc chỉ định lâm thời mở ra thì ghi cùng cấp ủy mới ở «Đại hội, chỉ định cấp ủy».",
    )
    return show_form(desk, _FORM, page, form)


@screen("organizations", right="organizations_view", methods=BOTH)
def decision(desk: Desk, code: str) -> HttpResponse:
    """Record a decision about the committee that changes nobody's office."""
    place = open_place(desk, code)
    form = CommitteeDecisionForm(desk.posted, initial={"day": desk.act.today})
    if form.is_valid():
        data = form.cleaned_data
        kind = CommitteeEvent(data["kind_of"])
        draft = CommitteeDraft(place.unit, kind, data["day"], data["note"].strip(), form.decision())
        if attempt(form, lambda: record_committee_events(act=desk.act, drafts=[draft])):
            return saved(desk, code, f"Đã ghi {str(kind.label).lower()} ngày {format_date(data['day'])}.")
    page = RecordPage(
        "Quyết định về cấp ủy", place.card.name, "Ghi quyết định", desk.url("organizations:committee", code)
    )
    return show_form(desk, _FORM, page, form)


@screen("organizations", right="organizations_view", methods=BOTH)
def correct(desk: Desk, code: str, register: str, uid: uuid.UUID) -> HttpResponse:
    """Correct an entry about a committee by a new one: take it back, or write it anew."""
    entry = _find(desk, register, uid)
    if entry.unit.code != code:
        raise NotFound("Không tìm thấy lần ghi này")
    require(desk.act, "organizations_manage", [entry.unit])
    form = _form(desk, entry)
    if form.is_valid() and (done := attempt(form, lambda: _corrected(desk, entry, form))):
        return saved(desk, code, done)
    taken = getattr(entry, "corrected_by", None)
    tied = isinstance(entry, CommitteeEntry) and entry.kind == CommitteeEvent.CONSOLIDATED
    page = RecordPage(
        "Đính chính lần ghi",
        f"{_words(entry)} ngày {format_date(entry.effective_date)}, {code}",
        "Ghi đính chính",
        desk.url("organizations:committee", code),
        note="Bỏ lần ghi kiện toàn thì bỏ cả các thay đổi chức vụ đã ghi cùng." if tied else "",
        warning=f"{taken.actor.full_name} đã đính chính lần ghi này ngày {day_of(taken.recorded_at):%d/%m/%Y}."
        if taken
        else "",
    )
    return show_form(desk, _FORM, page, form)


def _find(desk: Desk, register: str, uid: uuid.UUID) -> Entry:
    user, today = desk.act.user, desk.act.today
    match register:
        case "chuc-vu":
            return find_office_entry(user, uid, today=today)
        case "nhiem-ky":
            return find_term_entry(user, uid, today=today)
        case "cap-uy":
            return find_committee_entry(user, uid, today=today)
    raise NotFound("Không có sổ này")


def _words(entry: Entry) -> str:
    words = str(entry.get_kind_display())
    if isinstance(entry, OfficeEntry):
        words += f": {entry.member.full_name}, {entry.get_office_display()}"
    return words


def _form(desk: Desk, entry: Entry) -> CorrectEntryForm:
    initial: dict[str, object] = {
        "how": "replace",
        "day": entry.effective_date,
        "decision_number": entry.decision_number,
        "decision_date": entry.decision_date,
        "decision_issuer": entry.decision_issuer,
    }
    if isinstance(entry, CommitteeEntry):
        return CorrectDecisionForm(desk.posted, initial={**initial, "note": entry.note})
    if isinstance(entry, OfficeEntry):
        return CorrectEntryForm(desk.posted, initial=initial)
    form = CorrectTermForm(desk.posted, initial={**initial, **{key: getattr(entry, key) for key in TERM_FIELDS}})
    kind = kind_on(kind_spans([entry.unit_id])[entry.unit_id], entry.effective_date)
    if kind is not None:
        form.leave_out_bodies(kind)
    return form


def _corrected(desk: Desk, entry: Entry, form: CorrectEntryForm) -> str:
    """Record the correction and say what was done."""
    data, paper = form.cleaned_data, form.decision()
    voids = data["how"] == "void"
    if isinstance(entry, OfficeEntry):
        if voids:
            void_office_entry(act=desk.act, entry=entry)
        else:
            redate_office_entry(act=desk.act, entry=entry, day=data["day"], decision=paper)
    elif isinstance(entry, TermEntry):
        assert isinstance(form, CorrectTermForm)
        draft = TermDraft(entry.unit, TermEvent(entry.kind), data["day"] or entry.effective_date, corrects=entry.uid)
        if voids:
            void_term_entry(act=desk.act, entry=entry)
        else:
            told = replace(
                draft, name=data["name"], until=data["until"], sizes=form.sizes(), decision=paper, ref=entry.ref
            )
            record_term_entry(act=desk.act, draft=told)
    elif voids:
        void_consolidation(act=desk.act, entry=entry)
    else:
        kind = CommitteeEvent(entry.kind)
        fresh = CommitteeDraft(entry.unit, kind, data["day"], data["note"].strip(), paper, corrects=entry.uid)
        record_committee_events(act=desk.act, drafts=[fresh])
    return f"{'Đã bỏ' if voids else 'Đã đính chính'} lần ghi «{_words(entry)}»."
