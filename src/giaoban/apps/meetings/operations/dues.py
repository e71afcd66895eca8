"""Dues of a month are ticked per member: paid or not, no amounts (decision D13)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening
from giaoban.apps.meetings.models import DuesEntry
from giaoban.apps.meetings.operations._entries import allow, stamp, write_entries
from giaoban.apps.members.models import Member
from giaoban.apps.members.queries.standing import NOWHERE, stands_of
from giaoban.apps.organizations.models import Unit
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.period import add_months


@dataclass(frozen=True, slots=True)
class DuesTick:
    """A member's dues of a month (any day of it) are paid or not; ``uid`` as in attendance."""

    unit: Unit
    member: Member
    month: date
    paid: bool
    uid: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def tick_dues(*, act: Act, ticks: Sequence[DuesTick]) -> list[DuesEntry]:
    """This function will tick dues, all or none; a later tick of one member and month replaces the earlier.

    Raises:
        InvalidInput: a month to come, a member who stood in the cell on no day of the month, one named twice.
        NotAllowed, NotFound: no right ``meetings_record`` at a unit.
    """
    allow(act, [tick.unit for tick in ticks])
    known = {entry.uid: entry for entry in DuesEntry.objects.filter(uid__in=[tick.uid for tick in ticks])}
    new = [tick for tick in ticks if tick.uid not in known]
    stands = stands_of(tick.member.pk for tick in new)
    seen = set()
    for tick in new:
        month = tick.month.replace(day=1)
        if month > act.today:
            raise InvalidInput(
                f"Tháng {month.month}/{month.year} chưa đến", where="Đảng phí", expected="tháng này hoặc tháng trước"
            )
        if (tick.member.pk, month) in seen:
            raise InvalidInput(f"{tick.member.full_name} được đánh dấu hai lần", where="Đảng phí", expected="một lần")
        seen.add((tick.member.pk, month))
        end = add_months(month, 1)
        rows = stands.get(tick.member.pk, NOWHERE).rows
        if not any(row.unit == tick.unit.pk and row.start < end and month < row.end for row in rows):
            raise InvalidInput(
                f"{tick.member.full_name} không sinh hoạt ở {tick.unit.code} trong tháng {format_date(month)[3:]}",
                where=tick.member.full_name,
                expected="một đảng viên của chi bộ trong tháng đó",
            )
    live = {
        (entry.member_id, entry.month): entry
        for entry in DuesEntry.objects.live().filter(member__in=stands, month__in={month for _member, month in seen})
    }
    entries = [
        DuesEntry(
            member=tick.member,
            unit=tick.unit,
            month=tick.month.replace(day=1),
            paid=tick.paid,
            **stamp(act, act.today, corrects=live.get((tick.member.pk, tick.month.replace(day=1))), uid=tick.uid),
        )
        for tick in new
    ]
    done = {(one.unit.pk, one.month): one for one in entries}
    write_entries(
        act,
        entries,
        [
            Happening("meetings.dues", "unit", str(one.unit.uid), one.unit.code, {"month": one.month.isoformat()})
            for one in done.values()
        ],
    )
    made = {entry.uid: entry for entry in entries}
    return [known.get(tick.uid) or made[tick.uid] for tick in ticks]
