"""Addresses of units."""

from __future__ import annotations

from django.urls import path

from giaoban.web.organizations import views

app_name = "organizations"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("<str:code>/", views.unit, name="unit"),
]
