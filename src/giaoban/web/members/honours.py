"""Commendations and badges on screen: of one member, and of an organisation."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.members.models import HonourEntry, HonourEvent, HonourLevel, Member, MemberState
from giaoban.apps.members.operations import HonourDraft, record_honour
from giaoban.apps.members.queries.badge_rules import BadgeRules
from giaoban.apps.members.queries.badges import badge_rules, next_badge
from giaoban.apps.organizations.models import Unit
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import attempt
from giaoban.web.members.forms import Choices
from giaoban.web.members.life_forms import BadgeForm, CommendForm, UnitHonourForm
from giaoban.web.members.record_page import BOTH, form_page, saved, to_record


@screen("members", right="members_view", methods=BOTH)
def badge(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record a badge of one member: proposed, awarded, early, posthumous."""
    member = to_record(desk, uid)
    rules = badge_rules(member.unit, desk.act.today)
    years: Choices = [(str(one), f"{one} năm") for one in rules.years]
    rounds: Choices = [(one.key, f"Đợt {one.key}") for one in rules.rounds_around(desk.act.today, before=6, after=4)]
    form = BadgeForm(desk.posted, years=years, rounds=rounds, initial=_usual(member, rules, desk))
    if form.is_valid():
        data = form.cleaned_data
        draft = HonourDraft(
            HonourEvent(data["what"]),
            data["day"],
            member,
            level=data["level"],
            years=int(data["years"]),
            round=data["round"],
            early=data["how"] == "early",
            posthumous=data["how"] == "posthumous",
            decision=form.decision(),
        )
        if attempt(form, lambda: record_honour(act=desk.act, draft=draft)):
            return saved(desk, f"Đã ghi Huy hiệu {draft.years} năm của {member.full_name}.", member)
    page = RecordPage(
        "Huy hiệu Đảng",
        member.full_name,
        "Ghi vào sổ",
        desk.url("members:member", uid),
        note="Tuổi Đảng tính từ ngày kết nạp, trừ thời gian ra khỏi Đảng đến khi khôi phục.",
    )
    return form_page(desk, page, form)


def _usual(member: Member, rules: BadgeRules, desk: Desk) -> dict[str, object]:
    """What is recorded most often: the badge that was reached last, in the round that is next."""
    coming = next_badge(member, today=desk.act.today)
    reached = [years for years in rules.years if coming is None or years < coming.years]
    soon = rules.next_round(desk.act.today)
    years = coming.years if coming is not None and coming.round == soon else (reached or rules.years)[-1]
    return {
        "what": HonourEvent.BADGE_AWARDED,
        "years": str(years),
        "round": soon.key,
        "how": "posthumous" if member.state == MemberState.DIED else "regular",
        "level": HonourLevel.PROVINCIAL,
        "day": desk.act.today,
    }


@screen("members", right="members_view", methods=BOTH)
def commend(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record a commendation of one member."""
    member = to_record(desk, uid)
    form = CommendForm(desk.posted, initial={"day": desk.act.today})
    if form.is_valid() and attempt(form, lambda: _commend(desk, form, member=member)) is not None:
        return saved(desk, f"Đã ghi khen thưởng {member.full_name}.", member)
    page = RecordPage("Khen thưởng", member.full_name, "Ghi vào sổ", desk.url("members:member", uid))
    return form_page(desk, page, form)


@screen("members", right="members_record", methods=BOTH)
def commend_unit(desk: Desk) -> HttpResponse:
    """Record a commendation of the chosen organisation itself, or its recognition as «bốn tốt»."""
    form = UnitHonourForm(desk.posted, initial={"day": desk.act.today})
    back = desk.url("organizations:unit", desk.card.code)
    if form.is_valid() and attempt(form, lambda: _commend(desk, form, unit=desk.unit)) is not None:
        four_goods = form.cleaned_data["what"] == HonourEvent.FOUR_GOODS
        what = "công nhận «bốn tốt»" if four_goods else "khen thưởng"
        messages.info(desk.request, f"Đã ghi {what} {desk.card.name}.")
        return HttpResponseRedirect(back)
    page = RecordPage(
        "Khen thưởng, công nhận tổ chức đảng",
        desk.card.name,
        "Ghi vào sổ",
        back,
        note="Khen một đảng viên thì ghi ở trang của đảng viên đó.",
    )
    return form_page(desk, page, form)


def _commend(desk: Desk, form: CommendForm, *, member: Member | None = None, unit: Unit | None = None) -> HonourEntry:
    data = form.cleaned_data
    draft = HonourDraft(
        HonourEvent(data["what"]),
        data["day"],
        member,
        unit,
        level=data["level"],
        form=data["form"],
        reason=data["reason"],
        decision=form.decision(),
    )
    return record_honour(act=desk.act, draft=draft)
