"""An act on the tree of the small world, for tests that need one to be there."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from giaoban.apps.organizations.models import UnitEntry, UnitEvent
from giaoban.apps.organizations.operations import ActDraft, ActKind, record_unit_act

if TYPE_CHECKING:
    from tests.world import World


def example_act(world: World) -> uuid.UUID:
    """Return the act by which DUK.01.01 got another short name; it is recorded once."""
    entry = UnitEntry.objects.live().filter(kind=UnitEvent.RENAMED, subject__code="DUK.01.01").first()
    if entry is not None:
        return uuid.UUID(str(entry.event))
    draft = ActDraft(
        ActKind.RENAME, date(2023, 3, 20), units=("DUK.01.01",), name="Chi bộ Văn phòng", short_name="CB VP"
    )
    return record_unit_act(act=world.act("clerk"), draft=draft).event
