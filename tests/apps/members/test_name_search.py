"""Members are found by the words of their names: whole words before beginnings, with diacritics or without."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.world import START, TODAY, World

from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import FirstEntry, MemberDraft, enrol_members
from giaoban.apps.members.queries.lists import MemberFilter, list_members
from giaoban.core.dates_vi import PartialDate, Precision

pytestmark = pytest.mark.django_db
_NAMES = ("Lò Thị Vy", "Lò Văn Vỹ", "Lò Văn Vương", "Y Lò Hà", "Lò Thị Hạnh", "Đỗ Lò Hà 100%", "H'Lò Niê-Kdăm")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("vy", {"Lò Thị Vy", "Lò Văn Vỹ"}),
        ("Vỹ", {"Lò Văn Vỹ"}),
        ("lo ha", {"Y Lò Hà", "Đỗ Lò Hà 100%"}),
        ("ha lo", {"Y Lò Hà", "Đỗ Lò Hà 100%"}),
        ("Đỗ Hà", {"Đỗ Lò Hà 100%"}),
        ("y", {"Y Lò Hà"}),
        ("lo vu", {"Lò Văn Vương"}),
        ("lo h", {"Y Lò Hà", "Lò Thị Hạnh", "Đỗ Lò Hà 100%"}),
        ("lo uong", set()),
        ("lo 100%", {"Đỗ Lò Hà 100%"}),
        ("lo %", set()),
        ("niê", {"H'Lò Niê-Kdăm"}),
    ],
)
def test_whole_words_before_beginnings(text: str, found: set[str], world: World) -> None:
    first = FirstEntry(MemberEvent.OPENING, START, world.units["DUK.02"])
    drafts = [
        MemberDraft(name, PartialDate(date(1960, 1, 1) + timedelta(days=place), Precision.DAY), first)
        for place, name in enumerate(_NAMES)
    ]
    enrol_members(act=world.act("clerk", at_console=True), drafts=drafts)
    page = list_members(world.users["clerk"], world.units["DUK"], MemberFilter(text=text), today=TODAY)
    assert {line.full_name for line in page.lines} & set(_NAMES) == found
    assert page.total == len(page.lines)
