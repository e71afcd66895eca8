"""People: adding one, printing a one-time code, setting the first password with it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from giaoban.apps.accounts.models import OneTimeCode, User
from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.text_vi import quoted, tidy

CODE_HOURS = 72
# Without letters and digits that look alike on paper (0 O, 1 I L).
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]\Z")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person who was just added, and the code to print for them; the code is not kept anywhere."""

    user: User
    code: str


@transaction.atomic
def add_person(*, act: Act, username: str, full_name: str) -> NewPerson:
    """This function will add a person and make the one-time code that is printed for them.

    Whether ``act.user`` may do so is asked by the caller against a unit (``organizations.operations.add_person_to``).

    Raises:
        InvalidInput: the user name or the name has not the right form.
        Conflict: the user name is taken.
    """
    username = username.strip().lower()
    full_name = tidy(full_name)
    if not _USERNAME.match(username):
        raise InvalidInput(
            f"Tên đăng nhập {quoted(username)} không hợp lệ",
            where="Tên đăng nhập",
            expected="3 đến 60 ký tự a-z, 0-9, dấu chấm, gạch nối, ví dụ lan.nguyen",
        )
    if len(full_name.split(" ")) < 2:
        raise InvalidInput(f"Họ tên {quoted(full_name)} chưa đủ", where="Họ và tên", expected="cả họ và tên")
    if User.objects.filter(username=username).exists():
        raise Conflict(
            f"Tên đăng nhập {quoted(username)} đã có người dùng",
            where="Tên đăng nhập",
            hint="Chọn tên khác, ví dụ thêm số hoặc chữ lót",
        )
    user = User.objects.create_user(username, full_name, created_at=act.now)
    write_trail(act, [Happening("accounts.added", "user", str(user.uid), detail={"username": username})])
    return NewPerson(user, print_code(act=act, user=user))


@transaction.atomic
def print_code(*, act: Act, user: User) -> str:
    """This function will make a new one-time code for a person; earlier unused ones stop working."""
    code = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
    OneTimeCode.objects.filter(user=user, used_at=None).update(used_at=act.now)
    OneTimeCode.objects.create(
        user=user,
        code_hash=make_password(code),
        created_at=act.now,
        created_by=act.user,
        expires_at=act.now + timedelta(hours=CODE_HOURS),
    )
    write_trail(act, [Happening("accounts.code_printed", "user", str(user.uid))])
    return code


@transaction.atomic
def set_password_with_code(*, username: str, code: str, password: str, now: datetime) -> User:
    """This function will set a person's password if the printed code is right, unused and not too old.

    Raises:
        InvalidInput: wrong name or code (which of the two is not told), or a password that is too weak.
    """
    user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    found = None
    if user is not None:
        found = OneTimeCode.objects.select_for_update().filter(user=user, used_at=None, expires_at__gt=now).first()
    if user is None or found is None or not check_password(code.strip().upper(), found.code_hash):
        raise InvalidInput(
            "Tên đăng nhập hoặc mã một lần không đúng, đã dùng hoặc quá hạn",
            hint="Xem lại phiếu in; nếu vẫn không được, xin văn phòng in mã mới",
        )
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages), where="Mật khẩu mới") from None
    user.set_password(password)
    user.save(update_fields=["password"])
    found.used_at = now
    found.save(update_fields=["used_at"])
    write_trail(Act(user, now), [Happening("accounts.password_set", "user", str(user.uid))])
    return user


@transaction.atomic
def close_account(*, act: Act, user: User) -> None:
    """This function will stop a person from signing in; what they entered keeps their name."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    write_trail(act, [Happening("accounts.closed", "user", str(user.uid))])
