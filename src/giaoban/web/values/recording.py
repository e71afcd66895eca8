"""What the forms about sources of numbers share: recorded, said on their page, refused in the form."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.web.access import Desk
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import OfficeForm, attempt


def record_here(desk: Desk, form: OfficeForm, page: RecordPage, record: Callable[[], str]) -> HttpResponse:
    """Record, say so on the page of sources; a refusal stands in the form."""
    if form.is_valid():
        said = attempt(form, record)
        if said is not None:
            messages.info(desk.request, said)
            return HttpResponseRedirect(desk.url("values:sources"))
    if form.errors:
        form.point_at_first_error()
    return desk.render("giaoban/record.html", {"page": page, "form": form}, status=422 if form.errors else 200)
