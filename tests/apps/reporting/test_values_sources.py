"""Where a number comes from: the dated switch between reports and a register, and an office's own measures."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from tests.apps.reporting.test_values import draft, figure, tell
from tests.world import World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.reporting.models import Cycle, ReportForm, Submission, SubmissionState, ValueTime
from giaoban.apps.reporting.operations import (
    OwnMeasureDraft,
    end_feed,
    end_own_measure,
    set_feed,
    set_own_measure,
)
from giaoban.apps.reporting.queries.figures import catalogue, compute_figures, explain_figure
from giaoban.apps.reporting.queries.value_sheet import value_sheet
from giaoban.apps.reporting.queries.values import known_at
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period
from giaoban.figures import ALL_PARTS, Coverage, FigureRequest, total_of
from giaoban.figures.invariants import balance_requests, members_balance

ADMITTED = "members.admitted"
JANUARY, FEBRUARY, MARCH = Period.parse("2023-Q1").months()


def test_until_the_switch_reports_count_and_from_it_on_the_register(world: World) -> None:
    """The register of DUK holds one admission on 10/01 and one on 26/03."""
    feed = set_feed(act=world.act("clerk"), unit=world.units["DUK.01"], measure=ADMITTED, start=date(2023, 1, 1))
    assert figure(ADMITTED).value == 0, "DUK.02 keeps the register; nobody at DUK.01 is expected yet"
    tell(world, draft(world, 4, unit="DUK.01", measure=ADMITTED, period=JANUARY))
    found = figure(ADMITTED, period=JANUARY)
    assert (found.value, found.coverage) == (4, Coverage(3, 3))
    assert dict(found.children) == {"DUK.01": 4, "DUK.02": 0}
    tell(world, draft(world, 1, unit="DUK.01", measure=ADMITTED, period=FEBRUARY))
    end_feed(act=world.act("clerk"), feed=feed.uid, end=date(2023, 3, 1))
    quarter = figure(ADMITTED)
    assert (quarter.value, quarter.cumulative) == (6, 6), "4 and 1 reported, 1 from the register in March"
    assert figure(ADMITTED, period=MARCH).value == 1
    lines = explain_figure(quarter.request).lines
    assert [line.number for line in lines] == [1, 4, 1]
    assert total_of(lines) == 6
    with pytest.raises(InvalidInput, match="lấy từ sổ"):
        tell(world, draft(world, 1, unit="DUK.01", measure=ADMITTED, period=MARCH))
    with pytest.raises(InvalidInput, match="lấy từ sổ"):
        tell(world, draft(world, 1, unit="DUK.02", measure=ADMITTED, period=FEBRUARY))
    actions = AuditRow.objects.filter(action__startswith="reporting.feed").values_list("action", flat=True)
    assert list(actions) == ["reporting.feed_set", "reporting.feed_ended"]


def test_a_stock_is_fed_by_its_last_day(world: World) -> None:
    unit = world.units["DUK.02"]
    set_feed(act=world.act("clerk"), unit=unit, measure="members.total", start=date(2023, 1, 1), end=date(2023, 3, 1))
    tell(world, draft(world, 90, unit="DUK.02", measure="members.total", period=JANUARY))
    assert figure("members.total", "DUK.02", JANUARY).value == 90
    assert figure("members.total", "DUK.02", FEBRUARY).value is None, "nobody said"
    assert figure("members.total", "DUK.02", MARCH).value == figure("members.total", "DUK").children["DUK.02"] == 5


def test_a_number_across_the_switch_is_not_known(world: World) -> None:
    set_feed(act=world.act("clerk"), unit=world.units["DUK"], measure=ADMITTED, start=date(2023, 1, 1))
    tell(world, draft(world, 9, measure=ADMITTED))
    assert figure(ADMITTED).value == 9
    [feed] = world.units["DUK"].value_feeds.all()
    end_feed(act=world.act("clerk"), feed=feed.uid, end=date(2023, 3, 1))
    found = figure(ADMITTED)
    # What DUK told reaches over the switch; its units keep the register from March on.
    assert found.value == 1
    assert found.coverage.reported < found.coverage.expected


@pytest.mark.parametrize(
    ("measure", "message"),
    [
        ("welfare.gifts", "chưa có sổ"),
        ("members.admission_rate", "tính từ số khác"),
        ("obligations.missing", "tính từ số khác"),
        ("meetings.registration_due", "tính từ số khác"),
    ],
)
def test_what_cannot_be_switched(world: World, measure: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        set_feed(act=world.act("clerk"), unit=world.units["DUK"], measure=measure, start=date(2023, 1, 1))


def test_what_is_counted_once_is_told_for_each_days_anew(world: World) -> None:
    """A month's, a quarter's and a half year's number stand side by side: none is the sum of the others."""
    act, unit, key = world.act("clerk"), world.units["DUK"], "committee.working_sessions"
    set_feed(act=act, unit=unit, measure=key, start=date(2023, 1, 1))
    half = Period.parse("2023-H1")
    assert figure(key).value is None
    assert figure(key).coverage == Coverage(1, 0)
    tell(world, draft(world, 3, measure=key, period=JANUARY), draft(world, 5, measure=key))
    tell(world, draft(world, 9, measure=key, period=half))
    assert [figure(key, period=one).value for one in (JANUARY, FEBRUARY, Period.parse("2023-Q1"), half)] == [
        3,
        None,
        5,
        9,
    ]
    assert figure(key).cumulative == 5
    assert not [one for one in value_sheet(unit, Period.parse("2023-Q1")).groups if one.other_days]
    assert total_of(explain_figure(FigureRequest(key, "DUK", half)).lines) == 9
    with pytest.raises(Conflict, match="trùng một số ngày"):
        tell(world, draft(world, 1, measure="welfare.gifts", period=JANUARY), draft(world, 1, measure="welfare.gifts"))


