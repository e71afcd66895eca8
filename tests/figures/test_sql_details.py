"""What the registers of the database must get right one by one, and at what cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.figures.database import Writer, write
from tests.figures.small import entry
from tests.figures.world import FIRST_DAY, ROOT, Player, World, world

from giaoban.apps.directives.models import AnnualTarget
from giaoban.apps.organizations.models import ReportingBounds, Unit, UnitEntry
from giaoban.apps.reporting.queries.figures import catalogue, compute_figures, explain_figure
from giaoban.core.errors import NotFound
from giaoban.core.period import Period
from giaoban.figures import Figure, FigureRequest, Parts
from giaoban.figures.tree import Attribute, Placement

pytestmark = pytest.mark.django_db
MAIN = Parts(previous=True, cumulative=True, targets=True, breakdown=True, breakdowns=True, children=True)


def one(measure: str, unit: str, period: str) -> Figure:
    return compute_figures([FigureRequest(measure, unit, Period.parse(period))])[0]


def quiet_world() -> World:
    """The office as it begins, before anything happens."""
    return Player().result()


def wide_world(units: int) -> World:
    """An office with many cells."""
    found = quiet_world()
    for number in range(units):
        found.placements.append(Placement(f"{ROOT}.1.w{number}", f"{ROOT}.1", FIRST_DAY))
        found.kinds.append(Attribute(f"{ROOT}.1.w{number}", "form", "cell", FIRST_DAY))
        found.member_entries.append(entry("admitted", "2022-02-01", f"{ROOT}.1.w{number}", sex="male", who=str(number)))
    for index, item in enumerate(found.member_entries):
        if not item.subject:
            found.member_entries[index] = replace_subject(item, found)
    return found


def replace_subject(item: object, found: World) -> object:
    from dataclasses import replace

    return replace(item, subject=next(iter(found.people)))  # type: ignore[type-var]


def test_the_number_of_queries_does_not_depend_on_the_units() -> None:
    write(wide_world(80))
    period = Period.parse("2022-Q1")
    asked = {}
    for units in (5, 80):
        codes = [f"{ROOT}.1.w{number}" for number in range(units)]
        requests = [FigureRequest(key, code, period) for key in catalogue().keys for code in codes]
        with CaptureQueriesContext(connection) as queries:
            found = compute_figures(requests, parts=MAIN)
        assert sum(figure.value or 0 for figure in found if figure.request.measure == "members.admitted") == units
        asked[units] = len(queries)
    assert asked[5] == asked[80] < 80


@pytest.mark.parametrize("children", [False, True])
def test_what_a_page_asks_costs_the_same_however_many_units_there_are(children: bool) -> None:
    asked, figures = [], []
    for units in (2, 60):
        with transaction.atomic():
            write(wide_world(units))
            requests = [
                FigureRequest("members.admitted", code, Period.parse("2022-Q1")) for code in (ROOT, f"{ROOT}.1")
            ]
            with CaptureQueriesContext(connection) as queries:
                figures.append(compute_figures(requests, parts=Parts(previous=True, children=children)))
            transaction.set_rollback(True)
        asked.append(len(queries))
        # The database climbs: of the units below the two nothing comes back but their sum.
        assert not any("w1" in str(query["sql"]) for query in queries) or children
    assert asked[0] == asked[1]
    assert [[figure.value for figure in few] for few in figures] == [[2, 2], [60, 60]]


def test_a_cheap_question_asks_its_own_register_only() -> None:
    write(quiet_world())
    with CaptureQueriesContext(connection) as queries:
        compute_figures([FigureRequest("members.total", ROOT, Period.parse("2022-Q1"))], parts=Parts())
    # Feeds, bounds, unit, tree, use of the registers, whether all below keep them (2), how many they are, members.
    assert len(queries) == 9


def test_months_cost_what_a_year_costs() -> None:
    write(quiet_world())
    months = [FigureRequest("members.admitted", ROOT, month) for month in Period.parse("2022").months()]
    with CaptureQueriesContext(connection) as queries:
        compute_figures(months, parts=Parts())
    assert len(queries) == 9


def test_a_committee_that_comes_with_its_cells_is_one_organisation() -> None:
    found = quiet_world()
    day = date(2022, 3, 1)
    for code, parent in ((f"{ROOT}.9", ROOT), (f"{ROOT}.9.1", f"{ROOT}.9"), (f"{ROOT}.9.2", f"{ROOT}.9")):
        found.placements.append(Placement(code, parent, day))
        found.kinds.append(Attribute(code, "form", "cell" if code.count(".") > 1 else "grassroots_committee", day))
        found.tree_entries.append(entry("unit_moved", "2022-03-01", code))
    write(found)
    assert UnitEntry.objects.filter(kind="received").count() == 3
    received = one("organizations.received", ROOT, "2022-Q1")
    assert (received.value, received.breakdown) == (1, {"grassroots_committee": 1})
    evidence = explain_figure(received.request)
    assert [line.unit for line in evidence.lines] == [f"{ROOT}.9"]


def test_the_nearest_committee_sets_the_days_of_a_period() -> None:
    found = quiet_world()
    for day in ("2022-03-10", "2022-03-18", "2022-03-28"):
        found.member_entries.append(entry("admitted", day, f"{ROOT}.1.1", sex="male"))
        found.member_entries[-1] = replace_subject(found.member_entries[-1], found)  # type: ignore[assignment]
    write(found)
    for code, last in ((ROOT, 15), (f"{ROOT}.1", 20)):
        ReportingBounds.objects.create(
            unit=Unit.objects.get(code=code), period="2022-Q1", first_day=date(2022, 1, 1), last_day=date(2022, 3, last)
        )
    values = {code: one("members.admitted", code, "2022-Q1").value for code in (ROOT, f"{ROOT}.1", f"{ROOT}.1.1")}
    assert values == {ROOT: 1, f"{ROOT}.1": 2, f"{ROOT}.1.1": 2}
    # A period without recorded days follows the calendar.
    assert one("members.admitted", ROOT, "2022-M03").value == 3


def test_targets_come_with_the_main_one_first() -> None:
    write(quiet_world())
    unit = Unit.objects.get(code=ROOT)
    AnnualTarget.objects.create(
        unit=unit, measure="members.admitted", year=2022, value=Decimal("10"), source="B", is_main=False
    )
    AnnualTarget.objects.create(unit=unit, measure="members.admitted", year=2022, value=Decimal("7.5"), source="C")
    AnnualTarget.objects.create(unit=unit, measure="members.admitted", year=2021, value=Decimal("1"), source="A")
    found = one("members.admitted", ROOT, "2022-Q1")
    assert (found.target, found.percent_of_target) == (7.5, 0.0)
    assert [target.source for target in found.targets] == ["C", "B"]


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(NotFound, match="KHONG-CO"):
        one("members.total", "KHONG-CO", "2022")


def test_lines_tell_what_happened_to_whom() -> None:
    found = world(7, 80)
    Writer(found).write()
    evidence = explain_figure(FigureRequest("members.admitted", ROOT, Period.parse("2022")))
    assert evidence.lines
    for line in evidence.lines:
        assert (line.kind, line.number) == ("Kết nạp", 1)
        assert line.subject in found.people
        assert line.unit is not None
    assert [line.day for line in evidence.lines] == sorted(line.day for line in evidence.lines)
