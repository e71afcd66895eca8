"""Which rule holds for a unit on a day: the nearest ancestor's setting, else the shipped default (decision D14)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from giaoban.apps.organizations.models import Ancestry, RuleSetting, Unit, on_day
from giaoban.apps.organizations.rules import RuleValue, rule_kinds


def rule_for(key: str, unit: Unit, day: date) -> RuleValue:
    """Return the value of one rule for a unit on a day; see ``rules_for``."""
    return rules_for(key, [unit.pk], day)[unit.pk]


def rules_of(keys: Iterable[str], unit: Unit, day: date) -> dict[str, RuleValue]:
    """Return the values of some rules for a unit on a day, in two queries however many rules they are.

    Raises:
        KeyError: no such rule.
    """
    found = {key: rule_kinds()[key].on(day) for key in keys}
    set_here = RuleSetting.objects.filter(on_day(day), key__in=list(found)).select_related("owner")
    settings = {(row.owner_id, row.key): row for row in set_here}
    if not settings:
        return found
    above = Ancestry.objects.filter(on_day(day), descendant=unit, ancestor__in={owner for owner, _key in settings})
    for owner in above.order_by("-depth").values_list("ancestor_id", flat=True):  # the nearest has the last word
        for key in found:
            if (owner, key) in settings:
                row = settings[owner, key]
                found[key] = RuleValue(key, row.value, row.source, row.valid_from, row.owner.code)
    return found


def rules_for(key: str, units: Iterable[int], day: date) -> dict[int, RuleValue]:
    """Return the value of one rule for many units (primary keys) on a day, in two queries however many they are.

    Raises:
        KeyError: no such rule.
    """
    default = rule_kinds()[key].on(day)
    wanted = set(units)
    settings = {
        row.owner_id: RuleValue(key, row.value, row.source, row.valid_from, row.owner.code)
        for row in RuleSetting.objects.filter(on_day(day), key=key).select_related("owner")
    }
    found = dict.fromkeys(wanted, default)
    if not settings:
        return found
    nearest: dict[int, int] = {}
    rows = Ancestry.objects.filter(on_day(day), descendant__in=wanted, ancestor__in=settings)
    for unit, owner, depth in rows.values_list("descendant_id", "ancestor_id", "depth"):
        if depth < nearest.get(unit, depth + 1):
            nearest[unit] = depth
            found[unit] = settings[owner]
    return found
