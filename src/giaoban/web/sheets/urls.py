"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from giaoban.web.sheets import importing

app_name = "sheets"
urlpatterns = [
    path("", importing.home, name="home"),
    path("mau/<slug:key>/", importing.template, name="template"),
    path("lay-ra/<slug:key>/", importing.take, name="take"),
    path("xem-tep/", importing.look, name="look"),
    path("doi-chieu/", importing.compare, name="compare"),
    path("ghi/", importing.bring, name="bring"),
]
