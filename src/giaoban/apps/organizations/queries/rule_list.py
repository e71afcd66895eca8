"""The dated rules as they hold for one unit: what, since when, by whom, on which paper (decision D14)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.apps.organizations.models import Ancestry, RuleSetting, Unit, on_day
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.apps.organizations.queries.rulebook import rule_book
from giaoban.apps.organizations.rule_choices import with_choices
from giaoban.apps.organizations.rules import RuleKind, RuleValue, rule_kinds


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A value that a committee set, half-open; ``owner`` is the committee's name on the day of asking."""

    value: str
    start: date
    end: date
    source: str
    owner: str
    owner_code: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as it holds for a unit on a day; ``settings`` are those of the unit and of what stands above it, the
    latest first; ``coming`` the next one that is not in force yet and would hold.
    """

    kind: RuleKind
    now: RuleValue
    in_force: SettingLine | None
    coming: SettingLine | None
    settings: tuple[SettingLine, ...]


def rule_lines(unit: Unit, *, day: date) -> tuple[RuleLine, ...]:
    """Return all rules as they hold for a unit on a day, in the order of ``rules.toml``; a fixed number of queries."""
    above = dict(Ancestry.objects.filter(on_day(day), descendant=unit).values_list("ancestor_id", "depth"))
    rows = list(
        RuleSetting.objects.filter(owner__in=above).select_related("owner", "set_by").order_by("-valid_from", "-pk")
    )
    cards = unit_cards({row.owner_id for row in rows}, day=day)
    settings: dict[str, list[SettingLine]] = defaultdict(list)
    for row in rows:
        line = SettingLine(
            row.value,
            row.valid_from,
            row.valid_to,
            row.source,
            cards[row.owner_id].name,
            row.owner.code,
            row.set_by.full_name,
            row.set_at,
        )
        settings[row.key].append(line)
    book = rule_book(rule_kinds(), [unit.pk])
    found = []
    for key, kind in rule_kinds().items():
        now, own = book.value(key, unit.pk, day), tuple(settings[key])
        held = next((one for one in own if one.start <= day < one.end and one.owner_code == now.owner), None)
        coming = next((one for one in reversed(own) if one.start > day), None)
        found.append(RuleLine(with_choices(kind, unit), now, held, coming, own))
    return tuple(found)
