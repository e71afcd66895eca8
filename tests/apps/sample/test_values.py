"""The sample's first quarter of 2023 holds every number of the real quarter that it was made after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from giaoban.apps.reporting.models import ValueEntry
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure
from giaoban.core.period import Period
from giaoban.figures import FigureRequest, total_of

pytestmark = [pytest.mark.xdist_group("sample"), pytest.mark.usefixtures("sample_db")]

Q1 = Period.parse("2023-Q1")
# Every number that the report on that quarter prints, by measure; only what is named has to be so.
SCENARIO: dict[str, Mapping[str, Any]] = {
    "organizations.grassroots": {"value": 82},
    "organizations.established": {"value": 1},
    "organizations.members_handed_over": {"value": 210},
    "committees.consolidated": {"value": 12},
    "offices.inspection_commissions_planned": {"value": 5},
    "offices.inspection_commissions_approved": {"value": 2},
    "members.admitted": {"value": 53, "previous": 33, "growth_percent": 60.6},
    "members.recognised": {"value": 116},
    "members.cards_issued": {"value": 77},
    "members.cards_issued_organizations": {"value": 29},
    "members.transferred": {"value": 114, "breakdown": {"in": 33, "out": 59, "within": 22}},
    "members.vetted": {"value": 53},
    "members.vetted_organizations": {"value": 16},
    "members.commended": {"value": 5},
    "members.commendation_proposed": {"value": 14, "breakdown": {"five_years": 13, "special": 1}},
    "committee.working_sessions": {"value": 17},
    "committee.regulations_reviewed": {"value": 82, "expected": 82},
    "conferences.attendance": {"value": 150},
    "training.classes": {"value": 2},
    "training.learners": {"value": 135, "breakdown": {"new_members": 67, "awareness": 68}},
    "publications.bulletins": {"value": 3},
    "publications.articles": {"value": 14},
    "publications.broadcasts": {"value": 1},
    "inspection.planned": {"value": 4, "breakdown": {"inspection": 1, "supervision": 3}},
    "inspection.organizations": {"value": 30, "breakdown": {"inspection": 27, "supervision": 3}},
    "inspection.reviews": {"value": 6},
    "discipline.members": {"value": 6, "previous": 5, "breakdown": {"reprimand": 5, "warning": 1}},
    "associations.congresses": {"value": 25, "expected": 55, "breakdown": {"trade_union": 25}},
    "documents.issued_key": {
        "value": 23,
        "breakdown": {"NQ": 1, "CTr": 4, "KH": 9, "CV": 2, "TB": 5, "HD": 2},
    },
}


def test_every_number_of_the_real_quarter_comes_out_and_opens() -> None:
    found = {one.request.measure: one for one in compute_figures([FigureRequest(key, "MAU", Q1) for key in SCENARIO])}
    wrong = {
        key: {name: found[key].as_json()[name] for name, value in told.items() if found[key].as_json()[name] != value}
        for key, told in SCENARIO.items()
    }
    assert {key: names for key, names in wrong.items() if names} == {}
    assert {key: total_of(explain_figure(one.request).lines) for key, one in found.items()} == {
        key: one.value for key, one in found.items()
    }


def test_what_departments_report_is_there_in_the_other_quarters_too() -> None:
    keys = ("documents.issued", "training.learners", "publications.bulletins", "inspection.organizations")
    year = Period.parse("2022")
    quarters = [Period.quarter(2022, number) for number in range(1, 5)]
    values = {
        (one.request.measure, str(one.request.period)): one.value
        for one in compute_figures([FigureRequest(key, "MAU", period) for key in keys for period in (year, *quarters)])
    }
    for key in keys:
        parts = [values[key, str(quarter)] for quarter in quarters]
        assert None not in parts, key
        assert values[key, "2022"] == sum(part or 0 for part in parts) > 0
    [done] = compute_figures([FigureRequest("inspection.completed", "MAU", year)])
    assert done.value == done.expected == 7
    assert ValueEntry.objects.values("actor").distinct().count() >= 3, "each department enters what it knows"
