"""Ways out of the Party and back, on screen: each form says what follows before it is sent."""

from __future__ import annotations

import uuid

from django.http import HttpResponse

from giaoban.apps.members.models import LeavingHow, Member, MemberEntry
from giaoban.apps.members.operations import record_death, resign_member, restore_member, strike_off_member
from giaoban.apps.members.queries.offices_held import offices_held
from giaoban.apps.members.queries.waiting import member_on_the_way
from giaoban.apps.organizations.queries.chosen import find_unit
from giaoban.apps.organizations.queries.outline import outline
from giaoban.core.dates_vi import format_date
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import attempt
from giaoban.web.members.life_forms import DeathForm, LeaveForm, RestoreForm
from giaoban.web.members.record_page import BOTH, cells_of, form_page, saved, to_record


def _what_ends(desk: Desk, member: Member) -> tuple[str, ...]:
    """Offices that end by rule, and a letter that nobody will answer any more."""
    held = offices_held(member, day=desk.act.today)
    found = [f"Thôi giữ chức vụ cùng ngày: {', '.join(held)}."] if held else []
    if member_on_the_way(member) is not None:
        found.append("Giấy giới thiệu chuyển sinh hoạt đang chờ tiếp nhận không còn giá trị.")
    return tuple(found)


@screen("members", right="members_view", methods=BOTH)
def leave(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that a member resigned or was struck off."""
    member = to_record(desk, uid)
    form = LeaveForm(desk.posted, today=desk.act.today)
    if form.is_valid():
        data = form.cleaned_data

        def record() -> MemberEntry:
            common = {"act": desk.act, "member": member, "day": data["day"], "decision": form.decision()}
            if data["how"] == LeavingHow.RESIGNED:
                return resign_member(**common)
            return strike_off_member(ground=data["ground"], **common)

        if attempt(form, record):
            words = f"Đã ghi {member.full_name} ra khỏi Đảng ngày {format_date(data['day'])}."
            return saved(desk, words, member)
    page = RecordPage(
        "Ra khỏi Đảng",
        member.full_name,
        "Ghi ra khỏi Đảng",
        desk.url("members:member", uid),
        warning="Khai trừ là hình thức kỷ luật: ghi ở «Ghi kỷ luật», không ghi ở đây. "
        "Đang có vi phạm thì xem xét kỷ luật trước, không cho xin ra thay kỷ luật.",
        points=(
            "Thu hồi thẻ đảng viên.",
            "Không còn tính trong tổng số đảng viên từ ngày có hiệu lực.",
            *_what_ends(desk, member),
            "Người xin ra khỏi Đảng có thể được cấp giấy xác nhận tuổi Đảng.",
            "Kết nạp lại hoặc khôi phục đảng tịch thì ghi tiếp vào quá trình này, không lập hồ sơ mới.",
        ),
    )
    return form_page(desk, page, form)


@screen("members", right="members_view", methods=BOTH)
def death(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that a member died."""
    member = to_record(desk, uid)
    form = DeathForm(desk.posted)
    if form.is_valid():
        day = form.cleaned_data["day"]
        if attempt(form, lambda: record_death(act=desk.act, member=member, day=day)):
            return saved(desk, f"Đã ghi {member.full_name} từ trần ngày {format_date(day)}.", member)
    page = RecordPage(
        "Từ trần",
        member.full_name,
        "Ghi từ trần",
        desk.url("members:member", uid),
        points=(
            "Không còn tính trong tổng số đảng viên từ ngày từ trần.",
            "Gia đình được giữ thẻ đảng viên.",
            *_what_ends(desk, member),
            "Còn thiếu ít thời gian để nhận Huy hiệu thì được xét truy tặng.",
        ),
    )
    return form_page(desk, page, form)


@screen("members", right="members_view", methods=BOTH)
def restore(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that membership was restored."""
    member = to_record(desk, uid)
    form = RestoreForm(
        desk.posted, cells=cells_of(outline(desk.unit, day=desk.act.today)), initial={"cell": member.unit.code}
    )
    if form.is_valid():
        data = form.cleaned_data

        def record() -> MemberEntry:
            unit = find_unit(desk.act.user, data["cell"], today=desk.act.today)
            official = data["status"] == "official"
            return restore_member(
                act=desk.act, member=member, day=data["day"], unit=unit, official=official, decision=form.decision()
            )

        if attempt(form, record):
            words = f"Đã ghi khôi phục đảng tịch của {member.full_name} từ ngày {format_date(data['day'])}."
            return saved(desk, words, member)
    page = RecordPage(
        "Khôi phục đảng tịch",
        member.full_name,
        "Ghi khôi phục",
        desk.url("members:member", uid),
        points=(
            "Tính lại trong tổng số đảng viên từ ngày khôi phục.",
            "Thời gian ra khỏi Đảng không tính vào tuổi Đảng.",
        ),
    )
    return form_page(desk, page, form)
