"""The tree of today: what ended counts in what stands for it; of several heirs, in what is above all of them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.figures.small import KINDS, OLD, TREE, entry, members, office

from giaoban.core.period import Period
from giaoban.figures import FigureRequest, Sources, compute, explain
from giaoban.figures.tree import Attribute, DatedTree, Placement, Succession

TODAY = date(2024, 6, 1)
MERGED, LATER = date(2023, 2, 10), date(2023, 9, 1)
# MAU.1.2 is merged into MAU.1.1, which is merged into MAU.2 later.
PLACES = (
    *(one for one in TREE if one.unit not in ("MAU.1.1", "MAU.1.2")),
    Placement("MAU.1.2", "MAU.1", OLD, MERGED),
    Placement("MAU.1.1", "MAU.1", OLD, LATER),
)
CHAIN = (Succession("MAU.1.2", "MAU.1.1", MERGED), Succession("MAU.1.1", "MAU.2", LATER))


def value(sources: Sources, unit: str, key: str = "members.admitted", period: str = "2023-Q1") -> tuple[object, object]:
    """The value on the tree of then and on that of today."""
    request = FigureRequest(key, unit, Period.parse(period))
    today = compute(sources, request, tree_on=TODAY)
    lines = explain(sources, request, tree_on=TODAY).lines
    assert sum(line.number for line in lines) == (today.value or 0), "a number opens into its entries"
    return compute(sources, request).value, today.value


@pytest.mark.parametrize(
    ("unit", "then", "today"), [("MAU", 1, 1), ("MAU.1", 1, 0), ("MAU.2", 0, 1), ("MAU.1.1", 0, None)]
)
def test_what_happened_in_a_unit_that_was_merged_counts_in_the_one_that_stands_for_it(
    unit: str, then: int, today: int | None
) -> None:
    sources = office(entries=[entry("admitted", "2023-01-05", "MAU.1.2")], placements=PLACES, successions=CHAIN)
    assert value(sources, unit) == (then, today)


def test_members_count_where_they_would_stand_today() -> None:
    sources = office(spells=members("MAU.1.2", 3), placements=PLACES, successions=CHAIN)
    assert value(sources, "MAU.2", "members.total", "2022-Q4") == (0, 3)
    assert value(sources, "MAU.1", "members.total", "2022-Q4") == (3, 0)


def test_what_was_split_wholly_counts_in_what_is_above_all_parts() -> None:
    places = (
        *(one for one in TREE if one.unit != "MAU.1.2"),
        Placement("MAU.1.2", "MAU.1", OLD, MERGED),
        Placement("MAU.1.3", "MAU.1", MERGED),
        Placement("MAU.1.4", "MAU.1", MERGED),
    )
    parts = tuple(Succession("MAU.1.2", code, MERGED) for code in ("MAU.1.3", "MAU.1.4"))
    sources = office(entries=[entry("admitted", "2023-01-05", "MAU.1.2")], placements=places, successions=parts)
    assert value(sources, "MAU.1") == (1, 1)
    assert value(sources, "MAU.1.3") == (0, 0)
    apart = (*parts[:1], Succession("MAU.1.2", "MAU.2", MERGED))
    sources = office(entries=[entry("admitted", "2023-01-05", "MAU.1.2")], placements=places, successions=apart)
    assert value(sources, "MAU.1") == (1, 0)
    assert value(sources, "MAU") == (1, 1)


def test_what_nothing_stands_for_counts_nowhere() -> None:
    sources = office(entries=[entry("admitted", "2023-01-05", "MAU.1.2")], placements=PLACES)
    assert value(sources, "MAU") == (1, 0)


def test_who_followed_into_the_successor_went_nowhere_on_the_tree_of_today() -> None:
    followed = [entry("members_moved", MERGED.isoformat(), "MAU.1.1", "MAU.1.2")]
    sources = office(entries=followed, placements=PLACES, successions=CHAIN)
    assert value(sources, "MAU.1.1", "organizations.members_received") == (1, None)
    assert value(sources, "MAU.2", "organizations.members_received") == (0, 0)


def test_a_unit_speaks_for_itself_where_another_stands_for_it() -> None:
    """Its own kind and sector then, not those of its successor, which may not have been there."""
    kinds = (*KINDS, Attribute("MAU.1.2", "sector", "A", OLD, MERGED), Attribute("MAU.2", "sector", "B", OLD))
    sources = office(
        entries=[entry("admitted", "2023-01-05", "MAU.1.2")], placements=PLACES, attributes=kinds, successions=CHAIN
    )
    request = FigureRequest("members.admitted", "MAU", Period.parse("2023-Q1"))
    assert compute(sources, request, tree_on=TODAY).breakdown == {"A": 1}
    tree_entries = [entry("merged", MERGED.isoformat(), "MAU.1.2")]
    sources = office(tree_entries=tree_entries, placements=PLACES, successions=CHAIN)
    request = FigureRequest("organizations.merged", "MAU.2", Period.parse("2023-Q1"))
    assert compute(sources, request, tree_on=TODAY).breakdown == {"cell": 1}


def test_an_organisation_that_came_later_is_counted_once_as_what_it_is_today() -> None:
    new = (*PLACES, Placement("MAU.3", "MAU", LATER))
    chain = (CHAIN[0], Succession("MAU.1.1", "MAU.3", LATER))
    kinds = (*KINDS, Attribute("MAU.3", "form", "grassroots_cell", LATER))
    cards = [entry("card_issued", "2023-01-05", "MAU.1.1"), entry("card_issued", "2023-01-06", "MAU.1.2")]
    sources = office(entries=cards, placements=new, attributes=kinds, successions=chain)
    request = FigureRequest("members.cards_issued_organizations", "MAU", Period.parse("2023-Q1"))
    assert compute(sources, request, tree_on=TODAY).children == {"MAU.1": 0, "MAU.2": 0, "MAU.3": 1}


def test_only_acts_that_had_happened_by_the_day_of_the_tree_lead_on() -> None:
    tree = DatedTree(PLACES, successions=CHAIN)
    assert tree.path_for_good("MAU.1.2", date(2023, 3, 1)) == ("MAU.1.1", "MAU.1", "MAU")
    assert tree.path_for_good("MAU.1.2", TODAY) == ("MAU.2", "MAU")
    assert tree.path_for_good("MAU.1.2", OLD) == ("MAU.1.2", "MAU.1", "MAU")
    round_trip = DatedTree(
        [Placement("A", None, OLD, MERGED), Placement("B", None, OLD, MERGED)],
        successions=[Succession("A", "B", MERGED), Succession("B", "A", MERGED)],
    )
    assert round_trip.path_for_good("A", TODAY) == ()
