"""Operations: one shape for all of them, and a test for each."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
APPS = ROOT / "src" / "giaoban" / "apps"

# What stands at the door of the operations without being one, each with its reason.
NOT_OPERATIONS = {
    "organizations.before_unit_ends": "apps above register a check here when the program starts",
    "organizations.follow_unit_acts": "apps above register here what follows from acts",
    "organizations.watch_tree": "apps above register here what has to follow the tree at once",
}
# Operations that take no `act`, each with its reason.
WITHOUT_ACT = {
    "audit.seal": "run by the machine in batches, not by a person",
    "organizations.begin_office": "nobody is there yet: it makes the first person",
    "accounts.set_password_with_code": "nobody is signed in yet: the code stands for the person",
}
# Operations whose arguments may be positional, each with its reason.
POSITIONAL = {"audit.write_trail": "called in every operation; act and happenings cannot be mixed up: the types differ"}
# Operations that no test has to name, each with its reason.
UNTESTED: dict[str, str] = {}


def _operations() -> Iterator[tuple[str, Callable[..., Any]]]:
    for folder in sorted(APPS.iterdir()):
        if not ((folder / "operations").is_dir() or (folder / "operations.py").is_file()):
            continue
        module = importlib.import_module(f"giaoban.apps.{folder.name}.operations")
        for name in module.__all__:
            found = getattr(module, name)
            if inspect.isfunction(found) and f"{folder.name}.{name}" not in NOT_OPERATIONS:
                yield f"{folder.name}.{name}", found


OPERATIONS = dict(_operations())


@pytest.mark.parametrize("name", OPERATIONS)
def test_arguments_have_names(name: str) -> None:
    parameters = inspect.signature(OPERATIONS[name]).parameters.values()
    loose = [item.name for item in parameters if item.kind is not item.KEYWORD_ONLY]
    if name in POSITIONAL:
        assert loose, "a stale reason in POSITIONAL"
    else:
        assert not loose


@pytest.mark.parametrize("name", OPERATIONS)
def test_somebody_acts(name: str) -> None:
    has_act = "act" in inspect.signature(OPERATIONS[name]).parameters
    if name in WITHOUT_ACT:
        assert not has_act, "a stale reason in WITHOUT_ACT"
    else:
        assert has_act


@pytest.mark.parametrize("name", OPERATIONS)
def test_it_says_what_it_will_do(name: str) -> None:
    assert (OPERATIONS[name].__doc__ or "").startswith("This function will ")


def test_every_operation_is_named_by_a_test() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py") if "architecture" not in path.parts
    )
    words = set(re.findall(r"\w+", text))
    unnamed = {name for name in OPERATIONS if name.split(".")[1] not in words}
    missing, stale = sorted(unnamed - UNTESTED.keys()), sorted(UNTESTED.keys() - unnamed)
    assert not missing, "write a test for each"
    assert not stale, "stale reasons in UNTESTED"


def test_reasons_are_not_stale() -> None:
    for name in NOT_OPERATIONS:
        app, function = name.split(".")
        assert function in importlib.import_module(f"giaoban.apps.{app}.operations").__all__, name
    stale = sorted((WITHOUT_ACT.keys() | POSITIONAL.keys() | UNTESTED.keys()) - OPERATIONS.keys())
    assert not stale
