"""Setting an office's own report definition."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import OPEN_END, Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import ReportDefinition
from giaoban.apps.reporting.queries.definitions import check_definition
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict
from giaoban.core.text_vi import quoted


@transaction.atomic
def set_report_definition(*, act: Act, unit: Unit, text: str, start: date, where: str = "mẫu") -> ReportDefinition:
    """This function will set a unit's own definition of a report from a day on; the one before it ends that day.

    Args:
        text: the TOML; its ``name`` is the report that it defines, one of the program's or a new one.
        where: how errors call the text, such as the name of its file.

    Raises:
        InvalidInput: what is wrong in the text, where, and what would be right.
        Conflict: a definition of that name begins on that day or later already.
        NotAllowed, NotFound: no right ``forms_manage`` at the unit.
    """
    require(act, "forms_manage", [unit])
    definition = check_definition(text, where=where)
    # One after another, also where there is none yet whose row could be locked.
    list(Unit.objects.filter(pk=unit.pk).select_for_update())
    kept = ReportDefinition.objects.select_for_update().filter(owner=unit, name=definition.name, valid_to__gt=start)
    later = kept.filter(valid_from__gte=start).order_by("valid_from").first()
    if later is not None:
        raise Conflict(
            f"Đã có mẫu {quoted(definition.name)} dùng từ {format_date(later.valid_from)}",
            where=unit.code,
            expected=f"ngày sau {format_date(later.valid_from)}",
        )
    kept.update(valid_to=start)
    made = ReportDefinition.objects.create(
        owner=unit,
        name=definition.name,
        body=text,
        valid_from=start,
        valid_to=OPEN_END,
        set_by=act.user,
        set_at=act.now,
    )
    detail = {
        "name": definition.name,
        "from": start.isoformat(),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    write_trail(act, [Happening("reporting.definition_set", "definition", str(made.uid), unit.code, detail)])
    return made
