"""Recording people of committees: a whole one after a congress, changes between congresses, what is planned."""

from __future__ import annotations

from django.http import HttpResponse

from giaoban.apps.members.models import OfficeEvent
from giaoban.apps.members.operations import (
    CongressDraft,
    ConsolidationDraft,
    OfficeDraft,
    record_congress,
    record_consolidation,
    record_office_events,
)
from giaoban.apps.members.queries.office_holders import elected_not_approved
from giaoban.apps.organizations.models import TermEntry, TermEvent
from giaoban.apps.organizations.queries.rules import rule_for
from giaoban.apps.organizations.queries.terms import proposed_term
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import GiaobanError, InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import attempt
from giaoban.web.organizations.committee_forms import ChangeForm, NoteForm
from giaoban.web.organizations.committee_place import (
    BLANK_ROWS,
    BOTH,
    Place,
    asked_rows,
    gone_words,
    held_now,
    holder_key,
    holders_of,
    offered,
    open_place,
    saved,
    seat_words,
    show_form,
    typed_initial,
    typed_people,
)
from giaoban.web.organizations.term_forms import CongressForm

_ROWS = "organizations/committee_rows.html"


@screen("organizations", right="organizations_view", methods=BOTH)
def congress(desk: Desk, code: str) -> HttpResponse:
    """Record a whole committee after a congress, or a provisional one; those who sit now stand in the rows already."""
    place = open_place(desk, code)
    now = [(one.full_name, one.office) for one in held_now(desk, place)]
    rows = asked_rows(desk.posted, max(len(now), 3) + BLANK_ROWS)
    if desk.posted is None or "more" in desk.posted:
        initial = typed_initial(desk.posted) if desk.posted is not None else {"kind_of": TermEvent.CONGRESS}
        form = CongressForm(kind=place.kind, rows=rows, seats=() if desk.posted else now, initial=initial)
    else:
        form = CongressForm(desk.posted, kind=place.kind, rows=rows)
        if form.is_valid() and (done := _record_congress(desk, place, form)):
            return saved(desk, code, done)
    rule = rule_for(place.kind.term, place.unit, desk.act.today) if place.kind.term else None
    page = RecordPage(
        "Đại hội, chỉ định cấp ủy",
        place.card.name,
        "Ghi cấp ủy mới",
        desk.url("organizations:committee", code),
        note="Người đang trong cấp ủy mà không có tên dưới đây thì thôi giữ chức vụ từ ngày này. "
        "Ủy ban kiểm tra cũ còn giữ chức vụ đến khi ghi ủy ban kiểm tra mới.",
        warning=f"Ô nhiệm kỳ để trống thì ghi theo quy định: {rule.whole} tháng ({rule.source})." if rule else "",
    )
    return show_form(desk, _ROWS, page, form, offered(desk, place))


def _record_congress(desk: Desk, place: Place, form: CongressForm) -> str | None:
    data, seats = form.cleaned_data, form.seats()
    proposed = proposed_term(place.unit, data["day"])
    name, until = data["name"].strip(), data["until"]
    if proposed is not None:
        name, until = name or proposed.name, until or proposed.until

    def record() -> str:
        people = typed_people(desk, place, seats, form)
        draft = CongressDraft(
            place.unit,
            TermEvent(data["kind_of"]),
            data["day"],
            name,
            tuple(zip(people, (seat.office for seat in seats), strict=True)),
            until,
            form.sizes(),
            form.decision(),
        )
        term, _entries = record_congress(act=desk.act, draft=draft)
        return _congress_words(term, len({member.pk for member in people}))

    # Entries of those who leave come before those of the rows: only names that are not found have a row of their own.
    return attempt(lambda error: form.refuse_row(error, seats if _is_name(error) else ()), record)


def _is_name(error: GiaobanError) -> bool:
    return error.where == "Họ và tên"


def _congress_words(term: TermEntry, people: int) -> str:
    until = f", đến hết ngày {format_date(term.until)}" if term.until else ""
    count = format_number(people)
    return (
        f"Đã ghi cấp ủy mới {count} đồng chí từ ngày {format_date(term.effective_date)}: nhiệm kỳ {term.name}{until}."
    )


