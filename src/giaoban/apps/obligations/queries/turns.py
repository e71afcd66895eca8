"""What a turn was about, said from its permanent reference: a frozen report names the duty as it was named then."""

from __future__ import annotations

from collections.abc import Iterable

from giaoban.apps.obligations.queries.standing import rules_around
from giaoban.apps.obligations.standing import ONCE, StandingRule
from giaoban.apps.organizations.models import Unit
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period


def turn_words(unit: Unit, refs: Iterable[str]) -> dict[str, str]:
    """Return «Đăng ký lịch sinh hoạt, tháng 3/2023» for references of turns at or under a unit.

    A reference is «code:period@uid of the unit», as the lines of the duties' figures have it; one whose duty nobody
    knows any more is left out. Two queries, however many references.
    """
    wanted = list(refs)
    if not wanted:
        return {}
    rules: dict[str, list[StandingRule]] = {}
    for rule in rules_around([unit.pk]):
        rules.setdefault(rule.code, []).append(rule)
    found = {}
    for ref in wanted:
        # A code may hold colons itself: «action-programme:01-NQ/MAU».
        code, _, key = ref.rpartition("@")[0].rpartition(":")
        said = _said(rules.get(code, []), key)
        if said:
            found[ref] = said
    return found


def _said(rules: list[StandingRule], key: str) -> str:
    if not rules:
        return ""
    if key == ONCE:
        rule = rules[-1]
        return f"{rule.title}, hạn {format_date(rule.due_on)}" if rule.due_on else rule.title
    try:
        period = Period.parse(key)
    except InvalidInput:
        return rules[-1].title
    rule = next((one for one in rules if one.in_force(period.start)), rules[-1])
    return f"{rule.title}, {period.name()}"
