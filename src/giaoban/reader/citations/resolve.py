"""Which citation means the same document as another, fuller one; two candidates mean none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from giaoban.reader.citations.found import Found
from giaoban.reader.lexicon import canonical_issuer, issuers_named
from giaoban.reader.model import CitationKind

_NUMBERED = (CitationKind.PARTY, CitationKind.STATE)
_SYMBOL_PARTS = re.compile("[-/]")


def confirmed(found: Sequence[Found]) -> list[Found]:
    """Drop weak short forms («Thông báo 05 …») whose document the text has not cited more clearly before them."""
    known: set[tuple[str | None, int]] = set()
    kept = []
    for item in found:
        if item.kind in _NUMBERED or (item.kind is CitationKind.SHORT and not item.is_weak):
            known.add((item.type, _number(item)))
        if not item.is_weak or (item.type, _number(item)) in known:
            kept.append(item)
    return kept


def resolve(found: Sequence[Found]) -> list[int | None]:
    """Return, for each citation in reading order, the index of the first full citation that it repeats or means.

    A full citation prints number, symbol and date; where no citation of a document prints the date, the first one is
    the full one. Two dates under one symbol may be two documents: an undated repeat of them stays open. A short form
    looks back first, and an issuer that it prints must be the symbol's.
    """
    heads = _heads(found)
    by_number: defaultdict[tuple[str | None, int], list[int]] = defaultdict(list)
    for members in heads.values():
        for head in members:
            if found[head].kind in _NUMBERED:
                by_number[found[head].type, _number(found[head])].append(head)
    targets: list[int | None] = []
    for index, item in enumerate(found):
        if item.kind is CitationKind.SHORT:
            candidates = _meant(index, item, by_number.get((item.type, _number(item)), []), found)
        else:
            candidates = _repeated(index, item, heads.get(item.symbol or item.key or "", []), found)
        targets.append(candidates[0] if len(candidates) == 1 else None)
    return targets


def _number(item: Found) -> int:
    digits = "".join(char for char in item.number or "" if char.isdigit())
    return int(digits) if digits else -1


def _heads(found: Sequence[Found]) -> dict[str, list[int]]:
    """Return for each symbol or key the first full citation of each document that carries it."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(found):
        name = item.symbol or item.key
        if name is not None:
            groups[name].append(index)
    heads: dict[str, list[int]] = {}
    for name, members in groups.items():
        by_day: dict[date, int] = {}
        for index in members:
            day = found[index].day
            if day is not None:
                by_day.setdefault(day, index)
        heads[name] = list(by_day.values()) or [members[0]]
    return heads


def _repeated(index: int, item: Found, heads: list[int], found: Sequence[Found]) -> list[int]:
    if index in heads:
        return []
    return [head for head in heads if item.day in (None, found[head].day)]


def _meant(index: int, item: Found, heads: list[int], found: Sequence[Found]) -> list[int]:
    candidates = [head for head in heads if item.day is None or found[head].day in (None, item.day)]
    if item.issuer:
        named = issuers_named(item.issuer)
        candidates = [head for head in candidates if not named or _is_of(found[head], named)]
    return [head for head in candidates if head < index] or candidates


def _is_of(full: Found, named: frozenset[str]) -> bool:
    """Tell whether a symbol may belong to one of the issuers; «ĐU» may be any committee's, so a beginning is enough."""
    parts = [part for part in _SYMBOL_PARTS.split(full.symbol or "")[1:] if canonical_issuer(part)]
    return not parts or any(part.startswith(name) or name.startswith(part) for part in parts for name in named)
