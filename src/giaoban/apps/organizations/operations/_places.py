"""Where units stand just before events take them away; asked once for all events that are recorded together."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from giaoban.apps.organizations.models import OPEN_END, Placement, Unit, UnitEvent
from giaoban.apps.organizations.operations._replay import begins, ends
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput


class Happens(Protocol):
    """What is asked of an event: the fields of ``TreeDraft`` that matter here."""

    @property
    def kind(self) -> UnitEvent: ...
    @property
    def day(self) -> date: ...
    @property
    def code(self) -> str: ...
    @property
    def parent(self) -> str: ...
    @property
    def unit_kind(self) -> str: ...
    @property
    def void(self) -> bool: ...
    @property
    def is_correction(self) -> bool: ...


class _Change(NamedTuple):
    """From (day, order) on the unit stands under ``parent`` (None: at the top), or, if not ``standing``, nowhere."""

    day: date
    order: int
    standing: bool
    parent: Unit | None


def places_before(drafts: Sequence[Happens], units: Mapping[str, Unit]) -> Iterator[Unit | None]:
    """Give for each event the unit under which its subject stood (None where the event takes nothing away).

    The flow is counted there (decision D3). Events of the same call count too: a unit may be established
    and moved at once.

    Raises:
        InvalidInput: a unit that is to leave stands nowhere on that day; raised when its turn comes.
    """
    changes = _recorded([units[draft.code] for draft in drafts if _leaves(draft)])
    for index, draft in enumerate(drafts):
        if not draft.is_correction and (begins(draft.kind, draft.unit_kind) or _leaves(draft)):
            parent = units[draft.parent] if draft.parent else None
            stands = not ends(draft.kind, draft.unit_kind)
            changes[units[draft.code].pk].append(_Change(draft.day, index, stands, parent))
    for steps in changes.values():
        steps.sort(key=lambda step: step[:2])
    for index, draft in enumerate(drafts):
        yield _before(draft, index, changes[units[draft.code].pk]) if _leaves(draft) else None


def _leaves(draft: Happens) -> bool:
    return not draft.void and (draft.kind == UnitEvent.MOVED or ends(draft.kind, draft.unit_kind))


def _recorded(subjects: Collection[Unit]) -> dict[int, list[_Change]]:
    changes: dict[int, list[_Change]] = defaultdict(list)
    for placed in Placement.objects.filter(unit__in={unit.pk for unit in subjects}).select_related("parent"):
        # On one day an end comes before a new beginning, and both before what is recorded now.
        changes[placed.unit_id].append(_Change(placed.valid_from, -1, True, placed.parent))
        if placed.valid_to != OPEN_END:
            changes[placed.unit_id].append(_Change(placed.valid_to, -2, False, placed.parent))
    return changes


def _before(draft: Happens, index: int, steps: Sequence[_Change]) -> Unit | None:
    order = 0 if draft.is_correction else index
    found = bisect_left(steps, (draft.day, order), key=lambda step: step[:2])
    last = steps[found - 1] if found else None
    if last is not None and (last.standing or (draft.is_correction and last.day == draft.day)):
        # What is being corrected may have ended the placement on this very day.
        return last.parent
    raise InvalidInput(
        f"Đơn vị {draft.code} không hoạt động ngày {format_date(draft.day)}", where=draft.kind.label.lower()
    )
