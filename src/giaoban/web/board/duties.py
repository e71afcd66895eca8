"""«Việc phải làm»: what committees ask of their units: the list, setting, taking over, ending."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.obligations.evidence import evidence_sources
from giaoban.apps.obligations.models import Rhythm, StandingDuty
from giaoban.apps.obligations.operations import (
    ShippedChoice,
    StandingDraft,
    copy_shipped_duties,
    end_standing_duty,
    set_standing_duty,
)
from giaoban.apps.obligations.queries.hand_ins import HANDED_IN
from giaoban.apps.obligations.shipped import shipped_duties
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import OPEN_END, Ancestry, Group, GroupKind, Placement, Unit, on_day
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import UnitCard, unit_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import fold
from giaoban.web.access import Desk, screen
from giaoban.web.board.forms import CopyForm, DutyForm, EndForm
from giaoban.web.components.pieces import Link, RecordPage
from giaoban.web.forms import OfficeForm, attempt

_FORM = "giaoban/record.html"
_BOTH = ("GET", "POST")
# Of a code that is made of a name; room is left for a number.
_MOST_MADE = 30


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty that holds, or will hold, for the chosen unit's subtree."""

    title: str
    code: str
    owner: str
    rhythm: str
    due: str
    who: str
    proof: str
    since: str
    change_url: str
    end_url: str
    papers_url: str


@dataclass(frozen=True, slots=True)
class DutiesPage:
    """The list."""

    rows: tuple[DutyRow, ...]
    actions: tuple[Link, ...]
    back_url: str


def due_words(duty: StandingDuty) -> str:
    """Say by when something is to be done."""
    if duty.due_on is not None:
        return format_date(duty.due_on)
    edge = "đầu" if duty.from_start else "cuối"
    if not duty.due_days:
        return f"ngày {edge} kỳ"
    side = "sau" if duty.due_days > 0 else "trước"
    return f"{format_number(abs(duty.due_days))} ngày {side} ngày {edge} kỳ"


@screen("board", right="meetings_view")
def duties(desk: Desk) -> HttpResponse:
    """Show what the chosen unit and those above it ask of units there: in the chosen period, today or later."""
    above = Ancestry.objects.filter(descendant=desk.unit).values("ancestor")
    since = min(desk.act.today, desk.period.start)
    rows = StandingDuty.objects.filter(owner__in=above, valid_to__gt=since)
    found = list(rows.order_by("position", "code", "valid_from").prefetch_related("groups", "listed"))
    named = {unit.pk for duty in found for unit in duty.listed.all()}
    cards = unit_cards({duty.owner_id for duty in found} | named, day=desk.act.today)
    manages = desk.may("duties_manage")
    actions: tuple[Link, ...] = (
        (Link("Đặt việc", desk.url("board:set_duty")), Link("Lấy việc mẫu", desk.url("board:copy_duties")))
        if manages
        else ()
    )
    if desk.may("meetings_record"):
        actions += (Link("Rà soát quy chế", desk.url("board:regulations")),)
    page = DutiesPage(
        tuple(_row(desk, duty, cards, manages and duty.owner_id == desk.unit.pk) for duty in found),
        actions,
        desk.url("board:page"),
    )
    return desk.render("board/duties.html", {"page": page})


def _row(desk: Desk, duty: StandingDuty, cards: Mapping[int, UnitCard], manages: bool) -> DutyRow:
    source = evidence_sources().get(duty.evidence)
    who = [kinds()[kind].label for kind in kinds() if kind in duty.kinds]
    narrower = [group.name for group in duty.groups.all()] + _names(duty, cards)
    until = "" if duty.valid_to == OPEN_END else f", thôi từ {format_date(duty.valid_to)}"
    return DutyRow(
        duty.title,
        duty.code,
        cards[duty.owner_id].name,
        Rhythm(duty.rhythm).label,
        due_words(duty),
        "; ".join([", ".join(who), *([", ".join(narrower)] if narrower else [])]),
        source.title if source else f"chưa có nguồn «{duty.evidence}»",
        f"từ {format_date(duty.valid_from)}{until}",
        desk.url("board:set_duty", query={"viec": duty.code}) if manages and duty.valid_to == OPEN_END else "",
        desk.url("board:end_duty", duty.uid) if manages and duty.valid_to == OPEN_END else "",
        desk.url("board:hand_ins", duty.uid)
        if duty.evidence == HANDED_IN and desk.may("meetings_record") and duty.valid_from <= desk.act.today
        else "",
    )


