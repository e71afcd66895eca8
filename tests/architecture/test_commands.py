"""Every command helps in Vietnamese with an example of itself, explains its options and is documented.

The examples are run by ``tests/docs/test_examples.py``: so every command is run by a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from scripts.write_docs import PAGES, command_leaves

from giaoban.cli._main import COMMANDS, giaoban

ROOT = Path(__file__).parents[2]


# click's own words; what people read is Vietnamese.
_ENGLISH = ("Usage:", "Options:", "Show this", "[default", "[required]", "[OPTIONS]")


def _leaves(name: str) -> Iterator[tuple[list[str], click.Command]]:
    """The commands under one name of the group, each with the words behind ``giaoban`` that call it."""
    command = giaoban.get_command(click.Context(giaoban, info_name="giaoban"), name)
    assert command is not None
    if isinstance(command, click.Group):
        yield from ((path.split(" "), leaf) for path, leaf in command_leaves(command, name))
    else:
        yield [name], command


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example(name: str) -> None:
    for words, _ in _leaves(name):
        result = CliRunner().invoke(giaoban, [*words, "--help"])
        assert result.exit_code == 0, result.output
        assert "Ví dụ" in result.output, words
        assert not [english for english in _ENGLISH if english in result.output]
        example = re.sub(r"\s+", " ", result.output.split("Ví dụ", 1)[1])
        assert f"giaoban {' '.join(words)}" in example, "the example shows another command"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    for words, command in _leaves(name):
        options = [item for item in command.params if isinstance(item, click.Option)]
        assert not [item.name for item in options if not item.help], words


@pytest.mark.parametrize("page", PAGES)
def test_generated_pages_are_fresh(page: str) -> None:
    assert (ROOT / page).read_text(encoding="utf-8") == PAGES[page](), "write it anew with `make docs`"
