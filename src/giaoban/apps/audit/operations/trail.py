"""Audit rows, written in the same transaction as the act itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_rows
from giaoban.apps.audit.models import AuditRow


@dataclass(frozen=True, slots=True)
class Happening:
    """What was done to which object; ``action`` is a dotted name such as ``members.admitted``."""

    action: str
    object_kind: str = ""
    object_uid: str = ""
    unit_code: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def write_trail(act: Act, happenings: Iterable[Happening]) -> None:
    """This function will add one audit row for each happening; the caller holds the transaction."""
    insert_rows(
        AuditRow,
        ("action", "object_kind", "object_uid", "unit_code", "detail"),
        (
            (
                happening.action,
                happening.object_kind,
                happening.object_uid,
                happening.unit_code,
                dict(happening.detail),
            )
            for happening in happenings
        ),
        {
            "at": act.now,
            "actor_id": act.user.pk,
            "entered_for_id": act.entered_for.pk if act.entered_for is not None else None,
        },
    )
