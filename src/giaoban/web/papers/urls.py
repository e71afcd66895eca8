"""Addresses of papers."""

from __future__ import annotations

from django.urls import path

from giaoban.web.papers import forms_page, writing

app_name = "papers"
urlpatterns = [
    path("", writing.home, name="home"),
    path("lap/<slug:about>/", writing.write, name="write"),
    path("mau/<slug:code>/", forms_page.form_text, name="form"),
]
