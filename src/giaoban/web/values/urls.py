"""Addresses of reported numbers; «so-lieu/<chỉ tiêu>/» behind them opens a number (home)."""

from __future__ import annotations

from django.urls import path

from giaoban.web.values import entering, entry, registers, sources

app_name = "values"
urlpatterns = [
    path("", entering.enter, name="enter"),
    path("lan-ghi/<uuid:uid>/", entry.change, name="entry"),
    path("nguon/tat-ca/", sources.sources, name="sources"),
    path("nguon/bat-dau/", sources.begin_feed, name="set_feed"),
    path("nguon/so/<str:register>/", registers.use_register, name="register"),
    path("nguon/<uuid:uid>/ket-thuc/", sources.finish_feed, name="end_feed"),
    path("rieng/dat/", sources.set_own, name="set_own"),
    path("rieng/<str:key>/ket-thuc/", sources.end_own, name="end_own"),
]
