"""A committee changes the words of a form for its subtree from a day on (decision D14)."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import OPEN_END, Unit, on_day
from giaoban.apps.organizations.permissions import require
from giaoban.apps.papers.forms import parse_form, shipped_forms
from giaoban.apps.papers.models import OfficeForm
from giaoban.apps.papers.queries.versions import form_state
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.text_vi import quoted

_MOST = 20_000


@transaction.atomic
def set_paper_form(*, act: Act, owner: Unit, code: str, text: str, start: date, seen: str | None = None) -> OfficeForm:
    """This function will let a committee's own text of a form hold from a day on; the text before it ends that day.

    A text that begins on the very day is mended in its place: papers keep their own words, the audit both sums.

    Args:
        seen: what stood there when the person began (``form_state``); where somebody set a text meanwhile, nothing is
            overwritten. Without it no text is mended.

    Raises:
        InvalidInput: no such form, a text that is none (``forms.parse_form``), or another kind of paper.
        Conflict: a text from a later day is there, the same text holds already, or somebody set one meanwhile.
    """
    require(act, "organizations_manage", [owner])
    if code not in shipped_forms():
        raise InvalidInput(f"Không có mẫu {quoted(code)}", expected="một trong: " + ", ".join(shipped_forms()))
    text = text.replace("\r\n", "\n").strip() + "\n"
    if len(text) > _MOST:
        raise InvalidInput(f"Mẫu dài {len(text)} ký tự", where="Nội dung mẫu", expected=f"nhiều nhất {_MOST} ký tự")
    form = parse_form(text, where="Nội dung mẫu")
    shipped = shipped_forms()[code][0]
    if (form.code, form.about) != (code, shipped.about):
        raise InvalidInput(
            f"Mẫu ghi code = {quoted(form.code)}, about = {quoted(form.about.value)}",
            where="Nội dung mẫu",
            expected=f"code = {quoted(code)}, about = {quoted(shipped.about.value)}",
        )
    _refuse_overwriting(owner, code, start, seen)
    held = OfficeForm.objects.filter(on_day(start), owner=owner, code=code).first()
    detail = {"form": code, "from": start.isoformat(), "sha256": _sum(text)}
    if held is not None and held.text == text:
        raise Conflict(
            f"Mẫu từ ngày {format_date(held.valid_from)} đã có đúng nội dung này",
            where="Nội dung mẫu",
            hint="Sửa nội dung rồi ghi, hoặc giữ mẫu đang dùng",
        )
    if held is not None and held.valid_from == start:
        detail["replaced"] = _sum(held.text)
        held.text, held.set_by, held.set_at = text, act.user, act.now
        held.save(update_fields=["text", "set_by", "set_at"])
    else:
        OfficeForm.objects.filter(on_day(start), owner=owner, code=code).update(valid_to=start)
        held = OfficeForm.objects.create(
            owner=owner, code=code, text=text, valid_from=start, valid_to=OPEN_END, set_by=act.user, set_at=act.now
        )
    write_trail(act, [Happening("papers.form_set", "unit", str(owner.uid), owner.code, detail)])
    return held


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_overwriting(owner: Unit, code: str, start: date, seen: str | None) -> None:
    rows = OfficeForm.objects.filter(owner=owner, code=code).select_related("set_by")
    last = rows.order_by("-set_at", "-pk").first()
    if last is not None and seen is not None and seen != form_state(code, owner):
        since = format_date(last.valid_from)
        raise Conflict(
            f"{last.set_by.full_name} đã đổi mẫu này trong lúc đồng chí đang sửa, dùng từ {since}",
            where="Nội dung mẫu",
            hint="Nội dung đồng chí gõ còn nguyên ở đây. Mở bản ấy ở phần «Các bản của mẫu» để so, rồi ghi lại",
        )
    first = start if seen is None else start + timedelta(days=1)
    later = rows.filter(valid_from__gte=first).order_by("valid_from").first()
    if later is not None:
        raise Conflict(
            f"{later.set_by.full_name} đã đặt mẫu này từ ngày {format_date(later.valid_from)}",
            where="Dùng từ ngày",
            hint=f"Chọn từ ngày {format_date(later.valid_from)} trở đi; đúng ngày ấy là sửa bản ấy",
        )
