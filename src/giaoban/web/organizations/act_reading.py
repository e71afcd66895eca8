"""One act as it was recorded; taking it back; a unit's official code."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.audit.act import day_of
from giaoban.apps.members.queries.standing import with_members
from giaoban.apps.organizations.models import Unit, UnitEntry, UnitEvent
from giaoban.apps.organizations.operations import set_official_code
from giaoban.apps.organizations.operations import take_back as take_act_back
from giaoban.apps.organizations.operations.acts.depending import hindrances, told
from giaoban.apps.organizations.permissions import require, units_allowed
from giaoban.apps.organizations.queries.act_effects import units_of, units_of_act
from giaoban.apps.organizations.queries.chosen import find_unit, unit_cards
from giaoban.apps.reporting.queries.act_preview import act_report
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, NotAllowed, NotFound
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, RecordPage
from giaoban.web.forms import attempt, sentence
from giaoban.web.organizations.act_fields import OfficialCodeForm
from giaoban.web.organizations.act_views import ReportView, report_view

BOTH = ("GET", "POST")


@dataclass(frozen=True, slots=True)
class ActPage:
    """One act. ``taken_back`` says by whom and when; ``hindrances`` what stands in the way of that; ``empty`` leads to
    where the members of units that were received are brought in.
    """

    report: ReportView
    who: str
    taken_back: str
    back_url: str
    take_back_url: str
    hindrances: tuple[str, ...] = ()
    problem: str = ""
    empty: tuple[Link, ...] = ()


def _find(desk: Desk, event: uuid.UUID) -> UnitEntry:
    """Return the first entry of an act that touches a unit in the person's scope.

    Raises:
        NotFound: there is no such act, or all its units are outside the scope.
    """
    rows = UnitEntry.objects.filter(event=event, void=False, subject__in=units_of_act(desk.act, event))
    entry: UnitEntry | None = rows.select_related("actor").in_order().first()
    if entry is None:
        raise NotFound("Không tìm thấy việc này trong phạm vi của đồng chí")
    return entry


def _page(desk: Desk, event: uuid.UUID, entry: UnitEntry) -> ActPage:
    report = report_view(desk, act_report(event, act=desk.act, day=entry.effective_date))
    void = UnitEntry.objects.filter(event=event, void=True).select_related("actor").order_by("-pk").first()
    gone = not UnitEntry.objects.live().filter(event=event).exists()
    taken = ""
    if gone and void is not None:
        taken = f"{void.actor.full_name} rút lại ngày {day_of(void.recorded_at):%d/%m/%Y}"
    units = units_of(event)
    allowed = units_allowed(desk.act.user, "organizations_manage", [one.pk for one in units], today=desk.act.today)
    return ActPage(
        report,
        f"{entry.actor.full_name} ghi ngày {day_of(entry.recorded_at):%d/%m/%Y}",
        taken,
        desk.url("organizations:tree"),
        desk.url("organizations:take_back", event) if allowed and not gone else "",
        empty=() if gone else _without_members(desk, event, entry.effective_date),
    )


def _without_members(desk: Desk, event: uuid.UUID, day: date) -> tuple[Link, ...]:
    """Return the way on of units that were received and have nobody yet: a list of theirs is brought in."""
    received = UnitEntry.objects.live().filter(event=event, kind=UnitEvent.RECEIVED).values("subject")
    units = Unit.objects.filter(pk__in=received)
    cards = unit_cards(units.values_list("pk", flat=True), day=day)
    bare = {pk for pk, card in cards.items() if card.holds_members} - with_members(cards)
    allowed = units_allowed(desk.act.user, "members_record", bare, today=desk.act.today)
    named = sorted((cards[pk] for pk in bare & allowed), key=lambda card: card.code)
    return tuple(Link(card.name, desk.url("sheets:home", unit=card.code)) for card in named)


@screen("organizations", right="organizations_view")
def act(desk: Desk, event: uuid.UUID) -> HttpResponse:
    """Show what an act did."""
    entry = _find(desk, event)
    return desk.render("organizations/act.html", {"page": _page(desk, event, entry)})


@screen("organizations", right="organizations_view", methods=BOTH)
def take_back(desk: Desk, event: uuid.UUID) -> HttpResponse:
    """Take an act back, or name what was recorded since and needs it."""
    entry = _find(desk, event)
    page = _page(desk, event, entry)
    if not page.take_back_url:
        if page.taken_back:
            return HttpResponseRedirect(desk.url("organizations:act", event))
        raise NotAllowed("Đồng chí chưa được giao quyền «Ghi sự kiện về tổ chức đảng» tại các đơn vị này")
    problem = ""
    if desk.posted is not None:
        try:
            take_act_back(act=desk.act, event=event)
        except Conflict as error:
            problem = sentence(error)
        else:
            messages.info(desk.request, f"Đã rút lại việc ngày {format_date(entry.effective_date)}.")
            return HttpResponseRedirect(desk.url("organizations:act", event))
    shown = ActPage(
        page.report,
        page.who,
        page.taken_back,
        desk.url("organizations:act", event),
        page.take_back_url,
        tuple(told(one) for one in hindrances(event)),
        problem,
    )
    return desk.render("organizations/act_take_back.html", {"page": shown}, status=409 if problem else 200)


@screen("organizations", right="organizations_view", methods=BOTH)
def official_code(desk: Desk, code: str) -> HttpResponse:
    """Give a unit the code that it has in the official lists from a day on."""
    unit = find_unit(desk.act.user, code, today=desk.act.today)
    require(desk.act, "organizations_manage", [unit])
    form = OfficialCodeForm(desk.posted, initial={"start": desk.act.today})
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: set_official_code(act=desk.act, unit=unit, code=data["code"], start=data["start"]))
        if made is not None:
            messages.info(desk.request, f"Đã ghi mã chính thức {data['code'].strip()}.")
            return HttpResponseRedirect(desk.url("organizations:unit", code))
    form.point_at_first_error()
    name = unit_cards([unit.pk], day=desk.act.today)[unit.pk].name
    page = RecordPage(
        "Mã chính thức",
        name,
        "Ghi mã",
        desk.url("organizations:unit", code),
        note="Mã trong phần mềm không đổi; mã chính thức đổi theo hệ thống tổ chức và được giữ theo ngày.",
    )
    return desk.render("giaoban/record.html", {"page": page, "form": form}, status=422 if form.errors else 200)
