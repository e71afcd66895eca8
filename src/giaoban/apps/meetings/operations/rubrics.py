"""Setting an office's own rubric of the quality of meetings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.meetings.models import OfficeRubric
from giaoban.apps.meetings.queries.rubric import RULE
from giaoban.apps.meetings.rubrics import read_rubric, rubric_body, rubrics
from giaoban.apps.organizations.models import OPEN_END, RuleSetting, Unit, on_day
from giaoban.apps.organizations.operations import set_rule
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.text_vi import quoted


@transaction.atomic
def set_rubric(*, act: Act, owner: Unit, body: Mapping[str, Any], start: date) -> OfficeRubric:
    """This function will set a rubric for a unit's subtree from a day on; its version before ends that day.

    Meetings of that day and after are scored by it; sheets that were begun keep the rubric they were begun with.

    Args:
        body: as ``rubrics.read_rubric`` takes it; its code is the office's own, not that of a shipped rubric.

    Raises:
        InvalidInput: what is wrong in the rubric, where, and what would be right.
        Conflict: the code is another committee's; or a version, or the choice of a rubric, is set from a later day.
        NotAllowed, NotFound: no right ``organizations_manage`` at the unit.
    """
    require(act, "organizations_manage", [owner])
    rubric = read_rubric(body)
    if rubric.code in rubrics():
        raise InvalidInput(
            f"Mã {quoted(rubric.code)} là của mẫu có sẵn", where="Mã mẫu", expected="mã riêng, ví dụ phieu-phuong"
        )
    # Codes are unique over all owners: one after another.
    list(Unit.objects.filter(pk=owner.pk).select_for_update())
    kept = OfficeRubric.objects.select_for_update().filter(code=rubric.code)
    if other := kept.exclude(owner=owner).select_related("owner").first():
        raise Conflict(f"Mã {quoted(rubric.code)} đã dùng ở {other.owner.code}", where="Mã mẫu", expected="một mã khác")
    later = kept.filter(valid_from__gte=start).order_by("-valid_from").first()
    if later is not None:
        raise Conflict(
            f"Mẫu {rubric.code} đã đặt cho từ ngày {format_date(later.valid_from)}",
            where="Từ ngày",
            expected=f"ngày sau {format_date(later.valid_from)}",
        )
    kept.filter(valid_to__gt=start).update(valid_to=start)
    made = OfficeRubric.objects.create(
        owner=owner,
        code=rubric.code,
        title=rubric.title,
        body=rubric_body(rubric),
        valid_from=start,
        valid_to=OPEN_END,
        set_by=act.user,
        set_at=act.now,
    )
    detail = {"code": made.code, "from": start.isoformat()}
    write_trail(act, [Happening("meetings.rubric_set", "rubric", str(made.uid), owner.code, detail)])
    chosen = RuleSetting.objects.filter(on_day(start), owner=owner, key=RULE).first()
    if chosen is None or chosen.value != rubric.code:
        set_rule(act=act, owner=owner, key=RULE, value=rubric.code, start=start, source=rubric.source)
    return made
