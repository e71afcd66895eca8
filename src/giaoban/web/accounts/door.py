"""Sign-in, sign-out and the first password: pages that a person sees before they have a desk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from giaoban.apps.accounts.models import User
from giaoban.apps.accounts.operations import set_password_with_code
from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.queries.self_service import own_member
from giaoban.apps.organizations.queries.chosen import scopes_of
from giaoban.core.errors import GiaobanError
from giaoban.web.accounts.forms import FirstPasswordForm, SignInForm
from giaoban.web.http import clock, posted
from giaoban.web.resuming import unpacked


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if inside else ""


def _first_page(act: Act) -> str:
    """Where a person begins: who holds no grant and is a linked member, at their own data."""
    if not scopes_of(act.user, today=act.today) and own_member(act.user) is not None:
        return reverse("members:own")
    return str(settings.LOGIN_REDIRECT_URL)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the door, or let a person in. Which of name and password was wrong is not told."""
    form = SignInForm(posted(request))
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["username"].strip().lower(), form.cleaned_data["password"]
        user = authenticate(request, username=name, password=password)
        if user is not None:
            login(request, user)
            act = Act(user, clock())
            write_trail(act, [Happening("accounts.signed_in", "user", str(user.uid))])
            if (sent := unpacked(request.POST.get("sent", ""))) is not None:
                return render(request, "accounts/resume.html", {"sent": sent, "home": _first_page(act)})
            return HttpResponseRedirect(wanted if (wanted := _next(request)).strip("/") else _first_page(act))
        form.add_error(
            None, "Tên đăng nhập hoặc mật khẩu không đúng. Nếu quên mật khẩu, xin văn phòng cấp ủy in mã một lần mới."
        )
    elif request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "next": _next(request), "sent": request.POST.get("sent", "")}
    return render(request, "accounts/sign_in.html", context)


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Tell that too many wrong passwords came in; django-axes calls this in place of the door."""
    return render(request, "accounts/locked_out.html", status=429)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    user = request.user
    if isinstance(user, User):
        write_trail(Act(user, clock()), [Happening("accounts.signed_out", "user", str(user.uid))])
    logout(request)
    return redirect("accounts:sign_in")


@never_cache
@sensitive_post_parameters("code", "password", "again")
@require_http_methods(["GET", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """Let a person set their password with the printed code; then they sign in with it."""
    form = FirstPasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            set_password_with_code(username=data["username"], code=data["code"], password=data["password"], now=clock())
        except GiaobanError as error:
            form.refuse(error)
        else:
            messages.info(request, "Đã đặt mật khẩu. Mời đồng chí đăng nhập bằng mật khẩu mới.")
            return redirect(reverse("accounts:sign_in"))
    return render(request, "accounts/first_password.html", {"form": form})
