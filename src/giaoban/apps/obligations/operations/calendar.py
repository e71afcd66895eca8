"""A committee decides that a day is off or worked in its subtree."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.obligations.models import CalendarEntry, DayKind
from giaoban.apps.obligations.operations._voiding import void_entry
from giaoban.apps.obligations.queries.calendars import calendar_of
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput


@transaction.atomic
def set_calendar_day(
    *, act: Act, owner: Unit, day: date, kind: DayKind, note: str = "", decision: Decision | None = None
) -> CalendarEntry:
    """This function will let a day be off, or worked, in a unit's subtree; all working days after it are counted anew.

    Raises:
        Conflict: the unit decided about this day already.
        InvalidInput: the day is that already.
        NotAllowed, NotFound: no right ``organizations_manage`` at the unit.
    """
    require(act, "organizations_manage", [owner])
    Unit.objects.select_for_update().get(pk=owner.pk)  # two people must not decide about one day at once
    known = CalendarEntry.objects.live().filter(owner=owner, effective_date=day).select_related("actor").first()
    if known is not None:
        raise Conflict(
            f"{known.actor.full_name} đã ghi ngày {format_date(day)} là {known.get_kind_display().lower()}",
            where="Ngày",
            hint="Bỏ dòng đã ghi rồi ghi lại",
        )
    works = kind == DayKind.WORKED
    if calendar_of(owner).works(day) == works:
        raise InvalidInput(
            f"Ngày {format_date(day)} đã là {kind.label.lower()}", where="Ngày", expected="một ngày khác với lịch chung"
        )
    decision = decision or Decision()
    entry = CalendarEntry.objects.create(
        owner=owner,
        kind=kind,
        note=note.strip(),
        effective_date=day,
        recorded_at=act.now,
        actor=act.user,
        entered_for=act.entered_for,
        decision_number=decision.number,
        decision_date=decision.date,
        decision_issuer=decision.issuer,
    )
    _note(act, entry)
    return entry


@transaction.atomic
def take_calendar_day_back(*, act: Act, entry: CalendarEntry) -> CalendarEntry:
    """This function will take back what was decided about a day: the common calendar holds again.

    Raises:
        Conflict: somebody took it back already. NotAllowed, NotFound: no right ``organizations_manage`` at the unit.
    """
    require(act, "organizations_manage", [entry.owner])
    void = void_entry(
        act=act,
        entry=entry,
        day=entry.effective_date,
        fields=("owner", "kind"),
        told=f"Dòng ngày {format_date(entry.effective_date)} đã được bỏ",
    )
    _note(act, void)
    return void


def _note(act: Act, entry: CalendarEntry) -> None:
    detail = {"day": entry.effective_date.isoformat(), "kind": entry.kind, "void": entry.void}
    write_trail(act, [Happening("obligations.calendar_day", "unit", str(entry.owner.uid), entry.owner.code, detail)])
