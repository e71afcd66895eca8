"""The beginning of an office: top unit, registers in use, first administrator; once, on an empty database."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from giaoban.apps.accounts.models import User
from giaoban.apps.accounts.operations import NewPerson, print_code
from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import Unit, UnitEvent
from giaoban.apps.organizations.operations.grants import GrantTerms, give_grant
from giaoban.apps.organizations.operations.registers import REGISTERS, take_into_use
from giaoban.apps.organizations.operations.tree import TreeDraft, record_tree_event
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.text_vi import quoted, tidy


@transaction.atomic
def begin_office(*, now: datetime, top: TreeDraft, username: str, full_name: str) -> NewPerson:
    """This function will open the top unit of an empty office and add its administrator, with the code to print.

    Args:
        top: the opening entry of the top unit; its day is the day from which all registers are kept.

    Raises:
        Conflict: the office has units or people already.
        InvalidInput: the names are not right, or the entry is no opening of a top unit.
    """
    if Unit.objects.exists() or User.objects.exists():
        raise Conflict("Văn phòng này đã có dữ liệu", hint="Thêm người bằng: giaoban people add")
    if top.kind != UnitEvent.OPENING or top.parent:
        raise InvalidInput("Đơn vị đầu tiên phải đứng đầu cây và có từ trước khi dùng sổ")
    if len(tidy(full_name).split(" ")) < 2 or not username.strip():
        raise InvalidInput(
            f"Họ tên {quoted(full_name)} hoặc tên đăng nhập {quoted(username)} chưa đủ", expected="cả họ và tên"
        )
    user = User.objects.create_user(username.strip().lower(), tidy(full_name), created_at=now)
    act = Act(user, now, at_console=True)
    unit = record_tree_event(act=act, draft=top).subject
    for register in REGISTERS:
        take_into_use(act=act, unit=unit, register=register, start=top.day)
    for role in ("administrator", "office_clerk"):
        give_grant(act=act, user=user, terms=GrantTerms(role, unit, min(top.day, act.today)))
    return NewPerson(user, print_code(act=act, user=user))
