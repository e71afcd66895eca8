"""Addresses of «Soát văn bản»."""

from __future__ import annotations

from django.urls import path

from giaoban.web.checking import views

app_name = "checking"
urlpatterns = [
    path("", views.check, name="check"),
    path("ket-qua/", views.findings, name="findings"),
]
