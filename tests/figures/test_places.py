"""Where an entry counts: small trees that change, one thing at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.figures.small import KINDS, OLD, TREE, entry, figure, members, office

from giaoban.core.errors import Conflict
from giaoban.core.period import Period
from giaoban.figures import Direction, Placing, compute, explain
from giaoban.figures._plan import merge
from giaoban.figures._reading import Reading
from giaoban.figures.model import ALL_PARTS, FigureRequest
from giaoban.figures.tree import Attribute, DatedTree, Placement

MOVED = date(2023, 2, 10)
MOVING = (
    *(one for one in TREE if one.unit != "MAU.1.2"),
    Placement("MAU.3", "MAU", OLD),
    Placement("MAU.1.2", "MAU.1", OLD, MOVED),
    Placement("MAU.1.2", "MAU.3", MOVED),
)


def test_a_flow_counts_where_its_unit_stood_on_the_day() -> None:
    entries = [entry("admitted", "2023-02-09", "MAU.1.2"), entry("admitted", "2023-02-10", "MAU.1.2")]
    found = figure(office(entries=entries, placements=MOVING), "members.admitted", "MAU", "2023-Q1")
    assert (found.value, found.children) == (2, {"MAU.1": 1, "MAU.2": 0, "MAU.3": 1})


def test_a_stock_counts_where_its_unit_stood_on_the_last_day() -> None:
    sources = office(spells=members("MAU.1.2", 4), placements=MOVING)
    assert figure(sources, "members.total", "MAU.1", "2023-M01").value == 4
    after = figure(sources, "members.total", "MAU.1", "2023-Q1")
    # The child that left within the period is still listed, with what it holds there now.
    assert (after.value, after.previous, after.children) == (0, 4, {"MAU.1.1": 0, "MAU.1.2": 0})


def test_members_go_along_with_their_unit() -> None:
    moved = "organizations.members_handed_over"
    sources = office(spells=members("MAU.1.2", 4), placements=MOVING, entries=[_moved("MAU.1.2", 4)])
    assert figure(sources, moved, "MAU.1", "2023-Q1").value == 4
    assert figure(sources, "organizations.members_received", "MAU.3", "2023-Q1").value == 4
    assert figure(sources, moved, "MAU", "2023-Q1").value == 0


def _moved(unit: str, number: int) -> object:
    from dataclasses import replace

    return replace(entry("members_moved", MOVED.isoformat(), unit), number=number)


CLOSING = (*(one for one in TREE if one.unit != "MAU.2"), Placement("MAU.2", "MAU", OLD, MOVED))


def test_a_dissolution_counts_where_the_unit_stood_until_then() -> None:
    kinds = (*KINDS[:-1], Attribute("MAU.2", "form", "grassroots_cell", OLD, MOVED))
    dissolved = [entry("dissolved", MOVED.isoformat(), "MAU.2")]
    sources = office(tree_entries=dissolved, placements=CLOSING, attributes=kinds)
    found = figure(sources, "organizations.dissolved", "MAU", "2023-Q1")
    assert (found.value, found.children["MAU.2"], found.breakdown) == (1, 1, {"grassroots_cell": 1})
    # A period that begins with that very day: the unit stood on none of its days, its end still counts.
    placements = (*TREE[:-1], Placement("MAU.2", "MAU", OLD, date(2023, 1, 1)))
    sources = office(tree_entries=[entry("dissolved", "2023-01-01", "MAU.2")], placements=placements)
    assert figure(sources, "organizations.dissolved", "MAU", "2023-Q1").children == {"MAU.1": 0, "MAU.2": 1}
    assert figure(sources, "organizations.dissolved", "MAU.2", "2023-Q1").value == 1


@pytest.mark.parametrize(
    ("sender", "receiver", "expected", "why"),
    [
        ("MAU.1.1", "MAU.2", {"MAU": "within", "MAU.1": "out", "MAU.2": "in", "MAU.1.1": "out"}, "between committees"),
        ("MAU.1.1", "MAU.1.2", {"MAU": "within", "MAU.1": "within", "MAU.1.2": "in"}, "inside one committee"),
        (None, "MAU.2", {"MAU": "in", "MAU.2": "in", "MAU.1": None}, "from outside"),
        ("MAU.2", None, {"MAU": "out", "MAU.2": "out"}, "to the outside"),
    ],
)
def test_directions_are_relative_to_the_unit_asked(
    sender: str | None, receiver: str | None, expected: dict[str, str | None], why: str
) -> None:
    sources = office(entries=[entry("transferred", "2023-02-01", receiver, sender, term="official")])
    for unit, direction in expected.items():
        found = figure(sources, "members.transferred", unit, "2023-Q1")
        assert found.breakdown == ({direction: 1} if direction else {}), (unit, why)
        for key in ("in", "out", "within"):
            one = figure(sources, f"members.transferred_{key}", unit, "2023-Q1")
            assert one.value == int(key == direction), (unit, key, why)


def test_children_of_a_directed_figure_see_it_from_their_own_side() -> None:
    sources = office(entries=[entry("transferred", "2023-02-01", "MAU.2", "MAU.1.1", term="official")])
    assert figure(sources, "members.transferred_within", "MAU", "2023-Q1").children == {"MAU.1": 0, "MAU.2": 0}
    assert figure(sources, "members.transferred_in", "MAU", "2023-Q1").children == {"MAU.1": 0, "MAU.2": 1}


def test_a_directed_entry_of_the_unit_itself_stands_under_its_own_code() -> None:
    sources = office(entries=[entry("transferred", "2023-02-01", "MAU.1.1", "MAU.1", term="official")])
    assert figure(sources, "members.transferred_within", "MAU.1", "2023").value == 1
    gone = figure(sources, "members.transferred_out", "MAU.1", "2023")
    assert (gone.value, gone.children) == (0, {"MAU.1": 1, "MAU.1.1": 0, "MAU.1.2": 0})
    come = figure(sources, "members.transferred_in", "MAU.1", "2023")
    assert (come.value, come.children) == (0, {"MAU.1.1": 1, "MAU.1.2": 0})
    sources = office(entries=[entry("transferred", "2023-02-01", "MAU.1", "MAU.1.1", term="official")])
    come = figure(sources, "members.transferred_in", "MAU.1", "2023")
    assert (come.value, come.children) == (0, {"MAU.1": 1, "MAU.1.1": 0, "MAU.1.2": 0})


def test_entries_of_the_unit_itself_stand_under_its_own_code() -> None:
    sources = office(entries=[entry("admitted", "2023-02-01", "MAU.1"), entry("admitted", "2023-02-01", "MAU.1.1")])
    assert figure(sources, "members.admitted", "MAU.1", "2023").children == {"MAU.1": 1, "MAU.1.1": 1, "MAU.1.2": 0}


def test_an_organisation_is_counted_once() -> None:
    days = ("2023-01-05", "2023-02-05", "2023-05-05")
    entries = [entry("card_issued", day, unit) for day in days for unit in ("MAU.1.1", "MAU.1.2", "MAU.2")]
    found = figure(office(entries=entries), "members.cards_issued_organizations", "MAU", "2023")
    assert (found.value, found.children) == (2, {"MAU.1": 1, "MAU.2": 1})
    evidence = explain(office(entries=entries), found.request)
    assert [(line.unit, len(line.entries)) for line in evidence.lines] == [("MAU.1", 6), ("MAU.2", 3)]


def test_corrected_and_voided_entries_do_not_count() -> None:
    from dataclasses import replace

    first = entry("admitted", "2023-02-01", "MAU.2")
    second = entry("admitted", "2023-02-02", "MAU.2")
    entries = [
        first,
        second,
        replace(first, ref="c1", day=date(2023, 5, 1), corrects=first.ref),
        replace(second, ref="c2", corrects=second.ref, void=True),
    ]
    sources = office(entries=entries)
    assert figure(sources, "members.admitted", "MAU", "2023-Q1").value == 0
    assert figure(sources, "members.admitted", "MAU", "2023-Q2").value == 1


def test_breakdowns_by_place_follow_the_dates_of_the_place() -> None:
    attributes = (
        *KINDS,
        Attribute("MAU.1", "sector", "A", OLD, MOVED),
        Attribute("MAU.1", "sector", "B", MOVED),
    )
    entries = [entry("admitted", day, "MAU.1.1") for day in ("2023-02-09", "2023-02-10", "2023-02-11")]
    entries.append(entry("admitted", "2023-02-11", "MAU.2"))
    found = figure(office(entries=entries, attributes=attributes), "members.admitted", "MAU", "2023")
    assert found.breakdown == {"A": 1, "B": 2, "unknown": 1}


def test_the_tree_of_one_day_can_be_asked_for() -> None:
    entries = [entry("admitted", "2023-01-09", "MAU.1.2")]
    request = FigureRequest("members.admitted", "MAU", Period.parse("2023-Q1"))
    found = compute(office(entries=entries, placements=MOVING), request, parts=ALL_PARTS, tree_on=MOVED)
    assert found.children == {"MAU.1": 0, "MAU.2": 0, "MAU.3": 1}


def test_a_move_is_read_on_the_trees_of_its_own_days_whatever_tree_is_asked_for() -> None:
    sources = office(spells=members("MAU.1.2", 4), placements=MOVING, entries=[_moved("MAU.1.2", 4)])
    request = FigureRequest("organizations.members_handed_over", "MAU.1", Period.parse("2023-Q1"))
    assert compute(sources, request, tree_on=OLD).value == 4


def test_windows_that_lie_in_each_other_become_one() -> None:
    def reading(first: int, last: int) -> Reading:
        return Reading(date(2023, first, 1), date(2023, last, 1))

    found = merge([reading(6, 7), reading(1, 5), reading(2, 3), reading(5, 6), reading(9, 10)])
    assert [(window.start.month, window.end.month) for window in found] == [(1, 7), (9, 10)]
    assert [window.end.month for window in merge([reading(1, 5), reading(2, 3)])] == [5]


def test_a_unit_under_itself_is_refused_with_the_way_round() -> None:
    tree = DatedTree([Placement("A", "B", OLD), Placement("B", "A", OLD)])
    with pytest.raises(Conflict, match="A → B → A"):
        tree.path("A", MOVED)


def test_ways_up_are_cut_where_something_above_changed() -> None:
    tree = DatedTree(
        [
            Placement("A", None, OLD),
            Placement("B", None, OLD),
            Placement("C", "A", OLD, MOVED),
            Placement("C", "B", MOVED),
            Placement("D", "C", OLD),
        ]
    )
    eve = MOVED - timedelta(days=1)
    assert (tree.path("D", eve), tree.path("D", MOVED)) == (("D", "C", "A"), ("D", "C", "B"))
    assert tree.ends("D", None, MOVED, Placing.MOVE) == (("D", "C", "A"), ("D", "C", "B"))
    assert tree.children("A", Reading(OLD, MOVED)) == ("C",)
    assert tree.children("A", Reading(MOVED, date(2024, 1, 1))) == ()
    assert tree.tops({"A", "C", "D"}) == ("A", "C")
    assert tree.path("X", MOVED) == ()
    assert Direction("in") is Direction.IN
