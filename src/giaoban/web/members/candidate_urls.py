"""Addresses of candidates and of members on probation."""

from __future__ import annotations

from django.urls import path

from giaoban.web.members import candidate, candidates, probation

candidate_patterns = [
    path("phat-trien/", candidates.candidate_list, name="candidates"),
    path("phat-trien/them/", candidates.new_candidate, name="new_candidate"),
    path("phat-trien/lay-ve/", candidates.export, name="export_candidates"),
    path("phat-trien/buoc/<uuid:uid>/", candidates.correct_step, name="correct_step"),
    path("phat-trien/<uuid:uid>/", candidate.candidate, name="candidate"),
    path("phat-trien/<uuid:uid>/ho-so/", candidates.dossier, name="dossier"),
    path("du-bi/", probation.probation, name="probation"),
    path("<uuid:uid>/xet-chinh-thuc/", probation.review, name="review"),
]
