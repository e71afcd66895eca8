"""Addresses of a committee's own reports."""

from __future__ import annotations

from django.urls import path

from giaoban.web.reporting import changes, files, report, sections, slots, views

app_name = "reporting"
_ONE = "cua-cap-uy/<uuid:uid>/"
urlpatterns = [
    path("", views.overview_page, name="overview"),
    path("lap/", views.start, name="start"),
    path("xem/<str:name>/", views.live, name="live"),
    path("xem/<str:name>/lap/", views.make, name="make"),
    path("xem/<str:name>/tai/", views.take, name="take"),
    path(_ONE, report.report_page, name="report"),
    path(f"{_ONE}buoc/", report.step, name="step"),
    path(f"{_ONE}ban-moi/", report.new_edition, name="new_edition"),
    path(f"{_ONE}giao-phan/", sections.share, name="share"),
    path(f"{_ONE}phan/<str:slot>/", slots.slot_page, name="slot"),
    path(f"{_ONE}phan/<str:slot>/lay/", slots.take_in, name="take_in"),
    path(f"{_ONE}gop-y/", slots.comment, name="comment"),
    path(f"{_ONE}trang-in/", files.paper, name="paper"),
    path(f"{_ONE}tai/", files.take, name="take_own"),
    path(f"{_ONE}tep-word/", files.word, name="word"),
    path(f"{_ONE}tep-word/<uuid:file>/", files.returned, name="returned"),
    path(f"{_ONE}dieu-chinh/", changes.adjustments_page, name="adjustments"),
    path(f"{_ONE}can-cu/<str:measure>/", changes.entries, name="entries"),
    path(f"{_ONE}cac-ban/", changes.editions, name="editions"),
]
