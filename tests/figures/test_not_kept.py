"""None is not 0: before a register was opened, or where a unit did not stand, a figure is not known (decision D6)."""

from __future__ import annotations

from datetime import date

import pytest
from tests.figures.small import OLD, TREE, entry, figure, members, office

from giaoban.figures import Coverage
from giaoban.figures.tree import Placement

OPENED = date(2022, 2, 1)
USE = {("MAU", "members"): OPENED}


@pytest.mark.parametrize(
    ("period", "value", "why"),
    [
        ("2021", None, "the register did not exist"),
        ("2022-Q1", None, "it was opened in the middle"),
        ("2022-M02", 1, "it was opened on the first day"),
        ("2022-Q2", 0, "kept, and nothing happened"),
    ],
)
def test_before_the_register_was_opened_nothing_is_known(period: str, value: int | None, why: str) -> None:
    entries = [entry("admitted", "2021-05-01", "MAU.1.1"), entry("admitted", "2022-02-10", "MAU.1.1")]
    found = figure(office(entries=entries, use=USE), "members.admitted", "MAU", period)
    assert found.value == value, why
    if value is None:
        assert found.coverage == Coverage(5, 0)
        assert found.breakdown == {}
        assert set(found.children.values()) == {None}


def test_last_year_is_unknown_while_this_year_is_known() -> None:
    found = figure(
        office(entries=[entry("admitted", "2023-02-10", "MAU.2")], use=USE), "members.admitted", "MAU", "2023-Q1"
    )
    assert (found.value, found.previous, found.growth_percent) == (1, None, None)


def test_a_stock_is_known_from_the_first_day_on() -> None:
    sources = office(spells=members("MAU.1.1", 3, OPENED), use=USE)
    assert figure(sources, "members.total", "MAU", "2022-M01").value is None
    assert figure(sources, "members.total", "MAU", "2022-M02").value == 3


def test_a_part_that_opened_later_is_left_out_and_shows_in_the_coverage() -> None:
    use = {("MAU", "members"): OLD, ("MAU.1", "members"): OPENED}
    entries = [entry("admitted", "2022-01-10", "MAU.1.1"), entry("admitted", "2022-01-11", "MAU.2")]
    found = figure(office(entries=entries, use=use), "members.admitted", "MAU", "2022-Q1")
    assert (found.value, found.coverage) == (1, Coverage(5, 2))
    assert found.children == {"MAU.1": None, "MAU.2": 1}


def test_where_only_units_below_opened_a_register_they_are_counted() -> None:
    use = {("MAU.1", "members"): OLD}
    found = figure(
        office(entries=[entry("admitted", "2022-01-10", "MAU.1.1")], use=use), "members.admitted", "MAU", "2022"
    )
    assert (found.value, found.coverage) == (1, Coverage(5, 3))


def test_a_unit_that_came_later_missed_nothing() -> None:
    came = date(2023, 2, 10)
    placements = (*TREE, Placement("MAU.3", "MAU", came))
    sources = office(entries=[entry("admitted", "2023-03-01", "MAU.3")], use=USE, placements=placements)
    assert figure(sources, "members.admitted", "MAU.3", "2023-Q1").value == 1
    assert figure(sources, "members.admitted", "MAU", "2023-Q1").coverage == Coverage(6, 6)
    before = figure(sources, "members.admitted", "MAU.3", "2022-Q4")
    assert (before.value, before.coverage) == (None, Coverage(0, 0))


def test_a_transfer_counts_for_the_side_that_kept_its_register() -> None:
    use = {("MAU", "members"): OLD, ("MAU.2", "members"): date(2030, 1, 1)}
    sources = office(entries=[entry("transferred", "2022-01-10", "MAU.1.1", "MAU.2", term="official")], use=use)
    assert figure(sources, "members.transferred_in", "MAU.1", "2022").value == 1
    assert figure(sources, "members.transferred_out", "MAU.2", "2022").value is None
    assert figure(sources, "members.transferred_within", "MAU", "2022").value == 1


def test_each_child_sees_a_transfer_by_its_own_kept_end() -> None:
    use = {("MAU", "members"): OLD, ("MAU.1.1", "members"): date(2030, 1, 1)}
    sources = office(entries=[entry("transferred", "2022-01-10", "MAU.2", "MAU.1.1", term="official")], use=use)
    gone = figure(sources, "members.transferred_out", "MAU", "2022")
    # MAU.1.1 did not keep the register, so MAU.1 knows nothing of who left it.
    assert gone.children == {"MAU.1": 0, "MAU.2": 0}
    assert figure(sources, "members.transferred_in", "MAU", "2022").children == {"MAU.1": 0, "MAU.2": 1}


def test_a_unit_that_came_later_and_opened_its_register_later_still_is_not_known() -> None:
    placements = (*TREE, Placement("MAU.3", "MAU", date(2023, 2, 10)))
    use = {**USE, ("MAU.3", "members"): date(2023, 3, 1)}
    sources = office(entries=[entry("admitted", "2023-03-05", "MAU.3")], use=use, placements=placements)
    assert figure(sources, "members.admitted", "MAU.3", "2023-Q1").value is None
    assert figure(sources, "members.admitted", "MAU.3", "2023-M03").value == 1
    assert figure(sources, "members.admitted", "MAU", "2023-Q1").children["MAU.3"] is None


def test_a_child_that_left_is_judged_by_the_days_on_which_it_was_there() -> None:
    use = {("MAU", "members"): OLD}
    moved = date(2023, 2, 10)
    placements = (
        *TREE[:-1],
        Placement("KHAC", None, OLD),
        Placement("MAU.2", "MAU", OLD, moved),
        Placement("MAU.2", "KHAC", moved),
    )
    found = figure(office(use=use, placements=placements), "members.total", "MAU", "2023-Q1")
    # Where it stands now nobody keeps the register; here it holds nobody any more, and that is known.
    assert found.children == {"MAU.1": 0, "MAU.2": 0}
