"""An act that was a mistake is taken back whole: every entry of it is voided, everything that followed is undone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from giaoban.apps.audit.act import Act, day_of
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import ActEffect, Unit, UnitEntry, UnitEvent
from giaoban.apps.organizations.operations._replay import begins, ends
from giaoban.apps.organizations.operations._tree_lock import lock_tree
from giaoban.apps.organizations.operations.acts.depending import (
    act_entries,
    changes_where_they_stood,
    hindrances,
    told,
)
from giaoban.apps.organizations.operations.acts.following import Hindrance, followers
from giaoban.apps.organizations.operations.acts.places import GrantFollower
from giaoban.apps.organizations.operations.endings import check_endings
from giaoban.apps.organizations.operations.tree import TreeDraft, write_tree_entries
from giaoban.apps.organizations.permissions import require
from giaoban.core.errors import Conflict, InvalidInput, NotFound

_MOST_NAMED = 5


@transaction.atomic
def take_back(*, act: Act, event: uuid.UUID) -> list[UnitEntry]:
    """This function will take an act back: void its entries, let members, offices, groups and grants be as they were.

    The mistake stays readable in the journals. Returns the voiding entries of the tree.

    Raises:
        Conflict: something recorded later needs the act (it is named, with its day), or it was taken back already.
        NotFound: there is no such act, or the person may not know of it; NotAllowed: no right ``organizations_manage``
            where its units stand, or stood before it.
    """
    lock_tree()
    entries = act_entries(event)
    if not entries:
        _refuse_unknown(event)
    effects = list(ActEffect.objects.filter(event=event).order_by("-pk"))
    _authorise(act, entries, effects)
    in_the_way = hindrances(event)
    if in_the_way:
        raise _hindered(in_the_way)
    try:
        with transaction.atomic():
            voids = _undo(act, event, entries, effects)
    except InvalidInput as error:
        changed = changes_where_they_stood(event)
        if changed:
            raise _hindered(changed) from None
        raise Conflict(f"Chưa rút lại được: {error.message}", where=error.where) from None
    write_trail(act, [Happening("organizations.act_taken_back", "act", str(event), entries[0].subject.code)])
    return voids


def _hindered(in_the_way: Sequence[Hindrance]) -> Conflict:
    named = "; ".join(told(one) for one in in_the_way[:_MOST_NAMED])
    more = f" và {len(in_the_way) - _MOST_NAMED} lần ghi khác" if len(in_the_way) > _MOST_NAMED else ""
    return Conflict(
        f"Chưa rút lại được, vì sau đó đã ghi: {named}{more}",
        hint="Đính chính các lần ghi này trước, hoặc ghi một việc mới thay cho việc rút lại",
    )


def _undo(act: Act, event: uuid.UUID, entries: Sequence[UnitEntry], effects: Sequence[ActEffect]) -> list[UnitEntry]:
    voids = write_tree_entries(act, [_void(entry) for entry in entries], event, authorised=True)
    for follower in reversed(followers()):
        own = [one for one in effects if one.follower == follower.key]
        if own:
            follower.undo(act, own)
    check_endings(voids)
    return voids


def _void(entry: UnitEntry) -> TreeDraft:
    return TreeDraft(
        UnitEvent(entry.kind),
        entry.effective_date,
        entry.subject.code,
        parent=entry.to_parent.code if entry.to_parent is not None else "",
        name=entry.name,
        unit_kind=entry.unit_kind,
        corrects=entry.uid,
        void=True,
    )


def _refuse_unknown(event: uuid.UUID) -> None:
    last = UnitEntry.objects.filter(event=event, void=True).select_related("actor").order_by("-pk").first()
    if last is None:
        raise NotFound("Không tìm thấy việc này trong phạm vi của đồng chí")
    raise Conflict(f"{last.actor.full_name} đã rút lại việc này ngày {day_of(last.recorded_at):%d/%m/%Y}")


def _authorise(act: Act, entries: Sequence[UnitEntry], effects: Sequence[ActEffect]) -> None:
    """A unit that the act ended stands nowhere now: the right is asked where it stood, and where others came to."""
    places: set[int | None] = set()
    for entry in entries:
        if begins(entry.kind, entry.unit_kind):
            places.add(entry.to_parent_id)
        elif ends(entry.kind, entry.unit_kind):
            places.add(entry.from_parent_id)
        else:
            places.add(entry.subject_id)
    fallen = {entry.subject_id for entry in entries if ends(entry.kind, entry.unit_kind)}
    units = list(Unit.objects.filter(pk__in={pk for pk in places if pk is not None} - fallen))
    require(act, "organizations_manage", units)
    if any(one.follower == GrantFollower.key for one in effects):
        require(act, "accounts_manage", units)
