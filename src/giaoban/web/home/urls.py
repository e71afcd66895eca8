"""Addresses of a period."""

from __future__ import annotations

from django.urls import path

from giaoban.web.home import statistics, views

app_name = "home"
urlpatterns = [
    path("", views.period, name="period"),
    path("so-lieu/moi-nhat/", views.latest, name="latest"),
    path("so-lieu/bieu-thong-ke/", statistics.statistics, name="statistics"),
    path("so-lieu/<str:measure>/", views.entries, name="entries"),
]
