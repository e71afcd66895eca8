"""A person keeps filters of lists under names of their own."""

from __future__ import annotations

import uuid

from django.db import transaction

from giaoban.apps.accounts.models import SavedView
from giaoban.apps.audit.act import Act
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.text_vi import quoted, tidy

MOST_VIEWS = 30


@transaction.atomic
def save_view(*, act: Act, area: str, name: str, query: str) -> SavedView:
    """This function will keep a filter under a name; the same name again takes the new filter.

    It leaves no row in the audit: it tells nothing about anybody and changes no register.

    Raises:
        InvalidInput: no name, a name or filter too long, or too many kept already.
    """
    name = tidy(name)
    if not name or len(name) > 60:
        raise InvalidInput(f"Tên {quoted(name)} không hợp lệ", where="Tên bộ lọc", expected="1 đến 60 ký tự")
    if len(query) > 600:
        raise InvalidInput("Bộ lọc quá dài", where="Tên bộ lọc", expected="ít điều kiện hơn")
    own = SavedView.objects.filter(user=act.user, area=area)
    if not own.filter(name=name).exists() and own.count() >= MOST_VIEWS:
        raise InvalidInput(
            f"Đã lưu {MOST_VIEWS} bộ lọc", where="Tên bộ lọc", expected="bỏ bớt một bộ lọc không còn dùng"
        )
    view, _made = SavedView.objects.update_or_create(
        user=act.user, area=area, name=name, defaults={"query": query, "created_at": act.now}
    )
    return view


@transaction.atomic
def drop_view(*, act: Act, uid: uuid.UUID) -> str:
    """This function will forget one of the person's own filters and return its name.

    Raises:
        NotFound: they have none with this uid.
    """
    view = SavedView.objects.filter(user=act.user, uid=uid).first()
    if view is None:
        raise NotFound("Không tìm thấy bộ lọc này")
    name = view.name
    view.delete()
    return name
