"""What was frozen is read again as it was; what was corrected since shows as an adjustment; damage is found."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.apps.reporting.cycles.office import QUARTER, act_of, of, quarter_cycle, sent
from tests.cli.test_figures import figures, run

from giaoban.apps.members.models import MemberEntry, MemberEvent
from giaoban.apps.members.operations import EntryDraft, record_member_entries, void_entry
from giaoban.apps.reporting import integrity
from giaoban.apps.reporting.models import Cycle, Snapshot
from giaoban.apps.reporting.operations.cycles import accept, open_due_cycles, reopen
from giaoban.apps.reporting.queries.snapshots import adjustments

if TYPE_CHECKING:
    from tests.world import World


@pytest.fixture
def cycle(world: World) -> Cycle:
    made = quarter_cycle(world)
    accept(act=act_of(world, "stranger"), submissions=[sent(world, made, "DUK.01.02", gifts="3")])
    return made


def _frozen(cycle: Cycle) -> Snapshot:
    found = of(cycle, "DUK.01.02").snapshot
    assert found is not None
    return found


def _take_back_the_death(world: World) -> None:
    entry = MemberEntry.objects.live().get(kind=MemberEvent.DIED, unit__code="DUK.01.02")
    void_entry(act=world.act("clerk"), entry=entry)


def test_an_entry_corrected_after_acceptance_shows_as_an_adjustment(world: World, cycle: Cycle) -> None:
    assert adjustments(_frozen(cycle)) == ()
    _take_back_the_death(world)
    [total] = adjustments(_frozen(cycle))
    assert total.measure.key == "members.total"
    assert total.now == (total.frozen or 0) + 1
    assert [(one.unit, one.number) for one in total.came] == [("DUK.01.02", 1)]
    assert total.came[0].line is not None
    assert total.came[0].line.subject == "Vũ Ngọc Lâm"
    assert total.went == ()
    assert _frozen(cycle).figures["members.total"]["value"] == total.frozen, "what was accepted stays"


def test_a_late_entry_shows_with_its_line(world: World, cycle: Cycle) -> None:
    draft = EntryDraft(world.members["oanh"], MemberEvent.DIED, QUARTER.window.last_day, world.units["DUK.01.02"])
    record_member_entries(act=world.act("clerk"), drafts=[draft])
    [total] = adjustments(_frozen(cycle))
    assert total.measure.key == "members.total"
    assert len(total.went) == 1
    reopen(act=act_of(world, "stranger"), submission=of(cycle, "DUK.01.02"), reason="Có điều chỉnh")
    accept(act=act_of(world, "stranger"), submissions=[sent(world, cycle, "DUK.01.02")])
    assert adjustments(_frozen(cycle)) == (), "the new edition says what is so now"


def test_figures_as_of_a_snapshot(world: World, cycle: Cycle, capsys: pytest.CaptureFixture[str]) -> None:
    _take_back_the_death(world)
    uid = str(_frozen(cycle).uid)
    place = ("--unit", "DUK.01.02", "--period", "2023-Q1")
    then = figures(capsys, *place, "--as-of", uid)
    assert then["as_of"] == uid
    assert set(then["figures"]) == set(_frozen(cycle).figures)
    assert then["figures"]["members.total"] == _frozen(cycle).figures["members.total"]
    now = figures(capsys, *place, "--measure", "members.total")
    assert now["figures"]["members.total"]["value"] == then["figures"]["members.total"]["value"] + 1
    status, out, _ = run(capsys, "figures", *place, "--as-of", uid, "--explain", "members.admitted", "--format", "json")
    assert (status, [line["number"] for line in json.loads(out)["lines"]]) == (0, [1])
    status, out, _ = run(capsys, "figures", *place, "--as-of", uid, "--by", "child")
    assert (status, "Chi bộ Thanh tra" in out) == (0, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--as-of", "khong-co"), "Không có bản chốt mang mã «khong-co»"),
        (("--as-of", "{uid}", "--unit", "DUK"), "của DUK"),
        (("--as-of", "{uid}", "--measure", "members.died"), "Bản chốt không có members.died"),
        (("--as-of", "{uid}", "--by", "month"), "không giữ số liệu tách theo month"),
        (("--as-of", "{uid}", "--tree", "today"), "cây tổ chức của ngày chốt"),
        (("--as-of", "{uid}", "--explain", "members.died"), "Bản chốt không có members.died"),
    ],
)
def test_what_a_snapshot_cannot_say(
    world: World, cycle: Cycle, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], words: str
) -> None:
    wanted = [option.format(uid=_frozen(cycle).uid) for option in options]
    status, out, err = run(capsys, "figures", "--unit", "DUK.01.02", "--period", "2023-Q1", *wanted)
    assert (status, out) == (2, "")
    assert words in err


def _check(name: str) -> list[str]:
    [found] = [one for one in integrity.CHECKS if name in one.name]
    return list(found.rows())


def test_verify_finds_what_was_tampered_with_and_broken_editions(world: World, cycle: Cycle) -> None:
    assert _check("còn nguyên") == _check("nối tiếp") == []
    row = _frozen(cycle)
    again = {field.attname: getattr(row, field.attname) for field in Snapshot._meta.concrete_fields}
    del again["id"], again["uid"]
    figures_then = {**row.figures, "members.total": {**row.figures["members.total"], "value": 99}}
    Snapshot.objects.create(**again | {"figures": figures_then, "edition": 3, "taken_at": row.taken_at + timedelta(1)})
    [changed] = _check("còn nguyên")
    assert changed.startswith("DUK.01.02 2023-Q1, bản 3")
    assert _check("nối tiếp") == ["DUK.01.02 2023-Q1: bản 3 không nói thay bản nào"]


def test_the_command_opens_what_is_due_and_lists(
    world: World, cycle: Cycle, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "cycles", "open", "--as", "lan")
    # By the clock of this machine the quarter of the small world is long over.
    assert (status, err) == (0, "")
    assert "báo cáo đổi theo cây tổ chức" in out
    again = open_due_cycles(act=act_of(world, "clerk", "2023-04-07 06:00"))
    assert (again.cycles, again.followed) == ((), 0)
    status, out, _ = run(capsys, "cycles", "list", "--period", "2023-Q1", "--unit", "DUK.01", "--format", "json")
    rows = [row for row in json.loads(out) if row["unit"] == "DUK.01.02"]
    assert [(row["state"], row["edition"], row["snapshot"]) for row in rows] == [
        ("accepted", 1, str(_frozen(cycle).uid))
    ]
    status, out, _ = run(capsys, "cycles", "list", "--period", "2023-Q1")
    assert "quarter\t2023-Q1\tDUK.02\tnew" in out
    assert run(capsys, "cycles", "list", "--unit", "KHONG")[0] == 2
