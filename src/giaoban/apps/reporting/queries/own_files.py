"""What is known of an office's own file before it is read: the remembered mapping, or a proposal with what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.reporting.models import HeadingMemory
from giaoban.apps.reporting.queries.listed_units import ListedUnits, code_of, to_be_placed
from giaoban.apps.sheets.columns import Column
from giaoban.apps.sheets.importing import AnyKind
from giaoban.apps.sheets.mapping import Proposal, SheetMapping, distinct_values, propose
from giaoban.apps.sheets.own_layout import open_own
from giaoban.apps.sheets.source import SheetFile

UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file would be read; ``remembered`` where the office read one like it before.

    ``units`` are the names of units in the file that are no codes: name -> code, «» where no or several units are
    called so. ``places`` are the units that can be meant, in the order of their codes: code -> name, with what stands
    above. ``left_out`` names rows after the end of the list (sums, signatures), ``sections`` rows inside it that
    are nobody (headings in between, subtotals).
    """

    proposal: Proposal
    remembered: bool
    units: Mapping[str, str]
    columns: tuple[Column, ...]
    places: Mapping[str, str]
    left_out: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()

    @property
    def mapping(self) -> SheetMapping:
        """The mapping with the names of units that are known."""
        known = {name: code for name, code in self.units.items() if code}
        values = {key: dict(words) for key, words in self.proposal.mapping.values.items()}
        if known:
            values[UNIT] = {**known, **values.get(UNIT, {})}
        return replace(self.proposal.mapping, values=values)


def read_own_file(user: User, unit: Unit, kind: AnyKind, file: SheetFile, *, today: date) -> Reading:
    """Return how an office's file would be read.

    Raises:
        InvalidInput: the file cannot be opened, or has no row of headings.
    """
    sheet, left_out, sections = open_own(file, kind.columns)
    found = propose(sheet, kind.columns)
    kept = HeadingMemory.objects.filter(owner=unit, kind=kind.key, fingerprint=found.fingerprint).first()
    if kept is not None:
        # In the order of this file: a database keeps no order of keys, and the next file may have another.
        headings = {text: kept.headings.get(text, key) for text, key in found.mapping.headings.items()}
        mapping = SheetMapping(headings, kept.constants, kept.values)
        used = set(mapping.headings.values()) | {key for key, value in mapping.constants.items() if value}
        missing = tuple(column for column in kind.columns if column.required and column.key not in used)
        found = replace(found, mapping=mapping, missing=missing)
    cards = _cards_below(user, unit, today) if any(column.key == UNIT for column in kind.columns) else {}
    units = _units(cards, distinct_values(sheet, found, UNIT), today)
    places = {card.code: card.place for card in sorted(cards.values(), key=lambda card: card.code)}
    return Reading(found, kept is not None, units, tuple(kind.columns), places, left_out, sections)


def _cards_below(user: User, unit: Unit, today: date) -> dict[int, UnitCard]:
    """The units at and below the office that the person may see, with what stands above their cells."""
    below = Ancestry.objects.filter(on_day(today), ancestor=unit).values("descendant")
    shown = Unit.objects.visible_to(user, today=today).filter(pk__in=below)
    return place_cards(shown.values_list("pk", flat=True), day=today)


def _units(cards: Mapping[int, UnitCard], names: Sequence[str], today: date) -> dict[str, str]:
    """What the names in a file mean, where exactly one unit can be meant; what is a code already is left out."""
    codes = {pk: card.code for pk, card in cards.items()}
    known = set(codes.values())
    units = ListedUnits(cards.values())
    wanted = [name for name in names if name not in known]
    above: dict[int, set[int]] = {}
    placed = to_be_placed(wanted, units)
    if placed:
        rows = Ancestry.objects.filter(on_day(today), descendant__in=placed, depth__gt=0)
        for pk, ancestor in rows.values_list("descendant_id", "ancestor_id"):
            above.setdefault(pk, set()).add(ancestor)
    return {name: code_of(name, units, codes, above) for name in wanted}
