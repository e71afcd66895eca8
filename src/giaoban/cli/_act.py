"""Under whose name a command writes: a named person, typed on the machine that holds the data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.text_vi import quoted

if TYPE_CHECKING:
    from giaoban.apps.audit.act import Act

F = TypeVar("F", bound=Callable[..., Any])


def as_option(command: F) -> F:
    """Add the shared option ``--as``; the command's function gets it as ``username``."""
    return click.option(
        "--as",
        "username",
        metavar="TÊN_ĐĂNG_NHẬP",
        help="Người ghi; nếu không nêu thì là người quản trị duy nhất của văn phòng.",
    )(command)


def console_act(username: str | None) -> Act:
    """Return the act of a person at this machine; Django must have been started.

    Raises:
        NotFound: nobody of that name is active.
        InvalidInput: no name is given and there is not exactly one administrator.
    """
    from giaoban.apps.accounts.models import User
    from giaoban.apps.audit.act import Act

    if username is not None:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise NotFound(f"Không có người dùng {quoted(username)} đang hoạt động", where="--as")
    else:
        found = list(User.objects.filter(grants__role="administrator", is_active=True).distinct()[:2])
        if len(found) != 1:
            raise InvalidInput("Chưa rõ ai ghi", where="--as", expected="tên đăng nhập, ví dụ --as lan.nguyen")
        user = found[0]
    return Act(user, datetime.now(UTC), at_console=True)
