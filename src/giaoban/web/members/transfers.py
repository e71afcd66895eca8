"""Transfers on screen: who comes, who goes, who is on the way, who stays elsewhere for a time."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MemberState, Trait
from giaoban.apps.members.operations import (
    FirstEntry,
    MemberDraft,
    end_temporary_stay,
    enrol_member,
    letter_handed_in_outside,
    receive_member,
    send_member,
    transfer_out,
    withdraw_letter,
)
from giaoban.apps.members.queries.file import find_member
from giaoban.apps.members.queries.parts import WHOLE
from giaoban.apps.members.queries.transfers import (
    OnTheWay,
    TemporaryStay,
    find_letter,
    temporary_stays,
    waiting_letters,
)
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import find_unit, place_cards
from giaoban.apps.organizations.queries.outline import find_cell, outline
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Pager, RecordPage, Sign
from giaoban.web.forms import attempt
from giaoban.web.members.forms import Choices, DayForm
from giaoban.web.members.record_page import BOTH, cells_of, form_page, saved
from giaoban.web.members.transfer_forms import ComingForm, GoingForm, HandInForm, StayEndForm, WithdrawForm


@dataclass(frozen=True, slots=True)
class WayRow:
    """A member on the way; ``late`` is shown where the letter should have been handed in by now."""

    name: str
    url: str
    sent_on: str
    days: str
    origin: str
    goal: str
    kind: str
    due: str
    late: Sign | None
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StayRow:
    """A member who takes part elsewhere for a time, or a guest."""

    name: str
    url: str
    since: str
    until: str
    home: str
    host: str
    late: Sign | None


PAGE = 100
_LATE = Sign("bad", "✕", "quá hạn")


@screen("members", right="members_view")
def waiting(desk: Desk) -> HttpResponse:
    """Show who is on the way to or from the chosen unit, page by page, and who is elsewhere or here for a time.

    ``in=tat-ca`` gives all of them, for paper, and notes who took them (D16).
    """
    user, today = desk.act.user, desk.act.today
    asked = desk.request.GET.get("trang") or ""
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    everything = desk.request.GET.get("in") == "tat-ca"
    part = waiting_letters(user, desk.unit, today=today, rows=WHOLE if everything else _page(number))
    pages = max(1, -(-part.total // PAGE))
    if number > pages and not everything:
        number = pages
        part = waiting_letters(user, desk.unit, today=today, rows=_page(number))
    if everything:
        detail = {"rows": part.total, "list": "on_the_way"}
        what = Happening("members.worklist_printed", "unit", str(desk.unit.uid), desk.card.code, detail)
        write_trail(desk.act, [what])

    def turn(page: int) -> str:
        return desk.url("members:on_the_way", query={"trang": str(page)}) if 1 <= page <= pages else ""

    several = pages > 1 and not everything
    stays = tuple(_stay_row(desk, one) for one in temporary_stays(user, desk.unit, today=today))
    context = {
        "rows": tuple(_way_row(desk, letter) for letter in part.rows),
        "stays": stays if number == 1 else (),
        "list_url": desk.url("members:list"),
        "papers_url": desk.url("papers:write", "transfer") if part.total and desk.may("members_record") else "",
        "pager": Pager(f"{format_number(part.total)} giấy, trang {number}/{pages}", turn(number - 1), turn(number + 1))
        if several
        else None,
        "all_url": desk.url("members:on_the_way", query={"in": "tat-ca"}) if several else "",
    }
    return desk.render("members/on_the_way.html", context)


def _page(number: int) -> slice:
    return slice((number - 1) * PAGE, number * PAGE)


def _way_row(desk: Desk, letter: OnTheWay) -> WayRow:
    actions = []
    if desk.may("members_record"):
        if letter.coming:
            actions.append(Link("Tiếp nhận", desk.url("members:accept", letter.uid)))
        if letter.leaving:  # whoever only receives cannot take a letter of others back
            actions.append(Link("Nộp nơi khác", desk.url("members:hand_in", letter.uid)))
            actions.append(Link("Rút giấy", desk.url("members:withdraw", letter.uid)))
    return WayRow(
        letter.full_name,
        desk.url("members:member", letter.member_uid) if letter.leaving else "",
        format_date(letter.sent_on),
        format_number(letter.days),
        letter.origin.place if letter.origin else "",
        letter.goal.place if letter.goal else "",
        "tạm thời" if letter.temporary else "chính thức",
        format_date(letter.due),
        _LATE if letter.overdue(desk.act.today) else None,
        tuple(actions),
    )


def _stay_row(desk: Desk, stay: TemporaryStay) -> StayRow:
    return StayRow(
        stay.full_name,
        desk.url("members:member", stay.member_uid),
        format_date(stay.since),
        format_date(stay.until) if stay.until else "",
        stay.home,
        stay.host,
        _LATE if stay.until is not None and stay.until < desk.act.today else None,
    )


@screen("members", right="members_record", methods=BOTH)
def arrive(desk: Desk) -> HttpResponse:
    """Record that a cell accepted a member from a Party organisation outside the system."""
    form = ComingForm(desk.posted, cells=cells_of(outline(desk.unit, day=desk.act.today)))
    if form.is_valid():
        data = form.cleaned_data
        cell = find_unit(desk.act.user, data["cell"], today=desk.act.today)
        first = FirstEntry(
            MemberEvent.TRANSFERRED,
            data["day"],
            cell,
            data["status"] == "official",
            data["outside"],
            form.decision(),
            temporary=data["temporary"],
            until=data["until"],
        )
        draft = MemberDraft(
            data["full_name"],
            data["birth"],
            first,
            card_number=data["card_number"],
            admitted_on=data["admitted_on"],
            recognised_on=data["recognised_on"],
            traits=((Trait.SEX, data["sex"]),),
        )
        if member := attempt(form, lambda: enrol_member(act=desk.act, draft=draft)):
            what = "sinh hoạt tạm thời" if data["temporary"] else "tiếp nhận"
            return saved(desk, f"Đã ghi {what} {member.full_name} từ {data['outside']}.", member)
    page = RecordPage(
        "Tiếp nhận đảng viên từ ngoài hệ thống",
        desk.card.name,
        "Ghi tiếp nhận",
        desk.url("members:list"),
        note="Đảng viên từ chi bộ cùng hệ thống thì tiếp nhận ở trang «Đang chuyển», không nhập lại. "
        "Người chỉ sinh hoạt tạm thời không tính vào tổng số đảng viên ở đây.",
    )
    return form_page(desk, page, form)


def _other_cells(desk: Desk, *without: str) -> Choices:
    """The cells that the person may choose: those under their widest grant."""
    top = find_unit(desk.act.user, desk.scopes[0].unit.code, today=desk.act.today)
    return [cell for cell in cells_of(outline(top, day=desk.act.today)) if cell[0] not in without]


@screen("members", right="members_view", methods=BOTH)
def transfer(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record the letter of a transfer: to another cell of the system, or to the outside."""
    member = find_member(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "members_record", [member.unit])
    form = GoingForm(desk.posted, cells=_other_cells(desk, member.unit.code), initial={"day": desk.act.today})
    if form.is_valid():
        data = form.cleaned_data
        code, outside = data["goal"] or data["goal_code"].strip(), data["outside"].strip()

        def record() -> Member:
            common = {
                "act": desk.act,
                "member": member,
                "day": data["day"],
                "temporary": data["temporary"],
                "until": data["until"],
                "decision": form.decision(),
            }
            if outside:
                transfer_out(outside=outside, abroad=data["abroad"], **common)
            else:
                send_member(to_unit=find_cell(code, today=desk.act.today), **common)
            return member

        if attempt(form, record):
            words = f"Đã ghi chuyển sinh hoạt của {member.full_name} đến {outside}."
            if code:
                words = (
                    f"Đã ghi giới thiệu {member.full_name} đến {code}. Đảng viên vẫn tính ở chi bộ cũ đến khi nơi đến "
                    "tiếp nhận."
                )
            return saved(desk, words, member)
    page = RecordPage(
        "Chuyển sinh hoạt đảng",
        member.full_name,
        "Ghi chuyển sinh hoạt",
        desk.url("members:member", uid),
        note="Chuyển tạm thời không đổi nơi tính đảng viên; hết thời hạn thì ghi kết thúc ở trang của đảng viên.",
    )
    return form_page(desk, page, form)