# A table names so many units; more are counted.
_MOST_NAMED = 5


def _names(duty: StandingDuty, cards: Mapping[int, UnitCard]) -> list[str]:
    names = sorted(cards[unit.pk].name for unit in duty.listed.all())
    if len(names) <= _MOST_NAMED:
        return names
    return [*names[:_MOST_NAMED], f"và {format_number(len(names) - _MOST_NAMED)} đơn vị khác"]


def _show(desk: Desk, page: RecordPage, form: OfficeForm, template: str = _FORM) -> HttpResponse:
    form.point_at_first_error()
    return desk.render(template, {"page": page, "form": form}, status=422 if form.errors else 200)


def _done(desk: Desk, words: str) -> HttpResponse:
    messages.info(desk.request, words)
    return HttpResponseRedirect(desk.url("board:duties"))


@screen("board", right="duties_manage", methods=_BOTH)
def set_duty(desk: Desk) -> HttpResponse:
    """Set a duty of the chosen committee from a day on; one of the same code ends that day."""
    groups, units = _groups(desk), _units(desk)
    cards = unit_cards([unit.pk for unit in units.values()], day=desk.act.today)
    form = DutyForm(
        desk.posted,
        groups=[(key, _group_name(group)) for key, group in groups.items()],
        units=[(code, f"{cards[unit.pk].name} ({code})") for code, unit in units.items()],
        initial=_known(desk) or {"start": desk.period.next().start, "due_days": 0},
    )
    if form.is_valid():
        duty = attempt(form, lambda: set_standing_duty(act=desk.act, draft=_draft(desk.unit, form, groups, units)))
        if duty is not None:
            return _done(desk, f"Đã đặt việc «{duty.title}» từ ngày {format_date(duty.valid_from)}.")
    page = RecordPage("Đặt việc cho các đơn vị", desk.card.name, "Ghi", desk.url("board:duties"))
    return _show(desk, page, form, "board/set_duty.html")


def _groups(desk: Desk) -> dict[str, Group]:
    """Return the clusters and sectors of the committee and of those above it, by key."""
    above = Ancestry.objects.filter(on_day(desk.act.today), descendant=desk.unit).values("ancestor")
    return {str(one.pk): one for one in Group.objects.filter(owner__in=above).order_by("kind", "position", "code")}


def _group_name(group: Group) -> str:
    kind = str(GroupKind(group.kind).label)
    return group.name if group.name.startswith(kind) else f"{kind} {group.name}"


def _units(desk: Desk) -> dict[str, Unit]:
    """Return the units directly below the committee, by code."""
    below = Placement.objects.filter(on_day(desk.act.today), parent=desk.unit).values("unit")
    return {unit.code: unit for unit in Unit.objects.filter(pk__in=below).order_by("code")}


def _known(desk: Desk) -> dict[str, Any]:
    """Return what holds today of the duty that the address names, to be set anew from another day on."""
    code = desk.request.GET.get("viec", "")
    rows = StandingDuty.objects.filter(owner=desk.unit, code=code).prefetch_related("groups", "listed")
    found = rows.order_by("valid_from").last() if code else None
    if found is None:
        return {}
    names = ("code", "title", "short", "evidence", "subject", "rhythm", "due_on", "due_days", "lock_days", "kinds")
    return {name: getattr(found, name) for name in (*names, "source")} | {
        "due_from": "start" if found.from_start else "end",
        "groups": [str(group.pk) for group in found.groups.all()],
        "listed": [unit.code for unit in found.listed.all()],
        "start": desk.period.next().start,
    }


