"""Checks on meetings: what they show is what their journal says, and nobody is counted twice (decision D1)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from giaoban.apps.audit.integrity import IntegrityCheck
from giaoban.apps.meetings.models import AttendanceEntry, DelegationEntry, Meeting, ScoreEntry
from giaoban.apps.meetings.operations._entries import Shown, shown_by_entries
from giaoban.core.dates_vi import format_date

_LIVE_ONCE = (
    (AttendanceEntry, "member", "điểm danh"),
    (DelegationEntry, "unit", "điểm danh đơn vị dự hội nghị"),
    (ScoreEntry, "stage", "phiếu điểm"),
)


def _meetings_differ() -> Iterator[str]:
    told = shown_by_entries()
    for meeting in Meeting.objects.select_related("unit").order_by("unit__code", "day", "pk").iterator():
        kept = Shown(*(getattr(meeting, name) for name in Shown._fields))
        if told.get(meeting.pk) != kept:
            yield f"{meeting.unit.code}: {meeting.get_kind_display().lower()} ngày {format_date(meeting.day)}"


def _counted_twice() -> Iterator[str]:
    for model, key, words in _LIVE_ONCE:
        rows = model.objects.live().order_by().values("meeting__unit__code", "meeting__day", "meeting", key)
        for row in rows.annotate(times=Count("pk")).filter(times__gt=1):
            yield f"{row['meeting__unit__code']}: {words} ngày {format_date(row['meeting__day'])} có {row['times']} lần"


CHECKS = (
    IntegrityCheck(
        name="Kỳ sinh hoạt, hội nghị khớp sổ sinh hoạt",
        why="Ngày, trạng thái của kỳ họp được dựng từ các lần ghi; lệch nhau là lịch và số liệu sai",
        recommendation="Ghi lại ngày giờ của kỳ họp được nêu hoặc khôi phục từ bản sao lưu",
        rows=_meetings_differ,
    ),
    IntegrityCheck(
        name="Mỗi người, mỗi đơn vị, mỗi phiếu điểm tính một lần",
        why="Hai lần ghi cùng có hiệu lực thì tỷ lệ dự họp và xếp loại sai",
        recommendation="Điểm danh hoặc chấm lại kỳ họp được nêu",
        rows=_counted_twice,
    ),
)
