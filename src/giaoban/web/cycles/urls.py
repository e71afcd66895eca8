"""Addresses of the reporting cycle."""

from __future__ import annotations

from django.urls import path

from giaoban.web.cycles import (
    consolidating,
    editions,
    filling,
    form_edit,
    form_list,
    judging,
    lists,
    opening,
    overview,
    review,
)

app_name = "cycles"
urlpatterns = [
    path("", lists.cycles, name="list"),
    path("mo/", opening.open_form, name="open"),
    path("hoi/", opening.ask, name="ask"),
    path("mau/", form_list.form_list, name="forms"),
    path("mau/dat/", form_edit.edit_form, name="set_form"),
    path("tep/<uuid:uid>/", filling.file, name="file"),
    path("bao/<uuid:uid>/", review.report, name="report"),
    path("bao/<uuid:uid>/nhap/", filling.fill, name="fill"),
    path("bao/<uuid:uid>/o/", filling.field, name="field"),
    path("bao/<uuid:uid>/rut/", filling.take_back, name="take_back"),
    path("bao/<uuid:uid>/tiep-nhan/", review.accept_one, name="accept_one"),
    path("bao/<uuid:uid>/ban/<int:which>/", editions.edition, name="edition"),
    path("bao/<uuid:uid>/<slug:step>/", judging.judge, name="judge"),
    path("<uuid:uid>/", overview.cycle, name="cycle"),
    path("<uuid:uid>/tiep-nhan/", overview.accept_several, name="accept"),
    path("<uuid:uid>/nhieu/<slug:step>/", judging.judge_several, name="judge_several"),
    path("<uuid:uid>/lay/", overview.export, name="export"),
    path("<uuid:uid>/nhac/", overview.reminders, name="reminders"),
    path("<uuid:uid>/huy/", overview.cancel, name="cancel"),
    path("<uuid:uid>/tong-hop/", consolidating.consolidate, name="consolidate"),
    path("<uuid:uid>/loi-van/", consolidating.texts, name="texts"),
    path("<uuid:uid>/tra-loi/", opening.show_answers, name="answers"),
]
