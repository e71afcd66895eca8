"""Codes and issuers as symbols print them, and the lexicon's spelling behind a damaged or stripped one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from giaoban.reader.lexicon.types import by_code, load


class Family(StrEnum):
    """Whose way of numbering an issuer follows."""

    PARTY = "party"
    STATE = "state"
    MASS = "mass"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: the part of the symbol, the names that running text gives it, whose way of numbering it follows.

    A symbol that several families use («BCĐ») has several.
    """

    symbol: str
    names: tuple[str, ...]
    families: frozenset[Family]


@cache
def _issuers() -> dict[str, Issuer]:
    data = load("issuers.toml")
    levels = _entries(data["party"]["levels"])
    found: dict[str, Issuer] = {}
    for level, level_names in levels.items():
        _add(found, level, level_names, Family.PARTY)
        for body, body_names in _entries(data["party"]["bodies"]).items():
            names = tuple(f"{first} {second}" for first in body_names for second in level_names)
            _add(found, body + level, names, Family.PARTY)
    for family in Family:
        for symbol, names in _entries(data[family]["fixed"]).items():
            _add(found, symbol, names, family)
    return found


def _add(found: dict[str, Issuer], symbol: str, names: tuple[str, ...], family: Family) -> None:
    before = found.get(symbol)
    if before is None:
        found[symbol] = Issuer(symbol, names, frozenset({family}))
    else:
        found[symbol] = Issuer(symbol, before.names + names, before.families | {family})


def _entries(table: dict[str, str | list[str]]) -> dict[str, tuple[str, ...]]:
    return {symbol: tuple(names) for symbol, names in table.items() if isinstance(names, list)}


def _spellings(symbol: str) -> Iterable[str]:
    """How scanning and typing without marks may show a symbol: Đ without its stroke, Q as O, capitals only."""
    upper = symbol.upper()
    bare = upper.replace("Đ", "D")
    yield upper
    yield bare
    yield bare.replace("Q", "O")
    yield bare.replace("Q", "0")
    yield bare.replace("D", "B")
    yield upper.replace("W", "VV")


def _spelling_table(symbols: Iterable[str]) -> dict[str, str]:
    """Spelling -> symbol, the exact ones first, without spellings that two symbols share."""
    known = list(symbols)
    table = {symbol.upper(): symbol for symbol in reversed(known)}
    for index in range(1, 6):
        claims: dict[str, set[str]] = {}
        for symbol in known:
            spelling = list(_spellings(symbol))[index]
            claims.setdefault(spelling, set()).add(symbol)
        for spelling, owners in claims.items():
            if len(owners) == 1:
                table.setdefault(spelling, next(iter(owners)))
    return table


@cache
def _code_spellings() -> dict[str, str]:
    return _spelling_table(by_code())


@cache
def _issuer_spellings() -> dict[str, str]:
    return _spelling_table(_issuers())


def canonical_code(printed: str) -> str | None:
    """Return the lexicon's code behind a printed one («QD» -> «QĐ», «CTR» -> «CTr»); None if there is none or two."""
    return printed if printed in by_code() else _code_spellings().get(printed.upper())


def canonical_issuer(printed: str) -> Issuer | None:
    """Return the issuer behind a printed part of a symbol («DUK» -> «ĐUK»); None if it is not known."""
    issuers = _issuers()
    symbol = printed if printed in issuers else _issuer_spellings().get(printed.upper())
    return issuers[symbol] if symbol is not None else None


@lru_cache(maxsize=1 << 12)
def issuers_named(name: str) -> frozenset[str]:
    """Return the symbols whose issuer a printed name may mean; the longest known name in it decides.

    «Ban Tổ chức Tỉnh ủy» gives BTCTU, «Ban Thường vụ Tỉnh ủy» gives BTVTU and TU: a standing committee signs with
    the committee's symbol.
    """
    text = " ".join(name.lower().replace("uỷ", "ủy").split())
    best, found = 0, set[str]()
    for symbol, issuer in _issuers().items():
        for known in issuer.names:
            if known in text and len(known) >= best:
                if len(known) > best:
                    best, found = len(known), set[str]()
                found.add(symbol)
    return frozenset(found | {symbol.removeprefix("BTV") for symbol in found if symbol != "BTV"})
