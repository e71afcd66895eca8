"""Addresses of what falls due."""

from __future__ import annotations

from django.urls import path

from giaoban.web.obligations import calendar, worklist

app_name = "obligations"
urlpatterns = [
    path("", worklist.worklist, name="list"),
    path("lay-danh-sach/", worklist.export, name="export"),
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/<uuid:uid>/bo/", calendar.calendar_back, name="calendar_back"),
    path("gia-han/<uuid:uid>/bo/", worklist.leave_back, name="leave_back"),
    path("viec/<path:rule>/<str:subject>/", worklist.duty, name="duty"),
]
