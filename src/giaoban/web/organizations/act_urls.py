"""Addresses of acts on the tree and of official codes."""

from __future__ import annotations

from django.urls import path

from giaoban.web.organizations import act_reading, acts

act_routes = [
    path("viec/<uuid:event>/", act_reading.act, name="act"),
    path("viec/<uuid:event>/rut-lai/", act_reading.take_back, name="take_back"),
    path("<str:code>/ghi/", acts.menu, name="acts"),
    path("<str:code>/ghi/<str:kind>/", acts.record, name="record_act"),
    path("<str:code>/ma-chinh-thuc/", act_reading.official_code, name="official_code"),
]
