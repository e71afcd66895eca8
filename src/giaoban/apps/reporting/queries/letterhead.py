"""What stands on an office's papers on a day: its own letterhead, or what follows from its name and those above it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from giaoban.apps.organizations.kinds import GRASSROOTS as GRASSROOTS_KINDS
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, unit_cards
from giaoban.apps.reporting.models import Letterhead
from giaoban.writer.blocks import Signature
from giaoban.writer.definitions import OfficeFacts
from giaoban.writer.definitions.model import CELL, GRASSROOTS, UPPER

# «Đảng bộ X» is led by «Đảng ủy X», «Chi bộ X» by its secretary or «Chi ủy X» (domain.md 1.1).
_LED_BY = (("Đảng bộ ", "Đảng ủy "), ("Chi bộ ", "Chi ủy "))


def committee_name(unit_name: str) -> str:
    """Return the name of the committee that leads a unit: «Đảng bộ Sở A» -> «Đảng ủy Sở A»."""
    for body, committee in _LED_BY:
        if unit_name.startswith(body):
            return committee + unit_name.removeprefix(body)
    return unit_name


def office_facts(unit: Unit, *, day: date) -> OfficeFacts:
    """Return the facts for a document that a unit issues on a day."""
    own = Letterhead.objects.filter(on_day(day), unit=unit).first()
    facts = _facts(own) if own is not None else _derived(unit, day)
    return replace(facts, level=_level(unit_cards([unit.pk], day=day)[unit.pk]))


def committee_above(unit: Unit, *, day: date) -> str:
    """Return the committee directly above a unit, as a text names it: «Đảng ủy Sở A», «Tỉnh ủy An Lạc».

    Above the top of the tree only what its letterhead says of a province is known; «» where nothing is.
    """
    above = Ancestry.objects.filter(on_day(day), descendant=unit, depth=1).values_list("ancestor_id", flat=True).first()
    if above is not None:
        return committee_name(unit_cards([above], day=day)[above].name)
    kept = Letterhead.objects.filter(on_day(day), unit=unit).values_list("superior", flat=True).first() or ""
    kind, _, name = " ".join(kept.split()).partition(" ỦY ")
    return f"{kind.capitalize()} ủy {name.title()}" if kind in ("TỈNH", "THÀNH") and name else ""


def _level(card: UnitCard) -> str:
    if card.holds_members:
        return CELL
    return GRASSROOTS if card.kind in (*GRASSROOTS_KINDS, "section") else UPPER


def _facts(kept: Letterhead) -> OfficeFacts:
    return OfficeFacts(
        superior=kept.superior,
        issuer=kept.issuer,
        issuer_code=kept.issuer_code,
        place=kept.place,
        committee=kept.committee,
        party_body=kept.party_body,
        standing=kept.standing,
        recipients=tuple(kept.recipients.splitlines()),
        signatures=(Signature(tuple(kept.capacity.splitlines()), kept.position, kept.signer),),
        outline=tuple(kept.outline.split()),
    )


def _derived(unit: Unit, day: date) -> OfficeFacts:
    """An office that has set nothing yet still writes in the layout: its parent above it, the code by its kind."""
    above = list(
        Ancestry.objects.filter(on_day(day), descendant=unit).order_by("depth").values_list("ancestor_id", flat=True)
    )
    cards = unit_cards({unit.pk, *above}, day=day)
    card = cards[unit.pk]
    parent = cards[above[1]] if len(above) > 1 else None
    kept = Letterhead.objects.filter(on_day(day), unit__in=above).first()
    committee = committee_name(card.name)
    led_by_secretary = card.holds_members
    return OfficeFacts(
        superior=committee_name(parent.name).upper() if parent else "",
        issuer=(card.name if led_by_secretary else committee).upper(),
        issuer_code="CB" if led_by_secretary else "ĐU",
        place=kept.place if kept else "",
        committee=committee,
        party_body=card.name,
        standing=card.name if led_by_secretary else f"Ban Thường vụ {committee}",
        recipients=(f"{committee_name(parent.name)} (để b/c)", "Lưu") if parent else ("Lưu",),
        signatures=(Signature(("T/M CHI BỘ" if led_by_secretary else "T/M BAN THƯỜNG VỤ",), "BÍ THƯ"),),
    )
