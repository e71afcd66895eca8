"""`giaoban people`: who may do what where, from the machine that holds the data."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from giaoban.cli._act import as_option, console_act
from giaoban.cli._office import office_options, open_office
from giaoban.core.dates_vi import format_date, parse_date
from giaoban.core.errors import NotFound
from giaoban.core.text_vi import quoted

if TYPE_CHECKING:
    from giaoban.apps.accounts.models import User
    from giaoban.apps.organizations.models import Grant, Unit


@click.group(epilog="Ví dụ: giaoban people list --dir du-lieu")
def command() -> None:
    """Người dùng và phân quyền: thêm người, giao và thôi giao vai trò, bàn giao chức trách, in mã một lần."""


@command.command("list", epilog="Ví dụ: giaoban people list --dir du-lieu")
@office_options
def list_people(folder: Path | None) -> None:
    """Liệt kê người dùng và các vai trò họ giữ."""
    open_office(folder)
    from giaoban.apps.organizations.models import OPEN_END, Grant

    for grant in Grant.objects.select_related("user", "unit").order_by("user__username", "valid_from"):
        until = "" if grant.valid_to == OPEN_END else f" đến trước {format_date(grant.valid_to)}"
        click.echo(
            f"{grant.user.username}\t{grant.user.full_name}\t{grant.role}\t{grant.unit.code}"
            f"\ttừ {format_date(grant.valid_from)}{until}\t{grant.uid}"
        )


@command.command("add", epilog="Ví dụ: giaoban people add lan.nguyen 'Nguyễn Thị Lan' office_clerk MAU")
@click.argument("new_username", metavar="TÊN_ĐĂNG_NHẬP")
@click.argument("full_name", metavar="HỌ_TÊN")
@click.argument("role", metavar="VAI_TRÒ")
@click.argument("unit_code", metavar="MÃ_ĐƠN_VỊ")
@click.option("--from", "start", metavar="NGÀY", help="Ngày bắt đầu, dạng 31/03/2023; mặc định hôm nay.")
@office_options
@as_option
def add(
    new_username: str,
    full_name: str,
    role: str,
    unit_code: str,
    start: str | None,
    folder: Path | None,
    username: str | None,
) -> None:
    """Thêm một người với vai trò đầu tiên và in mã một lần để họ tự đặt mật khẩu."""
    open_office(folder)
    from giaoban.apps.organizations.operations import GrantTerms, add_person_to

    act = console_act(username)
    terms = GrantTerms(role, _unit(unit_code), _day(start) or act.today)
    person = add_person_to(act=act, username=new_username, full_name=full_name, terms=terms)
    _print_code(person.user, person.code)


@command.command("grant", epilog="Ví dụ: giaoban people grant lan.nguyen organization_department MAU --to 31/12/2026")
@click.argument("holder", metavar="TÊN_ĐĂNG_NHẬP")
@click.argument("role", metavar="VAI_TRÒ")
@click.argument("unit_code", metavar="MÃ_ĐƠN_VỊ")
@click.option("--from", "start", metavar="NGÀY", help="Ngày bắt đầu; mặc định hôm nay.")
@click.option("--to", "end", metavar="NGÀY", help="Từ ngày này không còn quyền; mặc định không hạn.")
@click.option("--decision", default="", metavar="QUYẾT_ĐỊNH", help="Số, ngày quyết định phân công.")
@office_options
@as_option
def grant(
    holder: str,
    role: str,
    unit_code: str,
    start: str | None,
    end: str | None,
    decision: str,
    folder: Path | None,
    username: str | None,
) -> None:
    """Giao cho một người một vai trò tại một đơn vị và các đơn vị bên dưới."""
    open_office(folder)
    from giaoban.apps.organizations.operations import GrantTerms, give_grant

    act = console_act(username)
    terms = GrantTerms(role, _unit(unit_code), _day(start) or act.today, _day(end), decision)
    given = give_grant(act=act, user=_user(holder), terms=terms)
    click.echo(f"Đã giao: {given.uid}")


@command.command("end", epilog="Ví dụ: giaoban people end 7f3c9a52-0000-4000-8000-000000000000 --on 01/04/2026")
@click.argument("grant_uid", metavar="MÃ_PHÂN_QUYỀN", type=click.UUID)
@click.option("--on", "day", metavar="NGÀY", help="Từ ngày này không còn quyền; mặc định hôm nay.")
@office_options
@as_option
def end(grant_uid: uuid.UUID, day: str | None, folder: Path | None, username: str | None) -> None:
    """Thôi giao một vai trò (mã lấy từ `giaoban people list`)."""
    open_office(folder)
    from giaoban.apps.organizations.operations import end_grant

    act = console_act(username)
    end_grant(act=act, grant=_grant(grant_uid), end=_day(day) or act.today)


@command.command(
    "hand-over", epilog="Ví dụ: giaoban people hand-over 7f3c9a52-0000-4000-8000-000000000000 hoa.tran --on 01/04/2026"
)
@click.argument("grant_uid", metavar="MÃ_PHÂN_QUYỀN", type=click.UUID)
@click.argument("successor", metavar="NGƯỜI_NHẬN")
@click.option("--on", "day", metavar="NGÀY", help="Ngày bàn giao; mặc định hôm nay.")
@click.option("--decision", default="", metavar="QUYẾT_ĐỊNH", help="Số, ngày quyết định phân công.")
@office_options
@as_option
def hand_over(
    grant_uid: uuid.UUID, successor: str, day: str | None, decision: str, folder: Path | None, username: str | None
) -> None:
    """Bàn giao: người cũ thôi quyền, người mới nhận đúng vai trò đó, cùng một ngày."""
    open_office(folder)
    from giaoban.apps.organizations.operations import hand_over_post

    act = console_act(username)
    given = hand_over_post(
        act=act,
        grant=_grant(grant_uid),
        successor=_user(successor),
        day=_day(day) or act.today,
        decision=decision,
    )
    click.echo(f"Đã bàn giao: {given.uid}")


@command.command("code", epilog="Ví dụ: giaoban people code lan.nguyen")
@click.argument("holder", metavar="TÊN_ĐĂNG_NHẬP")
@office_options
@as_option
def code(holder: str, folder: Path | None, username: str | None) -> None:
    """In mã một lần mới cho một người quên mật khẩu; mã cũ hết hiệu lực."""
    open_office(folder)
    from giaoban.apps.organizations.operations import print_code_for

    user = _user(holder)
    _print_code(user, print_code_for(act=console_act(username), user=user))


def _print_code(user: User, code: str) -> None:
    from giaoban.apps.accounts.operations import CODE_HOURS

    click.echo(f"Họ và tên: {user.full_name}")
    click.echo(f"Tên đăng nhập: {user.username}")
    click.echo(f"Mã một lần (dùng trong {CODE_HOURS} giờ): {code}")


def _day(text: str | None) -> date | None:
    return parse_date(text, where="ngày") if text else None


def _user(username: str) -> User:
    from giaoban.apps.accounts.models import User

    found = User.objects.filter(username=username).first()
    if found is None:
        raise NotFound(f"Không có người dùng {quoted(username)}", hint="Xem: giaoban people list")
    return found


def _unit(code: str) -> Unit:
    from giaoban.apps.organizations.models import Unit

    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise NotFound(f"Không có đơn vị mang mã {quoted(code)}", expected="mã của một đơn vị đã ghi trong sổ tổ chức")
    return found


def _grant(uid: uuid.UUID) -> Grant:
    from giaoban.apps.organizations.models import Grant

    found = Grant.objects.select_related("unit", "user").filter(uid=uid).first()
    if found is None:
        raise NotFound(f"Không có phân quyền {uid}", hint="Xem: giaoban people list")
    return found
