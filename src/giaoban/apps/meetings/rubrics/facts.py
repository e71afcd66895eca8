"""What the registers can prove of a meeting, with the words by which an office names it in its own rubric."""

from __future__ import annotations

# Fact (as `queries/record.py` fills it) -> how people write it in a band.
FACTS = {
    "attendance_percent": "tỷ lệ dự",
    "unexcused": "số vắng không lý do",
    "excused_running": "số kỳ liền vắng có lý do",
    "short_minutes": "số phút họp thiếu",
    "duration_percent": "phần trăm thời gian",
    "late_minutes": "số phút vào họp muộn",
    "notice_days": "số ngày gửi giấy trước",
    "committee_met": "chi ủy đã họp",
    "committee_minutes": "biên bản chi ủy",
    "minutes_filed": "biên bản đã nộp",
    "minutes_days": "số ngày nộp biên bản",
    "resolution_filed": "nghị quyết đã nộp",
    "resolution_days": "số ngày nộp nghị quyết",
}
SIDES = {"least": ">=", "most": "<="}
