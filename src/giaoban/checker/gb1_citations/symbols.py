"""Pieces that the rules over citations share: symbols in running text, and what the lexicon knows of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from giaoban.checker.base import Subject
from giaoban.reader.lexicon import Family, canonical_code, canonical_issuer
from giaoban.reader.places import matches_at

_CODE = r"[A-ZĐ][A-Za-zĐđ]{0,5}"
_ISSUER = r"[A-ZĐ][A-ZĐhuv]{1,9}"
_SYMBOL = re.compile(
    rf"(?P<number>[0-9]{{1,5}})(?P<first>\s?[-–/]\s?)"
    rf"(?P<code>{_CODE})(?P<second>\s?[-–/]\s?)(?P<issuer>{_ISSUER})(?![\w/-])"
)
_SIGN_AND_CAPITAL = re.compile(r"[-–/]\s?[A-ZĐ]")
_NUMBER_BEFORE = re.compile(r"[0-9]{1,5}\s?\Z")
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class PrintedSymbol:
    """A symbol as it stands in a flow, both of whose parts the lexicon knows, and whose issuer is the Party's alone."""

    start: int
    end: int
    number: str
    first: str
    code: str
    second: str
    issuer: str

    @property
    def right_form(self) -> str:
        """The form that the Party's guides ask for: «12-NQ/TU»."""
        return f"{self.number}-{self.code}/{self.issuer}"


def party_symbols(subject: Subject) -> tuple[PrintedSymbol, ...]:
    """Return the Party's symbols of a document's running text, well formed or not."""
    return subject.once(_all_party_symbols)


def _all_party_symbols(subject: Subject) -> tuple[PrintedSymbol, ...]:
    return tuple(_symbols(subject.flow.text))


def _symbols(text: str) -> Iterator[PrintedSymbol]:
    for match in matches_at(_SYMBOL, text, _numbers(text)):
        before = text[match.start() - 1 : match.start()]
        if not (before.isalnum() or before in ("_", "/", ".", "-")) and is_party(match["code"], match["issuer"]):
            yield PrintedSymbol(
                match.start(),
                match.end(),
                match["number"],
                match["first"].strip().replace("–", "-"),
                match["code"],
                match["second"].strip().replace("–", "-"),
                match["issuer"],
            )


def _numbers(text: str) -> Iterator[int]:
    """Yield where numbers begin that a sign and a capital follow: these are rarer than numbers."""
    for sign in _SIGN_AND_CAPITAL.finditer(text):
        if number := _NUMBER_BEFORE.search(text, max(0, sign.start() - _LONGEST), sign.start()):
            yield number.start()


def is_party(code: str, issuer: str) -> bool:
    """Tell whether these are a known code and an issuer that only the Party has."""
    known = canonical_issuer(issuer)
    return canonical_code(code) is not None and known is not None and known.families == {Family.PARTY}
