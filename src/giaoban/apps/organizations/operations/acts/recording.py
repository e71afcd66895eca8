"""An act is done whole: the tree, and whatever follows from it, in one transaction under one ``event``."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Max

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import ActEffect, Unit, UnitEntry
from giaoban.apps.organizations.operations._tree_lock import lock_tree
from giaoban.apps.organizations.operations.acts.codes import settle_codes
from giaoban.apps.organizations.operations.acts.draft import ActDraft
from giaoban.apps.organizations.operations.acts.following import Doing, followers
from giaoban.apps.organizations.operations.acts.unfolding import scene_of, unfold, with_parents
from giaoban.apps.organizations.operations.endings import check_endings
from giaoban.apps.organizations.operations.tree import write_tree_entries
from giaoban.core.errors import Conflict, InvalidInput

# The effect that keeps how far the registers had come: what has a larger key was recorded after the act.
MARKS = "marks"
_MOST_NEW = 200


@dataclass(frozen=True, slots=True)
class ActDone:
    """An act that was recorded.

    ``fingerprint`` is the same whenever the same act would change the same things, and nothing else was recorded of its
    units in between.
    """

    event: uuid.UUID
    draft: ActDraft
    entries: tuple[UnitEntry, ...]
    fingerprint: str


@transaction.atomic
def record_unit_act(*, act: Act, draft: ActDraft, seen: str = "") -> ActDone:
    """This function will record an act on the tree with all that follows from it, or nothing.

    Args:
        act: who does it.
        draft: what is decided.
        seen: the fingerprint of the preview that the person agreed to.

    Raises:
        InvalidInput: something is missing in the draft, or the act cannot be.
        Conflict: since the preview something was recorded that changes what the act does.
        NotAllowed, NotFound: no right ``organizations_manage`` at a unit concerned, or ``accounts_manage`` where a
            grant is to end or to be given.
    """
    lock_tree()
    scene = scene_of(draft)
    draft = settle_codes(with_parents(draft, scene))
    if len(draft.new) > _MOST_NEW:
        raise InvalidInput(f"{len(draft.new)} đơn vị mới một lúc là quá nhiều", expected="nhập bằng bảng tính tổ chức")
    doing = Doing(act, draft, uuid.uuid4(), unfold(draft, scene))
    if not doing.events:
        raise InvalidInput("Việc này không làm thay đổi gì", where="Tổ chức", expected="ít nhất một thay đổi")
    team = [make(doing) for make in followers()]
    for follower in team:
        follower.before()
    doing.entries = write_tree_entries(act, doing.events, doing.event)
    for follower in team:
        follower.after()
    check_endings(doing.entries)
    fingerprint = _fingerprint(doing)
    if seen and seen != fingerprint:
        raise Conflict(
            "Trong lúc đồng chí xem trước, sổ đã có lần ghi mới liên quan đến việc này",
            hint="Xem lại các thay đổi dưới đây rồi ghi",
        )
    _keep_effects(doing)
    _trail(act, doing)
    return ActDone(doing.event, draft, tuple(doing.entries), fingerprint)


def _fingerprint(doing: Doing) -> str:
    lines = [repr(one) for one in doing.events] + sorted(f"{one.follower} {one.mark}" for one in doing.effects)
    lines.append(f"after {_last_entry(doing)}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _last_entry(doing: Doing) -> int:
    """Return the key of the newest entry in force of an act's units, but its own: two may rename one at once."""
    told = UnitEntry.objects.live().filter(subject__in={entry.subject_id for entry in doing.entries})
    return told.exclude(event=doing.event).aggregate(last=Max("pk"))["last"] or 0


def _keep_effects(doing: Doing) -> None:
    rows = [
        ActEffect(event=doing.event, follower=one.follower, ref=one.ref, detail=dict(one.detail))
        for one in doing.effects
    ]
    rows.append(ActEffect(event=doing.event, follower=MARKS, ref=str(doing.event), detail=marks()))
    insert_objects(rows)


def marks() -> dict[str, int]:
    """Return for each table that speaks of units or members the largest key in it, all in one question."""
    quote = connection.ops.quote_name
    known = [one._meta for one in apps.get_models() if issubclass(one, JournalEntry) or _speaks_of_units(one)]
    asked = [f"SELECT %s, MAX({quote(str(meta.pk.column))}) FROM {quote(meta.db_table)}" for meta in known]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), [meta.label_lower for meta in known])
        return {label: last or 0 for label, last in cursor.fetchall()}


def _speaks_of_units(model: type[models.Model]) -> bool:
    return model is not Unit and any(field.related_model is Unit for field in model._meta.concrete_fields)


def _trail(act: Act, doing: Doing) -> None:
    codes = _subjects(doing.entries)
    detail = {"kind": doing.draft.kind.name.lower(), "units": codes, "date": doing.day.isoformat()}
    write_trail(act, [Happening("organizations.act_recorded", "act", str(doing.event), codes[0], detail)])


def _subjects(entries: Sequence[UnitEntry]) -> list[str]:
    return list(dict.fromkeys(entry.subject.code for entry in entries))
