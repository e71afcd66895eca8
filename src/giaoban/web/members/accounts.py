"""The sign-in of a member: linked by name, made with a printed code, taken away; what members ask, and the answers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_variables

from giaoban.apps.accounts.operations import CODE_HOURS
from giaoban.apps.audit.act import HANOI
from giaoban.apps.members.models import CorrectionRequest, Member, MemberAccount
from giaoban.apps.members.operations import (
    answer_correction,
    link_account,
    open_account,
    print_member_code,
    unlink_account,
)
from giaoban.apps.members.queries.file import find_member
from giaoban.apps.members.queries.life_timeline import LIFE_REGISTERS
from giaoban.apps.members.queries.self_service import (
    RequestLine,
    account_of,
    find_request,
    find_user_to_link,
    open_requests,
)
from giaoban.apps.organizations.permissions import may, require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.accounts.people import Slip
from giaoban.web.forms import OfficeForm, attempt
from giaoban.web.members.record_page import BOTH

_NAME = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class AccountForm(OfficeForm):
    """A user name: of a sign-in that is there, or of a new one."""

    places = {"Tên đăng nhập": "username", "Họ và tên": "username"}
    username = forms.CharField(
        label="Tên đăng nhập", max_length=60, widget=forms.TextInput(attrs=_NAME), help_text="Ví dụ lan.nguyen"
    )


class AnswerForm(OfficeForm):
    """The answer to a request."""

    places = {"Trả lời": "answer"}
    answer = forms.CharField(
        label="Trả lời",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Đã làm gì, hoặc vì sao không đính chính; đảng viên đọc được.",
    )


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The sign-in of one member; ``linked`` is empty where there is none."""

    name: str
    linked: str
    username: str
    may_make: bool
    may_print: bool
    back_url: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request to be answered, with its form."""

    anchor: str
    name: str
    url: str
    unit: str
    about: str
    wish: str
    asked: str
    mend: str
    mend_url: str
    answer_url: str
    own: bool
    form: AnswerForm
    by_form: bool


@screen("members", right="members_view", methods=BOTH)
def account(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show a member's sign-in; link one, make one, print its code, take it away."""
    member = find_member(desk.act.user, uid, today=desk.act.today)
    manages = may(desk.act.user, "accounts_manage", member.unit, today=desk.act.today)
    if not manages:
        require(desk.act, "members_record", [member.unit])
    linked = account_of(member)
    form = AccountForm(desk.posted if desk.request.POST.get("viec") in ("noi", "tao") else None)
    if desk.posted is not None:
        done = _do(desk, member, linked, form)
        if done is not None:
            return done
    words = ""
    if linked is not None:
        day = linked.linked_at.astimezone(HANOI)
        words = f"{linked.linked_by.full_name} nối ngày {day:%d/%m/%Y}"
    page = AccountPage(
        member.full_name,
        words,
        linked.user.username if linked is not None else "",
        manages,
        manages and linked is not None,
        desk.url("members:member", uid),
    )
    form.point_at_first_error()
    return desk.render("members/account.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _do(desk: Desk, member: Member, linked: MemberAccount | None, form: AccountForm) -> HttpResponse | None:
    """Do what the form asks for; None where the form is to be shown again."""
    match desk.request.POST.get("viec"):
        case "noi" if form.is_valid():
            return _link(desk, member, form)
        case "tao" if form.is_valid():
            made = attempt(
                form, lambda: open_account(act=desk.act, member=member, username=form.cleaned_data["username"])
            )
            return None if made is None else _slip(desk, member, made.user.username, made.code)
        case "ma" if linked is not None:
            code = print_member_code(act=desk.act, account=linked)
            return _slip(desk, member, linked.user.username, code)
        case "bo" if linked is not None:
            unlink_account(act=desk.act, account=linked)
            messages.info(desk.request, f"Đã bỏ nối tài khoản {linked.user.username} với {member.full_name}.")
            return HttpResponseRedirect(desk.url("members:account", member.uid))
        case "noi" | "tao":
            return None
    raise NotFound("Không rõ cần làm gì với tài khoản này; mở lại trang rồi chọn")


def _link(desk: Desk, member: Member, form: AccountForm) -> HttpResponse | None:
    def record() -> MemberAccount:
        try:
            user = find_user_to_link(form.cleaned_data["username"])
        except NotFound as error:
            raise InvalidInput(error.message, where="Tên đăng nhập", expected="tên của một tài khoản đã có") from None
        return link_account(act=desk.act, user=user, member=member)

    made = attempt(form, record)
    if made is None:
        return None
    words = f"Đã nối tài khoản {made.user.username} ({made.user.full_name}) với {member.full_name}."
    messages.info(desk.request, words)
    return HttpResponseRedirect(desk.url("members:account", member.uid))


@sensitive_variables("code")
def _slip(desk: Desk, member: Member, username: str, code: str) -> HttpResponse:
    until = desk.act.now + timedelta(hours=CODE_HOURS)
    back = desk.url("members:account", member.uid)
    slip = Slip(member.full_name, username, code, format_date(until.date()), back)
    return desk.render("accounts/slip.html", {"slip": slip})


@screen("members", right="members_record")
def requests(desk: Desk) -> HttpResponse:
    """Show what members at or below the chosen unit ask to have corrected, the oldest first."""
    return _requests_page(desk, None, None)


@screen("members", right="members_record", methods=("POST",))
def answer(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Answer a request; what is wrong is corrected on the pages of the member, not here."""
    asked = find_request(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "members_record", [asked.member.unit])
    form = AnswerForm(desk.request.POST, prefix=str(uid))
    accept = desk.request.POST.get("tra-loi") == "dong-y"

    def record() -> CorrectionRequest:
        return answer_correction(act=desk.act, request=asked, accept=accept, answer=form.cleaned_data["answer"])

    if form.is_valid() and attempt(form, record) is not None:
        what = "đồng ý đính chính" if accept else "không đính chính"
        messages.info(desk.request, f"Đã trả lời {asked.member.full_name}: {what}.")
        return HttpResponseRedirect(desk.url("members:requests"))
    return _requests_page(desk, uid, form)


def _requests_page(desk: Desk, uid: uuid.UUID | None, form: AnswerForm | None) -> HttpResponse:
    lines = open_requests(desk.act.user, desk.unit, today=desk.act.today)
    # Somebody else may have answered meanwhile: then the refusal stands above the list.
    gone = form is not None and all(line.uid != uid for line in lines)
    rows = tuple(_row(desk, line, form if form is not None and line.uid == uid else None) for line in lines)
    context = {
        "rows": rows,
        "count": format_number(len(rows)),
        "trouble": form if gone else None,
        "list_url": desk.url("members:worklists"),
    }
    return desk.render("members/requests.html", context, status=200 if form is None else 422)


def _row(desk: Desk, line: RequestLine, form: AnswerForm | None) -> RequestRow:
    mend, mend_url = "Mở trang của đảng viên", desk.url("members:member", line.member_uid)
    if line.part:
        mend, mend_url = "Sửa theo đề nghị", f"{desk.url('members:amend', line.member_uid)}&de-nghi={line.uid}"
    elif line.register == "members" and line.entry is not None:
        mend, mend_url = "Đính chính lần ghi này", desk.url("members:correct", line.entry)
    elif line.register in LIFE_REGISTERS and line.entry is not None:
        mend, mend_url = "Đính chính lần ghi này", desk.url("members:correct_in", line.register, line.entry)
    shown = form if form is not None else AnswerForm(prefix=str(line.uid))
    shown.point_at_first_error()
    return RequestRow(
        f"de-nghi-{line.uid}",
        line.full_name,
        desk.url("members:member", line.member_uid),
        line.unit.place,
        line.about,
        line.wish,
        f"{line.asked_at.astimezone(HANOI):%d/%m/%Y}",
        mend,
        mend_url,
        desk.url("members:answer", line.uid),
        line.asked_by == desk.act.user.pk,
        shown,
        bool(line.part),
    )
