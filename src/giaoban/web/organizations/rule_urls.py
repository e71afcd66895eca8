"""Addresses of the dated rules."""

from __future__ import annotations

from django.urls import path

from giaoban.web.organizations import rules

rule_routes = [
    path("quy-tac/", rules.rules, name="rules"),
    path("quy-tac/<slug:key>/", rules.rule, name="rule"),
]
