"""Filters kept under a person's own names."""

from __future__ import annotations

import uuid

import pytest
from tests.world import World

from giaoban.apps.accounts.models import SavedView
from giaoban.apps.accounts.operations import drop_view, save_view
from giaoban.apps.accounts.operations.views import MOST_VIEWS
from giaoban.core.errors import InvalidInput, NotFound

pytestmark = pytest.mark.django_db


def test_a_filter_is_kept_replaced_and_forgotten(world: World) -> None:
    act = world.act("clerk")
    save_view(act=act, area="members", name="  Dự bị  nữ ", query="dien=probationary&gioi=female")
    again = save_view(act=act, area="members", name="Dự bị nữ", query="gioi=female")
    assert [(one.name, one.query) for one in SavedView.objects.all()] == [("Dự bị nữ", "gioi=female")]
    with pytest.raises(NotFound):
        drop_view(act=world.act("organizer"), uid=again.uid)
    assert drop_view(act=act, uid=again.uid) == "Dự bị nữ"
    with pytest.raises(NotFound):
        drop_view(act=act, uid=uuid.uuid4())


def test_refusals(world: World) -> None:
    act = world.act("clerk")
    for name, query in (("", "a=1"), ("x" * 61, "a=1"), ("Lọc", "a" * 601)):
        with pytest.raises(InvalidInput):
            save_view(act=act, area="members", name=name, query=query)
    for number in range(MOST_VIEWS):
        save_view(act=act, area="members", name=f"Bộ {number}", query="a=1")
    with pytest.raises(InvalidInput, match="Đã lưu 30"):
        save_view(act=act, area="members", name="Một bộ nữa", query="a=1")
    save_view(act=act, area="members", name="Bộ 1", query="a=2")
