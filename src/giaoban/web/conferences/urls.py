"""Addresses of conferences."""

from __future__ import annotations

from django.urls import path

from giaoban.web.conferences import changing, notice, page, planning, recording

app_name = "conferences"
urlpatterns = [
    path("", page.conferences, name="list"),
    path("lap/", planning.plan, name="plan"),
    path("thong-bao/", notice.notice, name="notice"),
    path("thong-bao/tai/", notice.take_notice, name="take_notice"),
    path("<uuid:uid>/", page.conference, name="conference"),
    path("<uuid:uid>/diem-danh/", recording.attendance, name="attendance"),
    path("<uuid:uid>/y-kien/", recording.report, name="report"),
    path("<uuid:uid>/ket-luan/", recording.conclude, name="conclude"),
    path("<uuid:uid>/da-hop/", recording.hold, name="hold"),
    path("<uuid:uid>/doi-lich/", changing.move, name="move"),
    path("<uuid:uid>/don-vi/", changing.invited, name="invited"),
    path("<uuid:uid>/giay-moi/", changing.invitation, name="invitation"),
    path("<uuid:uid>/hoi-nghi.ics", changing.calendar, name="calendar"),
    path("<uuid:uid>/huy/", recording.cancel, name="cancel"),
]
