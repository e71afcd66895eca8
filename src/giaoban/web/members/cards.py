"""The Party card on screen: issued, and issued once more."""

from __future__ import annotations

import uuid

from django.http import HttpResponse

from giaoban.apps.members.models import CardReason, Member
from giaoban.apps.members.operations import issue_card, reissue_card
from giaoban.apps.members.queries.badges import badge_rules
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import attempt
from giaoban.web.members.life_forms import CardAgainForm, CardForm
from giaoban.web.members.record_page import BOTH, form_page, saved, to_record


@screen("members", right="members_view", methods=BOTH)
def issue(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record the first card of an official member."""
    member = to_record(desk, uid)
    rounds = badge_rules(member.unit, desk.act.today).rounds
    named = [(f"{day}/{month}", f"Đợt {day}/{month}") for day, month in rounds]
    form = CardForm(desk.posted, rounds=named, initial={"day": desk.act.today})
    if form.is_valid():
        data = form.cleaned_data

        def record() -> Member:
            issue_card(
                act=desk.act,
                member=member,
                day=data["day"],
                card_number=data["card_number"],
                round_=data["round"],
                decision=form.decision(),
            )
            return member

        if attempt(form, record):
            return saved(desk, f"Đã ghi phát thẻ cho {member.full_name}.", member)
    page = RecordPage(
        "Phát thẻ đảng viên",
        member.full_name,
        "Ghi phát thẻ",
        desk.url("members:member", uid),
        note="Thẻ phát cho đảng viên chính thức tại kỳ sinh hoạt chi bộ gần nhất sau quyết định.",
    )
    return form_page(desk, page, form)


@screen("members", right="members_view", methods=BOTH)
def reissue(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record a card issued once more."""
    member = to_record(desk, uid)
    form = CardAgainForm(desk.posted, initial={"day": desk.act.today})
    if form.is_valid():
        data = form.cleaned_data

        def record() -> Member:
            reissue_card(
                act=desk.act,
                member=member,
                day=data["day"],
                reason=CardReason(data["reason"]),
                card_number=data["card_number"],
                decision=form.decision(),
            )
            return member

        if attempt(form, record):
            return saved(desk, f"Đã ghi cấp lại thẻ cho {member.full_name}.", member)
    page = RecordPage(
        "Cấp lại, đổi thẻ đảng viên",
        member.full_name,
        "Ghi cấp lại thẻ",
        desk.url("members:member", uid),
        note="Thẻ bị hỏng hoặc đổi thì thu hồi thẻ cũ. Số thẻ cũ vẫn còn trong sổ, kèm lần cấp lại.",
    )
    return form_page(desk, page, form)
