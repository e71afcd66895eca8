"""Setting a form of an office, and copying a shipped one into it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.kinds import kinds as all_kinds
from giaoban.apps.organizations.models import OPEN_END, Unit, on_day
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.forms import FieldKind, FormBody, read_body
from giaoban.apps.reporting.forms.shipped import shipped_forms
from giaoban.apps.reporting.models import FormRhythm, ReportForm
from giaoban.apps.reporting.operations.cycles._steps import MANAGE
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.text_vi import quoted
from giaoban.figures import Catalogue

_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form to be set; see ``ReportForm`` and ``forms.read_body``."""

    code: str
    title: str
    rhythm: str
    kinds: Sequence[str]
    body: Mapping[str, Any]
    open_days: int = 10
    due_days: int = 0
    lock_days: int | None = None


@transaction.atomic
def set_form(*, act: Act, owner: Unit, draft: FormDraft, start: date, end: date | None = None) -> ReportForm:
    """This function will set a form of an office from a day on; what held before ends that day.

    Args:
        end: the day from which it holds no more; None: until it is changed.

    Raises:
        InvalidInput: the code, rhythm, kinds or body are not right. Conflict: the form is set from a later day already.
        NotAllowed, NotFound: no right ``forms_manage`` at the unit.
    """
    require(act, MANAGE, [owner])
    _check(draft)
    body = dict(draft.body)
    known = catalogue()
    _refuse_typed_rates(read_body(body, measures=known.keys), known)
    # Two people must not set one form at once.
    list(Unit.objects.select_for_update().filter(pk=owner.pk))
    later = ReportForm.objects.filter(owner=owner, code=draft.code, valid_from__gte=start).order_by("valid_from")
    if (found := later.first()) is not None and (end is None or found.valid_from < end):
        raise Conflict(
            f"Mẫu {draft.code} đã đặt cho từ ngày {format_date(found.valid_from)}",
            where="Từ ngày",
            expected=f"ngày sau {format_date(found.valid_from)}",
        )
    ReportForm.objects.filter(on_day(start), owner=owner, code=draft.code).update(valid_to=start)
    form = ReportForm.objects.create(
        owner=owner,
        code=draft.code,
        title=draft.title.strip(),
        rhythm=draft.rhythm,
        kinds=list(draft.kinds),
        body=body,
        open_days=draft.open_days,
        due_days=draft.due_days,
        lock_days=draft.lock_days,
        valid_from=start,
        valid_to=end or OPEN_END,
        set_by=act.user,
        set_at=act.now,
    )
    detail = {"code": form.code, "from": start.isoformat()}
    write_trail(act, [Happening("reporting.form_set", "form", str(form.uid), owner.code, detail)])
    return form


def copy_shipped_form(*, act: Act, owner: Unit, code: str, start: date) -> ReportForm:
    """This function will copy a form that comes with the program into an office's own, to be changed there.

    Raises:
        InvalidInput: no form of that code is shipped; otherwise as ``set_form``.
    """
    shipped = shipped_forms().get(code)
    if shipped is None:
        raise InvalidInput(
            f"Không có mẫu sẵn {quoted(code)}", expected="một trong: " + ", ".join(sorted(shipped_forms()))
        )
    draft = FormDraft(
        shipped.code,
        shipped.title,
        shipped.rhythm,
        shipped.kinds,
        shipped.body,
        shipped.open_days,
        shipped.due_days,
        shipped.lock_days,
    )
    return set_form(act=act, owner=owner, draft=draft, start=start)


def _refuse_typed_rates(body: FormBody, known: Catalogue) -> None:
    for one in body.fields:
        if one.kind is FieldKind.VALUE and known[one.measure].rate is not None:
            raise InvalidInput(
                f"«{known[one.measure].label}» được tính từ hai số khác, không hỏi đơn vị",
                where=one.label,
                expected="hai trường số cho tử số và mẫu số; tỷ lệ đưa vào mẫu như số đã biết",
            )


def _check(draft: FormDraft) -> None:
    if not _CODE.match(draft.code):
        raise InvalidInput(
            f"Mã mẫu {quoted(draft.code)} không dùng được",
            where="Mã mẫu",
            expected="chữ thường không dấu, số, gạch nối, ví dụ quy-co-so",
        )
    if not draft.title.strip():
        raise InvalidInput("Mẫu chưa có tên", where="Tên mẫu", expected="ví dụ «Báo cáo quý của tổ chức cơ sở đảng»")
    if draft.rhythm not in FormRhythm.values:
        raise InvalidInput(
            f"Không có nhịp {quoted(draft.rhythm)}", where="Nhịp", expected="một trong: " + ", ".join(FormRhythm.values)
        )
    strange = [kind for kind in draft.kinds if kind not in all_kinds()]
    if strange or (not draft.kinds and draft.rhythm != FormRhythm.ONCE):
        raise InvalidInput(
            f"Không có loại hình {', '.join(strange)}" if strange else "Chưa chọn loại hình đơn vị phải báo cáo",
            where="Loại hình",
            expected="một trong: " + ", ".join(all_kinds()),
        )
    if not 0 <= draft.open_days <= 366 or not -31 <= draft.due_days <= 366:
        raise InvalidInput(
            f"Mở trước {draft.open_days} ngày, hạn sau {draft.due_days} ngày",
            where="Ngày mở, hạn gửi",
            expected="mở trước 0 đến 366 ngày, hạn từ 31 ngày trước đến 366 ngày sau ngày cuối kỳ",
        )
    if -draft.due_days > draft.open_days:
        raise InvalidInput("Hạn gửi trước ngày mở", where="Hạn gửi", expected="hạn sau ngày mở kỳ")
