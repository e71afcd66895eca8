"""What a view gets and gives: the typed request, the act of the person, a page or its fragment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django_htmx.middleware import HtmxDetails

from giaoban.apps.audit.act import Act

if TYPE_CHECKING:
    from giaoban.apps.accounts.models import User


class OfficeRequest(HttpRequest):
    """A request of a signed-in person; the middleware of django-htmx sets ``htmx``."""

    user: User
    htmx: HtmxDetails


# What the office writes itself, by the ending of the file's name.
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
# What people sent: no browser is to guess what it is, or to open it.
UNTRUSTED = "application/octet-stream"


def as_file(content: bytes | str, name: str, kind: str = "") -> HttpResponse:
    """Return a file to be saved under a name, of the kind that its ending tells, or of the one that is given.

    Raises:
        KeyError: the office writes no file with such an ending, and no kind is given.
    """
    response = HttpResponse(content, content_type=kind or _KINDS[name.rpartition(".")[2]])
    response["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    return response


def clock() -> datetime:
    """Return the moment: the one place of the screens that reads the clock, so that tests and demos can set it."""
    return timezone.now()


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, even if that is nothing; None where no form was sent."""
    return request.POST if request.method == "POST" else None


def act_of(request: OfficeRequest) -> Act:
    """Return the act under which this request reads and records."""
    return Act(request.user, clock())


def page_or_part(
    request: OfficeRequest, template: str, context: dict[str, Any], *, part: str = "", status: int = 200
) -> HttpResponse:
    """Render the page, or only its named partial where htmx asks for it.

    Args:
        request: the request.
        template: the page.
        context: frozen view models, no querysets.
        part: name of the partial in the page; empty where the page has none.
        status: status of the answer.
    """
    wanted = f"{template}#{part}" if part and request.htmx else template
    response = render(request, wanted, context, status=status)
    # The same address answers in two shapes: neither may be taken for the other by a cache or the back button.
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "private, no-store"
    return response
