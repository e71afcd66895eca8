"""What is counted of offices: each measure with its parts, and the entries that it opens into."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import World

from giaoban.apps.members.models import OfficeEvent
from giaoban.apps.members.operations import OfficeDraft, record_office_events, void_office_entry
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import CommitteeEvent, RegisterUse
from giaoban.apps.organizations.operations import CommitteeDraft, record_committee_events
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure
from giaoban.core.period import Period
from giaoban.figures import ALL_PARTS, Figure, FigureRequest

QUARTER = Period.parse("2023-Q1")


@pytest.fixture
def busy(world: World) -> World:
    rows = [
        ("em", "DUK.01", Office.COMMITTEE_MEMBER, OfficeEvent.ELECTED, date(2023, 1, 10)),
        ("em", "DUK.01", Office.COMMITTEE_MEMBER, OfficeEvent.APPROVED, date(2023, 1, 20)),
        ("oanh", "DUK.01", Office.DEPUTY_SECRETARY, OfficeEvent.APPOINTED, date(2023, 2, 10)),
        ("son", "DUK.02", Office.DEPUTY_SECRETARY, OfficeEvent.MOVED, date(2023, 2, 10)),
        ("minh", "DUK.01", Office.SECRETARY, OfficeEvent.PLANNED, date(2023, 3, 1)),
        ("em", "DUK.01", Office.SECRETARY, OfficeEvent.PLANNED, date(2023, 3, 1)),
        ("em", "DUK.01", Office.DEPUTY_SECRETARY, OfficeEvent.PLANNED, date(2023, 3, 1)),
        ("dao", "DUK.01", Office.SECRETARY, OfficeEvent.CONFIDENCE, date(2023, 3, 15)),
        ("quy", "DUK.02", Office.SECRETARY, OfficeEvent.CONFIDENCE, date(2023, 4, 1)),
    ]
    drafts = [
        OfficeDraft(world.members[name], world.units[unit], office, kind, day) for name, unit, office, kind, day in rows
    ]
    record_office_events(act=world.act("clerk"), drafts=drafts)
    return world


def figure(measure: str, unit: str = "DUK") -> Figure:
    [found] = compute_figures([FigureRequest(measure, unit, QUARTER)], parts=ALL_PARTS)
    return found


@pytest.mark.parametrize(
    ("measure", "value", "parts", "children"),
    [
        # With the secretary of DUK.01.02, appointed in February (tests/world.py); an election alone does not count.
        (
            "offices.appointed",
            3,
            {"secretary": 1, "deputy_secretary": 1, "committee_member": 1},
            {"DUK.01": 3, "DUK.02": 0},
        ),
        ("offices.moved", 1, {"deputy_secretary": 1}, {"DUK.01": 0, "DUK.02": 1}),
        ("offices.planned", 3, {"secretary": 2, "deputy_secretary": 1}, {"DUK.01": 3, "DUK.02": 0}),
        ("offices.confidence_votes", 1, {"secretary": 1}, {"DUK.01": 1, "DUK.02": 0}),
    ],
)
def test_each_measure_adds_up_and_opens(
    busy: World, measure: str, value: int, parts: dict[str, int], children: dict[str, int]
) -> None:
    found = figure(measure)
    assert (found.value, dict(found.breakdown), dict(found.children)) == (value, parts, children)
    evidence = explain_figure(found.request)
    assert sum(line.number for line in evidence.lines) == value
    assert all(line.subject_ref for line in evidence.lines), "each leads to the person"


def test_what_was_taken_back_is_not_counted(busy: World) -> None:
    planned = busy.members["minh"].office_entries.get(kind=OfficeEvent.PLANNED)
    void_office_entry(act=busy.act("clerk"), entry=planned)
    assert figure("offices.planned").value == 2


@pytest.mark.parametrize(
    ("kind", "measure"),
    [
        (CommitteeEvent.CONSOLIDATED, "committees.consolidated"),
        (CommitteeEvent.INSPECTION_PLANNED, "offices.inspection_commissions_planned"),
        (CommitteeEvent.INSPECTION_APPROVED, "offices.inspection_commissions_approved"),
        (CommitteeEvent.ESTABLISHMENT_OPINION, "organizations.establishment_opinions"),
    ],
)
def test_decisions_on_committees(world: World, kind: CommitteeEvent, measure: str) -> None:
    draft = CommitteeDraft(world.units["DUK.01"], kind, date(2023, 2, 2), "bổ sung Phó Bí thư")
    record_committee_events(act=world.act("clerk"), drafts=[draft])
    found = figure(measure)
    assert (found.value, found.children["DUK.01"]) == (1, 1)
    [line] = explain_figure(found.request).lines
    assert line.note == "bổ sung Phó Bí thư"


def test_before_the_register_is_in_use_nothing_is_known(busy: World) -> None:
    RegisterUse.objects.filter(register="committees", unit__code="DUK").update(in_use_from=date(2023, 2, 1))
    assert figure("offices.planned").value is None, "not kept, never 0"
