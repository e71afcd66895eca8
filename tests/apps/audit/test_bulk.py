"""Rows written in bulk are the rows that Django itself would write, on both engines."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from tests.world import World

from giaoban.apps.audit.bulk import insert_objects, insert_rows, reserve_ids
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent

NOW = datetime(2023, 4, 5, 8, 30, 15, 123456, tzinfo=UTC)


def _values(item: models.Model) -> dict[str, Any]:
    found = type(item)._default_manager.filter(pk=item.pk).values().get()
    return {name: value for name, value in found.items() if name not in ("id", "uid")}


def _entry(world: World, **changed: Any) -> MemberEntry:
    fields: dict[str, Any] = {
        "member": world.members["dao"],
        "kind": MemberEvent.CARD_ISSUED,
        "unit": world.units["DUK.01.01"],
        "effective_date": date(2023, 2, 3),
        "decision_date": None,
        "recorded_at": NOW,
        "actor": world.users["clerk"],
        "ref": "số 1 «ớ»\t\\N\n2",
    }
    return MemberEntry(**(fields | changed))


def test_objects_are_stored_as_by_save(world: World) -> None:
    plain, bulk = _entry(world), _entry(world)
    plain.save()
    insert_objects([bulk])
    assert _values(plain) == _values(bulk)
    assert not bulk._state.adding
    assert MemberEntry.objects.get(uid=bulk.uid) == bulk


def test_defaults_are_filled_in_and_functions_called_for_each_row(db: None) -> None:
    insert_rows(AuditRow, ("action", "detail"), [("a", {"số": [1, None]}), ("b", {})], {"at": NOW})
    first, second = AuditRow.objects.order_by("pk")
    assert (first.action, first.detail, first.at, first.actor_id, first.unit_code) == (
        "a",
        {"số": [1, None]},
        NOW,
        None,
        "",
    )
    assert isinstance(first.uid, uuid.UUID)
    assert first.uid != second.uid


def test_a_row_saved_after_reserved_keys_gets_another_key(world: World) -> None:
    insert_objects([_entry(world), _entry(world, effective_date=date(2023, 2, 4))])
    after = _entry(world, effective_date=date(2023, 2, 5))
    after.save()
    assert MemberEntry.objects.filter(pk=after.pk).count() == 1
    assert reserve_ids(MemberEntry, 1)[0] > after.pk


def test_nothing_to_insert_is_no_query(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        insert_objects([])


def test_unique_numbers_hold(world: World) -> None:
    world.members["dao"].file_number = "F1"
    world.members["dao"].save()
    other = Member(
        full_name="Lò Văn An",
        birth_date=date(1980, 1, 1),
        unit=world.units["DUK.02"],
        state="official",
        file_number="F1",
        created_at=NOW,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_objects([other])
