"""Addresses of all screens: Vietnamese words without diacritics, so that they can be read out on the telephone."""

from __future__ import annotations

from django.urls import include, path

from giaoban.web.search import search

urlpatterns = [
    # Before «so-lieu/<chỉ tiêu>/», which opens a number.
    path("so-lieu/", include("giaoban.web.values.urls")),
    path("", include("giaoban.web.home.urls")),
    path("", include("giaoban.web.accounts.urls")),
    path("tim/", search, name="search"),
    path("bang-giao-ban/", include("giaoban.web.board.urls")),
    path("den-han/", include("giaoban.web.obligations.urls")),
    path("to-chuc/", include("giaoban.web.organizations.urls")),
    path("bao-cao/ky/", include("giaoban.web.cycles.urls")),
    path("bao-cao/", include("giaoban.web.reporting.urls")),
    path("dang-vien/", include("giaoban.web.members.urls")),
    path("sinh-hoat/", include("giaoban.web.meetings.urls")),
    path("hoi-nghi/", include("giaoban.web.conferences.urls")),
    path("nhap-excel/", include("giaoban.web.sheets.urls")),
    path("giay-to/", include("giaoban.web.papers.urls")),
    path("chi-tieu/", include("giaoban.web.directives.urls")),
    path("soat-van-ban/", include("giaoban.web.checking.urls")),
]
