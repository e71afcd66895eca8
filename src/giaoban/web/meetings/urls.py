"""Addresses of meetings of units."""

from __future__ import annotations

from django.urls import path

from giaoban.web.meetings import (
    dues,
    lists,
    page,
    planning,
    presence,
    recording,
    rubric_edit,
    rubrics,
    schedule,
    scoring,
    taps,
    texts,
    ticking,
)

app_name = "meetings"
urlpatterns = [
    path("", schedule.schedule, name="schedule"),
    path("dang-ky/", planning.plan, name="plan"),
    path("nhu-thang-truoc/", schedule.repeat, name="repeat"),
    path("tham-dinh/", lists.reviews, name="reviews"),
    path("chua-duoc-du/", lists.unvisited, name="unvisited"),
    path("xep-loai-nam/", lists.year, name="year"),
    path("mau-cham-diem/", rubrics.rubric_list, name="rubrics"),
    path("mau-cham-diem/xem/", rubrics.rubric, name="rubric"),
    path("mau-cham-diem/dat/", rubric_edit.edit_rubric, name="set_rubric"),
    path("co-mat/<str:code>/", presence.present, name="present"),
    path("<uuid:uid>/ma/", presence.code, name="code"),
    path("<uuid:uid>/ma.svg", presence.code_image, name="code_image"),
    path("<uuid:uid>/", page.meeting, name="meeting"),
    path("<uuid:uid>/ghi/", ticking.tick, name="tick"),
    path("<uuid:uid>/cham/", taps.taps, name="taps"),
    path("<uuid:uid>/doi-lich/", recording.change, name="change"),
    path("<uuid:uid>/buoi/", recording.sitting, name="sitting"),
    path("<uuid:uid>/huy/", recording.cancel, name="cancel"),
    path("<uuid:uid>/thong-bao/", recording.invite, name="invite"),
    path("<uuid:uid>/du/", recording.visit, name="visit"),
    path("<uuid:uid>/bo-ghi/<uuid:entry>/", recording.take_back, name="take_back"),
    path("<uuid:uid>/dang-phi/", dues.dues, name="dues"),
    path("<uuid:uid>/van-ban/<slug:part>/", texts.text, name="text"),
    path("<uuid:uid>/lay/<slug:what>/", texts.paper, name="paper"),
    path("<uuid:uid>/cham-diem/", scoring.score, name="score"),
    path("<uuid:uid>/tham-dinh/", scoring.review, name="review"),
    path("<uuid:uid>/sinh-hoat.ics", recording.calendar, name="calendar"),
]
