"""Every regular expression of the reader and the checker: those that modules hold, and those written where they are
used.

Nothing is run but the expressions that make the patterns, so that what is found does not hang on any input.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

ROOMS = ("giaoban.reader", "giaoban.checker")
_CALLS = frozenset({"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
# Deeper in tables and values than this lies no pattern.
_DEEPEST = 3


def modules() -> Iterator[ModuleType]:
    """Yield the modules of both rooms."""
    for name in ROOMS:
        room = importlib.import_module(name)
        yield room
        for info in pkgutil.walk_packages(room.__path__, f"{name}."):
            yield importlib.import_module(info.name)


def all_patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns for text by module and name or line; of equal ones the first. Patterns for bytes (what a file
    really is) are left out."""
    found: dict[str, re.Pattern[str]] = {}
    known: set[tuple[str, int]] = set()
    for module in modules():
        for name, pattern in (*_held(module), *_written(module)):
            if isinstance(pattern.pattern, str) and (pattern.pattern, pattern.flags) not in known:
                known.add((pattern.pattern, pattern.flags))
                found[f"{module.__name__.removeprefix('giaoban.')}.{name}"] = pattern
    return found


def _held(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the patterns that stand in a module's names, also inside tables and values, or come from its cached
    functions without arguments."""
    for name, value in vars(module).items():
        if hasattr(value, "cache_info") and value.__module__ == module.__name__:
            value = None if inspect.signature(value).parameters else value()
        for number, pattern in enumerate(_inside(value)):
            yield f"{name}{f'[{number}]' if number else ''}", pattern


def _inside(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < _DEEPEST:
        if isinstance(value, Mapping):
            value = [*value.keys(), *value.values()]
        if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
            value = [getattr(value, name) for name in value.__dataclass_fields__]
        if isinstance(value, tuple | list | set | frozenset):
            for item in value:
                yield from _inside(item, depth + 1)


def _written(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the patterns of ``re.search("...")`` and the like, where they are made of nothing but a module's names."""
    for line, expression, flags in calls(module):
        try:
            value, flag = _value(module, expression), _value(module, flags)
        except NameError:
            continue
        if isinstance(value, str):
            yield f"line {line}", re.compile(value, flag)


def _value(module: ModuleType, expression: ast.expr) -> Any:
    """Return what an expression of our own code gives with a module's names.

    Raises:
        NameError: it takes other names.
    """
    return eval(compile(ast.fix_missing_locations(ast.Expression(expression)), module.__name__, "eval"), vars(module))


def calls(module: ModuleType) -> Iterator[tuple[int, ast.expr, ast.expr]]:
    """Yield line, pattern and flags of each call of ``re`` in a module."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        of = node.func.value
        if isinstance(of, ast.Name) and of.id == "re" and node.func.attr in _CALLS:
            given = [word.value for word in node.keywords if word.arg == "flags"]
            # Only these take nothing between pattern and flags but the text.
            place = 1 if node.func.attr == "compile" else 2
            if node.func.attr in ("compile", "search", "match", "fullmatch", "findall", "finditer"):
                given += node.args[place : place + 1]
            yield node.lineno, node.args[0], given[0] if given else ast.Constant(0)


def not_read() -> dict[str, str]:
    """Return the calls whose pattern is made while the program runs, by place: these are looked at one by one."""
    found = {}
    for module in modules():
        for line, expression, _ in calls(module):
            try:
                _value(module, expression)
            except NameError:
                found[f"{module.__name__.removeprefix('giaoban.')}: {ast.unparse(expression)}"] = f"line {line}"
    return found
