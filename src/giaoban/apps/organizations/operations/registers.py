"""From when a register is kept, and the days that a reporting period covers (decisions D6 and D7)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import RegisterUse, ReportingBounds, Unit
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, NotFound
from giaoban.core.period import Period
from giaoban.core.text_vi import quoted

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
        NotAllowed, NotFound: no right ``organizations_manage`` at the unit.
    """
    require(act, "organizations_manage", [unit])
    _known(register)
    # Two people must not take one register into use at once.
    list(Unit.objects.select_for_update().filter(pk=unit.pk))
    found = RegisterUse.objects.filter(unit=unit, register=register).first()
    if found is not None:
        raise Conflict(
            f"{REGISTERS[register]} đã được dùng từ {format_date(found.in_use_from)}",
            where=unit.code,
            hint="Muốn đổi ngày thì sửa ngày bắt đầu và nêu lý do",
        )
    use = RegisterUse.objects.create(unit=unit, register=register, in_use_from=start)
    detail = {"register": register, "from": start.isoformat()}
    write_trail(act, [Happening("organizations.register_in_use", "unit", str(unit.uid), unit.code, detail)])
    return use


@transaction.atomic
def correct_register_start(*, act: Act, unit: Unit, register: str, start: date, reason: str) -> RegisterUse:
    """This function will put another day in the place of the one from which a unit keeps a register, with the reason.

    Raises:
        InvalidInput: no such register, no reason, or it is that day already. NotFound: the unit does not keep it.
        NotAllowed, NotFound: no right ``organizations_manage`` at the unit.
    """
    require(act, "organizations_manage", [unit])
    _known(register)
    use = RegisterUse.objects.select_for_update().filter(unit=unit, register=register).first()
    if use is None:
        raise NotFound(f"Đơn vị chưa có ngày riêng dùng {REGISTERS[register].lower()}", where=unit.code)
    if not reason.strip():
        raise InvalidInput("Chưa nêu lý do", where="Lý do", expected="một câu, ví dụ «nhập lại từ sổ giấy năm 2020»")
    if use.in_use_from == start:
        raise InvalidInput(
            f"Sổ đã dùng từ {format_date(start)}", where="Dùng từ ngày", expected="ngày khác với ngày đang ghi"
        )
    before, use.in_use_from = use.in_use_from, start
    use.save(update_fields=["in_use_from"])
    detail = {"register": register, "before": before.isoformat(), "from": start.isoformat(), "reason": reason.strip()}
    write_trail(act, [Happening("organizations.register_start_corrected", "unit", str(unit.uid), unit.code, detail)])
    return use


def _known(register: str) -> None:
    if register not in REGISTERS:
        raise InvalidInput(f"Không có sổ {quoted(register)}", where="Sổ", expected="một trong: " + ", ".join(REGISTERS))


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
