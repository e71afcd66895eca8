"""What a form sent after its session had ended: kept in the page of the door, and sent again once the person is back.

Nothing of it is stored: the page carries it, signed, so that nobody else can put words into it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from giaoban.web.accounts.forms import SignInForm

_SALT = "giaoban.web.resuming"
# A page that carries more than this would be refused when it comes back; so long a text has a file behind it.
_LARGEST = 500_000
_LONGEST = 12 * 3600  # seconds that a door may stand open
_TOKEN = "csrfmiddlewaretoken"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent: the address, its fields in their order, and whether files came along, which nothing keeps."""

    to: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool


def to_door(request: HttpRequest, *, back: str = "") -> HttpResponse:
    """Send somebody who is not signed in to the door; what their form sent waits there.

    Args:
        request: the request that needs a person.
        back: where they go on when they are in; without it to the address that they asked for.
    """
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(settings.LOGIN_URL)
    if request.method != "POST":
        return redirect_to_login(back or request.get_full_path())
    kept = _packed(request)
    context = {"form": SignInForm(), "next": back, "sent": kept, "was_cut": not kept}
    return render(request, "accounts/sign_in.html", context, status=401)


def _packed(request: HttpRequest) -> str:
    """Return what a form sent as signed text; «» where that is too much."""
    fields = [
        (name, value) for name in request.POST if name != _TOKEN for value in map(str, request.POST.getlist(name))
    ]
    if sum(len(name) + len(value) for name, value in fields) > _LARGEST:
        return ""
    return signing.dumps([request.get_full_path(), fields, bool(request.FILES)], salt=_SALT, compress=True)


def unpacked(text: str) -> Sent | None:
    """Return what the page of the door carried; None where it carried nothing, or nothing that this office signed."""
    try:
        to, fields, had_files = signing.loads(text, salt=_SALT, max_age=_LONGEST)
    except signing.BadSignature:
        return None
    return Sent(to, tuple((name, value) for name, value in fields), had_files)
