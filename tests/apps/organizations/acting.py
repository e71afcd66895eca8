"""Acts in the small world in few words, and what there is to see of them."""

from __future__ import annotations

from datetime import date

from tests.world import World

from giaoban.apps.members.models import MembershipSpell
from giaoban.apps.organizations.models import Ancestry, Placement, UnitKindSpan, on_day
from giaoban.apps.organizations.operations import ActDone, ActDraft, ActKind, Decision, record_unit_act
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.period import Period
from giaoban.figures import FigureRequest

DAY = date(2023, 4, 3)
DECISION = Decision("15-QĐ/ĐUK", date(2023, 3, 30), "Đảng ủy Khối")
APRIL = Period.parse("2023-M04")


def do(world: World, kind: ActKind, who: str = "clerk", **fields: object) -> ActDone:
    """Record an act of the clerk on DAY."""
    fields.setdefault("day", DAY)
    return record_unit_act(act=world.act(who), draft=ActDraft(kind, decision=DECISION, **fields))  # type: ignore[arg-type]


def above(code: str, day: date = DAY) -> list[str]:
    """The units above a unit on a day, the nearest first."""
    rows = Ancestry.objects.filter(on_day(day), descendant__code=code, depth__gt=0)
    return list(rows.order_by("depth").values_list("ancestor__code", flat=True))


def stands(code: str, day: date = DAY) -> bool:
    """Whether a unit has a place on a day."""
    return Placement.objects.filter(on_day(day), unit__code=code).exists()


def people_of(code: str, day: date = DAY) -> int:
    """How many members stand in a cell itself."""
    return MembershipSpell.objects.filter(on_day(day), unit__code=code).count()


def kind_of(code: str, day: date = DAY) -> str:
    """The kind of a unit on a day."""
    return UnitKindSpan.objects.get(on_day(day), unit__code=code).kind


def figure(key: str, unit: str, period: Period = APRIL) -> object:
    """One figure of a unit."""
    return compute_figures([FigureRequest(key, unit, period)])[0].value
