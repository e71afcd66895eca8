"""The same step for several members at once: chosen in the list, looked over, recorded all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from giaoban.apps.members.models import Member
from giaoban.apps.members.queries.absences import absences_of
from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import GiaobanError, NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.forms import OfficeForm, attempt, sentence
from giaoban.web.members.bulk_works import BULK_WORK, BulkWork, Chosen
from giaoban.web.members.list_form import filter_query

_MOST = 500
_NUMBER_LONGEST = 20
_LONGEST_QUERY = 2000


@dataclass(frozen=True, slots=True)
class BulkPerson:
    """One of those chosen; ``obstacle`` says why the step is not for them, ``number`` what was typed beside them."""

    uid: str
    name: str
    place: str
    obstacle: str
    number: str


def _chosen(desk: Desk) -> Sequence[Member]:
    uids = desk.request.POST.getlist("ai")[:_MOST]
    try:
        found = Member.objects.visible_to(desk.act.user, today=desk.act.today).filter(uid__in=uids)
        return list(found.select_related("unit").order_by("sort_key", "pk"))
    except (ValueError, forms.ValidationError):
        raise NotFound("Danh sách đã chọn không đọc được") from None


def _people(
    desk: Desk, members: Sequence[Member], work: BulkWork, numbers: Mapping[str, str]
) -> tuple[BulkPerson, ...]:
    cards = place_cards({member.unit_id for member in members}, day=desk.act.today)
    absences = absences_of([member.pk for member in members], day=desk.act.today)
    return tuple(
        BulkPerson(
            str(member.uid),
            member.full_name,
            cards[member.unit_id].place,
            work.obstacle(member, absences.get(member.pk, ())),
            numbers.get(str(member.uid), ""),
        )
        for member in members
    )


def _record(desk: Desk, work: BulkWork, ready: Sequence[Member], chosen: Chosen) -> bool:
    """Record for all; whom a refusal speaks of is named, for a form for many has no other place for it."""

    def refuse(error: GiaobanError) -> None:
        if error.index is not None and ready[error.index].full_name not in error.message:
            chosen.form.add_error(None, f"{ready[error.index].full_name}: {sentence(error)}")
        else:
            chosen.form.refuse(error)

    def record() -> bool:
        work.record(desk.act, ready, chosen)
        return True

    return attempt(refuse, record) or False


@screen("members", right="members_record", methods=("POST",))
def bulk(desk: Desk) -> HttpResponse:
    """Show those chosen with one form for all; with ``ghi`` record the step for those for whom it is."""
    sent = desk.request.POST
    key = sent.get("viec", "")
    work = BULK_WORK.get(key)
    if work is None:
        raise NotFound(f"Không có việc {quoted(key)}")
    members = _chosen(desk)
    query = filter_query(QueryDict(sent.get("loc", "")[:_LONGEST_QUERY]))
    back = desk.url("members:list") + (f"&{query}" if query else "")
    if not members:
        messages.info(desk.request, "Chưa chọn đảng viên nào. Đánh dấu ở đầu dòng rồi chọn việc cần ghi.")
        return HttpResponseRedirect(back)
    numbers = {
        str(member.uid): sent.get(f"so-{member.uid}", "").strip()[:_NUMBER_LONGEST] for member in members if work.number
    }
    people = _people(desk, members, work, numbers)
    ready = [member for member, one in zip(members, people, strict=True) if not one.obstacle]
    recording = "ghi" in sent and bool(ready)
    form: OfficeForm = work.form(sent if recording else None, initial=work.initial(desk.act.today))
    if recording and form.is_valid() and _record(desk, work, ready, Chosen(form, numbers)):
        day = format_date(form.cleaned_data["day"])
        messages.info(desk.request, f"{work.done} cho {format_number(len(ready))} đảng viên, ngày {day}.")
        return HttpResponseRedirect(back)
    form.point_at_first_error()
    context = {
        "work": work,
        "key": key,
        "people": people,
        "ready": len(ready),
        "left_out": len(people) - len(ready),
        "form": form,
        "query": query,
        "back_url": back,
    }
    return desk.render("members/bulk.html", context, status=422 if form.errors else 200)
