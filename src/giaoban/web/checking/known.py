"""The ways from the documents that a text cites into the registers."""

from __future__ import annotations

from giaoban.apps.reporting.queries.known_papers import KnownPlace, PlaceKind, known_papers
from giaoban.core.period import Period
from giaoban.reader import Document
from giaoban.web.access import Desk
from giaoban.web.components.pieces import Link


def known_links(desk: Desk, document: Document) -> dict[str, tuple[Link, ...]]:
    """Return for each cited symbol that the registers know the links to what rests on it."""
    symbols = [one.symbol for one in document.citations if one.symbol]
    found = known_papers(symbols, user=desk.act.user, unit=desk.unit, rights=desk.rights, today=desk.act.today)
    return {
        symbol: tuple(Link(place.words, _address(desk, place)) for place in places) for symbol, places in found.items()
    }


def _address(desk: Desk, place: KnownPlace) -> str:
    match place.kind:
        case PlaceKind.ACT:
            return desk.url("organizations:act", place.key)
        case PlaceKind.COMMITTEE:
            return desk.url("organizations:committee", place.unit)
        case PlaceKind.DUTY:
            return desk.url("board:duties", unit=place.unit, period=Period.parse(place.key))
        case PlaceKind.TARGET:
            return desk.url("directives:targets", unit=place.unit, period=Period.parse(place.key))
        case PlaceKind.RULE:
            return desk.url("organizations:rules", unit=place.unit)
        case PlaceKind.REPORT:
            return desk.url("reporting:report", place.key, unit=place.unit)
