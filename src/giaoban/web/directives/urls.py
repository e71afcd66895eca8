"""Addresses of targets."""

from __future__ import annotations

from django.urls import path

from giaoban.web.directives import views

app_name = "directives"
urlpatterns = [
    path("", views.targets, name="targets"),
    path("ghi/", views.set_target, name="set_target"),
]
