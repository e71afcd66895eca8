"""Addresses of the board."""

from __future__ import annotations

from django.urls import path

from giaoban.web.board import cell, duties, hand_ins, page, regulations, reminders

app_name = "board"
urlpatterns = [
    path("", page.page, name="page"),
    path("lay-bang/", page.export, name="export"),
    path("o/", cell.cell, name="cell"),
    path("nhac/", reminders.reminders, name="reminders"),
    path("lien-he/", reminders.contacts, name="contacts"),
    path("lien-he/<str:code>/", reminders.contact, name="contact"),
    path("viec/", duties.duties, name="duties"),
    path("quy-che/", regulations.regulations, name="regulations"),
    path("quy-che/<uuid:uid>/bo/", regulations.regulation_back, name="regulation_back"),
    path("viec/dat/", duties.set_duty, name="set_duty"),
    path("viec/mau/", duties.copy_duties, name="copy_duties"),
    path("nhan/<uuid:uid>/", hand_ins.hand_ins, name="hand_ins"),
    path("viec/<uuid:uid>/thoi/", duties.end_duty, name="end_duty"),
]
