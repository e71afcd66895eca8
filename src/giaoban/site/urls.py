"""Root addresses: all screens are in the room `web`."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("giaoban.web.urls"))]
