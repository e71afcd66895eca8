"""Addresses of members."""

from __future__ import annotations

from django.urls import path

from giaoban.web.members import amending, bulk, duplicates, lists, person, recording, taking
from giaoban.web.members.candidate_urls import candidate_patterns
from giaoban.web.members.life_urls import life_patterns
from giaoban.web.members.self_urls import self_patterns, worklist_patterns

app_name = "members"
urlpatterns = [
    *life_patterns,
    *candidate_patterns,
    *worklist_patterns,
    *self_patterns,
    path("", lists.member_list, name="list"),
    path("lay-danh-sach/", taking.export, name="export"),
    path("luu-bo-loc/", taking.keep, name="save_view"),
    path("bo-loc/<uuid:uid>/", taking.forget, name="drop_view"),
    path("ghi-nhieu/", bulk.bulk, name="bulk"),
    path("trung/", duplicates.duplicates, name="duplicates"),
    path("trung/noi/", duplicates.join, name="join"),
    path("trung/<uuid:uid>/bo-noi/", duplicates.undo, name="undo_join"),
    path("ket-nap/", recording.admit, name="admit"),
    path("lan-ghi/<uuid:uid>/", recording.correct, name="correct"),
    path("<uuid:uid>/", person.member, name="member"),
    path("<uuid:uid>/du-lieu-rieng/", person.personal, name="personal"),
    path("<uuid:uid>/sua-du-lieu/", amending.amend, name="amend"),
    path("<uuid:uid>/cong-nhan/", recording.recognise, name="recognise"),
    path("<uuid:uid>/ky-luat/", recording.discipline, name="discipline"),
]
