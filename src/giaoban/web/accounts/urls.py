"""Addresses of the door, of people and of grants."""

from __future__ import annotations

from django.urls import path

from giaoban.web.accounts import door, people

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", door.sign_in, name="sign_in"),
    path("dang-xuat/", door.sign_out, name="sign_out"),
    path("dat-mat-khau/", door.first_password, name="first_password"),
    path("nguoi-dung/", people.people, name="people"),
    path("nguoi-dung/them/", people.add, name="add"),
    path("nguoi-dung/vai-tro/<uuid:uid>/ket-thuc/", people.end, name="end_grant"),
    path("nguoi-dung/vai-tro/<uuid:uid>/ban-giao/", people.hand_over, name="hand_over"),
    path("nguoi-dung/<uuid:uid>/", people.person, name="person"),
    path("nguoi-dung/<uuid:uid>/vai-tro/", people.give, name="give"),
    path("nguoi-dung/<uuid:uid>/ma/", people.code, name="code"),
]
