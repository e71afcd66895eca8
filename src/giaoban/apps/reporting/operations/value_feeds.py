"""The dated switch: in which days a number that has a register is fed by what units report (decision D6)."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import OPEN_END, Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import ValueFeed
from giaoban.apps.reporting.queries.figures import catalogue, is_reported
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, NotFound
from giaoban.figures import Kind, Measure

RIGHT = "forms_manage"


def may_be_fed(measure: Measure) -> bool:
    """Tell whether reported numbers can stand for the register of a measure.

    A rate is worked out from two numbers, of which each can be fed; what duties say is worked out from them always, so
    that there is no register to take into use. A number that does not add up over units is only that of the unit that
    told it (`figures._exactly`).
    """
    return not is_reported(measure) and measure.kind in (Kind.FLOW, Kind.STOCK) and not measure.as_it_stood


@transaction.atomic
def set_feed(*, act: Act, unit: Unit, measure: str, start: date, end: date | None = None) -> ValueFeed:
    """This function will let what units at or under a unit report stand for a register, from a day to a day.

    Args:
        end: the first day on which the register is used again; None: until `end_feed`.

    Raises:
        InvalidInput: no such measure, it has no register, it is worked out from others, or the days run backwards.
        Conflict: these days are switched already.
        NotAllowed, NotFound: no right ``forms_manage`` at the unit.
    """
    require(act, RIGHT, [unit])
    known = catalogue()[measure]
    where = known.label
    if is_reported(known):
        raise InvalidInput("Số này chưa có sổ, lúc nào cũng do đơn vị báo cáo", where=where)
    if not may_be_fed(known):
        raise InvalidInput(
            "Số này được tính từ số khác, không có sổ để thay",
            where=where,
            expected="tử số và mẫu số của tỷ lệ" if known.rate else "số đếm từ một sổ, ví dụ kết nạp",
        )
    until = end or OPEN_END
    if until <= start:
        raise InvalidInput(
            f"Ngày dùng lại sổ {format_date(until)} không sau ngày bắt đầu {format_date(start)}",
            where=where,
            expected=f"ngày sau {format_date(start)}",
        )
    # One after another, so that two people cannot both find the days free.
    list(Unit.objects.filter(pk=unit.pk).select_for_update())
    other = ValueFeed.objects.filter(unit=unit, measure=measure, valid_from__lt=until, valid_to__gt=start).first()
    if other is not None:
        raise Conflict(
            f"Đã đặt nhập số báo cáo từ {format_date(other.valid_from)}",
            where=where,
            hint="Kết thúc lần đặt ấy trước",
        )
    feed = ValueFeed.objects.create(
        unit=unit, measure=measure, valid_from=start, valid_to=until, set_by=act.user, set_at=act.now
    )
    _trail(act, feed, "reporting.feed_set")
    return feed


@transaction.atomic
def end_feed(*, act: Act, feed: uuid.UUID, end: date) -> ValueFeed:
    """This function will use the register again from a day on.

    Raises:
        NotFound: there is no such switch. InvalidInput: the day is not after its first one.
        NotAllowed: no right ``forms_manage`` at the unit.
    """
    found = ValueFeed.objects.select_for_update(of=("self",)).select_related("unit").filter(uid=feed).first()
    if found is None:
        raise NotFound("Không tìm thấy lần đặt nhập số báo cáo này")
    require(act, RIGHT, [found.unit])
    if end <= found.valid_from:
        raise InvalidInput(
            f"Ngày {format_date(end)} không sau ngày bắt đầu",
            where="Dùng sổ từ ngày",
            expected=f"ngày sau {format_date(found.valid_from)}",
        )
    later = ValueFeed.objects.filter(
        unit=found.unit, measure=found.measure, valid_from__lt=end, valid_to__gt=found.valid_from
    ).exclude(pk=found.pk)
    if later.exists():
        raise Conflict("Các ngày này đã thuộc một lần đặt khác", where=catalogue()[found.measure].label)
    found.valid_to = end
    found.save(update_fields=["valid_to"])
    _trail(act, found, "reporting.feed_ended")
    return found


def _trail(act: Act, feed: ValueFeed, action: str) -> None:
    detail = {"measure": feed.measure, "from": feed.valid_from.isoformat(), "to": feed.valid_to.isoformat()}
    write_trail(act, [Happening(action, "value_feed", str(feed.uid), feed.unit.code, detail)])
