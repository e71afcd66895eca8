"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from giaoban.web.reporting import views

app_name = "reporting"
urlpatterns = [
    path("quy/", views.quarter, name="quarter"),
    path("quy/tai/", views.take, name="take"),
]