@screen("organizations", right="organizations_view", methods=BOTH)
def change(desk: Desk, code: str) -> HttpResponse:
    """Record who comes to an office and who leaves one, as a rule with the decision that consolidates the committee."""
    place = open_place(desk, code)
    holders = [(holder_key(one), seat_words(place, one)) for one in held_now(desk, place)]
    approving = desk.request.GET.get("chuan-y") == "1"
    waiting = elected_not_approved(held_now(desk, place)) if approving else ()
    rows = asked_rows(desk.posted, max(len(waiting), BLANK_ROWS))
    if desk.posted is None or "more" in desk.posted:
        form = ChangeForm(
            kind=place.kind,
            rows=rows,
            holders=holders,
            seats=() if desk.posted else [(one.full_name, one.office) for one in waiting],
            initial=typed_initial(desk.posted) if desk.posted is not None else _usual(desk, approving),
        )
    else:
        gone = gone_words(place, desk.posted.getlist("leaving"), held_now(desk, place))
        form = ChangeForm(desk.posted, kind=place.kind, rows=rows, holders=holders, gone=gone)
        if form.is_valid() and (done := _record_change(desk, place, form)):
            return saved(desk, code, done)
    note = "Ghi cả người nhận và người thôi chức vụ trong một lần; lần ghi được tất cả hoặc không ghi gì."
    if approving:
        note = "Mỗi dòng là một người đã bầu mà sổ chưa ghi chuẩn y; ai chưa được chuẩn y thì xóa dòng của người đó."
    page = RecordPage(
        "Chuẩn y kết quả bầu cử" if approving else "Thay đổi, kiện toàn cấp ủy",
        place.card.name,
        "Ghi chuẩn y" if approving else "Ghi thay đổi",
        desk.url("organizations:committee", code),
        note=note,
        warning="Mọi người đã bầu đều đã được chuẩn y." if approving and not waiting and desk.posted is None else "",
    )
    return show_form(desk, _ROWS, page, form, offered(desk, place))


def _usual(desk: Desk, approving: bool) -> dict[str, object]:
    """What stands in the form at first; approving those who were elected is no consolidation."""
    usual: dict[str, object] = {"day": desk.act.today}
    return usual | {"how": OfficeEvent.APPROVED.value, "consolidates": False} if approving else usual


def _record_change(desk: Desk, place: Place, form: ChangeForm) -> str | None:
    data, seats, decision = form.cleaned_data, form.seats(), form.decision()
    ends = [
        OfficeDraft(member, place.unit, office, OfficeEvent.ENDED, data["day"], decision)
        for member, office in holders_of(desk, place, data.get("leaving") or ())
    ]

    def record() -> str:
        people = typed_people(desk, place, seats, form)
        how = OfficeEvent(data["how"])
        comes = [
            OfficeDraft(member, place.unit, seat.office, how, data["day"], decision)
            for member, seat in zip(people, seats, strict=True)
        ]
        if data["consolidates"]:
            told = ConsolidationDraft(place.unit, data["day"], (*ends, *comes), data["note"], decision)
            entry = record_consolidation(act=desk.act, draft=told)
            return f"Đã ghi kiện toàn cấp ủy ngày {format_date(data['day'])}: {entry.note}."
        if not ends and not comes:
            raise InvalidInput("Chưa ghi thay đổi gì", expected="người nhận hoặc người thôi chức vụ")
        record_office_events(act=desk.act, drafts=[*ends, *comes])
        return f"Đã ghi {format_number(len(ends) + len(comes))} thay đổi chức vụ ngày {format_date(data['day'])}."

    return attempt(lambda error: form.refuse_row(error, seats, offset=0 if _is_name(error) else len(ends)), record)


@screen("organizations", right="organizations_view", methods=BOTH)
def note(desk: Desk, code: str) -> HttpResponse:
    """Record who is planned for an office, or of whom a vote of confidence was taken."""
    place = open_place(desk, code)
    rows = asked_rows(desk.posted, BLANK_ROWS)
    if desk.posted is None or "more" in desk.posted:
        initial = typed_initial(desk.posted) if desk.posted is not None else {"kind_of": OfficeEvent.PLANNED}
        form = NoteForm(kind=place.kind, rows=rows, initial=initial)
    else:
        form = NoteForm(desk.posted, kind=place.kind, rows=rows)
        if form.is_valid() and (done := _record_note(desk, place, form)):
            return saved(desk, code, done)
    page = RecordPage(
        "Quy hoạch, lấy phiếu tín nhiệm",
        place.card.name,
        "Ghi",
        desk.url("organizations:committee", code),
        note="Chỉ ghi ai, chức danh nào, ngày nào; kết quả phiếu và hồ sơ quy hoạch giữ trên giấy theo chế độ mật.",
    )
    return show_form(desk, _ROWS, page, form, offered(desk, place))


def _record_note(desk: Desk, place: Place, form: NoteForm) -> str | None:
    data, seats, decision = form.cleaned_data, form.seats(), form.decision()
    kind = OfficeEvent(data["kind_of"])

    def record() -> str:
        if not seats:
            raise InvalidInput("Chưa ghi ai", expected="ít nhất một đồng chí với chức danh")
        people = typed_people(desk, place, seats, form)
        drafts = [
            OfficeDraft(member, place.unit, seat.office, kind, data["day"], decision, note=data["note"])
            for member, seat in zip(people, seats, strict=True)
        ]
        record_office_events(act=desk.act, drafts=drafts)
        return f"Đã ghi {str(kind.label).lower()}: {format_number(len(drafts))} lượt, ngày {format_date(data['day'])}."

    return attempt(lambda error: form.refuse_row(error, seats), record)
