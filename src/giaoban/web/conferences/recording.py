"""What is recorded of one conference on screen: who came, what was said and concluded, held, called off."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.meetings.models import ConclusionEntry, DelegationEntry, Meeting, Presence
from giaoban.apps.meetings.operations import (
    ConferenceConclusionDraft,
    DelegationDraft,
    ProposalDraft,
    call_off_conference,
    hold_conference,
    record_conference_conclusions,
    record_delegations,
    record_proposals,
)
from giaoban.apps.meetings.queries.conferences import find_conference
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.conferences.page import as_sent, show_conference
from giaoban.web.forms import DayField, OfficeForm, attempt, sentence
from giaoban.web.members.record_page import BOTH, form_page


class ReportForm(OfficeForm):
    """What a unit reported or proposed."""

    places = {"Đơn vị": "unit", "Nội dung": "text"}
    unit = forms.ChoiceField(label="Đơn vị")
    kind = forms.ChoiceField(
        label="Loại",
        choices=[("report", "Báo cáo, phát biểu"), ("proposal", "Đề nghị, kiến nghị")],
        widget=forms.RadioSelect,
        initial="report",
    )
    text = forms.CharField(label="Nội dung", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Chọn đơn vị…"), *units]


class ConclusionForm(OfficeForm):
    """One conclusion."""

    places = {"Nội dung": "text", "Hạn": "due"}
    text = forms.CharField(
        label="Nội dung kết luận",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Nêu văn bản làm căn cứ, ví dụ Nghị quyết số 01-NQ/ĐUK, ngày 10/3/2021",
    )
    owner = forms.CharField(
        label="Ai thực hiện", max_length=120, required=False, help_text="Ví dụ: Các chi, đảng bộ cơ sở"
    )
    due = DayField(label="Hạn", required=False)


class MendForm(ConclusionForm):
    """A conclusion that is there already."""

    drop = forms.BooleanField(label="Bỏ kết luận này", required=False)


class CancelForm(OfficeForm):
    """Why a conference is called off."""

    places = {"Lý do": "reason"}
    reason = forms.CharField(label="Lý do", max_length=300)


def managed(desk: Desk, uid: uuid.UUID) -> Meeting:
    """Return a conference that the person may manage.

    Raises:
        NotFound: outside the scope; NotAllowed: the right is missing.
    """
    found = find_conference(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "conferences_manage", [found.unit])
    return found


def back_to(desk: Desk, meeting: Meeting, words: str) -> HttpResponse:
    """Say what was recorded, on the page of the conference."""
    if words:
        messages.info(desk.request, words)
    return HttpResponseRedirect(desk.url("conferences:conference", meeting.uid))


@screen("meetings", right="meetings_view", methods=("POST",))
def attendance(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Set which units came; only what was changed on this page is recorded, and all of it or nothing.

    Two clerks tick two clusters at once: what a page left as it was it does not set back. ``tat-ca`` names a sitting
    whose units all came, as far as nobody said otherwise.
    """
    meeting = managed(desk, uid)
    posted = desk.request.POST
    drafts = []
    invited = DelegationEntry.objects.live().filter(meeting=meeting).select_related("unit").order_by("unit__code")
    for entry in invited:
        code = entry.unit.code
        state, number, note = (posted.get(f"{key}-{code}", "") for key in ("co", "so", "ghi"))
        if not state and posted.get("tat-ca") == str(entry.sitting) and not entry.state:
            drafts.append(_draft(entry.unit, Presence.PRESENT.value, number, note))
        elif f"co-{code}" in posted and as_sent(state, number, note) != posted.get(f"cu-{code}"):
            drafts.append(_draft(entry.unit, state, number, note))
    refused: list[str] = []
    made = attempt(
        lambda error: refused.append(sentence(error)),
        lambda: record_delegations(act=desk.act, conference=meeting, drafts=drafts),
    )
    if refused:
        typed = {key: str(posted[key]) for key in posted}
        return show_conference(desk, meeting, typed=typed, refused=refused[0], status=422)
    words = f"Đã ghi điểm danh {format_number(len(made))} đơn vị." if made else "Không có thay đổi nào."
    return back_to(desk, meeting, words)


