"""Addresses of units."""

from __future__ import annotations

from django.urls import path

from giaoban.web.organizations import tree_view, views
from giaoban.web.organizations.act_urls import act_routes
from giaoban.web.organizations.committee_urls import routes as committee_routes
from giaoban.web.organizations.rule_urls import rule_routes

app_name = "organizations"
urlpatterns = [
    path("", tree_view.tree, name="tree"),
    *committee_routes,
    *act_routes,
    *rule_routes,
    path("<str:code>/", views.unit, name="unit"),
]
