"""`giaoban notice`: from the command line to a file and to the numbers in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.test_figures import run
from tests.web.conferences.examples import example_conference
from tests.world import World

from giaoban.apps.meetings.operations import hold_conference

ORDER = ("notice", "briefing", "--unit", "DUK", "--period", "2023-Q1", "--dated", "30/03/2023")


@pytest.fixture(autouse=True)
def briefing(world: World) -> None:
    hold_conference(act=world.act("clerk"), conference=example_conference(world))


def test_the_notice_is_written_and_its_numbers_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "tb.md"
    status, printed, told = run(capsys, *ORDER, "--out", str(out), "--format", "json")
    assert (status, "Đã ghi" in told) == (0, True)
    assert "Ý kiến chỉ đạo của Thường trực" in out.read_text(encoding="utf-8")
    found = json.loads(printed)
    assert found["type"] == "TB"
    assert all(number["measure"] for number in found["numbers"])
    status, printed, _ = run(capsys, "check", str(out))
    assert (status, printed) == (0, "")


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("notice", "briefing", "--unit", "NOPE", "--period", "2023-Q1", "--format", "md"), "«NOPE»"),
        (("notice", "briefing", "--unit", "DUK", "--period", "2023-Q1"), "Chưa rõ dạng ghi ra"),
        (("notice", "briefing", "--unit", "DUK", "--period", "2022-Q1", "--format", "md"), "chưa có hội nghị giao ban"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], words: str
) -> None:
    status, _, told = run(capsys, *argv)
    assert status == 2
    assert words in told
