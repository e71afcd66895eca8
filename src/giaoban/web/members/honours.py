"""Commendations and badges on screen: of one member, of an organisation, and of everybody who comes to a round."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.members.models import HonourEntry, HonourEvent, HonourLevel, Member, MemberState
from giaoban.apps.members.operations import HonourDraft, record_honour, record_honour_entries
from giaoban.apps.members.queries.badge_rules import BadgeRules, Round
from giaoban.apps.members.queries.badges import (
    BadgeLine,
    BadgeWhy,
    badge_forecast,
    badge_rules,
    claimants,
    next_badge,
)
from giaoban.apps.organizations.models import Unit
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, RecordPage, Sign
from giaoban.web.members.forms import Choices
from giaoban.web.members.life_forms import BadgeBatchForm, BadgeForm, CommendForm, UnitHonourForm
from giaoban.web.members.record_page import BOTH, attempt, form_page, saved, to_record

_WHY = {
    BadgeWhy.DUE: "Đủ năm trong đợt",
    BadgeWhy.LATE: "Đủ năm từ trước, sổ chưa ghi tặng",
    BadgeWhy.EARLY: "Chưa đủ năm; được xét sớm nếu bệnh nặng",
    BadgeWhy.POSTHUMOUS: "Đã từ trần; được xét truy tặng",
}
_AWARDED, _PROPOSED = Sign("good", "●", "đã tặng"), Sign("late", "◐", "đã đề nghị")
_OPEN = Sign("off", "○", "chưa ghi")


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """One line of the forecast; ``key`` is sent back where the line is ticked, empty where nothing is left to do."""

    key: str
    ticked: bool
    name: str
    url: str
    birth: str
    unit: str
    years: str
    reached: str
    state: Sign


@dataclass(frozen=True, slots=True)
class BadgeGroup:
    """The lines of one reason."""

    title: str
    rows: tuple[BadgeRow, ...]


@dataclass(frozen=True, slots=True)
class BadgePage:
    """The forecast of a round."""

    title: str
    sums: str
    groups: tuple[BadgeGroup, ...]
    rounds: tuple[Link, ...]
    actions: tuple[Link, ...]
    may_record: bool


@screen("members", right="members_view", methods=BOTH)
def forecast(desk: Desk) -> HttpResponse:
    """Show who comes to a badge in a round; record proposals or awards of those who are ticked."""
    rules = badge_rules(desk.unit, desk.act.today)
    round_ = _chosen(rules, desk)
    lines = badge_forecast(desk.unit, round_, user=desk.act.user, today=desk.act.today)
    form = BadgeBatchForm(desk.posted, initial={"day": desk.act.today})
    picked = set(desk.request.POST.getlist("chon"))
    if desk.posted is not None:
        desk.require("members_record")
        if form.is_valid() and attempt(form, lambda: _record(desk, form, round_, lines, picked)) is not None:
            what = "tặng" if form.cleaned_data["what"] == HonourEvent.BADGE_AWARDED else "đề nghị tặng"
            messages.info(desk.request, f"Đã ghi {what} Huy hiệu Đảng cho {format_number(len(picked))} đảng viên.")
            return HttpResponseRedirect(desk.url("members:badges", query={"dot": round_.key}))
    page = BadgePage(
        f"Huy hiệu Đảng, đợt {round_.key}",
        _sums(lines),
        tuple(
            BadgeGroup(title, tuple(_row(desk, line, picked) for line in lines if line.why is why))
            for why, title in _WHY.items()
            if any(line.why is why for line in lines)
        ),
        tuple(
            Link(one.key, desk.url("members:badges", query={"dot": one.key}), one == round_)
            for one in rules.rounds_around(desk.act.today, before=2, after=4)
        ),
        (Link("Khen thưởng tổ chức", desk.url("members:commend_unit")),) if desk.may("members_record") else (),
        desk.may("members_record"),
    )
    form.point_at_first_error()
    context = {"page": page, "form": form}
    return desk.render("members/badges.html", context, status=422 if form.errors else 200)


def _chosen(rules: BadgeRules, desk: Desk) -> Round:
    text = desk.request.GET.get("dot") or ""
    if not text:
        return rules.next_round(desk.act.today)
    try:
        return rules.find_round(text)
    except InvalidInput as error:
        raise NotFound(error.message) from None


def _key(line: BadgeLine) -> str:
    return f"{line.member_uid}:{line.years}"


def _row(desk: Desk, line: BadgeLine, picked: set[str]) -> BadgeRow:
    state = _AWARDED if line.awarded else _PROPOSED if line.proposed else _OPEN
    return BadgeRow(
        "" if line.awarded else _key(line),
        _key(line) in picked,
        line.full_name,
        desk.url("members:member", line.member_uid),
        str(line.birth_year),
        line.unit.place,
        f"{line.years} năm",
        format_date(line.reached),
        state,
    )


def _sums(lines: tuple[BadgeLine, ...]) -> str:
    due = Counter(line.years for line in lines if line.why in (BadgeWhy.DUE, BadgeWhy.LATE))
    if not due:
        return ""
    parts = "; ".join(f"{years} năm: {format_number(number)}" for years, number in sorted(due.items()))
    return f"{format_number(sum(due.values()))} đảng viên đủ năm ({parts})"


def _record(
    desk: Desk, form: BadgeBatchForm, round_: Round, lines: tuple[BadgeLine, ...], picked: set[str]
) -> list[HonourEntry]:
    chosen = [line for line in lines if _key(line) in picked]
    if not chosen or len(chosen) != len(picked):
        raise InvalidInput(
            "Chưa chọn ai trong danh sách" if not picked else "Danh sách vừa thay đổi",
            hint="Đánh dấu những người cần ghi rồi gửi lại",
        )
    data, members = form.cleaned_data, claimants(desk.act.user, chosen, today=desk.act.today)
    drafts = [
        HonourDraft(
            HonourEvent(data["what"]),
            data["day"],
            members[line.member_uid],
            level=data["level"],
            years=line.years,
            round=round_.key,
            early=line.why is BadgeWhy.EARLY,
            posthumous=line.why is BadgeWhy.POSTHUMOUS,
            decision=form.decision(),
        )
        for line in chosen
    ]
    return record_honour_entries(act=desk.act, drafts=drafts)


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