def _draft(owner: Unit, form: DutyForm, groups: dict[str, Group], units: dict[str, Unit]) -> StandingDraft:
    data = form.cleaned_data
    once = data["rhythm"] == Rhythm.ONCE
    return StandingDraft(
        owner=owner,
        code=data["code"].strip() or _new_code(owner, data["short"]),
        title=data["title"],
        short=data["short"],
        evidence=data["evidence"],
        rhythm=Rhythm(data["rhythm"]),
        kinds=data["kinds"],
        start=data["start"],
        subject=data["subject"],
        due_on=data["due_on"],
        from_start=not once and data["due_from"] == "start",
        due_days=0 if once else data["due_days"] or 0,
        lock_days=data["lock_days"],
        groups=[groups[key] for key in data.get("groups", ())],
        listed=[units[code] for code in data.get("listed", ())],
        source=data["source"],
    )


def _new_code(owner: Unit, short: str) -> str:
    """Return a code made of the short name that no duty here or above has: a new duty takes the place of none."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(short)).strip("-")[:_MOST_MADE]
    stem = plain if plain[:1].isalpha() else f"viec-{plain}".rstrip("-")
    above = Ancestry.objects.filter(descendant=owner).values("ancestor")
    taken = set(StandingDuty.objects.filter(owner__in=above, code__startswith=stem).values_list("code", flat=True))
    return next(code for code in chain([stem], (f"{stem}-{number}" for number in count(2))) if code not in taken)


@screen("board", right="duties_manage", methods=_BOTH)
def copy_duties(desk: Desk) -> HttpResponse:
    """Take shipped duties over into the chosen committee's own list."""
    form = CopyForm(desk.posted, initial={"start": desk.period.next().start})
    if form.is_valid():
        data = form.cleaned_data
        named = {key for key, one in shipped_duties().items() if one.needs_subject}
        once = {key for key, one in shipped_duties().items() if one.rhythm == Rhythm.ONCE}
        choices = [
            ShippedChoice(key, data["subject"] if key in named else "", data["due_on"] if key in once else None)
            for key in data["keys"]
        ]
        made = attempt(
            form,
            lambda: copy_shipped_duties(act=desk.act, owner=desk.unit, choices=choices, start=data["start"]),
        )
        if made is not None:
            return _done(desk, f"Đã lấy {format_number(len(made))} việc mẫu.")
    note = "Hạn ghi trong ngoặc là hạn mẫu; lấy về rồi đặt lại theo quy định của cơ quan."
    page = RecordPage("Lấy việc mẫu", desk.card.name, "Lấy", desk.url("board:duties"), note=note)
    return _show(desk, page, form)


@screen("board", right="duties_manage", methods=_BOTH)
def end_duty(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Let a duty hold no more from a day on."""
    seen = Unit.objects.visible_to(desk.act.user, today=desk.act.today)
    found = StandingDuty.objects.filter(uid=uid, owner__in=seen).select_related("owner").first()
    if found is None:
        raise NotFound("Không tìm thấy việc này trong phạm vi của đồng chí")
    require(desk.act, "duties_manage", [found.owner])
    form = EndForm(desk.posted, initial={"day": desk.period.next().start})
    if form.is_valid():
        day = form.cleaned_data["day"]
        attempt(form, lambda: end_standing_duty(act=desk.act, duty=found, end=day))
        if not form.errors:
            return _done(desk, f"Việc «{found.title}» thôi từ ngày {format_date(day)}.")
    page = RecordPage(
        f"Thôi việc «{found.title}»",
        found.owner.code,
        "Ghi",
        desk.url("board:duties"),
        note="Việc một lần chưa đến hạn thì rút hẳn. Chọn đúng ngày bắt đầu của việc là bỏ việc đặt nhầm.",
    )
    return _show(desk, page, form)
