"""Who did something last, told in words to the second of two who have the same form open."""

from __future__ import annotations

from datetime import datetime

from giaoban.apps.audit.act import HANOI
from giaoban.apps.audit.models import AuditRow


def told_by(name: str, moment: datetime) -> str:
    """Return who wrote something and when: «Nguyễn Thị Lan ghi lúc 08:30 ngày 05/04/2023»."""
    return f"{name} ghi lúc {moment.astimezone(HANOI):%H:%M ngày %d/%m/%Y}"


def last_told(object_kind: str, object_uid: str, *actions: str) -> str:
    """Return who did the last of these to an object, as ``told_by``, in brackets after a space; «» where nobody did."""
    rows = AuditRow.objects.filter(object_kind=object_kind, object_uid=object_uid, action__in=actions)
    row = rows.select_related("actor").order_by("id").last()
    return f" ({told_by(row.actor.full_name, row.at)})" if row is not None and row.actor is not None else ""
