"""Many acceptances at once block nobody; a process that is killed while freezing leaves nothing half."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from tests.apps.reporting.cycles.office import QUARTER, act_of, at, of, quarter_cycle, sent
from tests.world import build_world

from giaoban.apps.organizations.models import UnitEvent
from giaoban.apps.organizations.operations import TreeDraft, record_tree_events
from giaoban.apps.reporting.models import Snapshot, Submission, SubmissionState, ValueEntry
from giaoban.apps.reporting.operations.cycles import accept, accepting
from giaoban.core.errors import Conflict, GiaobanError

if TYPE_CHECKING:
    from tests.world import World

CELLS, PEOPLE, CROWD = 40, 6, 100


def _waiting(world: World, count: int) -> list[Submission]:
    """Many cells whose reports are on their way."""
    drafts = [
        TreeDraft(
            UnitEvent.ESTABLISHED, QUARTER.start, f"DUK.01.{number}", parent="DUK.01", name=f"Chi bộ {number}",
            unit_kind="cell",
        )
        for number in range(10, 10 + count)
    ]  # fmt: skip
    record_tree_events(act=world.act("clerk"), drafts=drafts)
    cycle = quarter_cycle(world, kinds=("cell",))
    typed = {"value": "5", "mark": "", "version": 1, "by": "Bùi Văn Thọ", "by_id": 1, "at": "2023-04-05T09:00:00+07:00"}
    Submission.objects.filter(cycle=cycle).update(
        state=SubmissionState.SUBMITTED, submitted_at=at("2023-04-05 09:00"), draft={"people": typed, "gifts": typed}
    )
    return list(Submission.objects.filter(cycle=cycle).order_by("pk"))


@pytest.mark.django_db(transaction=True)
def test_many_people_accept_the_same_reports_at_once() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's writers are one after another")
    world = build_world()
    rows = _waiting(world, CELLS)
    start = threading.Barrier(PEOPLE)
    told: list[GiaobanError] = []
    broken: list[Exception] = []
    accepted: list[int] = []

    def person(own: Sequence[Submission]) -> None:
        start.wait(timeout=60)
        try:
            for number in range(0, len(own), 7):
                try:
                    done = accept(act=act_of(world, "clerk"), submissions=own[number : number + 7])
                    accepted.extend(row.pk for row in done)
                except Conflict as error:
                    told.append(error)
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    # Each begins elsewhere and goes the other way round: whoever locked in the order given would wait crosswise.
    orders = [rows[number * 5 :] + rows[: number * 5] for number in range(PEOPLE)]
    orders = [list(reversed(own)) if number % 2 else own for number, own in enumerate(orders)]
    people = [threading.Thread(target=person, args=(own,)) for own in orders]
    for one in people:
        one.start()
    for one in people:
        one.join(timeout=240)
    assert broken == []
    assert told, "several wanted the same reports"
    assert len(accepted) == len(set(accepted)), "each was accepted once"
    assert Snapshot.objects.count() == len(accepted)
    assert Submission.objects.filter(state=SubmissionState.ACCEPTED, edition=1).count() == len(accepted)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_people_accept_a_report_each_at_once() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's writers are one after another")
    world = build_world()
    rows = _waiting(world, CROWD)[:CROWD]
    broken: list[Exception] = []
    # A person at a computer is a connection: the server lets in as many as its settings allow.
    server, start = threading.Semaphore(40), threading.Barrier(len(rows))

    def person(row: Submission) -> None:
        start.wait(timeout=60)
        with server:
            try:
                accept(act=act_of(world, "clerk"), submissions=[row])
            except Exception as error:
                broken.append(error)
            finally:
                connection.close()

    people = [threading.Thread(target=person, args=(row,)) for row in rows]
    for one in people:
        one.start()
    for one in people:
        one.join(timeout=240)
    assert broken == []
    assert Submission.objects.filter(state=SubmissionState.ACCEPTED, edition=1).count() == len(rows)
    assert Snapshot.objects.count() == len(rows)


@pytest.mark.django_db
def test_what_breaks_while_freezing_leaves_nothing_half(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cycle = quarter_cycle(world)
    rows = [sent(world, cycle, code, gifts="3") for code in ("DUK.01.01", "DUK.02")]

    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(accepting, "record_steps", broken)
    with pytest.raises(KeyboardInterrupt):
        accept(act=act_of(world, "clerk"), submissions=rows)
    assert Snapshot.objects.count() == ValueEntry.objects.count() == 0
    assert {of(cycle, row.unit.code).state for row in rows} == {SubmissionState.SUBMITTED}
    monkeypatch.undo()
    accept(act=act_of(world, "clerk"), submissions=rows)
    assert Snapshot.objects.count() == 2


# Another package of this name may be installed: it would be found first.
_TESTS = """
import sys, types
sys.modules["tests"] = types.ModuleType("tests")
sys.modules["tests"].__path__ = ["tests"]
"""
_KILLED = """
import os, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.apps.reporting.cycles.office import act_of, quarter_cycle, sent
from tests.world import build_world
from giaoban.apps.reporting.operations.cycles import accept, accepting
world = build_world()
cycle = quarter_cycle(world)
row = sent(world, cycle, "DUK.02", gifts="3")
accepting.record_steps = lambda *_, **__: os._exit(9)
accept(act=act_of(world, "clerk"), submissions=[row])
"""
_AFTERWARDS = """
import django
django.setup()
from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import Act
from giaoban.apps.reporting.models import Snapshot, Submission, ValueEntry
from giaoban.apps.reporting.operations.cycles import accept
from tests.world import NOW
row = Submission.objects.get(unit__code="DUK.02")
print(row.state, row.draft["gifts"]["value"], Snapshot.objects.count(), ValueEntry.objects.count())
accept(act=Act(User.objects.get(username="lan"), NOW), submissions=[row])
print(Submission.objects.get(unit__code="DUK.02").state, Snapshot.objects.count(), ValueEntry.objects.count())
"""


@pytest.mark.long
def test_a_process_that_is_killed_while_freezing(tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PYTEST_XDIST_WORKER")}
    env |= {"GIAOBAN_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "giaoban.site.settings"}
    root = Path(__file__).parents[4]

    def run(code: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", _TESTS + code]
        return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, timeout=180, check=False)

    killed = run(_KILLED)
    assert killed.returncode == 9, killed.stderr
    after = run(_AFTERWARDS)
    assert after.stdout.split("\n")[:2] == ["submitted 3 0 0", "accepted 1 2"], after.stderr
