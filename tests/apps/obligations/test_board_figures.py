"""The counts under a board are figures: the same number, and it opens into what it counts."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.apps.obligations.standing_office import FakeSource, make_duty

from giaoban.apps.obligations import evidence
from giaoban.apps.obligations.duties import Progress
from giaoban.apps.obligations.evidence import register_evidence
from giaoban.apps.obligations.queries.board import board
from giaoban.apps.organizations.models import UnitEvent
from giaoban.apps.organizations.operations import TreeDraft, record_tree_events
from giaoban.apps.reporting.queries.board import board_figures, cluster_rates
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure
from giaoban.apps.reporting.queries.notice_lists import notice_lists
from giaoban.cli import main
from giaoban.core.period import Period
from giaoban.figures import FigureRequest, Parts

if TYPE_CHECKING:
    from tests.world import World

QUARTER = Period.parse("2023-Q1")
LATER = date(2024, 1, 1)


@pytest.fixture
def duties(world: World, monkeypatch: pytest.MonkeyPatch) -> FakeSource:
    monkeypatch.setattr(evidence, "_sources", {})
    source = FakeSource()
    register_evidence(source)
    make_duty(world)
    make_duty(world, "committee", kinds=["grassroots_committee"])
    units = world.units
    for unit, month, day in (
        ("DUK.01.01", 1, date(2023, 1, 20)),
        ("DUK.01.01", 2, date(2023, 3, 20)),
        ("DUK.01.01", 3, date(2023, 4, 20)),
        ("DUK.02", 1, date(2023, 1, 20)),
        ("DUK.02", 3, date(2023, 3, 20)),
        ("DUK.01", 2, date(2023, 2, 20)),
    ):
        source.tell(units[unit].pk, date(2023, month, 7), day, text=f"{unit} {month}")
    source.tell(units["DUK.01.02"].pk, date(2023, 2, 7), date(2023, 2, 7), Progress.PARTIAL)
    return source


def value(key: str, unit: str = "DUK", period: Period = QUARTER, *, today: date | None = None) -> Any:
    return compute_figures([FigureRequest(f"obligations.{key}", unit, period)], today=today)[0]


def test_numbers(world: World, duties: FakeSource) -> None:
    assert [value(key).value for key in ("expected", "done", "on_time", "missing")] == [12, 5, 4, 7]
    assert value("expected").breakdown == {"committee": 3, "schedule": 9}
    assert value("expected").children == {"DUK.01": 9, "DUK.02": 3}
    assert value("missing").breakdowns["status"] == {"missing": 6, "partial": 1}
    assert [value(key).expected for key in ("done", "on_time", "missing")] == [12, 12, None]
    assert value("done", "DUK.02").expected == 3
    assert (value("rate").value, value("rate_on_time").value) == (41.7, 33.3)
    assert value("rate", "DUK.02").value == 66.7
    assert value("done", period=Period.parse("2023-H1")).value == 6, "one that was due in March came in April"


def test_they_open(world: World, duties: FakeSource) -> None:
    found = explain_figure(FigureRequest("obligations.missing", "DUK.01", QUARTER))
    assert found.value == len(found.lines) == 6
    line = found.lines[0]
    assert (line.unit, line.subject, line.kind) == (
        "DUK.01",
        "Đăng ký lịch sinh hoạt, tháng 1/2023",
        "quá hạn, chưa làm",
    )
    assert explain_figure(FigureRequest("obligations.rate", "DUK", QUARTER)).value == 41.7


def test_what_is_late_counts_when_it_was_done(world: World, duties: FakeSource) -> None:
    january = Period.parse("2023-M01")
    february = Period.parse("2023-M02")
    assert value("done", period=february).value == 1, "the schedule of February came in March"
    assert value("done").breakdown == {"committee": 1, "schedule": 4}
    [year] = compute_figures(
        [FigureRequest("obligations.done", "DUK", Period.parse("2023"))], parts=Parts(cumulative=True, previous=True)
    )
    assert year.value == 6, "the one of March came in April"
    assert value("done", period=january).previous in (0, None)


@pytest.mark.parametrize("as_of", [None, date(2023, 2, 10), date(2023, 6, 1)])
def test_the_board_says_the_same(world: World, duties: FakeSource, as_of: date | None) -> None:
    record_tree_events(
        act=world.act("clerk", at_console=True),
        drafts=[
            TreeDraft(
                UnitEvent.ESTABLISHED, date(2023, 2, 1), "DUK.03", parent="DUK", name="Chi bộ Mới",
                unit_kind="grassroots_cell",
            )
        ],
    )  # fmt: skip
    found = board(None, world.units["DUK"], QUARTER, today=LATER, as_of=as_of)
    rates = board_figures(found, LATER)
    counted: dict[str, Counter[str]] = {}
    for column in found.columns:
        turns = counted[column.code] = Counter()
        for cell in column.cells.values():
            turns.update(expected=cell.turns, done=cell.turns_done, on_time=cell.turns_on_time)
        one = rates.by_duty[column.code]
        assert (one.expected, one.done, one.on_time) == (turns["expected"], turns["done"], turns["on_time"])
        assert one.missing == turns["expected"] - turns["done"]
    assert rates.total.expected == sum(turns["expected"] for turns in counted.values())
    if as_of is None:
        for key in ("expected", "done", "on_time", "missing"):
            assert getattr(rates.total, key) == value(key).value


# On 10 February only January is due, on the day itself there is still time: the last of a month counts from the next.
@pytest.mark.parametrize(
    ("today", "expected", "done", "in_time", "rate"),
    [
        (date(2023, 1, 31), 0, 0, 0, None),
        (date(2023, 2, 10), 4, 2, 2, 50.0),
        (date(2023, 2, 28), 4, 2, 2, 50.0),
        (date(2023, 3, 1), 8, 3, 3, 37.5),
        (date(2023, 3, 31), 8, 4, 3, 50.0),
        (date(2023, 4, 1), 12, 5, 4, 41.7),
    ],
)
def test_of_a_running_period_what_is_due_counts_everywhere_alike(
    world: World, duties: FakeSource, today: date, expected: int, done: int, in_time: int, rate: float | None
) -> None:
    duties.tell(world.units["DUK.02"].pk, date(2023, 3, 7), date(2023, 1, 10), text="làm sớm")
    found = board(None, world.units["DUK"], QUARTER, today=today)
    total = board_figures(found, today).total
    assert (total.expected, total.done, total.on_time, total.rate) == (expected, done, in_time, rate)
    assert [value(key, today=today).value for key in ("expected", "done", "on_time")] == [expected, done, in_time]
    assert value("rate", today=today).value == rate
    assert value("missing", today=today).value == expected - done
    clusters = cluster_rates(found)
    assert sum(counts[code].expected or 0 for counts in clusters.values() for code in counts) == expected
    assert sum(counts[code].done or 0 for counts in clusters.values() for code in counts) == done
    said = explain_figure(FigureRequest("obligations.missing", "DUK", QUARTER), today=today)
    assert said.value == len(said.lines) == expected - done


def test_a_paper_blames_nobody_for_what_is_not_due(world: World, duties: FakeSource) -> None:
    def listed(today: date) -> set[tuple[str, str, int, int]]:
        found = board(None, world.units["DUK"], QUARTER, today=today, due_only=True)
        lists = notice_lists(found)
        return {(one.obligation, unit.code, unit.undone, unit.expected) for one in lists for unit in one.units}

    january = {("schedule", "DUK.01", 1, 2), ("committee", "DUK.01", 1, 1)}
    assert listed(date(2023, 1, 31)) == set()
    assert listed(date(2023, 2, 10)) == january, "DUK.02 did January, and nobody has to have done more"
    assert ("schedule", "DUK.02", 1, 1) in listed(date(2023, 3, 1)), "it registered nothing for February"


def test_a_cell_says_what_is_due(world: World, duties: FakeSource) -> None:
    def cell(unit: str, today: date) -> tuple[str, int, int]:
        found = board(None, world.units["DUK"], QUARTER, today=today)
        [column] = [column for column in found.columns if column.code == "schedule"]
        cell = column.cell(world.units[unit].pk)
        return cell.status.value, cell.done, cell.expected

    assert cell("DUK.02", date(2023, 1, 5)) == ("not_due", 0, 1)
    assert cell("DUK.02", date(2023, 2, 10)) == ("on_time", 1, 1), "March waits, January is done"
    assert cell("DUK.02", date(2023, 3, 1)) == ("missing", 0, 1)
    assert cell("DUK.01", date(2023, 2, 10)) == ("missing", 1, 2)
    duties.tell(world.units["DUK.02"].pk, date(2023, 2, 7), date(2023, 1, 3))
    duties.tell(world.units["DUK.02"].pk, date(2023, 1, 7), date(2023, 1, 3))
    duties.tell(world.units["DUK.02"].pk, date(2023, 3, 7), date(2023, 1, 3))
    assert cell("DUK.02", date(2023, 1, 5)) == ("on_time", 1, 1), "it has done all of the quarter already"


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["board", *argv])
    told = capsys.readouterr()
    return int(left.value.code or 0), told.out, told.err


def test_board_command(world: World, duties: FakeSource, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "--unit", "DUK", "--period", "2023-Q1", "--format", "json")
    assert (status, err) == (0, "")
    found = {column["obligation"]: column for column in json.loads(out)}
    assert found.keys() == {"schedule", "committee"}
    schedule = found["schedule"]
    assert list(schedule)[:5] == ["obligation", "title", "due_from", "due_to", "units"]
    assert (schedule["due_from"], schedule["due_to"]) == ("2023-01-31", "2023-03-31")
    assert list(schedule["units"][0]) == ["code", "name", "status", "done", "expected", "reason", "evidence"]
    assert schedule["figures"] == {
        "expected": 9, "done": 4, "on_time": 3, "missing": 5, "rate": 44.4, "rate_on_time": 33.3,
    }  # fmt: skip
    assert schedule["clusters"] == [{"name": "Cụm số 1"} | schedule["figures"]], "all units stand in one cluster"
    later = json.loads(
        run(capsys, "--unit", "DUK", "--period", "2023-M03", "--as-of", "2023-04-30", "--format", "json")[1]
    )
    assert later[1]["units"][1]["status"] == "on_time"
    opened = run(capsys, "--unit", "DUK", "--period", "2023-M03", "--open", "--format", "json")[1]
    assert min(column["due_from"] for column in json.loads(opened)) == "2023-01-31"


def test_board_as_a_table(world: World, duties: FakeSource, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--unit", "DUK", "--period", "2023-Q1")
    assert status == 0
    assert "0/2 quá hạn, chưa làm" in out
    assert "4/9" in out
    assert "44,4" in out
    rows = [[cell.strip() for cell in line.split("│")[1:]] for line in out.splitlines() if line.startswith("│")]
    counts = [row[1:3] for row in rows if "đã làm / đã đến hạn" in row[0]]
    assert [row[0] for row in rows if "đã làm / đã đến hạn" in row[0]] == [
        "Cộng Cụm số 1: đã làm / đã đến hạn (lượt)",
        "Cả DUK: đã làm / đã đến hạn (lượt)",
    ]
    assert counts == [["1/3", "4/9"], ["1/3", "4/9"]]
    assert "Không có việc nào đến hạn" in run(capsys, "--unit", "XA", "--period", "2023-Q1")[1]


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--unit", "NO", "--period", "2023-Q1"), "NO"),
        (("--unit", "DUK", "--period", "2023-X"), "2023-X"),
        (("--unit", "DUK", "--period", "2023-Q1", "--as-of", "31/03/2023"), "năm-tháng-ngày"),
    ],
)
def test_refusals(world: World, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], words: str) -> None:
    status, out, err = run(capsys, *argv)
    assert (status, out) == (2, "")
    assert words in err


def test_cells_that_owe_a_schedule_stand_beside_those_that_registered(world: World) -> None:
    make_duty(world, evidence="meetings.schedule")
    make_duty(world, "cell-meeting", evidence="meetings.regular")
    [found] = compute_figures([FigureRequest("meetings.registered", "DUK", QUARTER)])
    assert (found.value, found.expected) == (0, 3), "each cell once, however many months"
    [due] = compute_figures([FigureRequest("meetings.registration_due", "DUK.01", QUARTER)])
    assert due.value == 2
