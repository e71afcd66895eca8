"""What acts did to each unit between two days: the words beside its line when the tree is compared."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from giaoban.apps.organizations.models import UnitEntry, UnitEvent
from giaoban.apps.organizations.operations._replay import begins, ends
from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.apps.organizations.queries.history import own_words
from giaoban.apps.organizations.queries.telling import paper_words


@dataclass(frozen=True, slots=True)
class UnitDeed:
    """One act on one unit: which, when, on which decision, in a sentence from the unit's own side.

    ``other`` is the key of the unit that goes on for it, or for which it goes on.
    """

    event: uuid.UUID
    kind: UnitEvent
    day: date
    sentence: str
    decision: str
    begins: bool
    ends: bool
    other: int | None = None

    @property
    def word(self) -> str:
        """The word of the act in small letters: «sáp nhập»."""
        return str(self.kind.label).lower()


def deeds_between(unit_ids: Collection[int], *, after: date, until: date) -> dict[int, tuple[UnitDeed, ...]]:
    """Return what was done to units after one day and up to another (inclusive), the earliest first, by unit.

    Units to which nothing was done are left out; so is what was taken back. A constant number of questions.
    """
    rows = list(
        UnitEntry.objects.live()
        .filter(subject__in=unit_ids, effective_date__gt=after, effective_date__lte=until)
        .exclude(kind=UnitEvent.OPENING)
        .in_order()
    )
    named = {pk for row in rows for pk in (row.from_parent_id, row.to_parent_id, row.other_id) if pk}
    cards = place_cards(named, day=until)
    found: dict[int, tuple[UnitDeed, ...]] = {}
    for row in rows:
        deed = UnitDeed(
            row.event,
            UnitEvent(row.kind),
            row.effective_date,
            own_words(row, cards),
            paper_words(row.decision_number, row.decision_date, row.decision_issuer),
            begins(row.kind, row.unit_kind),
            ends(row.kind, row.unit_kind),
            row.other_id,
        )
        found[row.subject_id] = (*found.get(row.subject_id, ()), deed)
    return found