def test_transfers_told_as_one_number_claim_no_balance(world: World) -> None:
    unit, key = world.units["DUK"], "members.transferred_in"
    set_feed(act=world.act("clerk"), unit=unit, measure=key, start=date(2023, 1, 1))
    tell(world, draft(world, 7, measure=key, period=JANUARY))
    assert figure(key, period=JANUARY).value == 7
    assert members_balance(compute_figures(balance_requests("DUK", JANUARY), parts=ALL_PARTS)) == []


def test_a_switch_is_set_once_and_ends_after_it_began(world: World) -> None:
    act, unit = world.act("clerk"), world.units["DUK"]
    feed = set_feed(act=act, unit=unit, measure=ADMITTED, start=date(2023, 1, 1))
    with pytest.raises(Conflict, match="01/01/2023"):
        set_feed(act=act, unit=unit, measure=ADMITTED, start=date(2022, 6, 1), end=date(2023, 2, 1))
    with pytest.raises(InvalidInput, match="không sau"):
        set_feed(act=act, unit=unit, measure=ADMITTED, start=date(2022, 6, 1), end=date(2022, 6, 1))
    with pytest.raises(InvalidInput, match="không sau"):
        end_feed(act=act, feed=feed.uid, end=date(2023, 1, 1))
    with pytest.raises(NotFound):
        end_feed(act=act, feed=uuid.uuid4(), end=date(2024, 1, 1))
    with pytest.raises(NotAllowed):
        set_feed(act=world.act("inspector"), unit=unit, measure="members.died", start=date(2023, 1, 1))