def _draft(unit: Unit, state: str, typed: str, note: str) -> DelegationDraft:
    known = Presence(state) if state in Presence.values else None
    number = int(typed) if typed.strip().isdecimal() and len(typed.strip()) < 4 else 0
    if known == Presence.PRESENT and not typed.strip():
        number = 1
    return DelegationDraft(unit, known, number if known == Presence.PRESENT else 0, note[:300])


@screen("meetings", right="meetings_view", methods=BOTH)
def report(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record what a unit reported or proposed."""
    meeting = managed(desk, uid)
    invited = DelegationEntry.objects.live().filter(meeting=meeting).values_list("unit_id", flat=True)
    cards = sorted(unit_cards(set(invited), day=meeting.day).values(), key=lambda card: card.code)
    form = ReportForm(desk.posted, units=[(card.code, card.name) for card in cards])
    if form.is_valid():
        data = form.cleaned_data
        draft = ProposalDraft(Unit.objects.get(code=data["unit"]), data["text"], data["kind"] == "proposal")
        if attempt(form, lambda: record_proposals(act=desk.act, conference=meeting, drafts=[draft])):
            return back_to(desk, meeting, "Đã ghi ý kiến của đơn vị.")
    back = desk.url("conferences:conference", meeting.uid)
    return form_page(desk, RecordPage("Ghi báo cáo, đề nghị", meeting.title, "Ghi", back), form)


@screen("meetings", right="meetings_view", methods=BOTH)
def conclude(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record a conclusion, or mend one that is there."""
    meeting = managed(desk, uid)
    kept = _kept(meeting, desk.request.GET.get("sua", ""))
    if kept is None:
        form = ConclusionForm(desk.posted)
    else:
        form = MendForm(desk.posted, initial={"text": kept.text, "owner": kept.owner_words, "due": kept.due})
    if form.is_valid():
        data = form.cleaned_data
        draft = ConferenceConclusionDraft(
            data["text"],
            data["owner"],
            data["due"],
            corrects=kept.uid if kept is not None else None,
            void=bool(data.get("drop")),
        )
        if attempt(form, lambda: record_conference_conclusions(act=desk.act, conference=meeting, drafts=[draft])):
            return back_to(desk, meeting, "Đã bỏ kết luận." if draft.void else "Đã ghi kết luận.")
    back = desk.url("conferences:conference", meeting.uid)
    page = RecordPage("Sửa kết luận" if kept is not None else "Ghi kết luận", meeting.title, "Ghi", back)
    return form_page(desk, page, form)


def _kept(meeting: Meeting, text: str) -> ConclusionEntry | None:
    if not text:
        return None
    try:
        wanted = uuid.UUID(text)
    except ValueError:
        raise NotFound("Không có kết luận này") from None
    found: ConclusionEntry | None = ConclusionEntry.objects.live().filter(meeting=meeting, uid=wanted).first()
    if found is None:
        raise NotFound("Không có kết luận này")
    return found


@screen("meetings", right="meetings_view", methods=("POST",))
def hold(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that the conference was held."""
    meeting = managed(desk, uid)
    held = attempt(
        lambda error: messages.error(desk.request, sentence(error)),
        lambda: hold_conference(act=desk.act, conference=meeting),
    )
    return back_to(desk, meeting, "Đã ghi hội nghị đã họp." if held is not None else "")


@screen("meetings", right="meetings_view", methods=BOTH)
def cancel(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Call a conference off."""
    meeting = managed(desk, uid)
    form = CancelForm(desk.posted)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: call_off_conference(act=desk.act, conference=meeting, reason=reason)):
            return back_to(desk, meeting, "Đã hủy hội nghị.")
    back = desk.url("conferences:conference", meeting.uid)
    return form_page(desk, RecordPage("Hủy hội nghị", meeting.title, "Hủy hội nghị", back), form)
