"""Finds the rules: every module ``gb*_*/gb*.py`` of this package holds one called ``RULE``."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable
from functools import cache

import giaoban.checker as package
from giaoban.checker.base import Rule
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

_FAMILY = re.compile(r"gb\d_\w+\Z")
_MODULE = re.compile(r"gb(\d)\d\d\w*\Z")
_CODE = re.compile(r"GB(\d)\d\d\Z")


def discover() -> tuple[Rule, ...]:
    """Import every rule module and return the rules by code.

    Raises:
        RuntimeError: a module without a rule, a code in the wrong family, a code or slug that two rules share.
    """
    found: list[Rule] = []
    for family in pkgutil.iter_modules(package.__path__):
        if not _FAMILY.match(family.name):
            continue
        parent = importlib.import_module(f"{package.__name__}.{family.name}")
        for module in pkgutil.iter_modules(parent.__path__):
            if _MODULE.match(module.name):
                rule = getattr(importlib.import_module(f"{parent.__name__}.{module.name}"), "RULE", None)
                found.append(_accepted(rule, f"{family.name}.{module.name}"))
    return collect(found)


def _accepted(rule: object, place: str) -> Rule:
    if not isinstance(rule, Rule):
        raise RuntimeError(f"{place} holds no RULE")
    if not place.rpartition(".")[2].upper().startswith(rule.code) or place[:3].upper() != rule.code[:3]:
        raise RuntimeError(f"{rule.code} does not belong into {place}")
    return rule


def collect(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return rules in the order of their codes.

    Raises:
        RuntimeError: a code of the wrong form, or a code or slug that two rules share.
    """
    by_code: dict[str, Rule] = {}
    slugs: set[str] = set()
    for rule in rules:
        if not _CODE.match(rule.code):
            raise RuntimeError(f"{rule.code} is no code of a rule")
        if rule.code in by_code or rule.slug in slugs:
            raise RuntimeError(f"{rule.code} {rule.slug} is registered twice")
        by_code[rule.code] = rule
        slugs.add(rule.slug)
    return tuple(by_code[code] for code in sorted(by_code))


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules in the order of their codes."""
    return discover()


def rule(code: str) -> Rule:
    """Return the rule with a code, written in any case.

    Raises:
        InvalidInput: there is no such rule; the error names those there are.
    """
    for known in rules():
        if known.code == code.strip().upper():
            return known
    raise InvalidInput(f"Không có quy tắc {quoted(code)}", expected=_known_codes())


def select(chosen: Iterable[str] = (), ignored: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return the rules whose code begins with one of ``chosen`` (all by default) and with none of ``ignored``.

    Raises:
        InvalidInput: no rule begins so; the error names the codes there are.
    """
    wanted, unwanted = _prefixes(chosen), _prefixes(ignored)
    return tuple(
        known
        for known in rules()
        if (not wanted or known.code.startswith(wanted)) and not (unwanted and known.code.startswith(unwanted))
    )


def _prefixes(codes: Iterable[str]) -> tuple[str, ...]:
    prefixes = tuple(part for code in codes for part in code.upper().replace(",", " ").split())
    for prefix in prefixes:
        if not any(known.code.startswith(prefix) for known in rules()):
            raise InvalidInput(f"Không có quy tắc nào bắt đầu bằng {quoted(prefix)}", expected=_known_codes())
    return prefixes


def _known_codes() -> str:
    return "một trong " + ", ".join(known.code for known in rules()) + " hoặc phần đầu của mã như GB1"
