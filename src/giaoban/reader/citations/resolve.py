"""Which citation means the same document as another, fuller one; two candidates mean none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
        for head in members.values():
            if found[head].kind in _NUMBERED:
                by_number[found[head].type, _number(found[head])].append(head)
    meant = _Meant(found, by_number)
    return [
        meant.by(index) if item.kind is CitationKind.SHORT else _repeated(index, item, heads)
        for index, item in enumerate(found)
    ]


def _number(item: Found) -> int:
    digits = "".join(char for char in item.number or "" if char.isdigit())
    return int(digits) if digits else -1


def _heads(found: Sequence[Found]) -> dict[str, dict[date | None, int]]:
    """Return for each symbol or key the first full citation of each document that carries it, by date of issue."""
    heads: defaultdict[str, dict[date | None, int]] = defaultdict(dict)
    for index, item in enumerate(found):
        name = item.symbol or item.key
        if name is not None:
            heads[name].setdefault(item.day, index)
    for members in heads.values():
        if len(members) > 1:
            members.pop(None, None)
    return heads


def _repeated(index: int, item: Found, heads: dict[str, dict[date | None, int]]) -> int | None:
    members = heads.get(item.symbol or item.key or "", {})
    if item.day is None:
        head = next(iter(members.values())) if len(members) == 1 else None
    else:
        head = members.get(item.day)
    return None if head == index else head


class _First:
    """The first two of some citations, all together and by date of issue: two are enough to tell one from several.

    Args:
        found: all citations.
        heads: the indices of those that count, in order.
    """

    def __init__(self, found: Sequence[Found], heads: Iterable[int]) -> None:
        self._any: list[int] = []
        self._by_day: defaultdict[date | None, list[int]] = defaultdict(list)
        for head in heads:
            for kept in (self._any, self._by_day[found[head].day]):
                if len(kept) < 2:
                    kept.append(head)

    def of(self, day: date | None) -> list[int]:
        """Return the first two that may be of a day; without one, of any."""
        if day is None:
            return self._any
        return sorted([*self._by_day.get(None, ()), *self._by_day.get(day, ())])[:2]


class _Meant:
    """What short forms mean."""

    def __init__(self, found: Sequence[Found], by_number: dict[tuple[str | None, int], list[int]]) -> None:
        self._found = found
        self._by_number = by_number
        self._known: dict[tuple[str | None, int, frozenset[str]], _First] = {}

    def by(self, index: int) -> int | None:
        """Return the one citation before a short form that it can mean, or the only one in the text."""
        item = self._found[index]
        first = self._first(item).of(item.day)
        is_one = first and (len(first) == 1 or first[0] < index < first[1])
        return first[0] if is_one else None

    def _first(self, item: Found) -> _First:
        named = issuers_named(item.issuer) if item.issuer else frozenset[str]()
        name = item.type, _number(item)
        if (known := self._known.get((*name, named))) is None:
            heads = sorted(self._by_number.get(name, ()))
            known = _First(self._found, (head for head in heads if not named or _is_of(self._found[head], named)))
            self._known[*name, named] = known
        return known


def _is_of(full: Found, named: frozenset[str]) -> bool:
    """Tell whether a symbol may belong to one of the issuers; «ĐU» may be any committee's, so a beginning is enough."""
    parts = [part for part in _SYMBOL_PARTS.split(full.symbol or "")[1:] if canonical_issuer(part)]
    return not parts or any(part.startswith(name) or name.startswith(part) for part in parts for name in named)