def test_an_office_asks_for_a_number_of_its_own(world: World) -> None:
    act = world.act("clerk")
    terms = OwnMeasureDraft("Hộ hiến đất", "hộ", date(2023, 1, 1))
    own = set_own_measure(act=act, owner=world.units["DUK"], draft=terms)
    assert own.key == "own.ho_hien_dat"
    assert own.key in catalogue()
    assert own.key in catalogue().keys
    assert [one.key for one in known_at(catalogue(), "DUK.01.01") if one.owner] == [own.key]
    assert not [one for one in known_at(catalogue(), "XA.01") if one.owner], "another office does not see it"
    tell(world, draft(world, 3, unit="DUK.01.01", measure=own.key), who="secretary")
    tell(world, draft(world, 2, unit="DUK.02", measure=own.key))
    assert figure(own.key).value == 5
    assert total_of(explain_figure(FigureRequest(own.key, "DUK", Period.parse("2023-Q1"))).lines) == 5
    with pytest.raises(InvalidInput, match="cơ quan khác"):
        tell(world, draft(world, 3, unit="XA.01", measure=own.key), who="outsider")
    with pytest.raises(Conflict, match="đã được dùng"):
        set_own_measure(act=world.act("outsider"), owner=world.units["XA"], draft=terms)
    stock = OwnMeasureDraft("Hộ hiến đất", "hộ", date(2023, 1, 1), ValueTime.STOCK, own.key)
    with pytest.raises(InvalidInput, match="Đã có số báo cáo"):
        set_own_measure(act=act, owner=world.units["DUK"], draft=stock)
    renamed = OwnMeasureDraft("Hộ hiến đất làm đường", "hộ", date(2023, 1, 1), key=own.key)
    set_own_measure(act=act, owner=world.units["DUK"], draft=renamed)
    assert catalogue()[own.key].label == "Hộ hiến đất làm đường"
    end_own_measure(act=act, key=own.key, end=date(2023, 4, 1))
    with pytest.raises(InvalidInput, match="không thu trong kỳ"):
        tell(world, draft(world, 3, measure=own.key, period=Period.parse("2023-M04")))
    assert figure(own.key).value == 5, "what was reported stays"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": " "}, "Tên số liệu"),
        ({"noun": ""}, "Đơn vị tính"),
        ({"key": "members.mine"}, "Khóa"),
        ({"time": "always"}, "cách tính"),
    ],
)
def test_an_own_measure_has_to_make_sense(world: World, change: dict[str, str], message: str) -> None:
    terms = {"label": "Hộ hiến đất", "noun": "hộ", **change}
    with pytest.raises(InvalidInput, match=message):
        set_own_measure(
            act=world.act("clerk"), owner=world.units["DUK"], draft=OwnMeasureDraft(start=date(2023, 1, 1), **terms)
        )
    with pytest.raises(NotFound):
        end_own_measure(act=world.act("clerk"), key="own.none", end=date(2023, 4, 1))


def test_who_has_a_form_that_asks_for_a_number_is_to_report_it(world: World) -> None:
    act = world.act("clerk")
    body = {"sections": [{"key": "s", "fields": [{"key": "f", "kind": "value", "measure": "welfare.gifts"}]}]}
    form = ReportForm.objects.create(
        owner=world.units["DUK"], code="q", rhythm="quarter", body=body, valid_from=date(2023, 1, 1),
        set_by=act.user, set_at=act.now,
    )  # fmt: skip
    times = {"opens_at": act.now, "due_at": act.now, "opened_by": act.user, "opened_at": act.now}
    cycle = Cycle.objects.create(owner=world.units["DUK"], form=form, period="2023-Q1", **times)
    for unit in ("DUK.01", "DUK.02"):
        Submission.objects.create(cycle=cycle, unit=world.units[unit], receiver=world.units["DUK"], due_at=act.now)
    tell(world, draft(world, 3, unit="DUK.01"))
    assert figure("welfare.gifts").coverage == Coverage(2, 1)
    Submission.objects.filter(unit=world.units["DUK.02"]).update(state=SubmissionState.RELEASED)
    assert figure("welfare.gifts").coverage == Coverage(1, 1)
    Cycle.objects.update(cancelled_at=act.now)
    assert figure("welfare.gifts", "DUK.02").coverage == Coverage(1, 0)
