"""Addresses of what is to be followed up, of one's own data, and of members' sign-ins and requests."""

from __future__ import annotations

from django.urls import path

from giaoban.web.members import accounts, own_data, worklists

worklist_patterns = [
    path("theo-doi/", worklists.worklists, name="worklists"),
    path("theo-doi/<slug:key>/", worklists.worklist, name="worklist"),
    path("theo-doi/<slug:key>/lay-ve/", worklists.take_worklist, name="take_worklist"),
]
self_patterns = [
    path("cua-toi/", own_data.own, name="own"),
    path("cua-toi/de-nghi/", own_data.ask, name="ask"),
    path("de-nghi/", accounts.requests, name="requests"),
    path("de-nghi/<uuid:uid>/", accounts.answer, name="answer"),
    path("<uuid:uid>/tai-khoan/", accounts.account, name="account"),
]
