"""Makes one row of many where a sum is kept as steps: who records appends a row, and nobody waits for another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import models
from django.db.models import Count, Q

from giaoban.apps.audit.bulk import insert_rows

_FOLDED_AT = 32  # so many rows of one key are made one
_MOST_FOLDED = 200  # keys that one act looks at: an import leaves them to those who come after it


def fold_rows(model: type[models.Model], fields: Sequence[str], keys: Collection[tuple[Any, ...]]) -> None:
    """This function will make one row of many of a key; rows that somebody else is folding are left to them.

    Args:
        model: a table with a column ``number``.
        fields: the attributes that are the key, the first of them ``unit_id``, and of some rows of it ``keys``.
    """
    if not 0 < len(keys) <= _MOST_FOLDED:
        return
    columns = zip(fields, zip(*keys, strict=True), strict=True)
    rows = model._default_manager.filter(Q(**{f"{name}__in": set(values) for name, values in columns}))
    many = rows.values_list(*fields).annotate(rows=Count("*")).filter(rows__gte=_FOLDED_AT)
    for *key, _count in list(many):
        same = model._default_manager.filter(**dict(zip(fields, key, strict=True)))
        found = dict(same.select_for_update(skip_locked=True).values_list("pk", "number"))
        model._default_manager.filter(pk__in=found).delete()
        if sum(found.values()):
            insert_rows(model, (*fields, "number"), [(*key, sum(found.values()))])
