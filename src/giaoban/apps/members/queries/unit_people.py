"""Who leads a unit on a day."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.queries.office_holders import HeldOffice
from giaoban.apps.organizations.kinds import Kind, Office


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """A person in an office; ``member_uid`` leads to their page for those who may open it."""

    office: str
    full_name: str
    member_uid: uuid.UUID
    since: date


def officers(held: Sequence[HeldOffice], kind: Kind | None) -> tuple[OfficeHolder, ...]:
    """Return who holds the offices of one unit of a kind (None: it does not stand), in the order of the offices."""
    order = {office: index for index, office in enumerate(Office.values)}
    return tuple(
        OfficeHolder(
            kind.office_name(one.office) if kind is not None else str(Office(one.office).label),
            one.full_name,
            one.member_uid,
            one.since,
        )
        for one in sorted(held, key=lambda one: order[one.office])
    )
