"""The notice on the screen and from the command line: the same words in the same order, without being told a day."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.test import Client
from tests.cli.test_figures import run
from tests.web.conferences.examples import example_conference

from giaoban.apps.meetings.operations import hold_conference

if TYPE_CHECKING:
    import pytest
    from tests.world import World


def words_of(text: str) -> list[str]:
    return re.sub(r"[*#\\>_|]|---+|<!--.*?-->", " ", text).split()


def test_screen_and_command_write_the_same(
    world: World, as_: Callable[[str], Client], capsys: pytest.CaptureFixture[str]
) -> None:
    hold_conference(act=world.act("clerk"), conference=example_conference(world))
    page = as_("clerk").get("/hoi-nghi/thong-bao/?don-vi=DUK&ky=2023-Q1").content.decode()
    shown = re.search(r'<article class="paper".*?</article>', page, re.DOTALL)
    assert shown is not None
    _, printed, _ = run(capsys, "notice", "briefing", "--unit", "DUK", "--period", "2023-Q1", "--format", "md")
    on_screen = words_of(html.unescape(re.sub("<[^>]+>", " ", shown[0])))
    assert len(on_screen) > 100
    assert on_screen == words_of(printed)