def _about(letter: MemberEntry) -> str:
    cards = place_cards({pk for pk in (letter.from_unit_id, letter.to_unit_id) if pk}, day=letter.effective_date)
    start = cards[letter.from_unit_id].place if letter.from_unit_id else ""
    goal = cards[letter.to_unit_id].place if letter.to_unit_id else letter.outside
    way = "".join((f", từ {start}" if start else "", f" đến {goal}" if goal else ""))
    return f"{letter.member.full_name}, giới thiệu ngày {format_date(letter.effective_date)}{way}"


@screen("members", right="members_view", methods=BOTH)
def accept(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that the receiving cell accepted a member who is on the way."""
    letter = find_letter(desk.act.user, uid, today=desk.act.today)
    assert letter.to_unit is not None
    require(desk.act, "members_record", [letter.to_unit])
    form = DayForm(desk.posted, initial={"day": desk.act.today})
    if form.is_valid():
        day = form.cleaned_data["day"]
        if attempt(form, lambda: receive_member(act=desk.act, sent=letter, day=day)):
            words = f"Đã ghi tiếp nhận {letter.member.full_name} ngày {format_date(day)}."
            return saved(desk, words, letter.member)
    page = RecordPage(
        "Tiếp nhận đảng viên",
        _about(letter),
        "Tiếp nhận",
        desk.url("members:on_the_way"),
        note="Tiếp nhận tạm thời: đảng viên vẫn được tính ở chi bộ nơi đi."
        if letter.temporary
        else "Từ ngày tiếp nhận, đảng viên được tính ở chi bộ nơi đến.",
    )
    return form_page(desk, page, form)


def _own_letter(desk: Desk, uid: uuid.UUID) -> MemberEntry:
    letter = find_letter(desk.act.user, uid, today=desk.act.today)
    assert letter.from_unit is not None
    require(desk.act, "members_record", [letter.from_unit])
    return letter


@screen("members", right="members_view", methods=BOTH)
def hand_in_elsewhere(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that a letter was handed in at another place than the one it names."""
    letter = _own_letter(desk, uid)
    ends = [unit.code for unit in (letter.from_unit, letter.to_unit) if unit is not None]
    form = HandInForm(desk.posted, cells=_other_cells(desk, *ends), initial={"day": desk.act.today})
    if form.is_valid():
        data = form.cleaned_data
        day, outside = data["day"], data["outside"].strip()

        def record() -> MemberEntry:
            if outside:
                return letter_handed_in_outside(act=desk.act, sent=letter, day=day, outside=outside)
            cell = find_cell(data["goal"], today=desk.act.today)
            return receive_member(act=desk.act, sent=letter, day=day, at=cell)

        if attempt(form, record):
            words = f"Đã ghi {letter.member.full_name} nộp giấy giới thiệu tại {outside or data['goal']}."
            return saved(desk, words, letter.member)
    page = RecordPage(
        "Giấy giới thiệu nộp nơi khác",
        _about(letter),
        "Ghi nơi nộp",
        desk.url("members:on_the_way"),
        note="Từ ngày này đảng viên được tính ở nơi đã nhận giấy, không phải nơi ghi trên giấy.",
    )
    return form_page(desk, page, form)


@screen("members", right="members_view", methods=BOTH)
def withdraw(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that a letter was withdrawn."""
    letter = _own_letter(desk, uid)
    form = WithdrawForm(desk.posted, initial={"day": desk.act.today})
    if form.is_valid():
        day = form.cleaned_data["day"]
        if attempt(form, lambda: withdraw_letter(act=desk.act, sent=letter, day=day)):
            return saved(desk, f"Đã ghi rút giấy giới thiệu của {letter.member.full_name}.", letter.member)
    page = RecordPage(
        "Rút giấy giới thiệu",
        _about(letter),
        "Rút giấy giới thiệu",
        desk.url("members:on_the_way"),
        note="Đảng viên ở lại chi bộ đang sinh hoạt. Giấy giới thiệu vẫn còn trong quá trình, kèm ngày rút.",
    )
    return form_page(desk, page, form)


@screen("members", right="members_view", methods=BOTH)
def end_stay(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that a temporary transfer is over."""
    member = find_member(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "members_record", [member.unit])
    form = StayEndForm(desk.posted, initial={"day": desk.act.today})
    if form.is_valid():
        day = form.cleaned_data["day"]
        if attempt(form, lambda: end_temporary_stay(act=desk.act, member=member, day=day)):
            return saved(desk, f"Đã ghi {member.full_name} hết sinh hoạt tạm thời ngày {format_date(day)}.", member)
    guest = member.state == MemberState.GUEST
    page = RecordPage(
        "Hết sinh hoạt tạm thời",
        member.full_name,
        "Ghi kết thúc",
        desk.url("members:member", uid),
        note="Đảng viên về nơi sinh hoạt chính thức ngoài hệ thống; không còn trong danh sách ở đây."
        if guest
        else "Đảng viên trở về sinh hoạt tại chi bộ của mình. Không tính thêm một lần chuyển sinh hoạt.",
    )
    return form_page(desk, page, form)
