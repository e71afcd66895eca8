"""What the recording screens of members share: one form, one operation; what was typed stays when it is refused."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.members.models import Member
from giaoban.apps.members.queries.file import find_member
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.outline import OutlineNode
from giaoban.web.access import Desk
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import OfficeForm
from giaoban.web.members.forms import Choices

BOTH = ("GET", "POST")
Done = TypeVar("Done")


def cells_of(node: OutlineNode | None, above: str = "") -> Choices:
    """List the cells of the tree; each with the organisation above it, for names repeat («Chi bộ Văn phòng»)."""
    if node is None:
        return []
    name = node.card.name
    found = [(node.card.code, f"{name} ({above})" if above else name)] if node.card.holds_members else []
    for child in node.children:
        found += cells_of(child, node.card.short_name or name)
    return found


def to_record(desk: Desk, uid: uuid.UUID) -> Member:
    """Return a member about whom the person may record.

    Raises:
        NotFound: no such member in the scope; NotAllowed: the right is missing.
    """
    member = find_member(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "members_record", [member.unit])
    return member


def saved(desk: Desk, words: str, member: Member) -> HttpResponse:
    """Say what was recorded, on the member's page."""
    messages.info(desk.request, words)
    return HttpResponseRedirect(desk.url("members:member", member.uid))


def form_page(desk: Desk, page: RecordPage, form: OfficeForm, *, template: str = "giaoban/record.html") -> HttpResponse:
    """Show the form; with errors the cursor stands in the first field that was refused."""
    form.point_at_first_error()
    return desk.render(template, {"page": page, "form": form}, status=422 if form.errors else 200)
