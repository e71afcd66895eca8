"""From when a register is kept, and the days that a reporting period covers (decisions D6 and D7)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import RegisterUse, ReportingBounds, Unit
from giaoban.apps.organizations.permissions import require
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.period import Period

REGISTERS = {
    "organizations": "Sổ tổ chức đảng",
    "committees": "Sổ cấp ủy",
    "members": "Sổ đảng viên",
    "candidates": "Sổ phát triển đảng viên",
    "discipline": "Sổ kỷ luật",
    "absences": "Sổ miễn sinh hoạt và đi xa",
    "honours": "Sổ khen thưởng và Huy hiệu Đảng",
    "ratings": "Sổ đánh giá, xếp loại",
    "vetting": "Sổ kết luận tiêu chuẩn chính trị",
    "meetings": "Sổ sinh hoạt",
    "attendance": "Sổ điểm danh",
    "conferences": "Sổ hội nghị",
    "obligations": "Sổ việc phải làm",
}


@transaction.atomic
def take_into_use(*, act: Act, unit: Unit, register: str, start: date) -> RegisterUse:
    """This function will note from which day a unit and its subtree keep a register.

    Raises:
        InvalidInput: no such register; Conflict: the unit keeps it already.
    """
    require(act, "organizations_manage", [unit])
    if register not in REGISTERS:
        raise InvalidInput(f"Không có sổ {register!r}", expected="một trong: " + ", ".join(REGISTERS))
    if RegisterUse.objects.filter(unit=unit, register=register).exists():
        raise Conflict(f"{REGISTERS[register]} đã được dùng", where=unit.code)
    use = RegisterUse.objects.create(unit=unit, register=register, in_use_from=start)
    detail = {"register": register, "from": start.isoformat()}
    write_trail(act, [Happening("organizations.register_in_use", "unit", str(unit.uid), unit.code, detail)])
    return use


@transaction.atomic
def set_reporting_bounds(*, act: Act, unit: Unit, period: Period, first_day: date, last_day: date) -> ReportingBounds:
    """This function will set the days, both included, that a committee's reporting period covers.

    Raises:
        InvalidInput: the days run backwards; Conflict: the bounds of this period are set already.
    """
    require(act, "organizations_manage", [unit])
    if last_day < first_day:
        raise InvalidInput("Ngày cuối trước ngày đầu", where=str(period))
    if ReportingBounds.objects.filter(unit=unit, period=str(period)).exists():
        raise Conflict(f"Kỳ {period.name()} đã có mốc số liệu", where=unit.code)
    bounds = ReportingBounds.objects.create(unit=unit, period=str(period), first_day=first_day, last_day=last_day)
    detail = {"period": str(period), "first": first_day.isoformat(), "last": last_day.isoformat()}
    write_trail(act, [Happening("organizations.bounds_set", "unit", str(unit.uid), unit.code, detail)])
    return bounds
