"""One count for every unit at once says what the ancestry says, also where the tree changed within the window."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from tests.world import World

from giaoban.apps.members.models import MemberEntry
from giaoban.apps.organizations.models import Ancestry, UnitEvent, on_day
from giaoban.apps.organizations.operations import TreeDraft, record_tree_event
from giaoban.apps.organizations.queries.everywhere import counts_everywhere
from giaoban.core.period import Period, Window

pytestmark = pytest.mark.django_db


def _slowly(window: Window) -> Counter[tuple[int, str]]:
    found: Counter[tuple[int, str]] = Counter()
    for entry in MemberEntry.objects.live().filter(effective_date__gte=window.start, effective_date__lt=window.end):
        day = entry.effective_date
        above = Ancestry.objects.filter(on_day(day), descendant=entry.unit)
        if not above.exists():
            above = Ancestry.objects.filter(descendant=entry.unit, valid_from__lt=day, valid_to=day)
        for ancestor in above.values_list("ancestor_id", flat=True):
            found[ancestor, entry.kind] += 1
    return found


def _quickly(window: Window) -> Counter[tuple[int, str]]:
    rows = list(counts_everywhere(MemberEntry.objects.live(), window))
    found = Counter({(row.unit, row.kind): row.number for row in rows})
    assert len(found) == len(rows), "one row for each unit and kind"
    return found


def test_every_unit_has_what_happened_at_or_below_it(world: World) -> None:
    for window in (Period.quarter(2023, 1).window, Period.parse("2022").window, Period.parse("2024").window):
        assert _quickly(window) == _slowly(window)
    assert _quickly(Period.quarter(2023, 1).window)[world.units["DUK"].pk, "admitted"] == 2


def test_a_branch_that_moves_within_the_window_counts_day_by_day(world: World) -> None:
    act = world.act("clerk", at_console=True)
    for day, parent in ((date(2023, 2, 10), "XA"), (date(2023, 3, 20), "DUK")):
        moved = TreeDraft(UnitEvent.MOVED, day, "DUK.02", parent=parent)
        record_tree_event(act=act, draft=moved)
    window = Period.quarter(2023, 1).window
    assert _quickly(window) == _slowly(window)


def test_what_happens_on_the_day_a_unit_ends_counts_where_it_stood(world: World) -> None:
    day = date(2023, 2, 10)
    act = world.act("clerk", at_console=True)
    record_tree_event(act=act, draft=TreeDraft(UnitEvent.HANDED_OVER, day, "DUK.02", outside="Đảng bộ huyện Bình An"))
    last = MemberEntry.objects.live().filter(unit=world.units["DUK.02"]).order_by("effective_date").last()
    assert last is not None
    MemberEntry.objects.bulk_create(
        [
            MemberEntry(
                member=last.member,
                kind="died",
                unit=last.unit,
                effective_date=day,
                recorded_at=last.recorded_at,
                actor=last.actor,
            )
        ]
    )
    for window in (Window(date(2023, 1, 1), date(2023, 4, 1)), Window(day, date(2023, 4, 1))):
        found = _quickly(window)
        assert found == _slowly(window)
        assert found[world.units["DUK"].pk, "died"] == _slowly(window)[world.units["DUK"].pk, "died"] >= 1


def test_one_statement_however_many_units(world: World, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert list(counts_everywhere(MemberEntry.objects.live(), Period.quarter(2023, 1).window))
