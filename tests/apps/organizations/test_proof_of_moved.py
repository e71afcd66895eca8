"""What came or went with units opens into lines whose numbers add up to the figure."""

from __future__ import annotations

from datetime import date

import pytest
from tests.apps.organizations.acting import APRIL, DAY, do
from tests.world import World

from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import FirstEntry, MemberDraft, enrol_members
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import ActKind, NewUnit
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.figures import FigureRequest

KEYS = ("organizations.members_received", "organizations.members_handed_over", "members.opened")


@pytest.mark.django_db
def test_lines_of_those_who_came_or_went_with_units_carry_their_number(world: World) -> None:
    do(world, ActKind.HAND_OVER, units=("DUK.02",), outside="Đảng bộ phường Hai")
    new = NewUnit("+1", "Chi bộ Tin học", "grassroots_cell", "DUK")
    do(world, ActKind.RECEIVE, new=(new,), outside="Đảng bộ phường Ba")
    unit = Unit.objects.latest("pk")
    births = PartialDate(date(1980, 1, 1), Precision.YEAR)
    drafts = [
        MemberDraft(name, births, FirstEntry(MemberEvent.OPENING, DAY, unit))
        for name in ("Lê Thị Sáng", "Phạm Văn Chiều", "Tạ Thị Tối")
    ]
    enrol_members(act=world.act("clerk", at_console=True), drafts=drafts)
    values = {}
    for key in KEYS:
        for code in ("DUK", unit.code, "DUK.02"):
            request = FigureRequest(key, code, APRIL)
            (figure,) = compute_figures([request])
            lines = explain_figure(request).lines
            assert sum(line.number for line in lines) == (figure.value or 0), (key, code)
            values[key, code] = figure.value, len(lines)
    assert values["organizations.members_received", "DUK"] == (3, 1)
    assert values["organizations.members_handed_over", "DUK"] == (5, 1)
