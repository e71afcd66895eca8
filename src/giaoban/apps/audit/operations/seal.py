"""The chain over the audit trail: each link holds a hash of its row and of the link before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from giaoban.apps.audit.bulk import insert_rows
from giaoban.apps.audit.models import AuditLink, AuditRow

_START = "0" * 64
_LOCK = 0x67696F62  # one number for PostgreSQL's advisory lock: two sealers never number at once


def _hash(before: str, row: AuditRow) -> str:
    body = json.dumps(
        [
            str(row.uid),
            row.at.timestamp(),
            row.actor_id,
            row.entered_for_id,
            row.action,
            row.object_kind,
            row.object_uid,
            row.unit_code,
            row.detail,
        ],
        ensure_ascii=False,
        sort_keys=True,
    )
    return hashlib.sha256(f"{before}\n{body}".encode()).hexdigest()


@transaction.atomic
def seal() -> int:
    """This function will chain all rows that have no link yet, in order of their ids; returns how many."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = AuditLink.objects.order_by("-number").first()
    number, before = (last.number, last.hash) if last else (0, _START)
    links: list[tuple[int, int, str]] = []
    for row in AuditRow.objects.filter(link__isnull=True).order_by("id").iterator():
        number += 1
        before = _hash(before, row)
        links.append((row.pk, number, before))
    insert_rows(AuditLink, ["row_id", "number", "hash"], links)
    return len(links)


@dataclass(frozen=True, slots=True)
class ChainState:
    """What re-reading the chain found: ``broken`` is the number of the first link that does not fit, or None."""

    links: int
    unsealed: int
    broken: int | None


def check_chain() -> ChainState:
    """This function will re-read the whole chain and compare every hash."""
    before, broken = _START, None
    for count, link in enumerate(_links(), start=1):
        if link.number != count or link.hash != _hash(before, link.row):
            broken = link.number
            break
        before = link.hash
    return ChainState(
        links=AuditLink.objects.count(),
        unsealed=AuditRow.objects.filter(link__isnull=True).count(),
        broken=broken,
    )


def _links() -> Iterator[AuditLink]:
    yield from AuditLink.objects.select_related("row").order_by("number").iterator()
