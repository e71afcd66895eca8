"""A module holds one idea and a function fits a screen; what is longer is named here with its reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULE_LINES = 400
FUNCTION_LINES = 60

# Path -> why it may be longer. A reason that is no longer needed fails.
_TABLE = "one table with a row for each way of writing: cutting it would hide what is missing"
LONG_MODULES: dict[str, str] = {
    "tests/reader/test_citations.py": _TABLE,
    "tests/writer/test_sentences.py": _TABLE,
}
# "path::function" -> why it may be longer.
LONG_FUNCTIONS: dict[str, str] = {}


def _modules() -> Iterator[tuple[str, str]]:
    for folder in ("src", "tests", "bench", "corpus", "fuzz", "scripts"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def _functions(text: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield node.name, node.end_lineno - node.lineno + 1


def test_modules_are_short() -> None:
    long = {name: text.count("\n") for name, text in _modules() if text.count("\n") > MODULE_LINES}
    unnamed = {name: lines for name, lines in long.items() if name not in LONG_MODULES}
    assert not unnamed, f"over {MODULE_LINES} lines: cut them, or name the reason in LONG_MODULES"
    stale = sorted(LONG_MODULES.keys() - long.keys())
    assert not stale, "stale reasons in LONG_MODULES"


def test_functions_fit_a_screen() -> None:
    long = {
        f"{name}::{function}": lines
        for name, text in _modules()
        for function, lines in _functions(text)
        if lines > FUNCTION_LINES
    }
    unnamed = {name: lines for name, lines in long.items() if name not in LONG_FUNCTIONS}
    assert not unnamed, f"over {FUNCTION_LINES} lines: cut them, or name the reason in LONG_FUNCTIONS"
    stale = sorted(LONG_FUNCTIONS.keys() - long.keys())
    assert not stale, "stale reasons in LONG_FUNCTIONS"


def test_nothing_is_left_for_later() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "X" * 3 + ":")
    found = [f"{name}: {mark}" for name, text in _modules() for mark in marks if mark in text]
    assert not found, "finish it or describe it where work is planned"
