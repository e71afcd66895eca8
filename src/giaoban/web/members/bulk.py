"""The same step for several members at once: chosen in the list, one day, one decision, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.members.models import Member, MemberEvent, MemberState
from giaoban.apps.members.operations import EntryDraft, record_member_entries
from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import GiaobanError, NotAllowed, NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.forms import DayField
from giaoban.web.members.forms import DecisionForm

_MOST = 500


@dataclass(frozen=True, slots=True)
class BulkWork:
    """One step that may be recorded for several: its words, the entry, who it is for."""

    label: str
    done: str
    kind: MemberEvent
    state: MemberState


BULK_WORK = {
    "cong-nhan": BulkWork(
        "Ghi công nhận chính thức", "Đã ghi công nhận chính thức", MemberEvent.RECOGNISED, MemberState.PROBATIONARY
    ),
    "phat-the": BulkWork("Ghi phát thẻ", "Đã ghi phát thẻ", MemberEvent.CARD_ISSUED, MemberState.OFFICIAL),
    "lop-moi": BulkWork(
        "Ghi học xong lớp đảng viên mới",
        "Đã ghi học xong lớp đảng viên mới",
        MemberEvent.COURSE_PASSED,
        MemberState.PROBATIONARY,
    ),
}


@dataclass(frozen=True, slots=True)
class BulkPerson:
    """One of those chosen; ``obstacle`` says why the step is not for them."""

    uid: str
    name: str
    place: str
    obstacle: str


class BulkForm(DecisionForm):
    """Day, decision and, for cards, the round."""

    field_order = ("day", "round", "decision_number", "decision_date")
    day = DayField(label="Ngày")
    round = forms.CharField(label="Đợt", max_length=20, required=False, help_text="Đợt phát thẻ, ví dụ 19/5")


def _chosen(desk: Desk) -> Sequence[Member]:
    uids = desk.request.POST.getlist("ai")[:_MOST]
    try:
        found = Member.objects.visible_to(desk.act.user, today=desk.act.today).filter(uid__in=uids)
        return list(found.select_related("unit").order_by("sort_key", "pk"))
    except (ValueError, forms.ValidationError):
        raise NotFound("Danh sách đã chọn không đọc được") from None


def _people(desk: Desk, members: Sequence[Member], work: BulkWork) -> tuple[BulkPerson, ...]:
    cards = place_cards({member.unit_id for member in members}, day=desk.act.today)
    return tuple(
        BulkPerson(
            str(member.uid),
            member.full_name,
            cards[member.unit_id].place,
            "" if member.state == work.state else str(MemberState(member.state).label).lower(),
        )
        for member in members
    )


@screen("members", right="members_record", methods=("POST",))
def bulk(desk: Desk) -> HttpResponse:
    """Show those chosen with one form for all; with ``ghi`` record the step for those for whom it is."""
    key = desk.request.POST.get("viec", "")
    work = BULK_WORK.get(key)
    if work is None:
        raise NotFound(f"Không có việc {key!r}")
    members = _chosen(desk)
    if not members:
        messages.info(desk.request, "Chưa chọn đảng viên nào. Đánh dấu ở đầu dòng rồi chọn việc cần ghi.")
        return HttpResponseRedirect(desk.url("members:list"))
    people = _people(desk, members, work)
    ready = {one.uid for one in people if not one.obstacle}
    recording = "ghi" in desk.request.POST
    form = BulkForm(desk.request.POST if recording else None, initial={"day": desk.act.today})
    if recording and form.is_valid():
        data = form.cleaned_data
        drafts = [
            EntryDraft(
                member, work.kind, data["day"], member.unit, round=data["round"].strip(), decision=form.decision()
            )
            for member in members
            if str(member.uid) in ready
        ]
        try:
            record_member_entries(act=desk.act, drafts=drafts)
        except (NotAllowed, NotFound):
            raise
        except GiaobanError as error:
            form.refuse(error)
        else:
            words = f"{work.done} cho {format_number(len(drafts))} đảng viên, ngày {format_date(data['day'])}."
            messages.info(desk.request, words)
            return HttpResponseRedirect(desk.url("members:list"))
    form.point_at_first_error()
    context = {
        "work": work,
        "key": key,
        "people": people,
        "ready": len(ready),
        "form": form,
        "back_url": desk.url("members:list"),
    }
    return desk.render("members/bulk.html", context, status=422 if form.errors else 200)
