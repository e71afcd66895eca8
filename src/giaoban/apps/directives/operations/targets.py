"""Annual targets: several sources may set one for a measure; at most one is the main one (decision D10)."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.directives.models import AnnualTarget
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.core.errors import InvalidInput


@transaction.atomic
def set_annual_target(
    *, act: Act, unit: Unit, measure: str, year: int, value: Decimal, source: str, is_main: bool = True
) -> AnnualTarget:
    """This function will set what a source wants of a unit in a year; the same source's earlier value is replaced.

    Raises:
        InvalidInput: no source, or a value that is not positive.
        NotAllowed, NotFound: no right ``targets_manage`` at the unit.
    """
    require(act, "targets_manage", [unit])
    source = source.strip()
    if not source:
        raise InvalidInput("Chưa ghi nguồn của chỉ tiêu", where="Nguồn", expected="tên nghị quyết hoặc kế hoạch")
    if value <= 0:
        raise InvalidInput(f"Chỉ tiêu {value} không hợp lệ", where="Chỉ tiêu", expected="số lớn hơn 0")
    if is_main:
        AnnualTarget.objects.filter(unit=unit, measure=measure, year=year).update(is_main=False)
    target, _ = AnnualTarget.objects.update_or_create(
        unit=unit, measure=measure, year=year, source=source, defaults={"value": value, "is_main": is_main}
    )
    detail = {"measure": measure, "year": year, "value": str(value), "source": source}
    write_trail(act, [Happening("directives.target_set", "target", str(target.pk), unit.code, detail)])
    return target
