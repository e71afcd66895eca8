"""Who is about to lock the words sees what changed under the report since its figures were frozen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.apps.reporting.cycles.office import act_of, filled, of, quarter_cycle, sent
from tests.apps.reporting.own_report.steps import drafted

from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import EntryDraft, record_member_entries
from giaoban.apps.reporting.models import OwnReport, Submission, SubmissionState
from giaoban.apps.reporting.operations.cycles import accept, reopen, submit
from giaoban.apps.reporting.operations.own_report import advance_report, freeze_figures
from giaoban.apps.reporting.queries.own_report.before_signing import changed_sources

if TYPE_CHECKING:
    from tests.world import World

WARNING = "Nguồn số liệu đã khác từ khi chốt"


def _at_the_leaders(world: World) -> OwnReport:
    report = drafted(world)
    for seen in (report.version, report.version + 1):
        advance_report(act=world.act("clerk"), report=report, seen=seen)
    return OwnReport.objects.get(pk=report.pk)


def _page(client: Client, report: OwnReport) -> str:
    return client.get(reverse("reporting:report", args=[report.uid]) + "?don-vi=DUK&ky=2023-Q1").content.decode()


def _somebody_died(world: World) -> None:
    draft = EntryDraft(world.members["phong"], MemberEvent.DIED, date(2023, 3, 20), world.units["DUK.01.02"])
    record_member_entries(act=world.act("organizer"), drafts=[draft])


def test_nothing_is_said_where_nothing_changed(world: World, as_: Callable[[str], Client]) -> None:
    report = _at_the_leaders(world)
    assert not changed_sources(report)
    assert WARNING not in _page(as_("clerk"), report)


def test_a_corrected_number_is_shown_with_its_difference_before_the_signature(
    world: World, as_: Callable[[str], Client]
) -> None:
    report = _at_the_leaders(world)
    _somebody_died(world)
    found = changed_sources(report)
    assert found is not None
    assert {one.measure.key for one in found.numbers} >= {"members.total", "members.died"}
    page = _page(as_("clerk"), report)
    assert WARNING in page
    row = page.split('<th scope="row">Tổng số đảng viên</th>')[1].split("</tr>")[0]
    assert ">−1<" in row
    assert WARNING not in _page(as_("inspector"), report), "who cannot sign is not warned"
    freeze_figures(act=world.act("clerk"), report=report, seen=report.version)
    assert WARNING not in _page(as_("clerk"), OwnReport.objects.get(pk=report.pk)), "frozen anew"


def test_a_units_new_edition_after_the_freeze_is_named(world: World, as_: Callable[[str], Client]) -> None:
    cycle = quarter_cycle(world)
    first = sent(world, cycle, "DUK.02")
    accept(act=act_of(world, "clerk", "2023-04-08 11:00"), submissions=[first])
    report = _at_the_leaders(world)
    [before] = changed_sources(report).units  # type: ignore[union-attr]
    assert (before.unit, before.edition, before.accepted) == ("DUK.02", 1, True)
    reopen(act=act_of(world, "clerk", "2023-04-09 08:00"), submission=of(cycle, "DUK.02"), reason="nhập thiếu")
    again = filled(world, cycle, "DUK.02", people="9")
    submit(act=act_of(world, "clerk", "2023-04-09 09:00"), submission=again)
    [waiting] = changed_sources(report).units  # type: ignore[union-attr]
    assert not waiting.accepted
    assert "chưa tiếp nhận" in _page(as_("clerk"), report)
    accept(act=act_of(world, "clerk", "2023-04-09 10:00"), submissions=[of(cycle, "DUK.02")])
    found = changed_sources(report)
    assert found is not None
    assert [(one.unit, one.edition) for one in found.units] == [("DUK.02", 2)]
    assert "bản 2, tiếp nhận" in _page(as_("clerk"), report)


def test_the_warning_costs_as_much_for_many_units_as_for_one(world: World) -> None:
    cycle = quarter_cycle(world)
    report = _at_the_leaders(world)
    counts = []
    for codes in (["DUK.02"], ["DUK.01", "DUK.02"]):
        on_their_way = Submission.objects.filter(cycle=cycle, unit__code__in=codes)
        on_their_way.update(state=SubmissionState.SUBMITTED, submitted_at=act_of(world, "clerk").now)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            found = changed_sources(report)
        assert found is not None
        assert len(found.units) == len(codes)
        counts.append(len(seen))
    assert counts[1] <= counts[0]
