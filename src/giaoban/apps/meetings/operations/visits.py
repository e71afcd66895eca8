"""Visits: a committee member who follows the cell came to its meeting and left remarks."""

from __future__ import annotations

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import Meeting, VisitEntry
from giaoban.apps.meetings.operations._entries import allow, happening, locked, refuse_future, stamp, write_entries
from giaoban.apps.members.models import Member, VisitAssignment
from giaoban.apps.organizations.models import Ancestry, on_day
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput

MOST_LETTERS = 4000


@transaction.atomic
def record_visit(*, act: Act, meeting: Meeting, visitor: Member, remarks: str = "") -> VisitEntry:
    """This function will record a visit with its remarks; what was recorded of this visitor before is replaced.

    Raises:
        InvalidInput: a meeting to come, or a person who was not assigned to follow the unit, or one above it, that day.
        NotAllowed, NotFound: no right ``meetings_record`` at the unit.
    """
    found = locked([meeting])[meeting.pk]
    allow(act, [found.unit])
    refuse_future(act, found, "Dự sinh hoạt")
    words = remarks.strip()
    if len(words) > MOST_LETTERS:
        raise InvalidInput(
            f"Nhận xét dài {len(words)} ký tự", where="Nhận xét", expected=f"nhiều nhất {MOST_LETTERS} ký tự"
        )
    above = Ancestry.objects.filter(on_day(found.day), descendant=found.unit).values("ancestor")
    assigned = VisitAssignment.objects.filter(on_day(found.day), member=visitor, unit__in=above).exists()
    if not assigned:
        raise InvalidInput(
            f"{visitor.full_name} không được phân công theo dõi {found.unit.code} ngày {format_date(found.day)}",
            where="Người dự",
            expected="cấp ủy viên được phân công theo dõi",
            hint="Ghi phân công ở phần Tổ chức, Theo dõi cơ sở",
        )
    before = VisitEntry.objects.live().filter(meeting=found, visitor=visitor).first()
    entry = VisitEntry(
        meeting=found, unit=found.unit, visitor=visitor, remarks=words, **stamp(act, found.day, corrects=before)
    )
    write_entries(act, [entry], [happening("visited", found, visitor=str(visitor.uid))])
    return entry
