"""A committee changes the words of a form for its subtree from a day on (decision D14)."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import OPEN_END, Unit, on_day
from giaoban.apps.organizations.permissions import require
from giaoban.apps.papers.forms import parse_form, shipped_forms
from giaoban.apps.papers.models import OfficeForm
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput

_MOST = 20_000


@transaction.atomic
def set_paper_form(*, act: Act, owner: Unit, code: str, text: str, start: date, seen: str = "") -> OfficeForm:
    """This function will let a committee's own text of a form hold from a day on; the text before it ends that day.

    Args:
        seen: the text that the person started from; where somebody changed it meanwhile, nothing is overwritten.

    Raises:
        InvalidInput: no such form, a text that is none (``forms.parse_form``), or another kind of paper.
        Conflict: a text from that day or later is there, or somebody else changed it meanwhile.
    """
    require(act, "organizations_manage", [owner])
    if code not in shipped_forms():
        raise InvalidInput(f"Không có mẫu {code!r}", expected="một trong: " + ", ".join(shipped_forms()))
    text = text.replace("\r\n", "\n").strip() + "\n"
    if len(text) > _MOST:
        raise InvalidInput(f"Mẫu dài {len(text)} ký tự", where="Nội dung mẫu", expected=f"nhiều nhất {_MOST} ký tự")
    form = parse_form(text, where="Nội dung mẫu")
    shipped = shipped_forms()[code][0]
    if (form.code, form.about) != (code, shipped.about):
        raise InvalidInput(
            f"Mẫu ghi code = {form.code!r}, about = {form.about.value!r}",
            where="Nội dung mẫu",
            expected=f"code = {code!r}, about = {shipped.about.value!r}",
        )
    _refuse_overwriting(owner, code, start, seen)
    OfficeForm.objects.filter(on_day(start), owner=owner, code=code).update(valid_to=start)
    kept = OfficeForm.objects.create(
        owner=owner, code=code, text=text, valid_from=start, valid_to=OPEN_END, set_by=act.user, set_at=act.now
    )
    detail = {"form": code, "from": start.isoformat(), "sha256": hashlib.sha256(text.encode()).hexdigest()}
    write_trail(act, [Happening("papers.form_set", "unit", str(owner.uid), owner.code, detail)])
    return kept


def _refuse_overwriting(owner: Unit, code: str, start: date, seen: str) -> None:
    rows = OfficeForm.objects.filter(owner=owner, code=code)
    later = rows.filter(valid_from__gte=start).order_by("valid_from").select_related("set_by").first()
    if later is not None:
        raise Conflict(
            f"{later.set_by.full_name} đã đặt mẫu này từ ngày {format_date(later.valid_from)}",
            where="Dùng từ ngày",
            hint="Mở lại trang để xem mẫu mới, rồi chọn ngày sau đó",
        )
    current = rows.filter(on_day(start)).select_related("set_by").first()
    if current is not None and seen and seen.replace("\r\n", "\n").strip() != current.text.strip():
        raise Conflict(
            f"{current.set_by.full_name} đã đổi mẫu này trong lúc đồng chí đang sửa",
            where="Nội dung mẫu",
            hint="Mở mẫu ở một trang khác để so, rồi ghi lại",
        )
