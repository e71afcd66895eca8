"""What papers say of members: a few queries whatever their number."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from giaoban.apps.members.models import Member, Trait, TraitSpan
from giaoban.apps.members.trait_values import EDUCATION, SEX, THEORY
from giaoban.apps.organizations.kinds import GRASSROOTS
from giaoban.apps.organizations.models import Ancestry, UnitKindSpan, on_day
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.core.dates_vi import PartialDate, Precision, format_date

_TRAIT_FIELDS = {
    Trait.SEX: "gioi_tinh",
    Trait.EDUCATION: "trinh_do",
    Trait.THEORY: "ly_luan",
    Trait.OCCUPATION: "nghe_nghiep",
}
_LABELS: dict[str, dict[str, str]] = {Trait.SEX: SEX, Trait.EDUCATION: EDUCATION, Trait.THEORY: THEORY}


def shown(day: date | None) -> str:
    """Write a day; empty where it is not known."""
    return format_date(day) if day else ""


def born(birth: date, precision: str) -> str:
    """Write a birth date as far as it is known."""
    return str(PartialDate(birth, Precision(precision)))


def unit_fields(units: Collection[int], *, day: date) -> dict[int, dict[str, str]]:
    """Return by unit ``chi_bo``, its name on the day, ``to_chuc_co_so``, that of the grassroots body over it, and
    ``noi_sinh_hoat``, both of them; a grassroots cell is named once.
    """
    above: dict[int, list[tuple[int, int]]] = {}
    rows = Ancestry.objects.filter(on_day(day), descendant__in=units).values_list(
        "descendant_id", "ancestor_id", "depth"
    )
    for unit, ancestor, depth in rows:
        above.setdefault(unit, []).append((depth, ancestor))
    everyone = {ancestor for ways in above.values() for _depth, ancestor in ways}
    base = set(
        UnitKindSpan.objects.filter(on_day(day), unit__in=everyone, kind__in=GRASSROOTS).values_list(
            "unit_id", flat=True
        )
    )
    cards = unit_cards({*units, *base}, day=day)
    found = {}
    for unit in units:
        over = next((ancestor for _depth, ancestor in sorted(above.get(unit, [])) if ancestor in base), None)
        cell, base_name = cards[unit].name if unit in cards else "", cards[over].name if over is not None else ""
        both = [name for name in (cell, base_name if over != unit else "") if name]
        found[unit] = {"chi_bo": cell, "to_chuc_co_so": base_name, "noi_sinh_hoat": ", ".join(both)}
    return found


def member_fields(members: Collection[Member], *, day: date) -> dict[int, dict[str, str]]:
    """Return the fields of members by key, as they were on a day."""
    traits: dict[int, dict[str, str]] = {}
    spans = TraitSpan.objects.filter(on_day(day), member__in=members)
    for member, trait, value in spans.values_list("member_id", "trait", "value"):
        label = _LABELS.get(trait, {}).get(value, value)
        traits.setdefault(member, {})[_TRAIT_FIELDS[Trait(trait)]] = label
    places = unit_fields({member.unit_id for member in members}, day=day)
    return {
        member.pk: {
            "ho_ten": member.full_name,
            "ngay_sinh": born(member.birth_date, member.birth_precision),
            "so_ly_lich": member.file_number,
            "so_the": member.card_number,
            "ngay_vao_dang": shown(member.admitted_on),
            "ngay_chinh_thuc": shown(member.recognised_on),
            **places.get(member.unit_id, {}),
            **traits.get(member.pk, {}),
        }
        for member in members
    }
